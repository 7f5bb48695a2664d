"""Letters become calls of the Bot API, and whatever comes of them becomes an Outcome."""

from typing import Any

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId, MessageId
from bot.ports import (
    Button,
    Clock,
    Enclosure,
    Failed,
    JustBefore,
    Later,
    Letter,
    Moved,
    Outcome,
    Quiz,
    Refused,
    Sent,
    Unauthorized,
    Uncertain,
    nothing_before,
)
from bot.telegram.pacer import Pacer
from bot.telegram.post import BotApiError, NoAnswer, NotSent, Post, Unreadable

PATIENCE = 1.5  # seconds a letter waits for its turn when a hold stands in its way; longer ones go back to the ledger
LONGEST_OUTAGE_STEP = 30.0
GONE = (
    "chat not found",
    "peer_id_invalid",
    "user is deactivated",
    "group chat was deactivated",
    "bot was blocked by the user",
    "bot was kicked from the",
    "bot is not a member of the",
    "bot can't initiate conversation with a user",
)
STANDS_AS_IT_IS = ("message is not modified", "message to edit not found", "message can't be edited")
METHODS = {
    None: "sendMessage",
    Enclosure.PHOTO: "sendPhoto",
    Enclosure.VOICE: "sendVoice",
    Enclosure.VIDEO: "sendVideo",
    Enclosure.AUDIO: "sendAudio",
    Enclosure.DOCUMENT: "sendDocument",
}


class TelegramMessenger:
    """Sends one letter to one chat in its turn and says what came of it."""

    def __init__(self, post: Post, pacer: Pacer, clock: Clock) -> None:
        self._post = post
        self._pacer = pacer
        self._clock = clock
        self._out_since: float | None = None

    async def send(
        self, chat_id: ChatId, letter: Letter, urgency: Urgency, just_before: JustBefore = nothing_before
    ) -> Outcome:
        """Wait for a turn, call `just_before`, send. What `just_before` raises passes through, and nothing is sent."""
        if wait := await self._pacer.turn(urgency, chat_id, patience=PATIENCE):
            return Later(wait)
        await just_before()
        asked_at = self._clock.monotonic()
        try:
            result = await self._post(method_of(letter), params(chat_id, letter))
        except NotSent:
            return Later(self._outage())
        except NoAnswer as error:
            return Uncertain(str(error))
        except Unreadable as error:
            self._out_since = None
            if error.ok and error.message_id is not None:
                return Sent(MessageId(error.message_id))
            return Uncertain(str(error))
        except BotApiError as error:
            self._out_since = None
            if letter.in_place_of is not None and any(words in error.description for words in STANDS_AS_IT_IS):
                return Sent(letter.in_place_of)
            if error.retry_after is not None or error.code == 429:
                self._pacer.told_to_wait(error.retry_after or 1.0, chat_id, asked_at=asked_at)
            return outcome_of(error)
        self._out_since = None
        if isinstance(result, dict) and isinstance(result.get("message_id"), int):
            return Sent(MessageId(result["message_id"]))
        return Uncertain("an answer without a message id")

    def _outage(self) -> float:
        """Try again after as long as Telegram has been out of reach already: 1 to 30 seconds."""
        now = self._clock.monotonic()
        if self._out_since is None:
            self._out_since = now
        return min(LONGEST_OUTAGE_STEP, max(1.0, now - self._out_since))


def method_of(letter: Letter) -> str:
    """The method of the Bot API that carries this letter."""
    if letter.in_place_of is not None:
        return "editMessageText"
    if letter.quiz is not None:
        return "sendPoll"
    return METHODS[letter.file.kind if letter.file else None]


def params(chat_id: ChatId, letter: Letter) -> dict[str, Any]:
    """A Letter as the parameters of its method."""
    call: dict[str, Any] = {"chat_id": chat_id}
    if letter.quiz is not None:
        call |= poll(letter.quiz)
    elif letter.file is None:
        call |= {"text": letter.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    else:
        call[letter.file.kind.value] = letter.file.file_id
        if letter.text:
            call |= {"caption": letter.text, "parse_mode": "HTML"}
    if letter.reply_to is not None:
        call["reply_parameters"] = {"message_id": letter.reply_to, "allow_sending_without_reply": True}
    if letter.buttons:
        call["reply_markup"] = {"inline_keyboard": [[_button(one) for one in row] for row in letter.buttons]}
    if letter.in_place_of is not None:
        return call | {"message_id": letter.in_place_of}
    if letter.thread is not None:
        call["message_thread_id"] = letter.thread
    if letter.silent:
        call["disable_notification"] = True
    return call


def poll(quiz: Quiz) -> dict[str, Any]:
    """A quiz as the parameters of sendPoll; its answers come back, so it is not anonymous."""
    return {
        "question": quiz.question,
        "options": [{"text": option} for option in quiz.options],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": [quiz.right],
        "explanation": quiz.explanation,
    }


def outcome_of(error: BotApiError) -> Outcome:
    """What Telegram's refusal means for the letter and for the chat."""
    said = error.description.lower()
    if error.code == 401:
        return Unauthorized()
    if error.code == 429 or error.retry_after is not None:
        return Later(error.retry_after or 1.0)
    if error.moved_to is not None:
        return Moved(ChatId(error.moved_to))
    if error.code >= 500:
        return Uncertain(str(error))
    if error.code == 403 or any(text in said for text in GONE):
        return Refused(error.description)
    return Failed(str(error))


def _button(button: Button) -> dict[str, str]:
    action = {"url": button.link} if button.link else {"callback_data": button.press}
    return {"text": button.text} | action
