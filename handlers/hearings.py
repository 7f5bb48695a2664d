"""Hearings as people meet them: /hearings, a card and its buttons, what they follow."""

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.chats import Group, Subscriber
from bot.domain.errors import WrongMove
from bot.domain.hearings import HearingId, HearingKind, Lead
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.listening import Cadence
from bot.ports import Letter
from bot.services import Services
from bot.telegram.keyboards import inline
from bot.texts import calendar, hearing_lists
from handlers.reading import awaits, flag, pressed
from handlers.speaking import NO_PREVIEW, receive, say, show

NOTHING_NEW = ("message is not modified", "message to edit not found", "message can't be edited")
COMING = ("come", "more", "away")


class Searching(StatesGroup):
    """Words to look for are awaited."""

    words = State()


def hearing_number(value: str) -> HearingId:
    """The number of a hearing from a button."""
    return HearingId(int(value))


def hearing_link(words: str) -> tuple[HearingId, bool] | None:
    """`h_12` of a deep link names a hearing and comes from a kit; `hg_12` comes from a group's own card."""
    head, _low, number = words.partition("_")
    if head not in ("h", "hg") or not number.isdecimal() or len(number) > 15:
        return None
    return HearingId(int(number)), head == "h"


async def ahead(
    message: Message, person: Subscriber | None, group: Group | None, services: Services, language: Language | None
) -> None:
    """/hearings: what comes in one's places, or in the group's."""
    chat = ChatId(message.chat.id)
    await say(message, await _ahead(chat, person, group, services, language or Language.KY))


async def ahead_again(
    query: CallbackQuery,
    person: Subscriber | None,
    group: Group | None,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The same in place."""
    await state.clear()
    await show(query, await _ahead(_chat(query), person, group, services, language))


async def past(
    query: CallbackQuery, person: Subscriber | None, group: Group | None, services: Services, language: Language
) -> None:
    """What was, with or without an outcome."""
    places = await _places(_chat(query), person, group, services)
    found = await services.hearings.show.past(places)
    await show(query, hearing_lists.past(found, services.hearings.setting, language))


async def look_for(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """Words to look for are asked."""
    await state.set_state(Searching.words)
    await show(query, hearing_lists.search_wanted(language))


async def found(message: Message, services: Services, language: Language, state: FSMContext) -> None:
    """What the words have met."""
    await state.clear()
    words = message.text or ""
    hearings = await services.hearings.show.search(words)
    await say(message, hearing_lists.found(hearings, words, services.hearings.setting, language))


async def card(query: CallbackQuery, hearing: HearingId, services: Services, language: Language) -> None:
    """One hearing, in place."""
    await show(query, await services.hearings.letters.card(hearing, _chat(query), language))


async def open_card(message: Message, hearing: HearingId, by_kit: bool, services: Services, language: Language) -> None:
    """One hearing by its link; an arrival by a kit's link or QR code is counted."""
    chat = ChatId(message.chat.id)
    letter = await services.hearings.letters.card(hearing, chat, language)
    if by_kit:
        await services.hearings.come.arrive(hearing, chat)
    await say(message, letter)


async def come(
    query: CallbackQuery,
    hearing: HearingId,
    how: str,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """We come, one more, or not; the counts stand in the card."""
    person, chat, name = ChatId(query.from_user.id), _chat(query), query.from_user.full_name
    try:
        if how == "come":
            await services.hearings.come.come(hearing, person, chat, name, cause)
        elif how == "more":
            await services.hearings.come.bring(hearing, person, chat, name, cause)
        else:
            await services.hearings.come.stay_away(hearing, person, chat)
    except WrongMove:
        await receive(query, hearing_lists.is_over(language), alert=True)
        return
    await _refresh(query, hearing, services, language)
    await receive(query, hearing_lists.thanks(language))


async def remind(query: CallbackQuery, hearing: HearingId, services: Services, language: Language) -> None:
    """The reminders of this hearing, for whoever does not follow its place."""
    try:
        n = await services.hearings.come.remind_me(hearing, _chat(query))
    except WrongMove:
        await receive(query, hearing_lists.is_over(language), alert=True)
        return
    await receive(query, hearing_lists.reminded(n, language), alert=True)


async def to_calendar(query: CallbackQuery, hearing: HearingId, services: Services, language: Language) -> None:
    """The hearing as a file for the calendar: added, moved, or taken out."""
    about = services.hearings
    shown = await about.show.one(hearing, _chat(query))
    written = calendar.hearing_file(shown.hearing, about.setting, language, about.clock.now())
    await _send_file(query, written, f"hearing-{hearing}.ics", calendar.caption(shown.hearing, language))
    await receive(query)


async def on_the_map(query: CallbackQuery, hearing: HearingId, services: Services, language: Language) -> None:
    """The place as a pin."""
    terms = (await services.hearings.show.one(hearing, _chat(query))).hearing.terms
    if terms.spot is not None and isinstance(query.message, Message):
        await query.message.answer_venue(
            latitude=terms.spot.latitude,
            longitude=terms.spot.longitude,
            title=terms.venue or terms.topic,
            address=services.hearings.setting.place(terms.place or PlaceSlug(""), language) or terms.venue,
        )
    await receive(query)


async def files(query: CallbackQuery, hearing: HearingId, services: Services, language: Language) -> None:
    """The materials, and the minutes once there are any."""
    shown = await services.hearings.show.one(hearing, _chat(query))
    found = [*shown.hearing.terms.files]
    if shown.outcome is not None and shown.outcome.file is not None:
        found.append(shown.outcome.file)
    if not found or not isinstance(query.message, Message):
        await receive(query, hearing_lists.no_files(language), alert=True)
        return
    for one in found:
        if one.kind == "photo":
            await query.message.answer_photo(one.file_id)
        elif one.kind == "voice":
            await query.message.answer_voice(one.file_id)
        else:
            await query.message.answer_document(one.file_id)
    await receive(query)


async def attended(
    query: CallbackQuery, hearing: HearingId, came: bool, services: Services, language: Language
) -> None:
    """Was there or not; in private three questions follow."""
    try:
        await services.hearings.come.attend(hearing, ChatId(query.from_user.id), came)
    except WrongMove:
        await receive(query, hearing_lists.is_over(language), alert=True)
        return
    if came and _chat(query) > 0 and isinstance(query.message, Message):
        await say(query.message, hearing_lists.opinion_question(hearing, 0, language))
    await receive(query, hearing_lists.thanks(language))


async def opinion(
    query: CallbackQuery, hearing: HearingId, step: int, yes: bool, services: Services, language: Language
) -> None:
    """One of the three questions."""
    if step > 2:
        await receive(query)
        return
    await services.hearings.come.opine(hearing, ChatId(query.from_user.id), step, yes)
    last = step == 2
    letter = (
        Letter(hearing_lists.thanks(language)) if last else hearing_lists.opinion_question(hearing, step + 1, language)
    )
    await show(query, letter)


async def following(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """What one follows and how."""
    await state.clear()
    await show(query, await follow_screen(person, services, language))


async def follow_own(
    query: CallbackQuery, place: PlaceSlug, person: Subscriber, services: Services, language: Language
) -> None:
    """The place one lives in."""
    await follow(query, place, person, services, language)


async def follow(
    query: CallbackQuery, place: PlaceSlug, person: Subscriber, services: Services, language: Language
) -> None:
    """One more place."""
    if services.hearings.setting.places.get(place) is None:
        await receive(query)
        return
    await services.hearings.follow(person.chat_id, place)
    a_month = await services.hearings.follow.a_month(place)
    receipt = hearing_lists.followed(place, a_month, services.hearings.setting, language)
    await show(query, await follow_screen(person, services, language), receipt)


async def unfollow(
    query: CallbackQuery, place: PlaceSlug, person: Subscriber, services: Services, language: Language
) -> None:
    """One place less."""
    await services.hearings.follow.stop(person.chat_id, place)
    await show(query, await follow_screen(person, services, language))


async def kind(
    query: CallbackQuery, kind: HearingKind, on: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """One kind more or less."""
    await services.hearings.follow.kind(person.chat_id, kind, on)
    await show(query, await follow_screen(person, services, language))


async def cadence(
    query: CallbackQuery, how: Cadence, person: Subscriber, services: Services, language: Language
) -> None:
    """How often."""
    await services.hearings.follow.cadence(person.chat_id, how)
    await show(query, await follow_screen(person, services, language))


async def lead(
    query: CallbackQuery, lead: Lead, on: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """One reminder more or less."""
    await services.hearings.follow.lead(person.chat_id, lead, on)
    await show(query, await follow_screen(person, services, language))


async def mute(query: CallbackQuery, on: bool, person: Subscriber, services: Services, language: Language) -> None:
    """Everything about hearings, or nothing."""
    await services.hearings.follow.mute(person.chat_id, on)
    await show(query, await follow_screen(person, services, language))


async def follow_screen(person: Subscriber, services: Services, language: Language) -> Letter:
    """What one follows and how, as a letter."""
    now = await services.hearings.follow.now(person.chat_id)
    return hearing_lists.following(
        now.listener, now.places, now.a_month, person.place, services.hearings.setting, language
    )


def build() -> Router:
    """Private chats: the lists, and what one follows."""
    router = Router(name="hearings")
    router.message.register(ahead, Command("hearings"))
    router.message.register(found, awaits(Searching.words), F.text)
    router.callback_query.register(look_for, pressed("hl:find"))
    router.callback_query.register(following, pressed("hl:follow"))
    router.callback_query.register(follow_own, pressed("hfo", place=PlaceSlug))
    router.callback_query.register(unfollow, pressed("hfx", place=PlaceSlug))
    router.callback_query.register(kind, pressed("hfk", kind=HearingKind, on=flag))
    router.callback_query.register(cadence, pressed("hfc", how=Cadence))
    router.callback_query.register(lead, pressed("hfl", lead=Lead, on=flag))
    router.callback_query.register(mute, pressed("hfm", on=flag))
    return router


def build_buttons() -> Router:
    """The buttons of a card work in groups too."""
    router = Router(name="hearing buttons")
    router.callback_query.register(ahead_again, pressed("hl:ahead"))
    router.callback_query.register(past, pressed("hl:past"))
    router.callback_query.register(card, pressed("h", hearing=hearing_number))
    router.callback_query.register(come, pressed("hc", hearing=hearing_number, how=_one_of(COMING)))
    router.callback_query.register(remind, pressed("hr", hearing=hearing_number))
    router.callback_query.register(to_calendar, pressed("hi", hearing=hearing_number))
    router.callback_query.register(on_the_map, pressed("hm", hearing=hearing_number))
    router.callback_query.register(files, pressed("hf", hearing=hearing_number))
    router.callback_query.register(attended, pressed("hp", hearing=hearing_number, came=flag))
    router.callback_query.register(opinion, pressed("hv", hearing=hearing_number, step=int, yes=flag))
    return router


def _one_of(words: tuple[str, ...]):  # type: ignore[no-untyped-def]
    def read(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    return read


def _chat(query: CallbackQuery) -> ChatId:
    return ChatId(query.message.chat.id if query.message else query.from_user.id)


async def _places(
    chat: ChatId, person: Subscriber | None, group: Group | None, services: Services
) -> tuple[PlaceSlug, ...]:
    followed = await services.hearings.show.places_of(chat)
    own = group.place if group else (person.place if person else None)
    return followed or ((own,) if own else ())


async def _ahead(
    chat: ChatId, person: Subscriber | None, group: Group | None, services: Services, language: Language
) -> Letter:
    places = await _places(chat, person, group, services)
    show_hearings = services.hearings.show
    hearings = await show_hearings.ahead(places)
    last = None if hearings else await show_hearings.last_announced(places)
    return hearing_lists.ahead(hearings, last, places, services.hearings.setting, language, group=chat < 0)


async def _refresh(query: CallbackQuery, hearing: HearingId, services: Services, language: Language) -> None:
    """The counts in the card; its head stays what it was said under."""
    message = query.message
    if not isinstance(message, Message):
        return
    letter = await services.hearings.letters.card(hearing, _chat(query), language)
    try:
        await message.edit_text(letter.text, reply_markup=inline(letter), link_preview_options=NO_PREVIEW)
    except TelegramBadRequest as error:
        if not any(words in error.message for words in NOTHING_NEW):
            raise


async def _send_file(query: CallbackQuery, written: bytes, name: str, caption: str) -> None:
    if isinstance(query.message, Message):
        await query.message.answer_document(BufferedInputFile(written, name), caption=caption)
