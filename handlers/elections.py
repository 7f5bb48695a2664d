"""Elections: /election and /may for everybody; for coordinators the draft, its plan, calling, moving, cancelling."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Subscriber
from bot.domain.elections import ElectionKind, Kenesh, NoPlanName, NoSuchDay
from bot.domain.ids import ElectionId, Language, PlaceSlug, UpdateId
from bot.domain.plan_lines import typed_day
from bot.ports import Letter
from bot.services import Services
from bot.texts import election_desk as desk
from bot.texts import elections as words
from bot.texts import refusals
from handlers.reading import pressed
from handlers.speaking import receive, say, show

LONGEST = 300


class Making(StatesGroup):
    """What a coordinator is asked to write; the form holds the election, or what is known of a new one."""

    voting_day = State()
    act = State()
    plan_name = State()
    day = State()
    lines = State()


def election_number(value: str) -> ElectionId:
    """The number of an election from a button."""
    return ElectionId(int(value))


async def elections(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/election: a coordinator's own elections, or what is called where one lives."""
    if await services.elections.may_run(person.chat_id):
        await say(message, await _listed(person, services, language))
    else:
        await say(message, await _of_place(person, services, language))


async def again(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """A coordinator's own elections, in place."""
    await state.clear()
    await show(query, await _listed(person, services, language))


async def see(query: CallbackQuery, id: ElectionId, person: Subscriber, services: Services, language: Language) -> None:
    """One of several called elections of the place."""
    for election, may in await services.elections.may_campaign(person.place):
        if election.id == id:
            await show(query, words.shown(election, may, services.hearings.setting, language))
            return
    await receive(query, refusals.old_button(language), alert=True)


async def may_campaign(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/may: may I campaign today?"""
    await say(message, await _may(person, services, language))


async def may_again(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The same from a button, as a new message."""
    if isinstance(query.message, Message):
        await say(query.message, await _may(person, services, language))
    await receive(query)


async def asks_may(message: Message) -> bool:
    """The question itself, written out in either language."""
    said = (message.text or "").strip().rstrip("?!. ").casefold()
    return said in {words.question(language).rstrip("?").casefold() for language in Language}


async def place_chosen(
    query: CallbackQuery,
    which: str,
    place: PlaceSlug,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """The first place of a new election, or one more of a draft."""
    if which:
        election = await services.elections.add_place(person.chat_id, ElectionId(int(which)), place, cause)
        await show(query, desk.plan(election, 1, services.hearings.setting, language), desk.done(language))
    else:
        await show(query, desk.ask_kenesh(place, language))


async def kenesh(query: CallbackQuery, place: PlaceSlug, kenesh: Kenesh, language: Language) -> None:
    """Which council; then why."""
    await show(query, desk.ask_kind(place, kenesh, language))


async def kind(
    query: CallbackQuery, place: PlaceSlug, kenesh: Kenesh, kind: ElectionKind, language: Language, state: FSMContext
) -> None:
    """Why; then the voting day."""
    await state.set_state(Making.voting_day)
    await state.set_data({"place": place, "kenesh": kenesh, "kind": kind})
    await show(query, desk.ask_voting_day(language))


async def voting_day(message: Message, language: Language, state: FSMContext) -> None:
    """The voting day is written; then the act."""
    when = typed_day(message.text or "")
    if when is None:
        await say(message, desk.not_a_day(language))
        return
    await state.update_data(day=when.day.isoformat())
    await state.set_state(Making.act)
    await say(message, desk.ask_act(language))


async def act(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """The act is written: the draft stands with the proposed plan."""
    said = _few_words(message)
    if said is None:
        await say(message, desk.too_short(language))
        return
    form = await state.get_data()
    day = typed_day(str(form.get("day", "")))
    if day is None:
        await say(message, Letter(refusals.old_button(language)))
        return
    try:
        election = await services.elections.draft(
            person.chat_id,
            PlaceSlug(str(form["place"])),
            Kenesh(str(form["kenesh"])),
            ElectionKind(str(form["kind"])),
            day.day,
            said,
            cause,
        )
    except NoSuchDay:
        await state.set_state(Making.voting_day)
        await say(message, desk.not_a_day(language))
        return
    await state.clear()
    await say(message, desk.plan(election, 1, services.hearings.setting, language))


async def plan(
    query: CallbackQuery,
    id: ElectionId,
    page: int,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The plan of an election, a page."""
    await state.clear()
    election = await services.elections.one(person.chat_id, id)
    await show(query, desk.plan(election, page, services.hearings.setting, language))


async def line(
    query: CallbackQuery, id: ElectionId, key: str, person: Subscriber, services: Services, language: Language
) -> None:
    """One deadline."""
    election = await services.elections.one(person.chat_id, id)
    deadline = election.deadline(key)
    if deadline is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    await show(query, desk.line(election, deadline, language))


async def confirm(
    query: CallbackQuery,
    id: ElectionId,
    key: str,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """One date, or all, are those of the plan; the plan has to have a name first."""
    try:
        election = await services.elections.confirm(person.chat_id, id, "" if key == "-" else key, cause)
    except NoPlanName:
        await want_plan_name(query, id, language, state)
        return
    await show(query, desk.plan(election, 1, services.hearings.setting, language), desk.done(language))


async def drop(
    query: CallbackQuery,
    id: ElectionId,
    key: str,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """The plan has no such deadline."""
    election = await services.elections.drop(person.chat_id, id, key, cause)
    await show(query, desk.plan(election, 1, services.hearings.setting, language), desk.done(language))


async def ask_day(
    query: CallbackQuery,
    id: ElectionId,
    key: str,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """Another day is asked for; the plan has to have a name first, unless it is the voting day."""
    election = await services.elections.one(person.chat_id, id)
    deadline = election.deadline(key)
    if deadline is None:
        await receive(query, refusals.old_button(language), alert=True)
    elif not election.plan_name and key != "voting_day":
        await want_plan_name(query, id, language, state)
    else:
        await state.set_state(Making.day)
        await state.set_data({"election": id, "key": key})
        await show(query, desk.ask_day(deadline, language))


async def day(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """Another day is written; the voting day is asked about once more, with all that moves."""
    form, when = await state.get_data(), typed_day(message.text or "")
    if when is None:
        await say(message, desk.not_a_day(language))
        return
    id, key = ElectionId(int(form.get("election", 0))), str(form.get("key", ""))
    if key == "voting_day":
        election = await services.elections.one(person.chat_id, id)
        moves = await services.elections.moving(person.chat_id, id, when.day)
        await state.clear()
        await say(message, desk.moving(election, when.day.isoformat(), moves, language))
        return
    election = await services.elections.change(person.chat_id, id, key, when, cause)
    await state.clear()
    await say(message, desk.plan(election, 1, services.hearings.setting, language))


async def move(
    query: CallbackQuery,
    id: ElectionId,
    to: str,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """The voting day moves, with everything that hangs on it."""
    when = typed_day(to)
    if when is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    election = await services.elections.move(person.chat_id, id, when.day, cause)
    await show(query, desk.plan(election, 1, services.hearings.setting, language), desk.done(language))


async def ask_plan_name(query: CallbackQuery, id: ElectionId, language: Language, state: FSMContext) -> None:
    """The name of the plan is asked for."""
    await want_plan_name(query, id, language, state)


async def plan_name(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """The plan has a name."""
    said = _few_words(message)
    if said is None:
        await say(message, desk.too_short(language))
        return
    id = ElectionId(int((await state.get_data()).get("election", 0)))
    election = await services.elections.name_plan(person.chat_id, id, said, cause)
    await state.clear()
    await say(message, desk.plan(election, 1, services.hearings.setting, language))


async def call(
    query: CallbackQuery, id: ElectionId, person: Subscriber, services: Services, language: Language
) -> None:
    """Asked once before people see it."""
    election = await services.elections.one(person.chat_id, id)
    await show(query, desk.call_question(election, services.hearings.setting, language))


async def called(
    query: CallbackQuery, id: ElectionId, person: Subscriber, services: Services, language: Language, cause: UpdateId
) -> None:
    """People see it from now on."""
    await services.elections.call(person.chat_id, id, cause)
    election = await services.elections.one(person.chat_id, id)
    await show(query, desk.plan(election, 1, services.hearings.setting, language), desk.done(language))


async def cancel(
    query: CallbackQuery, id: ElectionId, person: Subscriber, services: Services, language: Language
) -> None:
    """Asked once before it is off."""
    election = await services.elections.one(person.chat_id, id)
    await show(query, desk.cancel_question(election, services.hearings.setting, language))


async def cancelled(
    query: CallbackQuery, id: ElectionId, person: Subscriber, services: Services, language: Language, cause: UpdateId
) -> None:
    """It is off."""
    await services.elections.cancel(person.chat_id, id, cause)
    await show(query, await _listed(person, services, language), desk.done(language))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="elections")
    router.message.register(elections, Command("election"))
    router.message.register(may_campaign, Command("may"))
    router.message.register(voting_day, Making.voting_day, F.text)
    router.message.register(act, Making.act, F.text)
    router.message.register(plan_name, Making.plan_name, F.text)
    router.message.register(day, Making.day, F.text)
    router.message.register(may_campaign, asks_may)
    one, number = {"id": election_number}, election_number
    router.callback_query.register(again, pressed("el:all"))
    router.callback_query.register(see, pressed("el:see", **one))
    router.callback_query.register(may_again, pressed("may"))
    router.callback_query.register(kenesh, pressed("el:kenesh", place=PlaceSlug, kenesh=Kenesh))
    router.callback_query.register(kind, pressed("el:kind", place=PlaceSlug, kenesh=Kenesh, kind=ElectionKind))
    router.callback_query.register(plan, pressed("el:plan", id=number, page=int))
    router.callback_query.register(line, pressed("el:line", id=number, key=str))
    router.callback_query.register(confirm, pressed("el:sure", id=number, key=str))
    router.callback_query.register(drop, pressed("el:drop", id=number, key=str))
    router.callback_query.register(ask_day, pressed("el:day", id=number, key=str))
    router.callback_query.register(move, pressed("el:moved", id=number, to=str))
    router.callback_query.register(ask_plan_name, pressed("el:name", **one))
    router.callback_query.register(call, pressed("el:call", **one))
    router.callback_query.register(called, pressed("el:called", **one))
    router.callback_query.register(cancel, pressed("el:cancel", **one))
    router.callback_query.register(cancelled, pressed("el:off", **one))
    return router


async def want_plan_name(query: CallbackQuery, id: ElectionId, language: Language, state: FSMContext) -> None:
    """The plan has to have a name before anything is confirmed by it."""
    await state.set_state(Making.plan_name)
    await state.set_data({"election": id})
    await show(query, desk.ask_plan_name(language))


async def _listed(person: Subscriber, services: Services, language: Language) -> Letter:
    found = await services.elections.run_by(person.chat_id)
    return desk.listed(found, services.hearings.setting, language)


async def _of_place(person: Subscriber, services: Services, language: Language) -> Letter:
    found = await services.elections.may_campaign(person.place)
    if not found:
        return words.none_called(language, place_known=person.place is not None)
    if len(found) == 1:
        return words.shown(*found[0], services.hearings.setting, language)
    return words.choose([one for one, _ in found], services.hearings.setting, language)


async def _may(person: Subscriber, services: Services, language: Language) -> Letter:
    found = await services.elections.may_campaign(person.place)
    if not found:
        return words.none_called(language, place_known=person.place is not None)
    return words.may_campaign(found, services.hearings.setting, language)


def _few_words(message: Message) -> str | None:
    said = " ".join((message.text or "").split())
    return said if 3 <= len(said) <= LONGEST else None
