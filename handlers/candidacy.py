"""My candidacy: /candidate, the plan and its steps, companions, files to keep, and what comes after voting day."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from bot.domain.candidacy import Outcome, Plan, Way
from bot.domain.chats import Subscriber
from bot.domain.elections import Kenesh
from bot.domain.errors import InviteRefused
from bot.domain.ids import CandidacyId, Language, PlaceSlug
from bot.domain.places import Level
from bot.ports import Letter
from bot.services import Services
from bot.texts import candidacy as words
from bot.texts import ics, me, people, refusals
from bot.texts.pictures import plan as paper
from handlers.reading import flag, pressed
from handlers.speaking import receive, say, show

CITIES = frozenset({Level.CITY, Level.REPUBLICAN_CITY, Level.CITY_DISTRICT})
TAKE_AWAY = "-"


class Writing(StatesGroup):
    """A note to a step is awaited; the form holds the candidacy and the step."""

    note = State()


def candidacy_number(value: str) -> CandidacyId:
    """The number of a candidacy from a button."""
    return CandidacyId(int(value))


def ending(value: str) -> Outcome:
    """What came of it, from a button; `open` takes it back."""
    return Outcome.OPEN if value == "open" else Outcome(value)


def companion_link(payload: str) -> str | None:
    """`with_…` of a deep link invites to a candidate's plan."""
    return payload.removeprefix("with_") if payload.startswith("with_") else None


async def candidate(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/candidate: one's plan; of several the choice; of none the first question."""
    found = await services.candidacies.seen_by(person.chat_id)
    if len(found) == 1:
        await say(message, await _plan(person, found[0].id, services, language))
    elif found:
        await say(message, words.several(found, services.hearings.setting, language))
    else:
        await say(message, await _begin(person, services, language))


async def begin(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The first question, in place."""
    await show(query, await _begin(person, services, language))


async def place_chosen(query: CallbackQuery, place: PlaceSlug, services: Services, language: Language) -> None:
    """Where; then how, as far as the place does not say it."""
    tree = await services.place_book.tree()
    found = tree.get(place)
    if found is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    ways = list(Way)
    if found.level in CITIES:
        ways = [Way.CITY_LIST]
    elif found.level is Level.AIYL_AIMAK:
        ways = [one for one in Way if one.kenesh is Kenesh.AIYL]
    await show(query, words.ask_way(place, ways, language))


async def way_chosen(
    query: CallbackQuery, place: PlaceSlug, way: Way, person: Subscriber, services: Services, language: Language
) -> None:
    """How; the plan stands."""
    id = await services.candidacies.begin(person.chat_id, place, way)
    await show(query, await _plan(person, id, services, language))


async def plan(
    query: CallbackQuery,
    id: CandidacyId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The plan, in place."""
    await state.clear()
    await show(query, await _plan(person, id, services, language))


async def plan_anew(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """The plan as a new message, below a letter that stays."""
    if isinstance(query.message, Message):
        await say(query.message, await _plan(person, id, services, language))
    await receive(query)


async def step(
    query: CallbackQuery, id: CandidacyId, key: str, person: Subscriber, services: Services, language: Language
) -> None:
    """One step."""
    shown = await services.candidacies.show(person.chat_id, id)
    await _show_step(query, shown, key, services, language)


async def done(
    query: CallbackQuery, id: CandidacyId, key: str, person: Subscriber, services: Services, language: Language
) -> None:
    """The person says that it is done."""
    shown = await services.candidacies.mark(person.chat_id, id, key, True)
    await _show_step(query, shown, key, services, language)


async def undo(
    query: CallbackQuery, id: CandidacyId, key: str, person: Subscriber, services: Services, language: Language
) -> None:
    """It is not done after all."""
    shown = await services.candidacies.mark(person.chat_id, id, key, False)
    await _show_step(query, shown, key, services, language)


async def ask_note(
    query: CallbackQuery,
    id: CandidacyId,
    key: str,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """Words to oneself are awaited."""
    line = (await services.candidacies.show(person.chat_id, id)).line(key)
    if line is None:
        await receive(query, refusals.old_button(language), alert=True)
        return
    await state.set_state(Writing.note)
    await state.set_data({"candidacy": id, "step": key})
    await show(query, words.ask_note(line, language))


async def note(message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext) -> None:
    """The note stands with its step."""
    form, said = await state.get_data(), " ".join((message.text or "").split())
    await state.clear()
    id, key = CandidacyId(int(form.get("candidacy", 0))), str(form.get("step", ""))
    shown = await services.candidacies.note(person.chat_id, id, key, "" if said == TAKE_AWAY else said)
    letter = _step(shown, key, services, language)
    await say(message, letter or Letter(refusals.old_button(language)))


async def more(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """What else can be done."""
    await show(query, words.more(await services.candidacies.show(person.chat_id, id), language))


async def mute(
    query: CallbackQuery, id: CandidacyId, muted: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """Reminders of this plan, or none."""
    shown = await services.candidacies.mute(person.chat_id, id, muted)
    await show(query, words.more(shown, language), words.done(language))


async def name(
    query: CallbackQuery, id: CandidacyId, shown: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """Coordinators may see the name, or not."""
    said = query.from_user.full_name if shown else ""
    now = await services.candidacies.be_named(person.chat_id, id, said)
    await show(query, words.more(now, language), words.done(language))


async def end(
    query: CallbackQuery, id: CandidacyId, outcome: Outcome, person: Subscriber, services: Services, language: Language
) -> None:
    """What came of it, as the person tells it."""
    await services.candidacies.ended(person.chat_id, id, outcome)
    await show(query, await _plan(person, id, services, language), words.done(language))


async def women(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """Materials for women candidates."""
    await show(query, words.women(await services.candidacies.show(person.chat_id, id), language))


async def woman(
    query: CallbackQuery, id: CandidacyId, yes: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """They stay on the plan, or go."""
    shown = await services.candidacies.be_woman(person.chat_id, id, yes)
    await show(query, words.women(shown, language), words.done(language))


async def companions(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """Who else sees the plan."""
    shown = await services.candidacies.show(person.chat_id, id)
    await show(query, words.companions(shown, "", language))


async def new_link(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """A link to hand over."""
    token = await services.candidacies.invite(person.chat_id, id)
    if query.bot is not None:
        link = await create_start_link(query.bot, f"with_{token}")
        shown = await services.candidacies.show(person.chat_id, id)
        await show(query, words.companions(shown, link, language))


async def alone(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """Nobody else sees the plan from now on."""
    shown = await services.candidacies.dismiss(person.chat_id, id)
    await show(query, words.companions(shown, "", language), words.done(language))


async def open_link(message: Message, token: str, services: Services, language: Language) -> None:
    """What an invitation to a plan offers."""
    try:
        found = await services.candidacies.offered(token)
    except InviteRefused:
        await say(message, people.invite_is_gone(language))
        return
    await say(message, words.offer(found, token, services.hearings.setting, language))


async def join(query: CallbackQuery, token: str, person: Subscriber, services: Services, language: Language) -> None:
    """The plan is seen from now on."""
    id = await services.candidacies.accept(person.chat_id, token)
    await show(query, await _plan(person, id, services, language))


async def leave(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """A companion goes."""
    await services.candidacies.leave(person.chat_id, id)
    await show(query, words.gone(language))


async def stop(query: CallbackQuery, id: CandidacyId, language: Language) -> None:
    """Asked once before the plan goes."""
    await show(query, words.stop_question(id, language))


async def gone(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The plan is gone."""
    await services.candidacies.stop(person.chat_id)
    await show(query, words.gone(language))


async def calendar(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """The dates of the plan as a file for the calendar."""
    shown = await services.candidacies.show(person.chat_id, id)
    written = ics.plan_file(shown, services.hearings.setting, language, services.hearings.clock.now())
    if written is None:
        await receive(query, words.no_dates(language), alert=True)
        return
    await _hand_over(query, written, "plan.ics", words.calendar_caption(language))


async def to_print(
    query: CallbackQuery, id: CandidacyId, person: Subscriber, services: Services, language: Language
) -> None:
    """The plan on one page."""
    shown = await services.candidacies.show(person.chat_id, id)
    written = paper.plan_paper(shown, services.hearings.setting, language, services.hearings.clock.now())
    await _hand_over(query, written, "plan.pdf", words.paper_caption(language))


def build() -> Router:
    """Private chats only."""
    router = Router(name="candidacy")
    router.message.register(candidate, Command("candidate"))
    router.message.register(note, Writing.note, F.text)
    one = {"id": candidacy_number}
    router.callback_query.register(begin, pressed("cd:begin"))
    router.callback_query.register(place_here, pressed("cd:at", place=PlaceSlug))
    router.callback_query.register(way_chosen, pressed("cd:way", place=PlaceSlug, way=Way))
    router.callback_query.register(plan, pressed("cd:plan", **one))
    router.callback_query.register(plan_anew, pressed("cd:new", **one))
    router.callback_query.register(step, pressed("cd:step", id=candidacy_number, key=str))
    router.callback_query.register(done, pressed("cd:done", id=candidacy_number, key=str))
    router.callback_query.register(undo, pressed("cd:undo", id=candidacy_number, key=str))
    router.callback_query.register(ask_note, pressed("cd:note", id=candidacy_number, key=str))
    router.callback_query.register(more, pressed("cd:more", **one))
    router.callback_query.register(mute, pressed("cd:mute", id=candidacy_number, muted=flag))
    router.callback_query.register(name, pressed("cd:name", id=candidacy_number, shown=flag))
    router.callback_query.register(end, pressed("cd:end", id=candidacy_number, outcome=ending))
    router.callback_query.register(women, pressed("cd:women", **one))
    router.callback_query.register(woman, pressed("cd:woman", id=candidacy_number, yes=flag))
    router.callback_query.register(companions, pressed("cd:with", **one))
    router.callback_query.register(new_link, pressed("cd:link", **one))
    router.callback_query.register(alone, pressed("cd:alone", **one))
    router.callback_query.register(join, pressed("cd:join", token=str))
    router.callback_query.register(leave, pressed("cd:leave", **one))
    router.callback_query.register(stop, pressed("cd:stop", **one))
    router.callback_query.register(gone, pressed("cd:gone", **one))
    router.callback_query.register(calendar, pressed("cd:ics", **one))
    router.callback_query.register(to_print, pressed("cd:pdf", **one))
    return router


async def place_here(query: CallbackQuery, place: PlaceSlug, services: Services, language: Language) -> None:
    """The place that /me knows."""
    await place_chosen(query, place, services, language)


async def _begin(person: Subscriber, services: Services, language: Language) -> Letter:
    tree = await services.place_book.tree()
    return words.begin(person.place or "", me.where(person, tree, language), language)


async def _plan(person: Subscriber, id: CandidacyId, services: Services, language: Language) -> Letter:
    shown = await services.candidacies.show(person.chat_id, id)
    return words.plan(shown, services.hearings.clock.now(), services.hearings.setting, language)


def _step(shown: Plan, key: str, services: Services, language: Language) -> Letter | None:
    line = shown.line(key)
    if line is None:
        return None
    article = services.read_guide.article(line.step.article, language) if line.step is not None else None
    now = services.hearings.clock.now()
    return words.step(shown, line, now, services.zone, language, article.short if article is not None else "")


async def _show_step(query: CallbackQuery, shown: Plan, key: str, services: Services, language: Language) -> None:
    letter = _step(shown, key, services, language)
    if letter is None:
        await receive(query, refusals.old_button(language), alert=True)
    else:
        await show(query, letter)


async def _hand_over(query: CallbackQuery, written: bytes, name: str, caption: str) -> None:
    if isinstance(query.message, Message):
        await query.message.answer_document(BufferedInputFile(written, name), caption=caption)
    await receive(query)
