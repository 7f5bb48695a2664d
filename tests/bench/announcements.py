"""python -m tests.bench.announcements: pasted announcements, what was recognised in each, and the shares."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.announcements.dates import DateTrouble
from bot.domain.announcements.fields import Announcement, recognise
from bot.domain.places import Places
from bot.guide.place_search import find
from bot.guide.places import load_places
from bot.services.hearings.reading import narrowest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "announcements"
PASTED_AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Bishkek")


@dataclass(frozen=True, slots=True)
class Row:
    """One announcement: what was understood and whether it is right."""

    name: str
    found: Announcement
    place: str | None
    moment: bool
    sure: bool
    placed: bool
    kind: bool
    deadline: bool

    @property
    def wrong_and_sure(self) -> bool:
        """A wrong date that nobody would be asked about."""
        return self.sure and not self.moment


def rows() -> list[Row]:
    """Every announcement of the folder against what a person reads in it."""
    return asyncio.run(_rows(load_places(ROOT / "guides" / "places.csv")))


async def _rows(places: Places) -> list[Row]:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))

    async def look_up(words: str):  # type: ignore[no-untyped-def]
        return find(words, places, ())

    told = []
    for name, right in sorted(expected.items()):
        found = recognise((FOLDER / f"{name}.txt").read_text(encoding="utf-8"), PASTED_AT, ZONE)
        place, _sure = await narrowest(found, places, look_up)
        starts = datetime.strptime(right["starts"], "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
        until = found.deadline.at.date().isoformat() if found.deadline and found.deadline.at else None
        told.append(
            Row(
                name, found, place, found.starts.at == starts, found.starts.sure, place == right["place"],
                found.kind == right["kind"], until == right["deadline"],
            )
        )  # fmt: skip
    return told


def main() -> None:
    """Print the table and the shares."""
    every = rows()
    print(
        f"{'announcement':24} {'date and time':14} {'trouble':10} {'place':6} {'kind':5} {'until':6} venue | organiser | topic"
    )
    for one in every:
        marks = ["ok" if good else "NO" for good in (one.moment, one.placed, one.kind, one.deadline)]
        print(
            f"{one.name:24} {marks[0]:14} {one.found.starts.trouble.name:10} {marks[1]:6} {marks[2]:5} {marks[3]:6} "
            f"{one.found.venue[:38]} | {one.found.organiser[:30]} | {one.found.topic[:50]}"
        )
    for name, good in (
        ("date and time", [one.moment for one in every]),
        ("place", [one.placed for one in every]),
        ("kind", [one.kind for one in every]),
        ("deadline of proposals", [one.deadline for one in every]),
        ("venue given", [bool(one.found.venue or one.found.link) for one in every]),
        ("contact given", [bool(one.found.contact) for one in every]),
        ("organiser given", [bool(one.found.organiser) for one in every]),
    ):
        print(f"{name}: {sum(good)}/{len(good)}, {sum(good) / len(good):.0%}")
    print(f"wrong dates shown as sure: {sum(one.wrong_and_sure for one in every)}")
    past = [one.name for one in every if one.found.starts.trouble in (DateTrouble.PAST, DateTrouble.WEEKDAY)]
    print(f"refused with a word: {', '.join(past)}")


if __name__ == "__main__":
    main()
