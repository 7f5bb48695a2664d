"""What a coordinator does with an announced hearing: change, cancel with a reason, give the outcome, look who comes."""

import asyncio
import re

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.chats import Subscriber
from bot.domain.errors import NotAllowed
from bot.domain.hearings import HearingId, HearingStatus, Material, Outcome, TooEarly
from bot.domain.ids import Language, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.texts import contributions, hearing_form, hearing_kit, hearing_numbers, hearings
from bot.texts.words import escape
from handlers.hearing_form import ask, material_of, overview
from handlers.hearings import hearing_number
from handlers.reading import awaits, pressed
from handlers.speaking import receive, say, show

STEPS = ("proposed", "taken", "rest", "minutes", "present")
LONGEST = 1000
NUMBERS = re.compile(r"\D*(\d{1,5})(?:\D+(\d{1,5}))?\D*")


class Ending(StatesGroup):
    """A reason or one step of an outcome is awaited; the form holds the hearing."""

    reason = State()
    outcome = State()


async def managed(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """What can be done with this hearing."""
    await state.clear()
    found = (await services.hearings.show.one(hearing, person.chat_id)).hearing
    if not await services.hearings.show.may_announce(person.chat_id, found.place):
        raise NotAllowed(f"manage hearing {hearing}")
    over = found.starts_at <= services.hearings.clock.now()
    await show(query, hearing_form.managed(found, over, language, services.hearings.setting))


async def mine(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The hearings of one's own places."""
    found = await services.hearings.show.of_coordinator(person.chat_id)
    await show(query, hearing_form.mine(found, services.hearings.setting, language))


async def change(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
) -> None:
    """A draft that changes it."""
    draft = await services.hearings.drafts.edit(person.chat_id, hearing, cause)
    await show(query, await overview(draft, services, language))


async def copy(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    cause: UpdateId,
    state: FSMContext,
) -> None:
    """A new draft after an old hearing; only the time is asked."""
    draft = await services.hearings.drafts.copy(person.chat_id, hearing, cause)
    await ask(query.message, draft, await services.hearings.drafts.next_item(draft), services, language, state)
    await receive(query)


async def cancel(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The reason is asked first, of whoever may cancel."""
    found = (await services.hearings.show.one(hearing, person.chat_id)).hearing
    if not await services.hearings.show.may_announce(person.chat_id, found.place):
        raise NotAllowed(f"cancel hearing {hearing}")
    await state.set_state(Ending.reason)
    await state.set_data({"hearing": hearing})
    await show(query, hearing_form.reason_wanted(hearing, language))


async def reason(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """The reason is shown once more, with how many will read it."""
    form = await state.get_data()
    number, words = HearingId(int(form["hearing"])), (message.text or "").strip()[:LONGEST]
    await state.update_data(reason=words)
    found = (await services.hearings.show.one(number, person.chat_id)).hearing
    told = await services.hearings.show.told(number)
    await say(message, hearing_form.cancel_question(found, words, told, language))


async def cancel_now(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """Nothing that waited is said; those who were told hear why."""
    form = await state.get_data()
    if form.get("hearing") != hearing or not form.get("reason"):
        await show(query, hearing_form.reason_wanted(hearing, language))
        return
    await state.clear()
    await services.hearings.cancel(person.chat_id, hearing, str(form["reason"]), cause)
    await show(query, hearing_form.cancelled(hearing, language))


async def who_comes(
    query: CallbackQuery, hearing: HearingId, person: Subscriber, services: Services, language: Language
) -> None:
    """Names, for the organiser only, and what was said afterwards."""
    come = services.hearings.come
    names = await come.names(person.chat_id, hearing)
    letter = hearing_form.who_comes(names, await come.attended(hearing), await come.arrived(hearing), language)
    if isinstance(query.message, Message):
        await say(query.message, letter)
    await receive(query)


async def document(
    query: CallbackQuery, hearing: HearingId, person: Subscriber, services: Services, language: Language
) -> None:
    """Questions and proposals as one document, most supported first."""
    found, said = await services.hearings.moderate.all_of(person.chat_id, hearing)
    if isinstance(query.message, Message):
        written = contributions.document(found, said, language, services.hearings.setting)
        await query.message.answer_document(BufferedInputFile(written, contributions.document_name(hearing)))
    await receive(query)


async def kit(
    query: CallbackQuery, hearing: HearingId, person: Subscriber, services: Services, language: Language
) -> None:
    """Plain words, a square picture and a sheet, in both languages. Drawing takes a thread of its own."""
    found = (await services.hearings.show.one(hearing, person.chat_id)).hearing
    if not await services.hearings.show.may_announce(person.chat_id, found.place):
        raise NotAllowed(f"kit of hearing {hearing}")
    setting, now = services.hearings.setting, services.hearings.clock.now()
    if found.status is not HearingStatus.ANNOUNCED or not isinstance(query.message, Message):
        await receive(query, hearing_kit.cancelled_has_none(language), alert=True)
        return
    await receive(query)
    for one in Language:
        picture = await asyncio.to_thread(hearing_kit.square, found, setting, one)
        paper = await asyncio.to_thread(hearing_kit.sheet, found, setting, one, now)
        await say(query.message, Letter(escape(hearing_kit.plain(found, setting, one))))
        await query.message.answer_photo(BufferedInputFile(picture, f"hearing-{hearing}-{one}.png"))
        await query.message.answer_document(BufferedInputFile(paper, f"hearing-{hearing}-{one}.pdf"))


async def in_numbers(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The hearings of one's branches in numbers, with a table."""
    found = await services.hearings.show.numbers(person.chat_id)
    setting = services.hearings.setting
    if isinstance(query.message, Message):
        await say(query.message, hearing_numbers.summary(found, language))
        if found:
            table = hearing_numbers.table(found, setting, language)
            await query.message.answer_document(BufferedInputFile(table, "hearings.xlsx"))
    await receive(query)


async def outcome(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """The form of the outcome, from its first step."""
    found = (await services.hearings.show.one(hearing, person.chat_id)).hearing
    if not await services.hearings.show.may_announce(person.chat_id, found.place):
        raise NotAllowed(f"conclude hearing {hearing}")
    if found.starts_at > services.hearings.clock.now():
        await receive(query, hearing_form.too_early(language), alert=True)
        return
    await state.set_state(Ending.outcome)
    await state.set_data({"hearing": hearing, "step": STEPS[0]})
    if isinstance(query.message, Message):
        await say(query.message, hearing_form.outcome_question(STEPS[0], hearing, language))
    await receive(query)


async def outcome_step(message: Message, services: Services, language: Language, state: FSMContext) -> None:
    """One answer about what came of it."""
    form = await state.get_data()
    step, words, file = str(form["step"]), (message.text or message.caption or "").strip(), material_of(message)
    if step == "present":
        numbers = NUMBERS.fullmatch(words)
        if numbers is None or (numbers[2] and int(numbers[2]) > int(numbers[1])):
            await say(message, Letter(hearing_form.number_wanted(language)), reply=True)
            return
        await state.update_data(present=int(numbers[1]), women=int(numbers[2]) if numbers[2] else None)
    elif step == "minutes" and file is not None:
        await state.update_data(minutes=words[:LONGEST], file=[file.kind, file.file_id, file.name, file.size])
    elif not words or file is not None:
        await say(message, Letter(hearing_form.other_answer_in_words(language)), reply=True)
        return
    else:
        await state.update_data({step: words[:LONGEST]})
    await _next_step(message, HearingId(int(form["hearing"])), step, services, language, state)


async def skip(
    query: CallbackQuery, hearing: HearingId, step: str, services: Services, language: Language, state: FSMContext
) -> None:
    """This step is left out."""
    form = await state.get_data()
    if form.get("hearing") == hearing and form.get("step") == step and isinstance(query.message, Message):
        await _next_step(query.message, hearing, step, services, language, state)
    await receive(query)


async def conclude(
    query: CallbackQuery,
    hearing: HearingId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """The outcome goes to those who were told of the hearing."""
    form = await state.get_data()
    found = outcome_of(form)
    if form.get("hearing") != hearing or not found.said():
        await receive(query, hearing_form.outcome_empty(language), alert=True)
        return
    try:
        await services.hearings.conclude(person.chat_id, hearing, found, cause)
    except TooEarly:
        await receive(query, hearing_form.too_early(language), alert=True)
        return
    await state.clear()
    await show(query, hearing_form.concluded(hearing, language))


def outcome_of(form: dict[str, object]) -> Outcome:
    """The outcome that a form holds."""
    file, present, women = form.get("file"), form.get("present"), form.get("women")
    return Outcome(
        proposed=str(form.get("proposed", "")),
        taken=str(form.get("taken", "")),
        rest=str(form.get("rest", "")),
        minutes=str(form.get("minutes", "")),
        file=Material(*file) if isinstance(file, list) else None,
        present=present if isinstance(present, int) else None,
        women=women if isinstance(women, int) else None,
    )


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="hearing desk")
    router.message.register(reason, awaits(Ending.reason), F.text, ~F.text.startswith("/"))
    router.message.register(outcome_step, awaits(Ending.outcome), ~F.text.startswith("/"))
    router.callback_query.register(mine, pressed("hm:mine"))
    router.callback_query.register(managed, pressed("hx", hearing=hearing_number))
    router.callback_query.register(change, pressed("he", hearing=hearing_number))
    router.callback_query.register(copy, pressed("hy", hearing=hearing_number))
    router.callback_query.register(cancel, pressed("hz", hearing=hearing_number))
    router.callback_query.register(cancel_now, pressed("hzz", hearing=hearing_number))
    router.callback_query.register(who_comes, pressed("hg", hearing=hearing_number))
    router.callback_query.register(document, pressed("hd", hearing=hearing_number))
    router.callback_query.register(kit, pressed("hk", hearing=hearing_number))
    router.callback_query.register(in_numbers, pressed("hs"))
    router.callback_query.register(outcome, pressed("ho", hearing=hearing_number))
    router.callback_query.register(skip, pressed("hn", hearing=hearing_number, step=str))
    router.callback_query.register(conclude, pressed("hob", hearing=hearing_number))
    return router


async def _next_step(
    message: Message, hearing: HearingId, step: str, services: Services, language: Language, state: FSMContext
) -> None:
    if step in STEPS[:-1]:
        following = STEPS[STEPS.index(step) + 1]
        await state.update_data(step=following)
        await say(message, hearing_form.outcome_question(following, hearing, language))
        return
    await state.update_data(step="done")
    found = outcome_of(await state.get_data())
    if not found.said():
        await say(message, Letter(hearing_form.outcome_empty(language)))
        return
    told = await services.hearings.show.told(hearing)
    words = hearings.fitting(lambda level: hearings.outcome(found, language, level))
    await say(message, hearing_form.outcome_preview(hearing, words, told, language))
