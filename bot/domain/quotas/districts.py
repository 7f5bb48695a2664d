"""The districts of one place, as a coordinator enters them from the decision of the commission."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.announcements.dates import days
from bot.domain.errors import Refusal
from bot.domain.ids import ChatId, PlaceSlug

LONGEST_ACT = 300  # characters, its link not counted
LONGEST_LINK = 500

_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Districting:
    """Seats of each district in their order, and the act and its date; `link` is where the act can be read, or ""."""

    seats: tuple[int, ...]
    act: str
    as_of: date
    link: str = ""


@dataclass(frozen=True, slots=True)
class DistrictsEntry:
    """One line of a place's history: what was entered, None when it was withdrawn; by whom (the name is "" when it is
    not known) and when. The newest line holds."""

    id: int
    place: PlaceSlug
    known: Districting | None
    entered_by: ChatId
    entered_at: datetime
    name: str = ""


class ActTrouble(StrEnum):
    """Why words cannot be the act or its date."""

    NO_ACT = "no act"
    NO_DAY = "no day"
    AHEAD = "ahead"


class WrongAct(Refusal):
    """The act or its date cannot be taken. `words` are what was written, `day` a day that has not come."""

    def __init__(self, trouble: ActTrouble, words: str = "", day: date | None = None) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.words = words
        self.day = day


class DistrictsMoved(Refusal):
    """Somebody else entered or withdrew these districts after they were last looked at."""


class NoAiylKenesh(Refusal):
    """The place elects no aiyl kenesh."""

    def __init__(self, place: PlaceSlug) -> None:
        super().__init__(place)
        self.place = place


def act_of(words: str) -> tuple[str, str]:
    """The act in one line, and the link that stood in it or "". Raises WrongAct."""
    found = _LINK.search(words)
    link = found[0] if found else ""
    act = " ".join(words.replace(link, " ").split()) if link else " ".join(words.split())
    if not any(map(str.isalnum, act)) or len(act) > LONGEST_ACT or len(link) > LONGEST_LINK:
        raise WrongAct(ActTrouble.NO_ACT)
    return act, link


def day_of(words: str, today: date) -> date:
    """The day of an act, written with its year. Raises WrongAct; an act of tomorrow is none."""
    named = _whole_days(words, today)
    if len(named) != 1:
        raise WrongAct(ActTrouble.NO_DAY, words)
    day = named.pop()
    if day > today:
        raise WrongAct(ActTrouble.AHEAD, words, day)
    return day


def day_in_act(act: str, today: date) -> date | None:
    """The one day that the name of an act tells, or None when it tells none, several, or one that has not come."""
    try:
        return day_of(act, today)
    except WrongAct:
        return None


def _whole_days(words: str, today: date) -> set[date]:
    found = (one.on(today) for one in days(words, today) if one.year is not None and one.last is None)
    return {day for day in found if day is not None}
