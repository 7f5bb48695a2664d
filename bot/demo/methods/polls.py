"""Polls and quizzes."""

from dataclasses import dataclass, field
from typing import Any

from bot.demo import markup
from bot.demo.call import Call, imitates
from bot.demo.entities import formatted
from bot.demo.refusals import bad_request
from bot.demo.text import Formatted

EXPLANATION_LIMIT = 200
DESCRIPTION_LIMIT = 1024


@dataclass(slots=True)
class Votes:
    """Who chose what in a poll."""

    votes: dict[int, list[int]] = field(default_factory=dict)

    def vote(self, person: int, options: list[int]) -> None:
        """Somebody votes; no options take the vote back."""
        if options:
            self.votes[person] = options
        else:
            self.votes.pop(person, None)

    def tallied(self, poll: dict[str, Any]) -> dict[str, Any]:
        """The poll with its counts."""
        options = [
            option | {"voter_count": sum(place in chosen for chosen in self.votes.values())}
            for place, option in enumerate(poll["options"])
        ]
        return poll | {"options": options, "total_voter_count": len(self.votes)}


def _words(call: Call, name: str, limit: int) -> Formatted:
    return formatted(
        call.get(name, ""), call.get(f"{name}_parse_mode"), call.get(f"{name}_entities"), call.world.user, limit,
        f"poll {name} is too long",
    )  # fmt: skip


def _options(call: Call) -> list[dict[str, Any]]:
    options = []
    for place, option in enumerate(call.params["options"]):
        if not option["text"].strip():
            raise bad_request("poll options length must not exceed 100 and must be non-empty")
        if "media" in option:
            raise bad_request("media in poll options is not imitated by this server")
        options.append({"persistent_id": f"{place}", "text": option["text"].strip(), "voter_count": 0})
    return options


@imitates("sendPoll")
async def send_poll(call: Call) -> Any:
    """A poll or a quiz; votes come by /sim."""
    chat = call.place()
    quiz = call.get("type", "regular") == "quiz"
    if call.get("type", "regular") not in ("regular", "quiz"):
        raise bad_request("poll type must be regular or quiz")
    if "media" in call.params or "explanation_media" in call.params:
        raise bad_request("media in polls is not imitated by this server")
    options = _options(call)
    if len(options) < 2:
        raise bad_request("poll must have at least 2 option")
    poll: dict[str, Any] = {
        "id": call.world.fresh_query_id(),
        "question": _words(call, "question", 300).text,
        "options": options,
        "total_voter_count": 0,
        "is_closed": bool(call.get("is_closed", False)),
        "is_anonymous": bool(call.get("is_anonymous", True)),
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": bool(call.get("allows_multiple_answers", False)),
        "allows_revoting": bool(call.get("allows_revoting", not quiz)),
        "members_only": bool(call.get("members_only", False)),
    }
    if not poll["question"]:
        raise bad_request("poll question must be non-empty")
    poll |= _quiz(call, len(options)) if quiz else _no_quiz(call)
    for name in ("open_period", "close_date"):
        if name in call.params:
            poll[name] = call.params[name]
    if "open_period" in poll and "close_date" in poll:
        raise bad_request("open_period and close_date can't be used together")
    if (about := _words(call, "description", DESCRIPTION_LIMIT)).text:
        poll |= about.fields("description", "description_entities")
    post = call.deliver(chat, {"poll": poll})
    call.world.polls[poll["id"]] = Votes()
    return post.message


def _quiz(call: Call, options: int) -> dict[str, Any]:
    right = call.get("correct_option_ids") or []
    if not right:
        raise bad_request("quiz must have correct_option_ids")
    if right != sorted(set(right)) or not 0 <= right[0] <= right[-1] < options:
        raise bad_request("wrong correct option ID specified")
    if len(right) > 1 and not call.get("allows_multiple_answers"):
        raise bad_request("quiz with several correct options must allow multiple answers")
    found: dict[str, Any] = {"correct_option_ids": right}
    why = _words(call, "explanation", EXPLANATION_LIMIT)
    if why.text.count("\n") > 2:
        raise bad_request("poll explanation has more than 2 line feeds")
    return found | (why.fields("explanation", "explanation_entities") if why.text else {})


def _no_quiz(call: Call) -> dict[str, Any]:
    for name in ("correct_option_ids", "explanation"):
        if call.get(name):
            raise bad_request(f"{name} is for quizzes only")
    return {}


@imitates("stopPoll")
async def stop_poll(call: Call) -> Any:
    """No more votes."""
    call.no_business()
    chat = call.chat()
    call.may_speak(chat)
    post = call.post(chat, call.params["message_id"], "message with poll to stop not found")
    poll = post.message.get("poll")
    if poll is None or not post.by_bot:
        raise bad_request("message with poll to stop not found")
    if poll["is_closed"]:
        raise bad_request("poll has already been closed")
    content: dict[str, Any] = {"poll": poll | {"is_closed": True}}
    if inline := markup.inline_of(call.get("reply_markup")):
        content["reply_markup"] = inline
    call.world.change(chat, post, content, ("reply_markup",))
    return content["poll"]
