"""Questions and proposals to a hearing: said in private or as a reply to its card, moderated, supported, answered."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Group, Subscriber
from bot.domain.contributions import ContributionId, ContributionKind, NoMoreWords, TooManyWords
from bot.domain.hearings import HearingId
from bot.domain.ids import ChatId, Language, MessageId, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.texts import contributions
from handlers.hearings import hearing_number
from handlers.reading import awaits, part_of, pressed
from handlers.speaking import receive, say, show

ABOUT = ("hc", "hq", "hi", "hr", "hw")


class Saying(StatesGroup):
    """A question or proposal, or a reason for declining one, is awaited."""

    words = State()
    reason = State()


def number(value: str) -> ContributionId:
    """The number of a contribution from a button."""
    return ContributionId(int(value))


async def wanted(
    query: CallbackQuery, hearing: HearingId, services: Services, language: Language, state: FSMContext
) -> None:
    """In private words are awaited; in a group one replies to the card."""
    try:
        found = await services.hearings.contribute.open(hearing)
    except NoMoreWords:
        await receive(query, contributions.closed(language), alert=True)
        return
    message = query.message
    if not isinstance(message, Message) or message.chat.type != "private":
        await receive(query, contributions.reply_here(language), alert=True)
        return
    await state.set_state(Saying.words)
    await state.set_data({"hearing": hearing})
    await say(message, contributions.wanted(found, language, services.hearings.setting))
    await receive(query)


async def said(message: Message, services: Services, language: Language, state: FSMContext, cause: UpdateId) -> None:
    """The words in private."""
    form = await state.get_data()
    if await take(message, HearingId(int(form["hearing"])), services, language, cause):
        await state.clear()


async def about_a_hearing(message: Message, services: Services, bot: Bot) -> dict[str, HearingId] | bool:
    """A reply to a card or a notice of ours gives the hearing's number. Anything else is not ours."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return False
    chat = ChatId(message.chat.id)
    found = await services.hearings.show.of_letter(chat, MessageId(replied.message_id))
    found = found or _number_on_its_buttons(replied)
    return {"hearing": found} if found is not None else False


async def replied(
    message: Message,
    hearing: HearingId,
    group: Group | None,
    services: Services,
    language: Language | None,
    cause: UpdateId,
) -> None:
    """Words as a reply to a card, in a group or in private."""
    await take(message, hearing, services, language or Language.KY, cause)


async def take(message: Message, hearing: HearingId, services: Services, language: Language, cause: UpdateId) -> bool:
    """Whether the words were taken; they get a number, or one sentence says why not."""
    part = part_of(message, services.bot_name)
    if part is None or not part.text or message.from_user is None:
        await say(message, Letter(contributions.words_only(language)), reply=True)
        return False
    kind = ContributionKind.QUESTION if "?" in part.text else ContributionKind.PROPOSAL
    try:
        found = await services.hearings.contribute(
            hearing, ChatId(message.chat.id), ChatId(message.from_user.id), language, kind, part.text,
            part.message_id, cause,
        )  # fmt: skip
    except NoMoreWords:
        await say(message, Letter(contributions.closed(language)), reply=True)
        return True
    except TooManyWords:
        await say(message, Letter(contributions.too_many(language)), reply=True)
        return True
    await say(message, contributions.received(found, kind, language), reply=True)
    return True


async def listing(query: CallbackQuery, hearing: HearingId, page: int, services: Services, language: Language) -> None:
    """What everybody may read: in place in private, as a new message in a group, where the card stays."""
    letter = await _listing(query, hearing, page, services, language)
    message = query.message
    head = (message.text or "") if isinstance(message, Message) else ""
    first = letter.text.partition("</b>")[0].removeprefix("<b>")
    if isinstance(message, Message) and message.chat.type != "private" and not head.startswith(first):
        await say(message, letter)
        await receive(query)
        return
    await show(query, letter)


async def support(
    query: CallbackQuery, id: ContributionId, page: int, services: Services, language: Language, cause: UpdateId
) -> None:
    """One more supports it, or one less."""
    found = await services.hearings.contribute.support(id, ChatId(query.from_user.id), cause)
    letter = await _listing(query, found.hearing, page, services, language)
    await show(query, letter, contributions.supported(found, language))


async def queue(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/proposals: what waits for this moderator."""
    found = await services.hearings.moderate.waiting(person.chat_id)
    await say(message, contributions.queue(found, services.hearings.clock.now(), language))


async def queue_again(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The same from a nudge."""
    found = await services.hearings.moderate.waiting(person.chat_id)
    if isinstance(query.message, Message):
        await say(query.message, contributions.queue(found, services.hearings.clock.now(), language))
    await receive(query)


async def one(
    query: CallbackQuery, id: ContributionId, person: Subscriber, services: Services, language: Language
) -> None:
    """One of them, to be moderated."""
    found, hearing = await services.hearings.moderate.get(person.chat_id, id)
    if isinstance(query.message, Message):
        await say(query.message, contributions.to_moderate(found, hearing, language, services.hearings.setting))
    await receive(query)


async def publish(
    query: CallbackQuery,
    id: ContributionId,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """Everybody may read it."""
    done = await services.hearings.moderate.publish(person.chat_id, id, cause)
    await receive(query, contributions.moderated(done, language), alert=True)


async def merge(
    query: CallbackQuery, id: ContributionId, person: Subscriber, services: Services, language: Language
) -> None:
    """Which one says the same."""
    found, _hearing = await services.hearings.moderate.get(person.chat_id, id)
    others = await services.hearings.moderate.mergeable(person.chat_id, id)
    if isinstance(query.message, Message):
        await say(query.message, contributions.merge_choice(found, others, language))
    await receive(query)


async def merge_into(
    query: CallbackQuery,
    id: ContributionId,
    into: ContributionId,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """It stands under that one."""
    done = await services.hearings.moderate.merge(person.chat_id, id, into, cause)
    await show(query, Letter(contributions.moderated(done, language)))


async def decline(
    query: CallbackQuery,
    id: ContributionId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """A reason is asked first, of whoever may decline."""
    found, _hearing = await services.hearings.moderate.get(person.chat_id, id)
    await state.set_state(Saying.reason)
    await state.set_data({"contribution": id})
    if isinstance(query.message, Message):
        await say(query.message, contributions.reason_wanted(found, language))
    await receive(query)


async def reason(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """The author receives it."""
    id = ContributionId(int((await state.get_data())["contribution"]))
    await state.clear()
    done = await services.hearings.moderate.decline(person.chat_id, id, (message.text or "")[:1000], cause)
    await say(message, Letter(contributions.moderated(done, language)), reply=True)


async def letter_to_moderate(message: Message, services: Services, bot: Bot) -> dict[str, ContributionId] | bool:
    """A reply to a contribution's own letter gives its number. Anything else is not ours."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return False
    for row in replied.reply_markup.inline_keyboard if replied.reply_markup else ():
        for button in row:
            head, _colon, value = (button.callback_data or "").partition(":")
            if head == "cp" and value.isdecimal():
                return {"id": ContributionId(int(value))}
    return False


async def answer(
    message: Message,
    id: ContributionId,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """A plain reply is the answer."""
    words = (message.text or "").strip()
    if not words:
        await say(message, Letter(contributions.words_only(language)), reply=True)
        return
    signed = message.from_user.full_name if message.from_user else ""
    done = await services.hearings.moderate.answer(person.chat_id, id, words, signed, cause)
    await say(message, contributions.answered(done, language), reply=True)


def build() -> Router:
    """Private chats: saying and moderating."""
    router = Router(name="contributions")
    router.message.register(queue, Command("proposals"))
    router.message.register(said, awaits(Saying.words), ~F.text.startswith("/"))
    router.message.register(reason, awaits(Saying.reason), F.text, ~F.text.startswith("/"))
    router.message.register(answer, letter_to_moderate)
    router.message.register(replied, about_a_hearing, ~F.text.startswith("/"))
    router.callback_query.register(queue_again, pressed("cq"))
    router.callback_query.register(one, pressed("cs", id=number))
    router.callback_query.register(publish, pressed("cp", id=number))
    router.callback_query.register(merge, pressed("cm", id=number))
    router.callback_query.register(merge_into, pressed("cmi", id=number, into=number))
    router.callback_query.register(decline, pressed("cd", id=number))
    return router


def build_group() -> Router:
    """Groups: a reply to a card."""
    router = Router(name="contributions in groups")
    router.message.filter(F.chat.type.in_({"group", "supergroup"}))
    router.message.register(replied, about_a_hearing, ~F.text.startswith("/"))
    return router


def build_buttons() -> Router:
    """What everybody may press, in groups too."""
    router = Router(name="contribution buttons")
    router.callback_query.register(wanted, pressed("hq", hearing=hearing_number))
    router.callback_query.register(listing, pressed("hw", hearing=hearing_number, page=int))
    router.callback_query.register(support, pressed("cu", id=number, page=int))
    return router


async def _listing(
    query: CallbackQuery, hearing: HearingId, page: int, services: Services, language: Language
) -> Letter:
    shown = await services.hearings.show.one(hearing, ChatId(query.from_user.id))
    found = await services.hearings.contribute.published(hearing)
    return contributions.listing(shown.hearing, found, max(page, 1), language)


def _number_on_its_buttons(letter: Message) -> HearingId | None:
    """A card that was asked for, or whose sending Telegram never confirmed, is known by its own buttons."""
    for row in letter.reply_markup.inline_keyboard if letter.reply_markup else ():
        for button in row:
            head, _colon, value = (button.callback_data or "").partition(":")
            value = value.partition(":")[0]
            if head in ABOUT and value.isdecimal():
                return HearingId(int(value))
    return None
