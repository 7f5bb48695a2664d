"""Made-up elections for tests: one called election with the plan that calendar.toml proposes."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.elections import Election, ElectionKind, ElectionStatus, Kenesh, UsualDeadline, propose
from bot.domain.ids import ChatId, ElectionId, PlaceSlug, UpdateId
from bot.guide.calendar import load_calendar
from bot.guide.facts import Facts
from bot.storage import elections
from bot.storage.database import Database

GUIDES = Path(__file__).resolve().parent.parent / "guides"
BISHKEK = ZoneInfo("Asia/Bishkek")


@cache
def usual() -> tuple[UsualDeadline, ...]:
    """The deadlines of calendar.toml."""
    return load_calendar(GUIDES / "calendar.toml", Facts.load(GUIDES).citations)


def an_election(voting_day: date, kenesh: Kenesh = Kenesh.AIYL, places: tuple[str, ...] = ("tort-gul",)) -> Election:
    """A called election with an unconfirmed plan."""
    return Election(
        id=ElectionId(0),
        places=frozenset(map(PlaceSlug, places)),
        kenesh=kenesh,
        kind=ElectionKind.REGULAR,
        voting_day=voting_day,
        act="Указ № 1",
        status=ElectionStatus.CALLED,
        deadlines=propose(usual(), kenesh, voting_day),
        created_by=ChatId(1),
    )


async def keep(db: Database, election: Election, now: datetime, cause: int) -> Election:
    """Write it straight into the file."""
    async with db.transaction() as tx:
        id = await elections.add(tx, election, now, UpdateId(cause))
        for place in election.places:
            await elections.add_place(tx, id, place)
        await elections.write_plan(tx, id, election.deadlines, now, UpdateId(cause))
    return replace(election, id=id)
