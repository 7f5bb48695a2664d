"""A year of simulated clock for many candidates: reminders due, sent, late, repeated; the real file and Courier, a
messenger that only counts.

`python -m tests.bench.reminders_of_a_year 10000`"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import aiosqlite

from bot.domain.candidacy import Candidacy, Step, Way, morning, plan, to_remind_of
from bot.domain.chats import ChatKind
from bot.domain.deliveries import DeliveryStatus, SourceKind, Urgency
from bot.domain.elections import Election, Kenesh
from bot.domain.ids import CandidacyId, ChatId, MessageId, PlaceSlug
from bot.guide.edition import Edition
from bot.guide.places import load_places
from bot.ports import JustBefore, Letter, Outcome, Sent, nothing_before
from bot.services.courier import Courier
from bot.services.editing import OpenGuide
from bot.services.election_letters import ElectionLetters
from bot.services.reminding import OweReminders
from bot.storage import candidacies, chats
from bot.storage.database import Database
from bot.texts.hearings import Setting
from tests.elections import BISHKEK, GUIDES, an_election, keep

BEGINS = date(2030, 1, 1)
VOTING = (date(2030, 5, 19), date(2030, 10, 20))
PLACES = (("tort-gul", Kenesh.AIYL), ("karakol", Kenesh.CITY))
LATE = timedelta(minutes=1)
HURRY = 0.002


class YearClock:
    """Wall time stands where the year has come to and runs on from there; naps of the Courier are cut short."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def set(self, at: datetime) -> None:
        """It is this moment now."""
        self._at, self._since = at, time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, HURRY))


@dataclass
class Counting:
    """A messenger that notes how late each letter is and whether the chat had one that day already."""

    clock: YearClock
    sent: int = 0
    late: int = 0
    worst: timedelta = timedelta()
    days: Counter[tuple[int, date]] = field(default_factory=Counter)

    async def send(
        self, chat_id: ChatId, letter: Letter, urgency: Urgency, just_before: JustBefore = nothing_before
    ) -> Outcome:
        """Sent, at once."""
        await just_before()
        now = self.clock.now()
        behind = now - morning(now.astimezone(BISHKEK).date(), BISHKEK)
        self.worst = max(self.worst, behind)
        self.late += behind > LATE
        self.days[chat_id, now.astimezone(BISHKEK).date()] += 1
        self.sent += 1
        return Sent(MessageId(self.sent))


@dataclass(frozen=True)
class Figures:
    """What the year brought. `due`: chat-mornings on which something was due and not done, counted without the ledger."""

    candidates: int
    owed: int
    due: int
    sent: int
    late: int
    repeated: int
    worst: timedelta
    seconds: float


async def a_year(folder: Path, count: int, guide: OpenGuide) -> Figures:
    """Candidates begin through the year's first weeks, do every third step in time, and are reminded of the rest."""
    began = time.monotonic()
    steps = guide.steps
    places = load_places(GUIDES / "places.csv")
    clock = YearClock(morning(BEGINS, BISHKEK))
    db = await Database.open(folder / "year.sqlite3")
    try:
        held = []
        for number, (place, kenesh) in enumerate(PLACES):
            held.append(await keep(db, an_election(VOTING[number], kenesh, (place,)), clock.now(), number + 1))
        due = await _people(db, held, count, steps, clock)
        await OweReminders(db, clock, guide, BISHKEK, lambda: None)()
        messenger = Counting(clock)
        letters = ElectionLetters(db, clock, guide, Setting(places, BISHKEK, "bot"))
        courier = Courier(db, messenger, clock, letters, rate=2000.0)
        async with asyncio.TaskGroup() as group:
            group.create_task(courier.run())
            for day in (BEGINS + timedelta(days=n) for n in range(365)):
                clock.set(morning(day, BISHKEK))
                courier.due.set()
                while await _waiting(db, clock.now()):
                    await asyncio.sleep(0.01)
            await courier.stop()
        owed = sum((await _by_status(db)).values())
        repeated = sum(n - 1 for n in messenger.days.values())
        return Figures(
            count, owed, due, messenger.sent, messenger.late, repeated, messenger.worst, time.monotonic() - began
        )
    finally:
        await db.close()


async def _people(db: Database, held: list[Election], count: int, steps: tuple[Step, ...], clock: YearClock) -> int:
    """Write the candidates; how many chat-mornings will have something to say."""
    ways = (Way.AIYL_SELF, Way.AIYL_PARTY, Way.CITY_LIST)
    mornings: dict[tuple[Way, int], int] = {}
    due = 0
    for first in range(0, count, 500):
        async with db.transaction() as tx:
            for number in range(first, min(first + 500, count)):
                way, skip = ways[number % 3], number % 4
                election = held[way.kenesh is Kenesh.CITY]
                chat = ChatId(1_000 + number)
                await chats.started(tx, chat, ChatKind.PRIVATE, clock.now())
                place = PlaceSlug(PLACES[way.kenesh is Kenesh.CITY][0])
                id = await candidacies.begin(tx, chat, place, way, election.id, clock.now())
                keys = [step.key for step in steps][skip::4]
                for key in keys:
                    await candidacies.mark(tx, id, key, clock.now())
                if (way, skip) not in mornings:
                    mornings[way, skip] = await _days(tx, id, election, steps)
                due += mornings[way, skip]
    return due


async def _days(tx: aiosqlite.Connection, id: CandidacyId, election: Election, steps: tuple[Step, ...]) -> int:
    candidacy = await candidacies.by_id(tx, id)
    assert isinstance(candidacy, Candidacy)
    lines = plan(candidacy, steps, election)
    days = (BEGINS + timedelta(days=n) for n in range(365))
    return sum(bool(to_remind_of(lines, morning(day, BISHKEK), BISHKEK)) for day in days)


async def _waiting(db: Database, now: datetime) -> bool:
    rows = await db.read.execute_fetchall(
        "SELECT 1 FROM deliveries WHERE (status = 0 AND urgency < 2 AND urgency = 1 AND due_at <= ?) LIMIT 1",
        (int(now.timestamp()),),
    )
    open_rows = await db.read.execute_fetchall("SELECT 1 FROM deliveries WHERE status = 1 LIMIT 1")
    return bool(list(rows)) or bool(list(open_rows))


async def _by_status(db: Database) -> dict[DeliveryStatus, int]:
    rows = await db.read.execute_fetchall(
        """SELECT deliveries.status, count(*) AS n FROM deliveries JOIN sources ON sources.id = deliveries.source_id
           WHERE sources.kind = ? GROUP BY deliveries.status""",
        (SourceKind.ELECTION_REMINDER,),
    )
    return {DeliveryStatus(row["status"]): row["n"] for row in rows}


def main() -> None:
    """Print the figures of one year."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(a_year(Path(folder), count, OpenGuide(Edition.load(GUIDES))))
    print(figures)
    print(f"at {datetime.now(UTC):%d.%m.%Y}")


if __name__ == "__main__":
    main()
