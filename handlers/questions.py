"""Any words are a question: an answer from the guide, likely ones as buttons, or a number at the desk."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto

from aiogram import F, Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Group, Subscriber
from bot.domain.errors import TooMany
from bot.domain.ids import ChatId, Language, MessageId, QuestionId, UpdateId
from bot.domain.questions import Part
from bot.ports import Letter
from bot.services import Services
from bot.services.answering import Answered, Asking, Courtesy, Offered, Result, Thread
from bot.services.faq_reading import FaqAnswered, FaqOffered
from bot.texts import answers, desk, refusals
from bot.texts import faq as entries
from handlers.reading import NUMBER, Albums, menu_key, part_of, pressed
from handlers.speaking import receive, say


class Way(Enum):
    """Where the words under a pressed button go."""

    TO_A_PERSON = auto()
    ALONE = auto()
    TO_AN_OLDER_ONE = auto()


NO_QUESTION = QuestionId(0)


def way_is(way: Way) -> Callable[[CallbackQuery], Awaitable[dict[str, Way]]]:
    """A filter that passes every press and says which way its words go."""

    async def said(_query: CallbackQuery) -> dict[str, Way]:
        return {"way": way}

    return said


async def answer(
    message: Message, asking: Asking, part: Part, services: Services, cause: UpdateId, *, silent: bool = False
) -> None:
    """Ask, and say what came of it, as a reply to the person's message."""
    await tell(message, asking, services.answer_question(asking, part, cause, thread_of(message)), services, silent)


async def tell(
    message: Message, asking: Asking, coming: Awaitable[Result | None], services: Services, silent: bool = False
) -> None:
    """Say what comes of asking, as a reply to the person's message; that it was too much is said once."""
    try:
        result = await coming
    except TooMany as refused:
        if refused.first:
            await say(message, answers.too_many(asking.language), reply=True)
        return
    if result is not None and not silent:
        await say(message, words(result, services, asking), reply=True)


def thread_of(message: Message) -> Thread:
    """What the message replies to; a receipt of ours names its question; photos of one album count once."""
    replied = message.reply_to_message
    album = message.media_group_id
    counts_as = -(int(album) % 2**62) if album and album.isdecimal() else None
    if replied is None:
        return Thread(counts_as=counts_as)
    ours = replied.from_user is not None and replied.from_user.is_bot
    found = NUMBER.search(replied.text or "") if ours else None
    return Thread(MessageId(replied.message_id), QuestionId(int(found[1])) if found else None, counts_as=counts_as)


def words(result: Result, services: Services, asking: Asking) -> Letter:
    """What a person hears."""
    language = asking.language
    match result:
        case Answered(article, said, waits):
            return answers.answer(article, services.read_guide.lead(article), language, said, waits)
        case Offered(choices):
            return answers.offered(choices, language)
        case FaqAnswered(shown, waits):
            place = services.read_faq.place_of(shown.entry)
            return entries.answer(shown, place, language, services.zone, asked=True, waits=waits)
        case FaqOffered(found, choices):
            return entries.choices(found, choices, language)
        case Courtesy(topic, waits):
            return answers.courtesy(topic, services.phone, language, waits)
    if result.corrected:
        return answers.corrected(result.number, language)
    if result.joined:
        return answers.joined(result.number, result.on_duty, services.phone, result.beside, language)
    in_group = asking.chat != asking.person
    return answers.asked(result.number, result.on_duty, services.phone, language, in_group=in_group)


def asking_of(
    message: Message, sender: int, person: Subscriber | None, group: Group | None, language: Language
) -> Asking:
    """Who asks and from where; in a group its place stands before the person's own."""
    place = (group.place if group else None) or (person.place if person else None)
    return Asking(ChatId(message.chat.id), ChatId(sender), language, place)


def build() -> Router:
    """Takes any message, so it comes last."""
    albums = Albums()

    async def ask(
        message: Message, person: Subscriber, services: Services, language: Language, cause: UpdateId
    ) -> None:
        part = part_of(message)
        if part is None:
            await say(message, Letter(refusals.not_readable(language)), reply=True)
            return
        asking = asking_of(message, message.chat.id, person, None, language)
        await answer(message, asking, part, services, cause, silent=not albums.first(message))

    router = Router(name="questions")
    router.message.register(mine, or_f(Command("my"), menu_key("my")))
    router.message.register(unknown_command, F.text.startswith("/"))
    router.message.register(ask)
    router.edited_message.register(edited)
    return router


def build_buttons() -> Router:
    """The buttons under an answer work in groups too."""
    router = Router(name="question buttons")
    router.callback_query.register(again, pressed("ask"), way_is(Way.TO_A_PERSON))
    router.callback_query.register(again, pressed("new"), way_is(Way.ALONE))
    older = pressed("add", question=lambda value: QuestionId(int(value)))
    router.callback_query.register(again, older, way_is(Way.TO_AN_OLDER_ONE))
    return router


async def mine(message: Message, services: Services, language: Language) -> None:
    """/my: one's own questions and their states."""
    found = await services.answer_question.ask_desk.mine(ChatId(message.chat.id))
    await say(message, desk.mine(found, language, services.zone))


async def unknown_command(message: Message, language: Language) -> None:
    """A command nobody knows is not a question."""
    await say(message, Letter(refusals.unknown_command(language)), reply=True)


async def edited(message: Message, person: Subscriber, services: Services, language: Language, cause: UpdateId) -> None:
    """A corrected question is told to whoever has it; other corrected words are asked anew."""
    part = part_of(message)
    if part is None or (message.text or "").startswith("/"):
        return
    if await services.desk.said_with(ChatId(message.chat.id), part.message_id):
        await say(message, desk.not_corrected(language), reply=True)
        return
    asking = asking_of(message, message.chat.id, person, None, language)
    coming = services.answer_question.correct_or_ask(asking, part, cause, thread_of(message))
    await tell(message, asking, coming, services)


async def again(
    query: CallbackQuery,
    way: Way,
    person: Subscriber | None,
    group: Group | None,
    services: Services,
    language: Language,
    cause: UpdateId,
    question: QuestionId = NO_QUESTION,
) -> None:
    """Words that have been said already go another way than the bot chose."""
    asked = await _asked(query, services.bot_name, language)
    if asked is None:
        return
    message, part = asked
    asking = asking_of(message, query.from_user.id, person, group, language)
    coming: Awaitable[Result]
    match way:
        case Way.TO_A_PERSON:
            coming = services.answer_question.ask_a_person(asking, part, cause)
        case Way.ALONE:
            coming = services.answer_question(asking, part, cause, Thread(fresh=True))
        case Way.TO_AN_OLDER_ONE:
            coming = services.answer_question.add(asking, question, part, cause)
    await tell(message, asking, coming, services)
    await receive(query)


async def _asked(query: CallbackQuery, bot_name: str, language: Language) -> tuple[Message, Part] | None:
    """The message that was asked, which stands behind the bot's reply, if the one who presses is the one who asked."""
    message = query.message
    original = message.reply_to_message if isinstance(message, Message) else None
    part = part_of(original, bot_name) if original else None
    if original is None or part is None:
        await receive(query, refusals.words_are_gone(language), alert=True)
        return None
    if original.from_user is None or original.from_user.id != query.from_user.id:
        await receive(query, refusals.only_the_asker(language), alert=True)
        return None
    return original, part
