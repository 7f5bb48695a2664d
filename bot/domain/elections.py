"""Elections: a deadline is a property of an election that is called; past calendars only propose it.

Source: the calendars of 2013-2024 as the fact base lists them; each Seen row names its citation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.domain.errors import Refusal, WrongMove
from bot.domain.guide import Citation
from bot.domain.ids import ChatId, ElectionId, Language, PlaceSlug, Slug

MIDNIGHT_AFTER = "24:00"


class NoPlanName(Refusal):
    """A date can be confirmed only by a paper that has a name."""


class NoSuchDay(Refusal):
    """The day has gone already."""


class TooManyDeadlines(Refusal):
    """A plan holds a limited number of deadlines."""


class Kenesh(StrEnum):
    """Which local council is elected; their deadlines differ."""

    AIYL = "aiyl"
    CITY = "city"


class Whom(StrEnum):
    """Whom a deadline concerns."""

    CANDIDATE = "candidate"
    PARTY = "party"
    VOTER = "voter"
    COMMISSION = "commission"
    MEDIA = "media"


class ElectionKind(StrEnum):
    """Why an election is held."""

    REGULAR = "regular"
    EARLY = "early"
    REPEAT = "repeat"


class ElectionStatus(StrEnum):
    """DRAFT is seen by its coordinators only; CALLED is told to people; OVER and CANCELLED stay visible."""

    DRAFT = "draft"
    CALLED = "called"
    OVER = "over"
    CANCELLED = "cancelled"


MOVES: Mapping[ElectionStatus, frozenset[ElectionStatus]] = {
    ElectionStatus.DRAFT: frozenset({ElectionStatus.CALLED, ElectionStatus.CANCELLED}),
    ElectionStatus.CALLED: frozenset({ElectionStatus.OVER, ElectionStatus.CANCELLED}),
    ElectionStatus.OVER: frozenset(),
    ElectionStatus.CANCELLED: frozenset(),
}


class Key(StrEnum):
    """The deadlines that other parts ask for by name; an election may have others of its own."""

    CITY_CAMPAIGN = "city_campaign_begins"
    AIYL_CAMPAIGN = "aiyl_campaign_begins"
    SILENCE = "silence_begins"
    VOTING = "voting_day"


@dataclass(frozen=True, slots=True)
class PastElection:
    """An election whose calendar is known in part."""

    key: str
    voting_day: date
    name: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """One row of a past calendar: so many days from its voting day. `awkward` says why it is kept but not proposed."""

    election: PastElection
    days: int
    hour: str
    citation: Citation
    confidence: str
    line: str
    awkward: str = ""

    @property
    def day(self) -> date:
        """The day it fell on then."""
        return self.election.voting_day + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class UsualDeadline:
    """A deadline that elections of these keneshes usually have; `seen` stands newest first.

    `end`: it is the last day to do something; otherwise the day on which something begins or takes place."""

    key: str
    keneshes: frozenset[Kenesh]
    whom: frozenset[Whom]
    title: Mapping[Language, str]
    end: bool
    article: Slug
    seen: tuple[Seen, ...]

    def proposed(self, voting_day: date) -> "Deadline | None":
        """The date that the newest fitting calendar gives for this voting day; None if all its rows are awkward."""
        newest = next((row for row in self.seen if not row.awkward), None)
        if newest is None:
            return None
        return Deadline(
            key=self.key,
            title=self.title,
            day=voting_day + timedelta(days=newest.days),
            hour=newest.hour,
            whom=self.whom,
            end=self.end,
            article=self.article,
            by=newest,
        )


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of one election. `by` is the calendar that proposed it, if one did; `basis` names the plan of this election
    by which a coordinator confirmed it, "" until then. `hour` is "HH:MM", "24:00" for the end of the day, or ""."""

    key: str
    title: Mapping[Language, str]
    day: date
    hour: str
    whom: frozenset[Whom]
    end: bool
    article: Slug | None = None
    by: Seen | None = None
    basis: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a coordinator took it from the calendar plan of this very election."""
        return bool(self.basis)

    def moment(self, zone: tzinfo) -> datetime:
        """When it falls: its hour; without one, the end of a last day and the beginning of a first."""
        if self.hour == MIDNIGHT_AFTER or (not self.hour and self.end):
            return datetime.combine(self.day + timedelta(days=1), time(), zone)
        hours, minutes = map(int, (self.hour or "00:00").split(":"))
        return datetime.combine(self.day, time(hours, minutes), zone)

    def confirm(self, basis: str, day: date | None = None, hour: str | None = None) -> "Deadline":
        """The same deadline as the plan of this election has it."""
        return replace(self, basis=basis, day=day or self.day, hour=self.hour if hour is None else hour)


@dataclass(frozen=True, slots=True)
class Election:
    """A called election: places, kind of kenesh, voting day, the act that called it, and its deadlines by day.

    `revision` counts the states of its plan; `plan_name` is the paper by which coordinators confirm deadlines."""

    id: ElectionId
    places: frozenset[PlaceSlug]
    kenesh: Kenesh
    kind: ElectionKind
    voting_day: date
    act: str
    status: ElectionStatus
    deadlines: tuple[Deadline, ...]
    created_by: ChatId
    revision: int = 1
    plan_name: str = ""

    def moved_to(self, status: ElectionStatus) -> "Election":
        """The same election in another status, or WrongMove."""
        if status not in MOVES[self.status]:
            raise WrongMove(self.status, status)
        return replace(self, status=status)

    @property
    def called(self) -> bool:
        """Whether people are told its dates."""
        return self.status in (ElectionStatus.CALLED, ElectionStatus.OVER)

    def deadline(self, key: str) -> Deadline | None:
        """One deadline by its key, or None."""
        return next((one for one in self.deadlines if one.key == key), None)

    def campaign(self, zone: tzinfo) -> "Campaigning":
        """When one may campaign here, as far as the deadlines say."""
        begins, silence = self.campaign_days()
        return Campaigning(begins=begins, silence=silence, voting_day=self.voting_day, zone=zone)

    def campaign_days(self) -> tuple[Deadline | None, Deadline | None]:
        """When campaigning begins here and when the silence does, as far as the plan says."""
        begins = self.deadline(Key.CITY_CAMPAIGN if self.kenesh is Kenesh.CITY else Key.AIYL_CAMPAIGN)
        return begins, self.deadline(Key.SILENCE)

    def silent(self, now: datetime, zone: tzinfo) -> bool:
        """Whether it is the silence period: from the day before until the end of voting day; never for a draft.

        Source: practice of 2024, 24 hours from 08:00 of the day before, and voting day itself."""
        if not self.called:
            return False
        silence = self.deadline(Key.SILENCE)
        begins = silence.moment(zone) if silence else datetime.combine(self.voting_day - timedelta(1), time(), zone)
        return begins <= now < self.ends_at(zone)

    def ends_at(self, zone: tzinfo) -> datetime:
        """The end of voting day, with which the silence ends too."""
        return datetime.combine(self.voting_day + timedelta(1), time(), zone)


class May(StrEnum):
    """What one is told who asks whether campaigning is allowed today."""

    NOT_YET = "not yet"
    YES = "yes"
    SILENCE = "silence"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Campaigning:
    """The campaign of one election: its first moment and the silence before voting."""

    begins: Deadline | None
    silence: Deadline | None
    voting_day: date
    zone: tzinfo

    def on(self, now: datetime) -> May:
        """Whether one may campaign at this moment; UNKNOWN when the beginning or the silence is not known."""
        here = now.astimezone(self.zone)
        if here.date() > self.voting_day:
            return May.OVER
        if self.begins is None or self.silence is None:
            return May.UNKNOWN
        if here < self.begins.moment(self.zone):
            return May.NOT_YET
        return May.SILENCE if here >= self.silence.moment(self.zone) else May.YES


@dataclass(frozen=True, slots=True)
class Shift:
    """A deadline that moved: `was` or `now` is None when it appeared or went."""

    was: Deadline | None
    now: Deadline | None


def propose(usual: Iterable[UsualDeadline], kenesh: Kenesh, voting_day: date) -> tuple[Deadline, ...]:
    """What past calendars propose for an election of this kenesh, in the order of days."""
    found = [one.proposed(voting_day) for one in usual if kenesh in one.keneshes]
    return in_order(one for one in found if one is not None)


def moved(
    deadlines: Iterable[Deadline], usual: Mapping[str, UsualDeadline], was: date, now: date
) -> tuple[Deadline, ...]:
    """The deadlines after the voting day moved: what a calendar proposed is counted anew; every other one moves by as
    many days. None stays confirmed, for the plan that confirmed it no longer holds."""
    shifted = []
    for one in deadlines:
        counted = usual[one.key].proposed(now) if one.key in usual and not one.confirmed else None
        shifted.append(counted or replace(one, day=one.day + (now - was), basis=""))
    return in_order(shifted)


def shifts(was: Iterable[Deadline], now: Iterable[Deadline]) -> tuple[Shift, ...]:
    """What moved, appeared or went between two plans, in the order of the new days."""
    old, new = ({one.key: one for one in plan} for plan in (was, now))
    found = [Shift(old.get(key), new.get(key)) for key in (*new, *(key for key in old if key not in new))]
    return tuple(one for one in found if _when(one.was) != _when(one.now))


def in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Deadlines by day and hour; those without an hour after the others of their day."""
    return tuple(sorted(deadlines, key=lambda one: (one.day, one.hour or "99", one.key)))


def _when(deadline: Deadline | None) -> tuple[date, str] | None:
    return (deadline.day, deadline.hour) if deadline else None
