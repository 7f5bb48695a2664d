"""Days and hours in a text: where they stand, what they mean, and whether that is beyond doubt."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.announcements.calendar_words import (
    DAYS_IN_WORDS,
    HOURS_IN_WORDS,
    MONTH,
    MONTHS,
    WEEKDAY,
    folded,
)

NEAR = 22
_YEAR_AFTER = r"(?:\s*,?\s*(?P<year>(?:19|20)\d\d)(?!\d))?"
_YEAR_BEFORE = r"(?:(?P<before>(?:19|20)\d\d)\s*-?\s*ж(?:ыл[а-я]*|\.)\s*,?\s*)?"
_WORDED = (
    re.compile(rf"{_YEAR_BEFORE}(?<![\d.:])(?P<day>\d{{1,2}})\s*-?\s*(?:го|чи|чу|чы|е)?\s*-?\s*{MONTH}{_YEAR_AFTER}"),
    re.compile(rf"{_YEAR_BEFORE}\b{MONTH}(?:\s+айынын)?\s+(?P<day>\d{{1,2}})\s*-?\s*(?:и|ы|у|си|сы|су)[а-я]*"),
)
_RANGE = re.compile(
    rf"{_YEAR_BEFORE}(?<![\d.:])(?P<day>\d{{1,2}})\s*(?:-|и|жана)\s*(?P<last>\d{{1,2}})\s*-?\s*{MONTH}{_YEAR_AFTER}"
)
_NUMBERS = re.compile(
    r"(?<![\d.:/№-])(?P<day>\d{1,2})(?P<sep>[./-])(?P<m>\d{1,2})(?P=sep)(?P<year>\d{4}|(?<!-)\d\d)(?!\d|-\d)"
)
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)")
_SHORT = re.compile(r"(?<![\d.:/№])(?P<day>\d{1,2})\.(?P<m>\d{2})(?![\d.%:])")
_RELATIVE = ((re.compile(r"\b(?:послезавтра|бурсугуну)"), 2), (re.compile(r"\b(?:завтра|эртен(?!\s+мен))\b"), 1))
_CLOCKS = (
    re.compile(r"(?<![\d.:/])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?!\d)"),
    re.compile(
        r"\b(?:саат|время|начало|убактысы|башталышы|в|к)\s*:?\s*(?:в\s+)?(?P<h>[01]?\d|2[0-3])[.\-](?P<min>[0-5]\d)(?![.\d])"
    ),
    re.compile(
        r"(?<![\d.:/])(?P<h>[01]?\d|2[0-3])[.\-](?P<min>00|15|30|45)(?=\s*-?(?:д[аоеу]|до|де|г[оеау]|ч\b|час|саат|\s*-\s*\d))"
    ),
    re.compile(r"\bсаат\s+(?P<h>[01]?\d|2[0-3])(?![\d.:])\s*-?(?:[дт][аоеу]|г[аоеу]|ге|[дт][аоеу]н)?\b"),
    re.compile(r"\b(?:в|к|с)?\s*(?P<h>[01]?\d|2[0-3])\s*(?:часов|часа|час|ч\.)(?:\s*(?P<min>[0-5]?\d)\s*мин)?"),
)
_NOON = re.compile(r"\b(?:в\s+полдень|чак\s+тушто)\b")
_AFTERNOON = re.compile(r"дня\b|вечера|туштон\s+кийин|кечинде|кечки")
_MORNING = re.compile(r"утра|эртен\s+менен|тушко\s+чейин")


class DateTrouble(StrEnum):
    """Why a date is not beyond doubt."""

    NONE = ""
    NO_DATE = "no_date"
    NO_TIME = "no_time"
    NO_SUCH_DAY = "no_such_day"
    WEEKDAY = "weekday"
    PAST = "past"
    FAR = "far"
    SEVERAL = "several"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day in a text: the characters it stands at, and what it says. `wrong` is a day no calendar has."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None = None
    last: int | None = None
    guessed: bool = False

    def on(self, today: date) -> date | None:
        """The day it means: without a year the nearest one not before today; None if there is no such day."""
        try:
            if self.year is not None:
                return date(self.year, self.month, self.day)
            this = date(today.year, self.month, self.day)
            return this if this >= today else date(today.year + 1, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class FoundClock:
    """An hour in a text."""

    start: int
    end: int
    at: time
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A moment as it was understood, and the trouble with it. `weekday` is what the text said, 0 for Monday."""

    at: datetime | None
    trouble: DateTrouble = DateTrouble.NONE
    weekday: int | None = None

    @property
    def sure(self) -> bool:
        """Whether it may be shown without a question."""
        return self.at is not None and self.trouble is DateTrouble.NONE


def days(text: str, today: date) -> list[FoundDay]:
    """Every day that a text names, in order; a day that stands inside a longer one is not counted twice."""
    words = folded(text)
    found: list[FoundDay] = []
    for match in _RANGE.finditer(words):
        year = match["year"] or match["before"]
        found.append(
            FoundDay(
                match.start(), match.end(), int(match["day"]), MONTHS[match["month"]],
                int(year) if year else None, last=int(match["last"]),
            )
        )  # fmt: skip
    for pattern in _WORDED:
        for match in pattern.finditer(words):
            groups = match.groupdict()
            year = groups.get("year") or groups.get("before")
            found.append(
                FoundDay(
                    match.start(), match.end(), int(match["day"]), MONTHS[match["month"]], int(year) if year else None
                )
            )
    for match in (*_NUMBERS.finditer(words), *_ISO.finditer(words)):
        of_year = int(match["year"]) + 2000 * (int(match["year"]) < 100)
        if 1 <= int(match["m"]) <= 12 and 1 <= int(match["day"]) <= 31:
            found.append(FoundDay(match.start(), match.end(), int(match["day"]), int(match["m"]), of_year))
    for pattern, number in DAYS_IN_WORDS:
        for match in pattern.finditer(words):
            found.append(
                FoundDay(
                    match.start(), match.end(), number, MONTHS[match["month"]],
                    _year_near(words, match.start(), match.end()),
                )
            )  # fmt: skip
    for match in _SHORT.finditer(words):
        if 1 <= int(match["m"]) <= 12 and 1 <= int(match["day"]) <= 31 and not _looks_like_a_clock(words, match):
            found.append(FoundDay(match.start(), match.end(), int(match["day"]), int(match["m"]), None, guessed=True))
    for pattern, ahead in _RELATIVE:
        for match in pattern.finditer(words):
            on = today + timedelta(days=ahead)
            found.append(FoundDay(match.start(), match.end(), on.day, on.month, on.year, guessed=True))
    return _with_weekdays(_outermost(found), words)


def clocks(text: str) -> list[FoundClock]:
    """Every hour that a text names, in order."""
    words = folded(text)
    found: list[FoundClock] = []
    for pattern in _CLOCKS:
        for match in pattern.finditer(words):
            hour, minute = int(match["h"]), int(match.groupdict().get("min") or 0)
            found.append(_clock(words, match.start(), match.end(), hour, minute))
    for pattern, hour in HOURS_IN_WORDS:
        for match in pattern.finditer(words):
            found.append(_clock(words, match.start(), match.end(), hour, 0))
    for match in _NOON.finditer(words):
        found.append(FoundClock(match.start(), match.end(), time(12)))
    kept: list[FoundClock] = []
    for one in sorted(found, key=lambda each: (each.start, -(each.end - each.start))):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            kept.append(one)
    return kept


def moment_of(day: FoundDay | None, clock: FoundClock | None, now: datetime, zone: ZoneInfo) -> When:
    """The moment that this day and this hour make, and whether it is beyond doubt."""
    today = now.astimezone(zone).date()
    if day is None:
        return When(None, DateTrouble.NO_DATE)
    on = day.on(today)
    if on is None:
        return When(None, DateTrouble.NO_SUCH_DAY, day.weekday)
    if clock is None:
        return When(datetime.combine(on, time(0), zone), DateTrouble.NO_TIME, day.weekday)
    at = datetime.combine(on, clock.at, zone)
    trouble = DateTrouble.NONE
    if at <= now:
        trouble = DateTrouble.PAST
    elif day.weekday is not None and on.weekday() != day.weekday:
        trouble = DateTrouble.WEEKDAY
    elif day.last is not None:
        trouble = DateTrouble.SEVERAL
    elif on > today + timedelta(days=300):
        trouble = DateTrouble.FAR
    elif day.guessed or clock.guessed:
        trouble = DateTrouble.GUESSED
    return When(at, trouble, day.weekday)


def typed_moment(text: str, now: datetime, zone: ZoneInfo) -> When:
    """What somebody answered to "when?": one day and one hour."""
    today = now.astimezone(zone).date()
    found, hours = days(text, today), clocks(text)
    hours = [one for one in hours if not any(day.start < one.end and one.start < day.end for day in found)]
    when = moment_of(found[0] if found else None, hours[0] if hours else None, now, zone)
    several = len({one.on(today) for one in found}) > 1
    if when.at is not None and when.trouble is DateTrouble.NONE and several:
        return When(when.at, DateTrouble.SEVERAL, when.weekday)
    return when


def _clock(words: str, start: int, end: int, hour: int, minute: int) -> FoundClock:
    after, before = words[end : end + 22], words[max(0, start - 22) : start]
    if hour < 12 and (_AFTERNOON.search(after) or re.search(r"(?:туштон\s+кийин|кечинде|кечки)\W*$", before)):
        return FoundClock(start, end, time(hour + 12, minute))
    if hour < 7 and not _MORNING.search(after) and not re.search(r"эртен\s+менен\w*\W*$", before):
        return FoundClock(start, end, time((hour + 12) % 24, minute), guessed=True)
    return FoundClock(start, end, time(hour, minute))


def _looks_like_a_clock(words: str, match: re.Match[str]) -> bool:
    before, after = words[max(0, match.start() - 12) : match.start()], words[match.end() : match.end() + 8]
    said = re.search(r"(?:саат|время|начало|убактысы|\bв|\bк|\bс)\s*:?\s*$", before)
    return bool(said or re.match(r"\s*-?(?:д[аоеу]|г[оеау]|де|час|ч\b|саат|-\s*\d\d?[.:])", after))


def _year_near(words: str, start: int, end: int) -> int | None:
    after = re.match(r"\s*,?\s*((?:19|20)\d\d)(?!\d)", words[end:])
    before = re.search(r"((?:19|20)\d\d)\s*-?\s*ж(?:ыл[а-я]*|\.)\s*,?\s*$", words[:start])
    found = after or before
    return int(found[1]) if found else None


def _outermost(found: list[FoundDay]) -> list[FoundDay]:
    kept: list[FoundDay] = []
    for one in sorted(found, key=lambda each: (-(each.end - each.start), each.start)):
        if not any(other.start < one.end and one.start < other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def _with_weekdays(found: list[FoundDay], words: str) -> list[FoundDay]:
    named = [
        (match.start(), match.end(), next(int(name[1:]) for name, value in match.groupdict().items() if value))
        for match in WEEKDAY.finditer(words)
    ]
    told = []
    for one in found:
        near = [
            (min(abs(start - one.end), abs(one.start - end)), weekday)
            for start, end, weekday in named
            if -NEAR <= start - one.end <= NEAR or -NEAR <= one.start - end <= NEAR
        ]
        near = [each for each in near if each[0] <= NEAR]
        weekday = min(near)[1] if near else None
        told.append(FoundDay(one.start, one.end, one.day, one.month, one.year, weekday, one.last, one.guessed))
    return told
