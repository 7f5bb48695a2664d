"""My candidacy: the steps of one way to a seat, which of them one says are done, and when to remind of the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.elections import Deadline, Election, ElectionStatus, Kenesh, Whom
from bot.domain.errors import Refusal
from bot.domain.ids import CandidacyId, ChatId, ElectionId, Language, PlaceSlug, Slug

LEADS = (3, 1, 0)  # days before a deadline on whose mornings it is reminded of
MORNING = time(9)
TOO_LATE = time(21)
OWN = "own_"  # how the key of a deadline begins that a coordinator added
MOST_COMPANIONS = 20
LONGEST_NOTE = 300


class Way(StrEnum):
    """How one stands: a city kenesh is elected by party lists only; in an aiyl one may also nominate oneself."""

    AIYL_SELF = "aiyl_self"
    AIYL_PARTY = "aiyl_party"
    CITY_LIST = "city_list"

    @property
    def kenesh(self) -> Kenesh:
        """The kind of kenesh one stands for."""
        return Kenesh.CITY if self is Way.CITY_LIST else Kenesh.AIYL

    @property
    def concerned(self) -> frozenset[Whom]:
        """Whose deadlines are also one's own."""
        return frozenset({Whom.CANDIDATE} if self is Way.AIYL_SELF else {Whom.CANDIDATE, Whom.PARTY})


class Outcome(StrEnum):
    """What the person says came of it."""

    OPEN = ""
    WON = "won"
    NOT_WON = "not_won"


class NoRoom(Refusal):
    """Nobody more can be invited to this candidacy."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. Texts are Telegram HTML with the facts of the guide filled in; `deadlines` are keys, of which
    the first that the election has is meant; `outcomes` says to whom it is shown: OPEN is while one stands."""

    key: str
    ways: frozenset[Way]
    outcomes: frozenset[Outcome]
    title: Mapping[Language, str]
    what: Mapping[Language, str]
    papers: Mapping[Language, str]
    where: Mapping[Language, str]
    article: Slug
    deadlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person said of one line of the plan: when they called it done, if they did, and a note to themselves."""

    done_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidacy:
    """Somebody stands: where and how. `name` is theirs only if they want their coordinators to see it."""

    id: CandidacyId
    chat_id: ChatId
    place: PlaceSlug
    way: Way
    election_id: ElectionId | None = None
    outcome: Outcome = Outcome.OPEN
    woman: bool = False
    name: str = ""
    remarks: Mapping[str, Remark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who sees a candidacy's plan: the candidate or an invited companion. `seen` is the revision of the plan
    that they were shown last, 0 for none."""

    candidacy_id: CandidacyId
    chat_id: ChatId
    muted: bool = False
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a person's plan: a step, or a deadline that a coordinator added, and what the person said of it."""

    key: str
    title: Mapping[Language, str]
    step: Step | None
    deadline: Deadline | None
    remark: Remark

    @property
    def done(self) -> bool:
        """Whether the person told us that it is done; the commission may see it otherwise."""
        return self.remark.done_at is not None

    def ahead(self, now: datetime, zone: tzinfo) -> bool:
        """Whether its deadline has not gone yet; false without one."""
        return self.deadline is not None and now < end_of(self.deadline, zone)


@dataclass(frozen=True, slots=True)
class Plan:
    """A candidacy as one of those who see it is shown it. `voted`: its voting day is over; `companions`: how many
    others see it."""

    candidacy: Candidacy
    companion: Companion
    election: Election | None
    lines: tuple[Line, ...]
    voted: bool
    companions: int

    @property
    def own(self) -> bool:
        """Whether it is shown to the candidate."""
        return self.companion.chat_id == self.candidacy.chat_id

    def line(self, key: str) -> Line | None:
        """One line by its key."""
        return next((one for one in self.lines if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Stage:
    """How many candidates stand at a step (its title, or none when all is done), and the names of those who agreed."""

    key: str
    title: Mapping[Language, str] | None
    count: int
    names: tuple[str, ...]


def plan(candidacy: Candidacy, steps: Iterable[Step], election: Election | None) -> tuple[Line, ...]:
    """The lines that apply, in the order of the steps; a coordinator's own deadline stands before the first later one.

    Dates are those of a called election only."""
    called = election is not None and election.status in (ElectionStatus.CALLED, ElectionStatus.OVER)
    known = {one.key: one for one in election.deadlines} if election is not None and called else {}
    lines: list[Line] = []
    for step in steps:
        if candidacy.way in step.ways and candidacy.outcome in step.outcomes:
            found = next((known[key] for key in step.deadlines if key in known), None)
            lines.append(Line(step.key, step.title, step, found, candidacy.remarks.get(step.key, Remark())))
    for own in known.values():
        if own.key.startswith(OWN) and own.whom & candidacy.way.concerned and candidacy.outcome is Outcome.OPEN:
            line = Line(own.key, own.title, None, own, candidacy.remarks.get(own.key, Remark()))
            later = (at for at, one in enumerate(lines) if one.deadline is not None and one.deadline.day > own.day)
            lines.insert(next(later, len(lines)), line)
    return tuple(lines)


def stands_at(lines: Iterable[Line]) -> Line | None:
    """The first line that is not done; None when all are."""
    return next((line for line in lines if not line.done), None)


def end_of(deadline: Deadline, zone: tzinfo) -> datetime:
    """Until when there is something to say of a deadline: its moment; of a day without an hour, the end of that day."""
    if deadline.end or deadline.hour:
        return deadline.moment(zone)
    return deadline.moment(zone) + timedelta(days=1)


def mornings(lines: Iterable[Line], zone: tzinfo) -> tuple[date, ...]:
    """The days on whose mornings something is reminded of, in order: 3 days and 1 day before each deadline, and its own
    day if it has not gone by the morning. Several deadlines of one morning make one letter."""
    found = {
        day
        for line in lines
        if line.deadline is not None
        for day in (line.deadline.day - timedelta(days=lead) for lead in LEADS)
        if morning(day, zone) < end_of(line.deadline, zone)
    }
    return tuple(sorted(found))


def morning(day: date, zone: tzinfo) -> datetime:
    """When reminders go on this day."""
    return datetime.combine(day, MORNING, zone)


def reminded_until(day: date, zone: tzinfo) -> datetime:
    """After this a reminder of the morning does not go any more: the next one says it better."""
    return datetime.combine(day, TOO_LATE, zone)


def to_remind_of(lines: Iterable[Line], now: datetime, zone: tzinfo) -> tuple[Line, ...]:
    """What a reminder that goes now speaks of: lines not done whose deadline is in 3 days, tomorrow or still today."""
    today = now.astimezone(zone).date()
    return tuple(
        line
        for line in lines
        if line.deadline is not None
        and not line.done
        and line.ahead(now, zone)
        and (line.deadline.day - today).days in LEADS
    )
