"""Who would get the seats of a district: a model, in two readings. Nothing here settles a tie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.quotas.people import Candidate, Sex
from bot.domain.quotas.rules import AllocationRule, Reading, ReserveRule


class Why(StrEnum):
    """On which seat somebody would sit."""

    RESERVED = "reserved"
    VOTES = "votes"
    EITHER = "either"  # certain of a seat; which kind depends on how a tie is settled


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody who would take a seat however the ties are settled."""

    candidate: Candidate
    why: Why


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal votes for fewer seats than people; at least `reserved` of these seats go to women."""

    votes: int
    candidates: tuple[Candidate, ...]
    seats: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One reading: who would take a seat, between whom it is open, and the seats that nobody is left for."""

    reading: Reading
    would_take: tuple[Taken, ...]
    ties: tuple[Tie, ...]
    unfilled: int
    unfilled_reserved: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """The model's outcome, and the other reading where it differs."""

    seats: int
    reserved: int
    women: int
    withdrawn: tuple[Candidate, ...]
    rule: AllocationRule
    reserve: ReserveRule
    outcome: Outcome
    other: Outcome | None


def allocate(candidates: Sequence[Candidate], seats: int, rule: AllocationRule, reserve: ReserveRule) -> Allocation:
    """Both readings for one district; whoever withdrew takes no part."""
    standing = [one for one in candidates if not one.withdrawn]
    reserved = reserve.reserved(seats)
    outcome = read(standing, seats, reserved, rule.reading)
    other = read(standing, seats, reserved, Reading.ONLY if rule.reading is Reading.AT_LEAST else Reading.AT_LEAST)
    differs = _who(outcome) != _who(other)
    return Allocation(
        seats,
        reserved,
        sum(one.sex is Sex.WOMAN for one in standing),
        tuple(sorted((one for one in candidates if one.withdrawn), key=_order)),
        rule,
        reserve,
        outcome,
        other if differs else None,
    )


def read(standing: Sequence[Candidate], seats: int, reserved: int, reading: Reading) -> Outcome:
    """One reading. Somebody is certain of a seat when even all with equal votes going before them would leave them one,
    and has a chance when they would get one by going before all of those."""
    votes = {sex: Counter(one.votes for one in standing if one.sex is sex) for sex in Sex}

    def ahead(one: Candidate, sex: Sex, equals: bool) -> int:
        """How many of a sex go before somebody; with equal votes too, if so asked."""
        itself = equals and one.sex is sex
        above = sum(count for cast, count in votes[sex].items() if cast > one.votes or (equals and cast == one.votes))
        return above - itself

    def seat(one: Candidate, equals: bool) -> Why | None:
        women, men = ahead(one, Sex.WOMAN, equals), ahead(one, Sex.MAN, equals)
        if one.sex is Sex.WOMAN and women < reserved:
            return Why.RESERVED
        if reading is Reading.ONLY:
            return Why.VOTES if one.sex is Sex.MAN and men < seats - reserved else None
        return Why.VOTES if men + max(0, women - reserved) < seats - reserved else None

    taken: list[Taken] = []
    undecided: dict[tuple[int, Sex | None], list[Candidate]] = {}
    for one in sorted(standing, key=_order):
        worst, best = seat(one, equals=True), seat(one, equals=False)
        if worst is not None and best is not None:
            taken.append(Taken(one, worst if worst is best else Why.EITHER))
        elif best is not None:
            contest = (one.votes, one.sex if reading is Reading.ONLY else None)
            undecided.setdefault(contest, []).append(one)
    filled = _seated(standing, seats, reserved, reading)
    ties = []
    for (cast, _sex), group in undecided.items():
        women = sum(one.sex is Sex.WOMAN for one in group)
        lacking = reserved - sum(count for above, count in votes[Sex.WOMAN].items() if above > cast)
        open_seats = sum(one in filled for one in group)
        ties.append(Tie(cast, tuple(group), open_seats, max(min(lacking, women), open_seats - len(group) + women, 0)))
    short = max(0, reserved - sum(votes[Sex.WOMAN].values()))
    return Outcome(reading, tuple(taken), tuple(ties), seats - len(filled), short)


def _seated(standing: Sequence[Candidate], seats: int, reserved: int, reading: Reading) -> list[Candidate]:
    """One possible outcome, ties settled by name: only to count seats with, never shown."""
    line = sorted(standing, key=_order)
    women = [one for one in line if one.sex is Sex.WOMAN]
    kept = women[:reserved]
    rest = [one for one in line if one not in kept and (reading is Reading.AT_LEAST or one.sex is Sex.MAN)]
    return kept + rest[: seats - reserved]


def _who(outcome: Outcome) -> tuple[frozenset[str], frozenset[tuple[frozenset[str], int]], int]:
    ties = frozenset((frozenset(one.name for one in tie.candidates), tie.seats) for tie in outcome.ties)
    return frozenset(taken.candidate.name for taken in outcome.would_take), ties, outcome.unfilled


def _order(one: Candidate) -> tuple[int, str, str]:
    return -one.votes, one.name, one.sex
