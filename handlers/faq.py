"""Questions and answers: published from one's own reply, given a second yes, listed, withdrawn."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import Refusal, Unknown
from bot.domain.faq import Entry, Field, NotComplete, OwnEntry, TextChanged, TooLong
from bot.domain.ids import ChatId, EntryId, Language, Slug, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.texts import faq
from handlers.reading import flag, part_of, pressed
from handlers.speaking import receive, say, show


class Publishing(StatesGroup):
    """Words of a draft are awaited, or the title of an article it rests on; the draft itself stands in the file."""

    words = State()
    basis = State()


def entry_number(value: str) -> EntryId:
    """The number of an entry from a button."""
    return EntryId(int(value))


async def begin(
    query: CallbackQuery, reply: int, state: FSMContext, services: Services, language: Language, cause: UpdateId
) -> None:
    """A draft is made of the reply, or the one that stands is opened; what is missing is asked for."""
    entry = await services.publish_reply.begin(ChatId(query.from_user.id), reply, cause)
    await _next(query, entry, state, services, language)
    await receive(query)


async def edit(
    query: CallbackQuery, id: EntryId, field: Field, state: FSMContext, services: Services, language: Language
) -> None:
    """Other words for one field."""
    entry = await services.publish_reply.mine(ChatId(query.from_user.id), id)
    await _ask_words(query, entry, field, state, language)
    await receive(query)


async def written(message: Message, state: FSMContext, services: Services, language: Language, cause: UpdateId) -> None:
    """The words that were asked for."""
    form = await state.get_data()
    part = part_of(message)
    if part is None or part.file_id:
        await say(message, faq.only_words(language), reply=True)
        return
    try:
        entry = await services.publish_reply.write(
            ChatId(message.chat.id), EntryId(int(form["entry"])), Field(form["field"]), part.text, cause
        )
    except TooLong as refused:
        await say(message, faq.too_long(refused.at_most, language), reply=True)
        return
    except Refusal:
        await state.clear()
        raise
    await _next(message, entry, state, services, language)


async def other_basis(
    query: CallbackQuery, id: EntryId, state: FSMContext, services: Services, language: Language
) -> None:
    """What the answer rests on is chosen anew."""
    entry = await services.publish_reply.mine(ChatId(query.from_user.id), id)
    await _ask_basis(query, entry, state, language)
    await receive(query)


async def title_typed(message: Message, state: FSMContext, services: Services, language: Language) -> None:
    """Articles whose title is like what was typed."""
    id = EntryId(int((await state.get_data())["entry"]))
    part = part_of(message)
    if part is None or not part.text:
        await say(message, faq.only_words(language), reply=True)
        return
    articles = services.choose_basis.articles(part.text[:200], language)
    await say(message, faq.articles_to_choose(id, articles, language))


async def article_chosen(query: CallbackQuery, id: EntryId, slug: Slug, services: Services, language: Language) -> None:
    """The sources of an article, to choose one."""
    await services.publish_reply.mine(ChatId(query.from_user.id), id)
    article = services.choose_basis.article(slug, language)
    if article is None:
        raise Unknown(f"article {slug}")
    await show(query, faq.citations_to_choose(id, article, language))


async def citation_chosen(
    query: CallbackQuery,
    id: EntryId,
    slug: Slug,
    nth: int,
    state: FSMContext,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """The answer rests on this source."""
    citation = services.choose_basis.citation(slug, nth)
    if citation is None:
        raise Unknown(f"citation {nth} of {slug}")
    entry = await services.publish_reply.rest_on(ChatId(query.from_user.id), id, citation, cause)
    await _next(query, entry, state, services, language)
    await receive(query)


async def practice(
    query: CallbackQuery, id: EntryId, state: FSMContext, services: Services, language: Language, cause: UpdateId
) -> None:
    """The answer is advice, and will say so."""
    entry = await services.publish_reply.rest_on(ChatId(query.from_user.id), id, "", cause)
    await _next(query, entry, state, services, language)
    await receive(query)


async def circle(
    query: CallbackQuery, id: EntryId, everywhere: bool, services: Services, language: Language, cause: UpdateId
) -> None:
    """For the whole country, or for the place of the question only."""
    entry = await services.publish_reply.show_to(ChatId(query.from_user.id), id, everywhere, cause)
    await show(query, _draft(entry, services, language))


async def propose(
    query: CallbackQuery, id: EntryId, text_hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """The author says that no name is in it; a second yes is asked for."""
    try:
        _entry, asked = await services.publish_reply.propose(ChatId(query.from_user.id), id, text_hash, cause)
    except (TextChanged, NotComplete) as refused:
        await receive(query, _why(refused, language), alert=True)
        return
    if isinstance(query.message, Message):
        await say(query.message, faq.proposed(asked, language))
    await receive(query)


async def approve(
    query: CallbackQuery, id: EntryId, text_hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """The second yes, to exactly this text."""
    chat = ChatId(query.from_user.id)
    try:
        entry = await services.publish_reply.approve(chat, id, text_hash, cause)
    except (OwnEntry, TextChanged, NotComplete) as refused:
        await _refused(query, chat, f"faq_approve entry {id}", refused, services, language, cause)
        return
    await show(query, faq.published(entry, language))


async def refuse(
    query: CallbackQuery, id: EntryId, text_hash: str, services: Services, language: Language, cause: UpdateId
) -> None:
    """A no: the author hears of it."""
    chat = ChatId(query.from_user.id)
    try:
        entry = await services.publish_reply.refuse(chat, id, text_hash, cause)
    except (OwnEntry, TextChanged) as refused:
        await _refused(query, chat, f"faq_refuse entry {id}", refused, services, language, cause)
        return
    await show(query, faq.refused(entry, language))


async def drop(
    query: CallbackQuery, id: EntryId, state: FSMContext, services: Services, language: Language, cause: UpdateId
) -> None:
    """The draft and its words are given up."""
    await services.publish_reply.drop(ChatId(query.from_user.id), id, cause)
    await state.clear()
    await show(query, faq.dropped(language))


async def listed(query: CallbackQuery, page: int, services: Services, language: Language) -> None:
    """A page of the section, in place."""
    await show(query, faq.listed(await services.read_faq.published(), page, language))


async def opened(query: CallbackQuery, id: EntryId, services: Services, language: Language) -> None:
    """One entry, in place; an editor can take it away."""
    shown = await services.read_faq.one(id)
    if shown is None:
        await show(query, faq.gone(language))
        return
    asked = isinstance(query.message, Message) and query.message.reply_to_message is not None
    letter = faq.answer(shown, services.read_faq.place_of(shown.entry), language, services.zone, asked=asked)
    private = query.message is not None and query.message.chat.type == "private"
    if private and await services.publish_reply.may_withdraw(ChatId(query.from_user.id), shown.entry):
        letter = faq.withdrawable(letter, id, language)
    await show(query, letter)


async def withdraw(query: CallbackQuery, id: EntryId, services: Services, language: Language) -> None:
    """Asked once before an entry goes."""
    shown = await services.read_faq.one(id)
    await show(query, faq.gone(language) if shown is None else faq.withdraw_question(shown.entry, language))


async def withdraw_now(
    query: CallbackQuery, id: EntryId, services: Services, language: Language, cause: UpdateId
) -> None:
    """The entry answers nobody any more."""
    await services.publish_reply.withdraw(ChatId(query.from_user.id), id, cause)
    await show(query, Letter(faq.withdrawn(language)))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="faq")
    router.message.register(written, StateFilter(Publishing.words))
    router.message.register(title_typed, StateFilter(Publishing.basis))
    for handler, filtered in (
        (begin, pressed("fq", reply=int)),
        (edit, pressed("fqe", id=entry_number, field=Field)),
        (other_basis, pressed("fqb", id=entry_number)),
        (practice, pressed("fqp", id=entry_number)),
        (article_chosen, pressed("fqa", id=entry_number, slug=Slug)),
        (citation_chosen, pressed("fqc", id=entry_number, slug=Slug, nth=int)),
        (circle, pressed("fqs", id=entry_number, everywhere=flag)),
        (propose, pressed("fqok", id=entry_number, text_hash=str)),
        (drop, pressed("fqx", id=entry_number)),
        (approve, pressed("fqy", id=entry_number, text_hash=str)),
        (refuse, pressed("fqn", id=entry_number, text_hash=str)),
        (withdraw, pressed("qw", id=entry_number)),
        (withdraw_now, pressed("qwd", id=entry_number)),
    ):
        router.callback_query.register(handler, filtered)
    return router


def build_buttons() -> Router:
    """Entries are opened and listed in groups too."""
    router = Router(name="faq buttons")
    router.callback_query.register(opened, pressed("qa", id=entry_number))
    router.callback_query.register(listed, pressed("gq", page=int))
    return router


async def _next(
    to: Message | CallbackQuery, entry: Entry, state: FSMContext, services: Services, language: Language
) -> None:
    """What is still missing is asked for; a whole draft is shown."""
    missing = entry.missing
    if missing is not None:
        await _ask_words(to, entry, missing, state, language)
    elif entry.basis is None:
        await _ask_basis(to, entry, state, language)
    else:
        await state.clear()
        await _tell(to, _draft(entry, services, language))


async def _ask_words(
    to: Message | CallbackQuery, entry: Entry, field: Field, state: FSMContext, language: Language
) -> None:
    await state.set_state(Publishing.words)
    await state.set_data({"entry": entry.id, "field": field.value})
    await _tell(to, faq.words_wanted(entry, field, language))


async def _ask_basis(to: Message | CallbackQuery, entry: Entry, state: FSMContext, language: Language) -> None:
    await state.set_state(Publishing.basis)
    await state.set_data({"entry": entry.id})
    await _tell(to, faq.basis_wanted(entry.id, language))


def _draft(entry: Entry, services: Services, language: Language) -> Letter:
    citation = services.publish_reply.citation(entry.citation)
    return faq.draft(entry, citation, services.read_faq.place_of(entry), language, services.zone)


async def _tell(to: Message | CallbackQuery, letter: Letter) -> None:
    message = to.message if isinstance(to, CallbackQuery) else to
    if isinstance(message, Message):
        await say(message, letter)


async def _refused(
    query: CallbackQuery,
    chat: ChatId,
    what: str,
    refusal: Refusal,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    await services.authority.refused(chat, what, cause)
    await receive(query, _why(refusal, language), alert=True)


def _why(refusal: Refusal, language: Language) -> str:
    match refusal:
        case OwnEntry():
            return faq.own_entry(language)
        case TextChanged():
            return faq.text_changed(language)
    return faq.not_complete(language)
