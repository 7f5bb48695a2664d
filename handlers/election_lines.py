"""Deadlines of a plan, typed, pasted or sent as a CSV or Excel file: all of them come in, or none."""

from collections.abc import Iterable

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message

from bot.domain.chats import Subscriber
from bot.domain.ids import ElectionId, Language, UpdateId
from bot.domain.plan_lines import PlanLine, of_cells, plan_line
from bot.ports import Letter
from bot.services import Services
from bot.sheets.reading import LARGEST, MEGABYTE, read
from bot.sheets.sheet import Column, WrongSheet
from bot.texts import election_desk as desk
from handlers.elections import Making, election_number, want_plan_name
from handlers.reading import pressed
from handlers.speaking import say, show

MOST_LINES = 60
COLUMNS = (
    Column("date", ("дата", "күнү", "күн", "день", "day")),
    Column("time", ("время", "час", "саат", "убакыт", "hour"), required=False),
    Column("title_ky", ("кыргызча", "аталышы", "ky")),
    Column("title_ru", ("русский", "название", "мероприятие", "ru")),
)


async def ask_lines(
    query: CallbackQuery,
    id: ElectionId,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
) -> None:
    """Deadlines are asked for; the plan has to have a name first."""
    election = await services.elections.one(person.chat_id, id)
    if not election.plan_name:
        await want_plan_name(query, id, language, state)
        return
    await state.set_state(Making.lines)
    await state.set_data({"election": id})
    await show(query, desk.ask_lines(language))


async def lines(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext, cause: UpdateId
) -> None:
    """Typed or pasted deadlines come in, all or none."""
    typed = [one for one in (message.text or "").splitlines() if one.strip()][:MOST_LINES]
    read_lines = [plan_line(one) for one in typed]
    wrong = [one for one, said in zip(typed, read_lines, strict=True) if said is None or not said.title_ru]
    await _bring_in(message, [one for one in read_lines if one], wrong, person, services, language, state, cause)


async def sheet(
    message: Message,
    document: Document,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """Deadlines of a CSV or Excel file come in, all or none."""
    try:
        if message.bot is None or (document.file_size or 0) > LARGEST * MEGABYTE:
            raise ValueError
        content = await message.bot.download(document)
        table = read(document.file_name or "", content.read() if content is not None else b"").table(COLUMNS)
    except (WrongSheet, ValueError):
        await say(message, desk.file_refused(language))
        return
    rows = [(row, of_cells(row["date"], row["time"], row["title_ky"], row["title_ru"])) for row in table]
    wrong = [
        " ".join(filter(None, row.cells.values()))
        for row, said in rows
        if said is None or not said.title_ky or not said.title_ru
    ]
    await _bring_in(message, [said for _, said in rows if said], wrong, person, services, language, state, cause)


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="election_lines")
    router.message.register(lines, Making.lines, F.text)
    router.message.register(sheet, Making.lines, F.document.as_("document"))
    router.callback_query.register(ask_lines, pressed("el:add", id=election_number))
    return router


async def _bring_in(
    message: Message,
    found: Iterable[PlanLine],
    wrong: list[str],
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    good = list(found)
    if wrong or not good:
        await say(message, desk.lines_refused(wrong, language))
        return
    id = ElectionId(int((await state.get_data()).get("election", 0)))
    election, added, changed = await services.elections.bring_in(person.chat_id, id, good, cause)
    await state.clear()
    letter = desk.plan(election, 1, services.hearings.setting, language)
    await say(message, Letter(desk.brought_in(added, changed, language) + "\n\n" + letter.text, letter.buttons))
