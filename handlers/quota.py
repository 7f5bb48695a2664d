"""/quota: reserved seats, party lists, who would get the seats; typed, sent as a file, pressed, or by a link."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from bot.domain.errors import Refusal, Unknown
from bot.domain.ids import ChatId, Language, UpdateId
from bot.domain.quotas import steps
from bot.domain.quotas.people import Sex
from bot.domain.quotas.typed import (
    MOST_SEATS,
    Mistake,
    number_of,
    trial_of,
)
from bot.ports import Letter
from bot.services import Services
from bot.services.quotas import CheckedList, Result
from bot.texts import districts, quotas_answers, quotas_asking, refusals
from bot.texts.quotas_wrong import wrong
from bot.texts.words import escape
from handlers.quota_reading import is_list, is_numbers, is_people, is_votes
from handlers.reading import pressed
from handlers.speaking import receive, say, show

LARGEST = 2 * 1024 * 1024  # bytes of a file that is fetched


class Counting(StatesGroup):
    """What is awaited; the form holds the seats of a district at most, never a name."""

    aiyl = State()
    range = State()
    list = State()
    who = State()
    votes = State()


PROMPTS: dict[str, tuple[State | None, Callable[[Language], Letter]]] = {
    "": (None, quotas_asking.ways),
    "aiyl": (Counting.aiyl, quotas_asking.ask_seats),
    "range": (Counting.range, quotas_asking.ask_total),
    "list": (Counting.list, quotas_asking.ask_list),
    "who": (Counting.who, quotas_asking.ask_district),
}


async def begin(way: str, state: FSMContext, services: Services, chat: ChatId, language: Language) -> Letter:
    """The form of this way is open; what to write is said, for an aiyl kenesh with the place of whoever asks."""
    awaited, prompt = PROMPTS.get(way, PROMPTS[""])
    await state.clear()
    await state.set_state(awaited)
    if awaited == Counting.aiyl:
        home, tree = await services.districts.home(chat), await services.place_book.tree()
        return districts.ask_kenesh(home, services.districts.near(home), tree, language)
    return prompt(language)


async def calculator(message: Message, state: FSMContext, services: Services, language: Language) -> None:
    """The three ways."""
    await say(message, await begin("", state, services, ChatId(message.chat.id), language))


async def choose(query: CallbackQuery, way: str, state: FSMContext, services: Services, language: Language) -> None:
    """One way, in place of the question."""
    await show(query, await begin(way, state, services, ChatId(query.from_user.id), language))


async def choose_below(
    query: CallbackQuery, way: str, state: FSMContext, services: Services, language: Language
) -> None:
    """One way, below an answer that stays."""
    if isinstance(query.message, Message):
        await say(query.message, await begin(way, state, services, ChatId(query.from_user.id), language))
    await receive(query)


async def open_link(message: Message, payload: str, services: Services, language: Language, state: FSMContext) -> None:
    """`q_aiyl` opens a way, `q_s-5-6-7` and `q_n-21-3` open a calculation that somebody shared."""
    words = payload.removeprefix("q_")
    numbers = words[2:].replace("-", " ")
    if words.startswith("s-"):
        await begin("aiyl", state, services, ChatId(message.chat.id), language)
        await told(message, lambda: _ready(services.quotas.of_seats(numbers)), services, language)
    elif words.startswith("n-"):
        await begin("range", state, services, ChatId(message.chat.id), language)
        await told(message, lambda: _ready(services.quotas.between(numbers)), services, language)
    else:
        await say(message, await begin(words, state, services, ChatId(message.chat.id), language))


async def typed_seats(message: Message, services: Services, language: Language) -> None:
    """«5 6 7»."""
    await told(message, lambda: _ready(services.quotas.of_seats(message.text or "")), services, language)


async def typed_total(message: Message, services: Services, language: Language) -> None:
    """«21 3»."""
    await told(message, lambda: _ready(services.quotas.between(message.text or "")), services, language)


async def typed_list(message: Message, services: Services, language: Language, cause: UpdateId) -> None:
    """A list pasted into the chat."""
    services.quotas.leave_no_trace(cause)
    await told(message, lambda: _ready(services.quotas.of_list(message.text or "")), services, language)


async def sent_list(
    message: Message, document: Document, services: Services, language: Language, cause: UpdateId
) -> None:
    """A list as a file."""
    services.quotas.leave_no_trace(cause)
    content = await fetched(message, document, language)
    if content is not None:
        name = document.file_name or ""
        await told(message, lambda: services.quotas.of_list_file(name, content), services, language)


async def typed_district(message: Message, state: FSMContext, language: Language) -> None:
    """The seats of the district; its candidates come next."""
    try:
        seats = number_of(message.text or "", Mistake.SEATS, MOST_SEATS)
    except Refusal as error:
        await say(message, Letter(escape(wrong(error, language))), reply=True)
        return
    await state.set_state(Counting.votes)
    await state.update_data(seats=seats)
    await say(message, quotas_asking.ask_votes(seats, language))


async def typed_votes(
    message: Message, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """Candidates with votes pasted into the chat."""
    services.quotas.leave_no_trace(cause)
    seats = int((await state.get_data()).get("seats", 1))
    await told(message, lambda: _ready(services.quotas.of_votes(message.text or "", seats)), services, language)


async def sent_votes(
    message: Message, document: Document, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """Candidates with votes as a file."""
    services.quotas.leave_no_trace(cause)
    seats = int((await state.get_data()).get("seats", 1))
    content = await fetched(message, document, language)
    if content is not None:
        name = document.file_name or ""
        await told(message, lambda: services.quotas.of_votes_file(name, content, seats), services, language)


async def unasked_votes(message: Message, state: FSMContext, services: Services, language: Language) -> None:
    """Candidates with votes that nobody asked for: no question to the desk; the seats are asked first."""
    await say(message, await begin("who", state, services, ChatId(message.chat.id), language))


async def stepped(query: CallbackQuery, words: str, services: Services, language: Language) -> None:
    """One position more or less of a list without names, or its check."""
    try:
        sexes, step = steps.after(words)
    except ValueError:
        await receive(query, refusals.old_button(language), alert=True)
        return
    if step is steps.Step.CHECK and sexes and isinstance(query.message, Message):
        await give(query.message, services.quotas.of_steps(sexes, language), services, language)
        await receive(query)
        return
    women = sexes.count(Sex.WOMAN)
    await show(query, quotas_asking.steps(steps.word(sexes), women, len(sexes) - women, language))


async def tried(query: CallbackQuery, token: str, trial: str, services: Services, language: Language) -> None:
    """The same list with a rule tried out."""
    kept = await found(query, token, services, language)
    if isinstance(kept, CheckedList) and isinstance(query.message, Message):
        await told(query.message, lambda: _ready(services.quotas.tried(kept, trial_of(trial))), services, language)
        await receive(query)


async def picture(query: CallbackQuery, token: str, services: Services, language: Language) -> None:
    """The answer as a picture."""
    kept = await found(query, token, services, language)
    if kept is not None and isinstance(query.message, Message):
        await receive(query)
        drawn = await services.quotas.picture(kept, language)
        words = quotas_answers.caption(_meant(kept), language)
        await query.message.answer_photo(BufferedInputFile(drawn, "quota.png"), caption=words)


async def table(query: CallbackQuery, token: str, services: Services, language: Language) -> None:
    """The answer as an Excel file."""
    kept = await found(query, token, services, language)
    if kept is not None and isinstance(query.message, Message):
        await receive(query)
        written = await services.quotas.table(kept, language)
        words = quotas_answers.caption(_meant(kept), language)
        await query.message.answer_document(BufferedInputFile(written, "quota.xlsx"), caption=words)


async def told(
    message: Message, count: Callable[[], Awaitable[Result]], services: Services, language: Language
) -> None:
    """Count, and say the answer or the one sentence about what is wrong; the form stays open."""
    try:
        result = await count()
    except Refusal as error:
        text = f"{escape(wrong(error, language))}\n\n{quotas_asking.still_waiting(language)}"
        await say(message, Letter(text), reply=True)
        return
    await give(message, result, services, language)


async def give(
    message: Message, result: Result, services: Services, language: Language, around: tuple[str, str] = ("", "")
) -> None:
    """The answer with all that can be done with it, `around` it a head and a foot; a long one in several messages."""
    token = services.quotas.memory.keep(ChatId(message.chat.id), result)
    names = result.names if isinstance(result, CheckedList) else ()
    features = result.features if isinstance(result, CheckedList) else frozenset()
    letters = quotas_answers.letters(_meant(result), names, token, services.bot_name, language, features, around)
    for letter in letters:
        await say(message, letter)


async def found(query: CallbackQuery, token: str, services: Services, language: Language) -> Result | None:
    """What this chat kept, or a word that it has to be sent again."""
    try:
        return services.quotas.kept(ChatId(query.from_user.id), token)
    except Unknown:
        await receive(query, quotas_asking.send_again(language), alert=True)
        return None


async def fetched(message: Message, document: Document, language: Language) -> bytes | None:
    """The content of a file, or one sentence that it is too large."""
    if message.bot is None or (document.file_size or 0) > LARGEST:
        await say(message, Letter(quotas_asking.file_too_large(LARGEST // 1024 // 1024, language)), reply=True)
        return None
    content = await message.bot.download(document)
    return content.read() if content is not None else None


async def elsewhere(query: CallbackQuery, way: str, services: Services) -> None:
    """In a group the calculator opens in the person's own chat."""
    await query.answer(url=f"https://t.me/{services.bot_name}?start=q_{way}")


def build() -> Router:
    """Private chats only."""
    router = Router(name="quota")
    router.message.register(calculator, Command("quota"))
    router.message.register(typed_seats, Counting.aiyl, is_numbers)
    router.message.register(typed_total, Counting.range, is_numbers)
    router.message.register(typed_list, Counting.list, is_people)
    router.message.register(typed_district, Counting.who, is_numbers)
    router.message.register(typed_votes, Counting.votes, is_people)
    router.message.register(sent_list, Counting.list, F.document.as_("document"))
    router.message.register(sent_votes, Counting.votes, F.document.as_("document"))
    router.message.register(typed_list, StateFilter(None), is_list)
    router.message.register(unasked_votes, StateFilter(None), is_votes)
    router.callback_query.register(choose, pressed("k", way=str))
    router.callback_query.register(choose_below, pressed("kn", way=str))
    router.callback_query.register(stepped, pressed("ks", words=str))
    router.callback_query.register(tried, pressed("kt", token=str, trial=str))
    router.callback_query.register(picture, pressed("kp", token=str))
    router.callback_query.register(table, pressed("kx", token=str))
    return router


def build_buttons() -> Router:
    """The button of an article that is read in a group."""
    router = Router(name="quota buttons")
    router.callback_query.register(elsewhere, pressed("kn", way=str))
    return router


async def _ready(result: Result) -> Result:
    return result


def _meant(result: Result) -> quotas_answers.Meant:
    return result.verdict if isinstance(result, CheckedList) else result
