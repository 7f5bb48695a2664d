"""Days, hours and lines of a plan as coordinators type, paste or import them."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.elections import MIDNIGHT_AFTER

_DAY = re.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})|(?P<Y>\d{4})-(?P<M>\d{1,2})-(?P<D>\d{1,2}))(?!\d)"
)
_HOUR = re.compile(r"(?<![\d:.])(?P<h>[01]?\d|2[0-4])[:.](?P<min>[0-5]\d)(?::00)?(?![\d:])")
_DASH = re.compile(r"\s+[-–—]+\s+|\t+|\s*;\s*")
_BETWEEN = re.compile(r"\s+/\s+|\s*\|\s*")
LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day and, if one was named, the hour as "HH:MM" ("" for none)."""

    day: date
    hour: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan: when, and the title in both languages; `title_ru` is "" when one title only was written."""

    when: TypedDay
    title_ky: str
    title_ru: str


def typed_day(words: str) -> TypedDay | None:
    """«17.11.2024», «17.11.2024 18:00», «2024-11-17»; None when no such day is named or exists."""
    found = _DAY.search(words)
    if found is None:
        return None
    parts = found.groupdict()
    try:
        day = date(int(parts["y"] or parts["Y"]), int(parts["m"] or parts["M"]), int(parts["d"] or parts["D"]))
    except ValueError:
        return None
    if not 2000 <= day.year <= 2100:
        return None
    rest = words[found.end() :].lstrip("T")
    hour = _HOUR.search(rest)
    said = f"{int(hour['h']):02}:{hour['min']}" if hour else ""
    if said > MIDNIGHT_AFTER:
        return None
    return TypedDay(day, said)


def plan_line(words: str) -> PlanLine | None:
    """«17.10.2024 18:00 — Аталышы / Название»; None when there is no day or no title."""
    when = typed_day(words)
    pieces = _DASH.split(words.strip(), maxsplit=1)
    if when is None or len(pieces) != 2 or not _DAY.search(pieces[0]):
        return None
    titles = [" ".join(one.split())[:LONGEST_TITLE] for one in _BETWEEN.split(pieces[1], maxsplit=1)]
    if not titles[0]:
        return None
    return PlanLine(when, titles[0], titles[1] if len(titles) > 1 else "")


def of_cells(day: str, hour: str, title_ky: str, title_ru: str) -> PlanLine | None:
    """One row of a table. A day that Excel wrote with midnight has no hour; the column of hours decides."""
    when = typed_day(day.partition("T")[0] + (f" {hour}" if hour else ""))
    if when is None or not (title_ky or title_ru):
        return None
    return PlanLine(when, title_ky[:LONGEST_TITLE], title_ru[:LONGEST_TITLE])
