"""Reserved seats: exact against fractions, against brute force, and against what was published."""

import ast
import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.quotas.reservation import reservation, reserve_range
from bot.domain.quotas.rules import NoRule, Rounding, Scope, Share, in_force, tenths_of_percent
from tests.domain.quotas.rules import reserve, rules

HERE = Path(__file__).parent
PURE = sorted((HERE.parents[2] / "bot" / "domain" / "quotas").glob("*.py"))
THIRTY = Fraction(30, 100)


def rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def every_division(seats: int, districts: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """Every way to part the seats, the smaller districts first."""
    if districts == 1:
        yield (seats,)
        return
    for first in range(least, seats // districts + 1):
        for rest in every_division(seats - first, districts - 1, first):
            yield (first, *rest)


@pytest.mark.parametrize("seats", range(1, 101))
def test_every_district_is_exact_against_fractions(seats: int) -> None:
    assert reserve().reserved(seats) == ceil(THIRTY * seats)


@pytest.mark.parametrize("file", PURE, ids=lambda file: file.name)
def test_the_arithmetic_knows_no_floats_and_no_division(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not isinstance(node, ast.Div), "a division that gives a float"
        assert not (isinstance(node, ast.Name) and node.id in {"float", "Decimal", "round"}), node.lineno
        assert not (isinstance(node, ast.Name) and node.id in {"open", "print"}), "no input or output here"


def test_the_example_of_the_issue() -> None:
    counted = reservation((5, 6, 7), reserve())

    assert [one.reserved for one in counted.districts] == [2, 2, 3]
    assert (counted.seats, counted.reserved) == (18, 7)
    assert tenths_of_percent(7, 18) == 389


@given(st.integers(0, 10_000), st.integers(1, 10_000))
@settings(deadline=None)
def test_percents_are_rounded_to_the_nearest_tenth(part: int, whole: int) -> None:
    shown = Fraction(tenths_of_percent(part, whole), 10)

    assert abs(shown - Fraction(100 * part, whole)) <= Fraction(1, 20)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=20), st.randoms())
@settings(deadline=None)
def test_the_order_of_districts_never_matters(districts: list[int], dice: object) -> None:
    shuffled = sorted(districts, key=lambda _: dice.random())  # type: ignore[attr-defined]

    assert reservation(shuffled, reserve()).reserved == reservation(districts, reserve()).reserved


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20), st.data())
@settings(deadline=None)
def test_one_more_seat_never_keeps_fewer(districts: list[int], data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(districts) - 1))
    more = [each + (place == where) for place, each in enumerate(districts)]

    assert reservation(more, reserve()).reserved >= reservation(districts, reserve()).reserved


@pytest.mark.parametrize("districts", range(1, 7))
def test_the_range_is_that_of_brute_force(districts: int) -> None:
    for seats in range(districts, 32):
        kept = [sum(ceil(THIRTY * each) for each in one) for one in every_division(seats, districts)]
        found = reserve_range(seats, districts, reserve())

        assert (found.least, found.most) == (min(kept), max(kept)), (seats, districts)
        for example, expected in ((found.least_districts, min(kept)), (found.most_districts, max(kept))):
            assert (len(example), sum(example), min(example) >= 1) == (districts, seats, True)
            assert sum(ceil(THIRTY * each) for each in example) == expected


@given(
    st.integers(1, 9).flatmap(lambda whole: st.tuples(st.integers(1, whole), st.just(whole))),
    st.sampled_from(Rounding),
    st.integers(1, 5).flatmap(lambda parts: st.tuples(st.integers(parts, 20), st.just(parts))),
)
@settings(deadline=None)
def test_the_range_holds_for_other_shares_too(
    share: tuple[int, int], rounding: Rounding, sizes: tuple[int, int]
) -> None:
    rule = replace(reserve(), share=Share(*share), rounding=rounding)
    kept = [sum(rule.reserved(each) for each in one) for one in every_division(*sizes)]

    found = reserve_range(*sizes, rule)

    assert (found.least, found.most) == (min(kept), max(kept))


@pytest.mark.parametrize("row", rows("published.csv"), ids=lambda row: row["where"])
def test_what_was_published_lies_within_the_range(row: dict[str, str]) -> None:
    seats, reserved = int(row["seats"]), int(row["reserved"])
    known = [int(row["districts"])] if row["districts"] else range(1, seats // 3 + 1, 1 + seats // 60)
    ranges = [reserve_range(seats, districts, reserve()) for districts in known]

    assert any(one.least <= reserved <= one.most for one in ranges)


@pytest.mark.parametrize("row", [row for row in rows("published.csv") if row["exact"]], ids=lambda row: row["where"])
def test_where_districts_are_known_some_division_gives_exactly_that(row: dict[str, str]) -> None:
    divisions = every_division(int(row["seats"]), int(row["districts"]))

    assert any(reservation(one, reserve()).reserved == int(row["reserved"]) for one in divisions)


def test_districts_of_the_size_of_2024_can_give_exactly_what_was_published() -> None:
    districts = [3] * 677 + [4] * 238 + [7] * 344
    counted = reservation(districts, reserve())

    assert (len(districts), counted.seats, counted.reserved) == (1259, 5391, 2185)
    assert tenths_of_percent(counted.reserved, counted.seats) == 405


def test_an_election_is_counted_by_the_rule_of_its_day() -> None:
    old, new = (
        replace(reserve(), name="old", valid_until=date(2027, 1, 1)),
        replace(reserve(), name="new", share=Share(40, 100), valid_from=date(2027, 1, 2)),
    )

    assert in_force((old, new), date(2027, 1, 1)).reserved(10) == 3
    assert in_force((old, new), date(2027, 1, 2)).reserved(10) == 4
    with pytest.raises(NoRule):
        in_force(rules().reserve, date(2016, 12, 11))


def test_a_rule_of_the_whole_kenesh_names_no_district() -> None:
    rule = replace(reserve(), scope=Scope.KENESH)

    counted = reservation((5, 6, 7), rule)

    assert ([one.reserved for one in counted.districts], counted.reserved) == ([None] * 3, 6)
    assert reserve_range(18, 3, rule).least == reserve_range(18, 3, rule).most == 6
