"""Hearings: what is announced, how it changes by revisions, when it is reminded of, and what stops a draft."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.errors import Refusal, WrongMove
from bot.domain.ids import ChatId, PlaceSlug

HearingId = NewType("HearingId", int)
DraftId = NewType("DraftId", int)

LONGEST_AHEAD = timedelta(days=400)
CAME_AFTER = timedelta(hours=20)
CAME_UNTIL = timedelta(days=5)
MINUTES_AFTER = (timedelta(days=3), timedelta(days=7))


class HearingKind(StrEnum):
    """What a hearing is about; people follow kinds."""

    BUDGET = "budget"
    PROGRAMME = "programme"
    PLANNING = "planning"
    OTHER = "other"


class HearingStatus(StrEnum):
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    CONCLUDED = "concluded"


MOVES: dict[HearingStatus, frozenset[HearingStatus]] = {
    HearingStatus.ANNOUNCED: frozenset(HearingStatus),
    HearingStatus.CANCELLED: frozenset(),
    HearingStatus.CONCLUDED: frozenset({HearingStatus.CONCLUDED}),
}


class Lead(StrEnum):
    """How long before the start a reminder is due."""

    THREE_DAYS = "3d"
    ONE_DAY = "1d"
    TWO_HOURS = "2h"

    @property
    def before(self) -> timedelta:
        """Due so long before the start."""
        return _LEADS[self][0]

    @property
    def until(self) -> timedelta:
        """Not sent any more when less than this is left."""
        return _LEADS[self][1]


_LEADS: dict[Lead, tuple[timedelta, timedelta]] = {
    Lead.THREE_DAYS: (timedelta(days=3), timedelta(hours=36)),
    Lead.ONE_DAY: (timedelta(days=1), timedelta(hours=4)),
    Lead.TWO_HOURS: (timedelta(hours=2), timedelta(minutes=30)),
}


class Item(StrEnum):
    """One thing that an announcement says; the order is the order in which it is asked."""

    PLACE = "place"
    KIND = "kind"
    TOPIC = "topic"
    STARTS = "starts_at"
    VENUE = "venue"
    SPOT = "spot"
    LINK = "link"
    AGENDA = "agenda"
    ORGANISER = "organiser"
    CONTACT = "contact"
    PROPOSALS = "proposals"
    DEADLINE = "proposals_until"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Material:
    """A file that Telegram holds, under the name and size (bytes) it came with."""

    kind: str
    file_id: str
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What a hearing says of itself; a draft may still lack anything. `online`: without a hall, a period until the
    deadline. `unsure` are the items that were recognised but not yet confirmed by a person."""

    place: PlaceSlug | None = None
    kind: HearingKind | None = None
    topic: str = ""
    starts_at: datetime | None = None
    venue: str = ""
    spot: Spot | None = None
    online: bool = False
    link: str = ""
    agenda: str = ""
    organiser: str = ""
    contact: str = ""
    proposals: str = ""
    proposals_until: datetime | None = None
    files: tuple[Material, ...] = ()
    unsure: frozenset[Item] = frozenset()

    def said(self, item: Item) -> bool:
        """Whether this item has been given."""
        return self.online if item is Item.VENUE and self.online else bool(getattr(self, item.value))

    def changed(self, other: "Terms") -> tuple[Item, ...]:
        """The items in which the other terms say something else."""
        found = []
        for item in Item:
            differs = getattr(self, item.value) != getattr(other, item.value)
            if differs or (item is Item.VENUE and self.online != other.online):
                found.append(item)
        return tuple(found)

    def confirmed(self, *items: Item) -> "Terms":
        """A person has looked at these items."""
        return replace(self, unsure=self.unsure - set(items))


class Problem(StrEnum):
    """What stands between a draft and its publication, or deserves a second look."""

    NO_PLACE = "no_place"
    NO_TOPIC = "no_topic"
    NO_TIME = "no_time"
    NO_VENUE = "no_venue"
    UNSURE = "unsure"
    PAST = "past"
    TOO_FAR = "too_far"
    DEADLINE_PAST = "deadline_past"
    DEADLINE_LATE = "deadline_late"
    NO_DEADLINE = "no_deadline"
    NO_ORGANISER = "no_organiser"
    NO_CONTACT = "no_contact"
    SAME_DAY = "same_day"


WARNINGS = frozenset({Problem.NO_ORGANISER, Problem.NO_CONTACT, Problem.SAME_DAY})


def problems(terms: Terms, now: datetime) -> tuple[Problem, ...]:
    """Everything that stops these terms, and after it what only warns."""
    starts, until = terms.starts_at, terms.proposals_until
    found = {
        Problem.NO_PLACE: terms.place is None,
        Problem.NO_TOPIC: not terms.topic,
        Problem.NO_TIME: starts is None,
        Problem.NO_VENUE: not (terms.venue or terms.link or terms.online),
        Problem.UNSURE: bool(terms.unsure),
        Problem.PAST: starts is not None and starts <= now,
        Problem.TOO_FAR: starts is not None and starts > now + LONGEST_AHEAD,
        Problem.NO_DEADLINE: terms.online and until is None,
        Problem.DEADLINE_PAST: until is not None and until <= now,
        Problem.DEADLINE_LATE: until is not None and starts is not None and until > starts and not terms.online,
        Problem.NO_ORGANISER: not terms.organiser,
        Problem.NO_CONTACT: not terms.contact,
    }
    return tuple(problem for problem, stands in found.items() if stands)


def refusing(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of the problems that stop publication."""
    return tuple(one for one in found if one not in WARNINGS)


class NotReady(Refusal):
    """The draft cannot be published; `problems` say why."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(found))
        self.problems = found


class RevisionMoved(Refusal):
    """Another coordinator has changed the hearing since this draft was begun. `now` is the revision that stands."""

    def __init__(self, hearing: HearingId, now: int) -> None:
        super().__init__(f"hearing {hearing} stands at revision {now}")
        self.hearing = hearing
        self.now = now


class NothingChanged(Refusal):
    """The draft says what the hearing already says."""


class TooEarly(Refusal):
    """A hearing that has not begun has no outcome."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A public hearing. Its identity is the number, never the date."""

    id: HearingId
    place: PlaceSlug
    starts_at: datetime
    terms: Terms
    made_by: ChatId
    announced_at: datetime
    status: HearingStatus = HearingStatus.ANNOUNCED
    revision: int = 1
    reason: str = ""

    @property
    def ends_at(self) -> datetime:
        """Until when one may speak: an online hearing lasts until its deadline."""
        if self.terms.online and self.terms.proposals_until is not None:
            return max(self.starts_at, self.terms.proposals_until)
        return self.starts_at

    @property
    def takes_words_until(self) -> datetime:
        """Until when questions and proposals are taken."""
        return self.terms.proposals_until or self.starts_at

    def moved_to(self, status: HearingStatus, reason: str = "") -> "Hearing":
        """The next revision, in another state; raises WrongMove."""
        if status not in MOVES[self.status]:
            raise WrongMove(self.status, status)
        return replace(self, status=status, revision=self.revision + 1, reason=reason or self.reason)

    def with_terms(self, terms: Terms) -> "Hearing":
        """The next revision, saying something else. Raises WrongMove, NothingChanged."""
        if self.status is not HearingStatus.ANNOUNCED or terms.place is None or terms.starts_at is None:
            raise WrongMove(self.status, HearingStatus.ANNOUNCED)
        if not self.terms.changed(terms):
            raise NothingChanged
        return replace(self, terms=terms, place=terms.place, starts_at=terms.starts_at, revision=self.revision + 1)

    def reminders(self, now: datetime) -> tuple[tuple[Lead, datetime, datetime], ...]:
        """Lead, due moment and "not after" of each reminder; a moment already gone is skipped, not sent late."""
        return tuple(
            (lead, self.starts_at - lead.before, self.starts_at - lead.until)
            for lead in Lead
            if self.starts_at - lead.before > now
        )

    def latest_due(self, now: datetime) -> Lead | None:
        """Of several reminders that are due, the one that is sent."""
        due = [lead for lead in Lead if self.starts_at - lead.before <= now]
        return due[-1] if due else None


@dataclass(frozen=True, slots=True)
class Draft:
    """An announcement in the making, or a change of the hearing `hearing` begun at its revision `base`."""

    id: DraftId
    author: ChatId
    terms: Terms
    hearing: HearingId | None = None
    base: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a hearing: what was proposed, what was taken, why not the rest; minutes as words, link or file."""

    proposed: str = ""
    taken: str = ""
    rest: str = ""
    minutes: str = ""
    file: Material | None = None
    present: int | None = None
    women: int | None = None

    def said(self) -> bool:
        """Whether it says anything at all."""
        return any(getattr(self, one.name) is not None and getattr(self, one.name) != "" for one in fields(self))


@dataclass(frozen=True, slots=True)
class Shown:
    """A hearing as it stands, with what people say of it: who comes, in all and of this chat, and published words."""

    hearing: Hearing
    outcome: Outcome | None = None
    coming: int = 0
    coming_here: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class HearingNumbers:
    """One hearing in numbers. `present` and `women` are the coordinator's own count, when it was given."""

    id: HearingId
    place: PlaceSlug
    kind: HearingKind
    topic: str
    starts_at: datetime
    status: HearingStatus
    told: int
    coming: int
    came: int
    present: int | None
    women: int | None
    words: int
    answered: int
