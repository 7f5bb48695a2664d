"""The coordinator's side: take, decline with a reason, and a plain reply that goes to the asker."""

from collections.abc import Awaitable, Iterator

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, MaybeInaccessibleMessageUnion, Message

from bot.domain.ids import ChatId, Language, MessageId, QuestionId, UpdateId
from bot.domain.questions import Settled, TakenByAnother
from bot.ports import Letter
from bot.services import Services
from bot.texts import desk, faq, refusals, unanswered
from handlers.reading import NUMBER, part_of, pressed
from handlers.speaking import receive, say, show, wear


class Decline(StatesGroup):
    """A reason is awaited; the question's number stands in the form."""

    reason = State()


def number(value: str) -> QuestionId:
    """The number of a question from a button."""
    return QuestionId(int(value))


async def letter_of_desk(message: Message, services: Services) -> dict[str, QuestionId] | bool:
    """A reply to a letter of the desk gives the question's number. Anything else is not ours."""
    replied = message.reply_to_message
    if replied is None or _is_command(message):
        return False
    found = await services.desk.question_of_letter(ChatId(message.chat.id), MessageId(replied.message_id))
    found = found or next(_numbers_on_buttons(replied, "take", "decline"), None)
    return {"question": found} if found is not None else False


async def beside_the_letter(message: Message, services: Services) -> bool:
    """Whether these words answer the list of the desk, or a receipt that names somebody else's question."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or not replied.from_user.is_bot or _is_command(message):
        return False
    named = [QuestionId(int(found)) for found in NUMBER.findall(replied.text or "")]
    listed = list(_numbers_on_buttons(replied, "desk"))
    return any([await services.desk.may_answer(ChatId(message.chat.id), number) for number in (*listed, *named)])


async def not_sent(message: Message, language: Language) -> None:
    """Words that were meant for an asker go nowhere until it is clear for whom."""
    await say(message, desk.reply_to_its_letter(language), reply=True)


async def reply(
    message: Message, question: QuestionId, state: FSMContext, services: Services, language: Language, cause: UpdateId
) -> None:
    """A plain reply is the Reply; a reason that was awaited for another question no longer is."""
    await state.clear()
    part = part_of(message)
    if part is None:
        await say(message, desk.words_wanted(language), reply=True)
        return
    answered = await services.desk.reply(ChatId(message.chat.id), _name(message), question, part, cause)
    entry_of = await services.publish_reply.publishable(ChatId(message.chat.id), cause)
    await say(message, faq.publishable(desk.on_its_way(answered, language), entry_of, language), reply=True)
    await _wear(message, message.reply_to_message, question, services, language)


async def take(
    query: CallbackQuery, question: QuestionId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The question is this coordinator's; others who press are told whose it is."""
    taking = services.desk.take(ChatId(query.from_user.id), question, cause)
    if await _allowed(query, question, taking, services, language):
        await receive(query, desk.taken(question, language), alert=True)
        await _wear(query.message, query.message, question, services, language)


async def decline(
    query: CallbackQuery, question: QuestionId, state: FSMContext, services: Services, language: Language
) -> None:
    """A reason is asked for first, of whoever may decline."""
    asking = services.desk.may_decline(ChatId(query.from_user.id), question)
    if not await _allowed(query, question, asking, services, language):
        return
    await state.set_state(Decline.reason)
    await state.set_data({"question": question})
    if isinstance(query.message, Message):
        await say(query.message, desk.reason_wanted(question, language))
    await receive(query)


async def reason(message: Message, state: FSMContext, services: Services, language: Language, cause: UpdateId) -> None:
    """The reason goes to the asker."""
    part = part_of(message)
    if part is None:
        await say(message, desk.words_wanted(language), reply=True)
        return
    question = QuestionId(int((await state.get_data())["question"]))
    await state.clear()
    declined = await services.desk.decline(ChatId(message.chat.id), _name(message), question, part, cause)
    await say(message, desk.declined(declined, language), reply=True)
    await _wear(message, None, question, services, language)


async def stop(query: CallbackQuery, state: FSMContext, language: Language) -> None:
    """Whatever form was open is closed; nothing has changed."""
    if await state.get_state() is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    await state.clear()
    await show(query, Letter(refusals.stopped(language)))


async def waiting(message: Message, services: Services, language: Language) -> None:
    """/desk: what waits in this coordinator's places."""
    found = await services.desk.waiting(ChatId(message.chat.id))
    more = await services.list_unanswered.may_see(ChatId(message.chat.id))
    await say(message, unanswered.with_button(desk.waiting(found, language, services.zone), more, language))


async def send_again(query: CallbackQuery, question: QuestionId, services: Services, cause: UpdateId) -> None:
    """A question of the list arrives once more as a letter that can be replied to."""
    await services.desk.send_again(ChatId(query.from_user.id), question, cause)
    await receive(query)


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="desk")
    router.message.register(waiting, Command("desk"))
    router.message.register(reply, letter_of_desk)
    router.message.register(reason, StateFilter(Decline.reason))
    router.message.register(not_sent, beside_the_letter)
    router.callback_query.register(take, pressed("take", question=number))
    router.callback_query.register(decline, pressed("decline", question=number))
    router.callback_query.register(send_again, pressed("desk", question=number))
    router.callback_query.register(stop, pressed("cancel"))
    return router


async def _allowed(
    query: CallbackQuery, question: QuestionId, acting: Awaitable[object], services: Services, language: Language
) -> bool:
    """Whether the act went through; that the question is somebody else's or settled is told, and its buttons go."""
    try:
        await acting
    except (TakenByAnother, Settled) as refused:
        await receive(query, refusals.refusal(refused, language), alert=True)
        await _wear(query.message, query.message, question, services, language)
        return False
    return True


async def _wear(
    here: MaybeInaccessibleMessageUnion | None,
    letter: MaybeInaccessibleMessageUnion | None,
    question: QuestionId,
    services: Services,
    language: Language,
) -> None:
    """The letters about a question in this chat, and the one in hand, show what can still be done with it."""
    if here is None or here.bot is None:
        return
    chat = ChatId(here.chat.id)
    found = await services.desk.letters(chat, question)
    if found is None:
        return
    rows = desk.buttons(desk.Sight(found.question, found.village, chat, language))
    in_hand = (MessageId(letter.message_id),) if letter is not None else ()
    for message in dict.fromkeys((*in_hand, *found.messages)):
        await wear(here.bot, chat, message, rows)


def _name(message: Message) -> str:
    return message.from_user.full_name if message.from_user else ""


def _is_command(message: Message) -> bool:
    return (message.text or "").startswith("/")


def _numbers_on_buttons(letter: Message, *acts: str) -> Iterator[QuestionId]:
    """A letter whose sending Telegram never confirmed is known by its own buttons, and so is the list."""
    ours = letter.from_user is not None and letter.from_user.is_bot
    for row in letter.reply_markup.inline_keyboard if ours and letter.reply_markup else ():
        for button in row:
            head, _colon, value = (button.callback_data or "").partition(":")
            if head in acts and value.isdecimal():
                yield QuestionId(int(value))
