"""The form of /place: seats of each district, the act and its day; shown with the reserve, saved, withdrawn."""

import hashlib
import json
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Subscriber
from bot.domain.errors import Refusal
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.quotas.districts import (
    Districting,
    DistrictsMoved,
    NoAiylKenesh,
    act_of,
    day_in_act,
    day_of,
)
from bot.domain.quotas.typed import seats_of
from bot.ports import Letter
from bot.services import Services
from bot.texts import districts, refusals
from bot.texts.words import escape
from handlers.reading import pressed
from handlers.speaking import receive, say, show

Form = dict[str, Any]


class Entering(StatesGroup):
    """What is awaited; the form holds the place and what is known of it so far."""

    seats = State()
    act = State()
    day = State()


STEPS = {state.state: state for state in (Entering.seats, Entering.act, Entering.day)}
ITEMS = {"seats": Entering.seats, "act": Entering.act, "day": Entering.day}


async def place_chosen(
    query: CallbackQuery, slug: PlaceSlug, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """What holds for this place; where nothing ever did, the form begins at once."""
    try:
        history = await services.districts.look(person.chat_id, slug)
    except NoAiylKenesh as error:
        words = districts.no_kenesh(error, await services.place_book.tree(), language)
        await receive(query, words, alert=True)
        return
    if history:
        await show(query, await card(person.chat_id, slug, services, language))
    else:
        await show(query, await opened(slug, 0, services, language, state))


async def look(
    query: CallbackQuery, slug: PlaceSlug, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """The place again, in place of a question."""
    await state.clear()
    await place_chosen(query, slug, person, services, language, state)


async def card(chat: ChatId, slug: PlaceSlug, services: Services, language: Language) -> Letter:
    """What holds for a place and what held before. Raises NotAllowed."""
    history, tree = await services.districts.look(chat, slug), await services.place_book.tree()
    known = history[0].known
    found = services.quotas.of_place(known) if known is not None else None
    return districts.card(slug, tree, history, found, language, services.zone)


async def anew(
    query: CallbackQuery, slug: PlaceSlug, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """The form for a place that has a history."""
    history = await services.districts.look(person.chat_id, slug)
    await show(query, await opened(slug, history[0].id if history else 0, services, language, state))


async def opened(slug: PlaceSlug, seen: int, services: Services, language: Language, state: FSMContext) -> Letter:
    """The form is open; the seats come first."""
    await state.set_state(Entering.seats)
    await state.set_data({"place": slug, "seen": seen})
    return districts.ask_seats(slug, await services.place_book.tree(), language)


async def awaited(message: Message, state: FSMContext) -> dict[str, State] | bool:
    """Whether the form waits for this message, and for what; a command and a key of the menu have closed it before."""
    step = STEPS.get(await state.get_state())
    return {"step": step} if step is not None and not (message.text or "").startswith("/") else False


async def answered(message: Message, step: State, services: Services, language: Language, state: FSMContext) -> None:
    """One answer, and the next question or the whole; what cannot be taken is said in one sentence, the form stays."""
    form, words, today = await state.get_data(), message.text or "", services.districts.today()
    try:
        if step == Entering.seats:
            form["seats"] = list(seats_of(words))
        elif step == Entering.act:
            form["act"], form["link"] = act_of(words)
            named = day_in_act(form["act"], today)
            if named is not None:
                form["day"] = named.isoformat()
        else:
            form["day"] = day_of(words, today).isoformat()
        following = await next_step(form, services, language, state)
    except Refusal as error:
        await say(message, Letter(escape(districts.wrong(error, language))), reply=True)
        return
    await state.set_data(form)
    await say(message, following)


async def next_step(form: Form, services: Services, language: Language, state: FSMContext) -> Letter:
    """What is still to be asked, or everything with its reserve. Raises NoRule when no rule is known for the day."""
    if "seats" not in form:
        await state.set_state(Entering.seats)
        return districts.ask_seats(PlaceSlug(form["place"]), await services.place_book.tree(), language)
    if "act" not in form:
        await state.set_state(Entering.act)
        return districts.ask_act(language)
    if "day" not in form:
        await state.set_state(Entering.day)
        return districts.ask_day(language)
    known = entered(form)
    found = services.quotas.of_place(known)
    await state.set_state(None)
    tree = await services.place_book.tree()
    return districts.preview(PlaceSlug(form["place"]), tree, known, found, mark_of(form), language)


async def correct(query: CallbackQuery, item: str, services: Services, language: Language, state: FSMContext) -> None:
    """One item of the form is asked again; the others stay."""
    form = await state.get_data()
    if item not in ITEMS or "place" not in form or "seats" not in form:
        await receive(query, refusals.old_button(language), alert=True)
        return
    await state.set_state(ITEMS[item])
    tree = await services.place_book.tree()
    letters = {
        "seats": districts.ask_seats(PlaceSlug(form["place"]), tree, language),
        "act": districts.ask_act(language),
        "day": districts.ask_day(language),
    }
    if isinstance(query.message, Message):
        await say(query.message, letters[item])
    await receive(query)


async def keep(
    query: CallbackQuery,
    mark: str,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """Exactly what this preview showed is saved. Raises NotAllowed."""
    form = await state.get_data()
    before = await services.districts.entered_by(cause)
    if before is not None:
        slug = before.place
    elif {"place", "seats", "act", "day"} <= form.keys() and mark_of(form) == mark:
        slug = PlaceSlug(form["place"])
        try:
            await services.districts.enter(person.chat_id, slug, entered(form), int(form["seen"]), cause)
        except DistrictsMoved:
            await show(query, await seen_anew(form, person, services, language, state))
            return
    else:
        await receive(query, refusals.old_button(language), alert=True)
        return
    await state.clear()
    await show(query, districts.saved(await card(person.chat_id, slug, services, language), language))


async def seen_anew(
    form: Form, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> Letter:
    """What another coordinator left meanwhile stands above the preview; saving now is saving over it."""
    slug = PlaceSlug(form["place"])
    newest = (await services.districts.look(person.chat_id, slug))[0]
    form["seen"] = newest.id
    letter = await next_step(form, services, language, state)
    await state.set_data(form)
    now = districts.stands_now(newest.known, language)
    return districts.moved(Letter(f"{now}\n\n{letter.text}", letter.buttons), language)


async def withdrawing(query: CallbackQuery, slug: PlaceSlug, seen: int, services: Services, language: Language) -> None:
    """Asked once."""
    await show(query, districts.withdraw_question(slug, seen, await services.place_book.tree(), language))


async def withdraw(
    query: CallbackQuery,
    slug: PlaceSlug,
    seen: int,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """The districts no longer hold. Raises NotAllowed."""
    try:
        await services.districts.enter(person.chat_id, slug, None, seen, cause)
    except DistrictsMoved:
        await show(query, districts.moved(await card(person.chat_id, slug, services, language), language))
        return
    await show(query, await card(person.chat_id, slug, services, language))


async def stop(query: CallbackQuery, language: Language, state: FSMContext) -> None:
    """The form is closed."""
    await state.clear()
    await show(query, Letter(refusals.stopped(language)))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="district form")
    router.message.register(answered, awaited)
    router.callback_query.register(look, pressed("dt", slug=PlaceSlug))
    router.callback_query.register(anew, pressed("dtn", slug=PlaceSlug))
    router.callback_query.register(correct, pressed("dte", item=str))
    router.callback_query.register(keep, pressed("dtk", mark=str))
    router.callback_query.register(withdrawing, pressed("dtw", slug=PlaceSlug, seen=int))
    router.callback_query.register(withdraw, pressed("dty", slug=PlaceSlug, seen=int))
    router.callback_query.register(stop, pressed("dtx"))
    return router


def entered(form: Form) -> Districting:
    """What the whole form says."""
    return Districting(tuple(form["seats"]), form["act"], date.fromisoformat(form["day"]), form.get("link", ""))


def mark_of(form: Form) -> str:
    """A short mark of what a form says, so that a button saves only what stood above it."""
    said = [form["place"], form["seats"], form["act"], form.get("link", ""), form["day"], form["seen"]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
