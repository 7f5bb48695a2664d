"""Seats kept for women: district by district, and between which numbers they lie while the districts are not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.domain.quotas.rules import ReserveRule, Scope


@dataclass(frozen=True, slots=True)
class District:
    """Seats of a district and how many of them are kept; None when the rule counts the whole kenesh only."""

    seats: int
    reserved: int | None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A kenesh, district by district."""

    districts: tuple[District, ...]
    seats: int
    reserved: int
    rule: ReserveRule


@dataclass(frozen=True, slots=True)
class Range:
    """The fewest and the most seats that can be kept, each with districts for which it comes out so."""

    seats: int
    districts: int
    least: int
    most: int
    least_districts: tuple[int, ...]
    most_districts: tuple[int, ...]
    rule: ReserveRule


def reservation(districts: Sequence[int], rule: ReserveRule) -> Reservation:
    """What is kept in each district and in all."""
    seats = sum(districts)
    if rule.scope is Scope.KENESH:
        return Reservation(tuple(District(each, None) for each in districts), seats, rule.reserved(seats), rule)
    counted = tuple(District(each, rule.reserved(each)) for each in districts)
    return Reservation(counted, seats, sum(rule.reserved(each) for each in districts), rule)


def reserve_range(seats: int, districts: int, rule: ReserveRule) -> Range:
    """Between which numbers the reserve lies for any division of `seats` into so many districts, none of them empty."""
    if rule.scope is Scope.KENESH:
        even = _even(seats, districts)
        return Range(seats, districts, rule.reserved(seats), rule.reserved(seats), even, even, rule)
    least, most = _extreme(seats, districts, rule, 1), _extreme(seats, districts, rule, -1)
    return Range(seats, districts, _kept(least, rule), _kept(most, rule), least, most, rule)


def _extreme(seats: int, districts: int, rule: ReserveRule, sign: int) -> tuple[int, ...]:
    """The districts with the smallest reserve (`sign` 1) or the largest (-1); of equal ones the most even.

    Adding a whole denominator of seats to a district adds the same to the reserve wherever it is added, so it is enough
    to look for districts of 1 to `whole` seats and to hand out the rest. Those are found by halving: the districts can
    be put in such an order that the seats of the first half differ from their fair share by less than `whole`."""
    whole = rule.share.whole // _divisor(rule.share.part, rule.share.whole)

    @cache
    def best(parts: int, total: int) -> tuple[int, int, int]:
        """Cost, unevenness, and the seats of the first half; for one district the last is 0."""
        if parts == 1:
            return sign * rule.reserved(total), total * total, 0
        half = parts // 2
        fair = total * half // parts
        found = None
        lowest = max(half, total - whole * (parts - half), fair - whole)
        highest = min(whole * half, total - (parts - half), fair + 1 + whole)
        for first in range(lowest, highest + 1):
            left, right = best(half, first), best(parts - half, total - first)
            here = (left[0] + right[0], left[1] + right[1], first)
            found = here if found is None else min(found, here)
        assert found is not None
        return found

    def split(parts: int, total: int) -> list[int]:
        if parts == 1:
            return [total]
        half, first = parts // 2, best(parts, total)[2]
        return split(half, first) + split(parts - half, total - first)

    candidates = []
    for total in range(seats, districts - 1, -whole):
        if total > whole * districts:
            continue
        extra = (seats - total) // whole
        cost = best(districts, total)[0] + sign * rule.reserved(whole) * extra
        candidates.append((cost, extra, total))
    cheapest = min(candidates)[0]
    even = [_handed_out(split(districts, total), extra, whole) for cost, extra, total in candidates if cost == cheapest]
    return min(even, key=lambda one: (sum(each * each for each in one), one))


def _handed_out(districts: list[int], extra: int, whole: int) -> tuple[int, ...]:
    for _ in range(extra):
        districts[districts.index(min(districts))] += whole
    return tuple(sorted(districts))


def _kept(districts: Sequence[int], rule: ReserveRule) -> int:
    return sum(rule.reserved(each) for each in districts)


def _even(seats: int, districts: int) -> tuple[int, ...]:
    more = seats % districts
    return (seats // districts,) * (districts - more) + (seats // districts + 1,) * more


def _divisor(one: int, other: int) -> int:
    while other:
        one, other = other, one % other
    return one
