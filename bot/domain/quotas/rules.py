"""The rules of quotas as data: a share, how it is rounded, from when until when, and what it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.errors import Refusal
from bot.domain.guide import Citation
from bot.domain.ids import Language


class Rounding(StrEnum):
    """Where a fraction of a seat or of a person goes."""

    UP = "up"
    DOWN = "down"


class Scope(StrEnum):
    """What a share is counted of: each district by itself, or the whole kenesh at once."""

    DISTRICT = "district"
    KENESH = "kenesh"


class Confidence(StrEnum):
    """How sure a rule is, in the words of the fact base."""

    PAGES = "pages"
    SINGLE = "single"
    INFERENCE = "inference"
    NOT_CONFIRMED = "NOT CONFIRMED"


@dataclass(frozen=True, slots=True)
class Share:
    """So many parts of a whole: 30 of 100."""

    part: int
    whole: int

    def of(self, number: int, rounding: Rounding) -> int:
        """The share of a number, as a whole number."""
        parts = number * self.part
        return -(-parts // self.whole) if rounding is Rounding.UP else parts // self.whole


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on: citations, when it was seen (in words), and how sure it is."""

    citations: tuple[Citation, ...]
    as_of: Mapping[Language, str]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ReserveRule:
    """So great a share of the seats is kept for women."""

    name: str
    share: Share
    rounding: Rounding
    scope: Scope
    valid_from: date
    valid_until: date | None
    basis: Basis

    def reserved(self, seats: int) -> int:
        """The seats kept of so many."""
        return self.share.of(seats, self.rounding)


@dataclass(frozen=True, slots=True)
class MostRule:
    """No more than this share of a party's list may be of one sex."""

    name: str
    share: Share
    rounding: Rounding
    valid_from: date
    valid_until: date | None
    basis: Basis

    def limit(self, length: int) -> int:
        """The most of one sex in a list of this length."""
        return self.share.of(length, self.rounding)


class Reading(StrEnum):
    """Two ways to read "so many seats are reserved for women" once votes are counted."""

    AT_LEAST = "at least"  # the reserve is a floor: a woman may take any other seat by votes too
    ONLY = "only"  # women compete for the reserved seats only


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """How seats would be distributed; a model until `confirmed`."""

    name: str
    reading: Reading
    confirmed: bool
    valid_from: date
    valid_until: date | None
    basis: Basis


class Dated(Protocol):
    """Whatever holds from one day until another."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None: ...


Rule = TypeVar("Rule", bound=Dated)


class NoRule(Refusal):
    """No rule that we know was in force on that day."""

    def __init__(self, day: date, known_from: date) -> None:
        super().__init__(f"no rule on {day}")
        self.day = day
        self.known_from = known_from


def in_force(rules: Sequence[Rule], day: date) -> Rule:
    """The rule of its day; the last day counts. Raises NoRule."""
    for rule in rules:
        if rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until):
            return rule
    raise NoRule(day, min(rule.valid_from for rule in rules))


@dataclass(frozen=True, slots=True)
class QuotaRules:
    """All that guides/quotas.toml holds."""

    reserve: tuple[ReserveRule, ...]
    most: tuple[MostRule, ...]
    allocation: tuple[AllocationRule, ...]

    def counts(self) -> Mapping[str, Callable[[int], int]]:
        """What the newest rules count, by name: `reserved` of so many seats, `most` of a list so long."""
        return {"reserved": _newest(self.reserve).reserved, "most": _newest(self.most).limit}


def tenths_of_percent(part: int, whole: int) -> int:
    """How many tenths of a percent `part` is of `whole`, the half upwards: 7 of 18 are 389."""
    return (2000 * part + whole) // (2 * whole)


def _newest(rules: Sequence[Rule]) -> Rule:
    return max(rules, key=lambda rule: (rule.valid_until is None, rule.valid_from))
