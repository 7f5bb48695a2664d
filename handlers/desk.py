"""The coordinator's side: take, decline with a reason, and a plain reply that goes to the asker."""

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import WrongMove
from bot.domain.ids import ChatId, Language, MessageId, QuestionId, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.services.desk import TakenByAnother
from bot.texts import desk, faq, refusals, unanswered
from bot.texts.words import escape
from handlers.reading import part_of, pressed
from handlers.speaking import receive, say, show


class Decline(StatesGroup):
    """A reason is awaited; the question's number stands in the form."""

    reason = State()


def number(value: str) -> QuestionId:
    """The number of a question from a button."""
    return QuestionId(int(value))


async def letter_of_desk(message: Message, services: Services) -> dict[str, QuestionId] | bool:
    """A reply to a letter of the desk gives the question's number. Anything else is not ours."""
    replied = message.reply_to_message
    if replied is None:
        return False
    found = await services.desk.question_of_letter(ChatId(message.chat.id), MessageId(replied.message_id))
    found = found or _number_on_its_buttons(replied)
    return {"question": found} if found is not None else False


async def reply(
    message: Message, question: QuestionId, state: FSMContext, services: Services, language: Language, cause: UpdateId
) -> None:
    """A plain reply is the Reply; a reason that was awaited for another question no longer is."""
    await state.clear()
    part = part_of(message)
    if part is None:
        await say(message, desk.words_wanted(language), reply=True)
        return
    try:
        answered = await services.desk.reply(ChatId(message.chat.id), _name(message), question, part, cause)
    except TakenByAnother as taken:
        await say(message, Letter(escape(desk.taken_by_another(taken.who, language))), reply=True)
        return
    entry_of = await services.publish_reply.publishable(ChatId(message.chat.id), cause)
    await say(message, faq.publishable(desk.on_its_way(answered, language), entry_of, language), reply=True)


async def take(
    query: CallbackQuery, question: QuestionId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The question is this coordinator's; others who press are told whose it is."""
    try:
        taken = await services.desk.take(ChatId(query.from_user.id), question, cause)
    except TakenByAnother as error:
        await receive(query, desk.taken_by_another(error.who, language), alert=True)
        return
    except WrongMove:
        await receive(query, desk.settled(question, language), alert=True)
        return
    await receive(query, desk.taken(taken.id, language), alert=True)


async def decline(
    query: CallbackQuery, question: QuestionId, state: FSMContext, services: Services, language: Language
) -> None:
    """A reason is asked for first, of whoever may decline."""
    try:
        await services.desk.may_decline(ChatId(query.from_user.id), question)
    except TakenByAnother as taken:
        await receive(query, desk.taken_by_another(taken.who, language), alert=True)
        return
    except WrongMove:
        await receive(query, desk.settled(question, language), alert=True)
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
    try:
        declined = await services.desk.decline(ChatId(message.chat.id), _name(message), question, part, cause)
    except TakenByAnother as taken:
        await say(message, Letter(escape(desk.taken_by_another(taken.who, language))), reply=True)
        return
    await say(message, desk.declined(declined, language), reply=True)


async def stop(query: CallbackQuery, state: FSMContext, language: Language) -> None:
    """Whatever form was open is closed; nothing has changed."""
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
    router.callback_query.register(take, pressed("take", question=number))
    router.callback_query.register(decline, pressed("decline", question=number))
    router.callback_query.register(send_again, pressed("desk", question=number))
    router.callback_query.register(stop, pressed("cancel"))
    return router


def _name(message: Message) -> str:
    return message.from_user.full_name if message.from_user else ""


def _number_on_its_buttons(letter: Message) -> QuestionId | None:
    """A letter whose sending Telegram never confirmed is known by its own buttons."""
    ours = letter.from_user is not None and letter.from_user.is_bot
    for row in letter.reply_markup.inline_keyboard if ours and letter.reply_markup else ():
        for button in row:
            head, _colon, value = (button.callback_data or "").partition(":")
            if head == "take" and value.isdecimal():
                return QuestionId(int(value))
    return None
