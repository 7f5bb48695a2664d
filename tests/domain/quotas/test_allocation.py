"""Who would get the seats: against every way a tie can be settled, and against the other way to say the rule."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.quotas.allocation import Outcome, Why, allocate, read
from bot.domain.quotas.people import Candidate, Sex
from bot.domain.quotas.rules import Reading
from tests.domain.quotas.rules import allocation, people, reserve


def names(outcome: Outcome) -> list[str]:
    return [one.candidate.name for one in outcome.would_take]


def reserved_first(line: Sequence[Candidate], seats: int, reserved: int) -> set[str]:
    """The rule said one way: women take the reserve, the rest go by votes."""
    women = [one for one in line if one.sex is Sex.WOMAN][:reserved]
    rest = [one for one in line if one not in women][: seats - reserved]
    return {one.name for one in (*women, *rest)}


def replace_last_men(line: Sequence[Candidate], seats: int, reserved: int) -> set[str]:
    """The rule said the other way: the first N by votes, then the last men give way to the next women."""
    inside, outside = list(line[:seats]), list(line[seats:])
    while sum(one.sex is Sex.WOMAN for one in inside) < reserved:
        next_woman = next((one for one in outside if one.sex is Sex.WOMAN), None)
        if next_woman is None:
            break
        outside.remove(next_woman)
        inside.append(next_woman)
        inside.remove(next(one for one in reversed(inside) if one.sex is Sex.MAN))
    return {one.name for one in inside}


def women_only_there(line: Sequence[Candidate], seats: int, reserved: int) -> set[str]:
    women = [one for one in line if one.sex is Sex.WOMAN][:reserved]
    men = [one for one in line if one.sex is Sex.MAN][: seats - reserved]
    return {one.name for one in (*women, *men)}


def every_settling(standing: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    for order in permutations(standing):
        if all(one.votes >= other.votes for one, other in pairwise(order)):
            yield list(order)


@st.composite
def districts(draw: st.DrawFn, most: int = 7, votes: int = 4) -> tuple[Candidate, ...]:
    drawn = draw(st.lists(st.tuples(st.sampled_from(Sex), st.integers(0, votes)), min_size=1, max_size=most))
    return tuple(Candidate(chr(65 + place), sex, cast) for place, (sex, cast) in enumerate(drawn))


@given(districts(most=12, votes=1000), st.integers(1, 12))
@settings(deadline=None)
def test_both_ways_to_say_the_rule_give_the_same_people(standing: tuple[Candidate, ...], seats: int) -> None:
    line = sorted(standing, key=lambda one: (-one.votes, one.name))
    reserved = reserve().reserved(seats)
    women = sum(one.sex is Sex.WOMAN for one in standing)
    assume(women >= reserved and len(standing) >= seats)

    assert reserved_first(line, seats, reserved) == replace_last_men(line, seats, reserved)


@given(districts(), st.integers(1, 7), st.sampled_from(Reading))
@settings(max_examples=200, deadline=None)
def test_what_is_certain_and_what_is_open_is_what_every_settling_of_ties_says(
    standing: tuple[Candidate, ...], seats: int, reading: Reading
) -> None:
    reserved = reserve().reserved(seats)
    settle = reserved_first if reading is Reading.AT_LEAST else women_only_there
    outcomes = [settle(line, seats, reserved) for line in every_settling(standing)]

    found = read(standing, seats, reserved, reading)

    assert set(names(found)) == set.intersection(*outcomes)
    tied = {one.name for tie in found.ties for one in tie.candidates}
    assert tied == set.union(*outcomes) - set.intersection(*outcomes)
    assert {len(one) for one in outcomes} == {seats - found.unfilled}
    for tie in found.ties:
        group = {one.name for one in tie.candidates}
        women = {one.name for one in tie.candidates if one.sex is Sex.WOMAN}
        assert {len(group & one) for one in outcomes} == {tie.seats}
        assert min(len(women & one) for one in outcomes) == tie.reserved


@given(districts(most=10, votes=20), st.integers(1, 10), st.randoms())
@settings(deadline=None)
def test_the_order_of_input_never_matters(standing: tuple[Candidate, ...], seats: int, dice: object) -> None:
    shuffled = sorted(standing, key=lambda _: dice.random())  # type: ignore[attr-defined]

    assert allocate(shuffled, seats, allocation(), reserve()) == allocate(standing, seats, allocation(), reserve())


@given(districts(most=10, votes=10), st.integers(1, 10), st.data())
@settings(deadline=None)
def test_one_more_vote_never_costs_a_seat(standing: tuple[Candidate, ...], seats: int, data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(standing) - 1))
    lucky = standing[where].name
    more = [replace(one, votes=one.votes + 1) if one.name == lucky else one for one in standing]

    for reading in Reading:
        before = read(standing, seats, reserve().reserved(seats), reading)
        after = read(more, seats, reserve().reserved(seats), reading)
        if lucky in names(before):
            assert lucky in names(after)
        if any(one.name == lucky for tie in before.ties for one in tie.candidates):
            assert lucky in names(after) or any(one.name == lucky for tie in after.ties for one in tie.candidates)


def test_women_take_the_reserve_and_the_rest_go_by_votes() -> None:
    found = allocate(
        people("Бекзат м 90, Данияр м 80, Айнура ж 70, Эмил м 60, Гүлнара ж 50"), 4, allocation(), reserve()
    )

    assert found.reserved == 2
    assert [(one.candidate.name, one.why) for one in found.outcome.would_take] == [
        ("Бекзат", Why.VOTES),
        ("Данияр", Why.VOTES),
        ("Айнура", Why.RESERVED),
        ("Гүлнара", Why.RESERVED),
    ]
    assert found.other is None
    assert not found.rule.confirmed


def test_the_other_reading_is_shown_where_women_win_more_than_the_reserve() -> None:
    found = allocate(
        people("Айнура ж 90, Гүлнара ж 80, Жылдыз ж 70, Бекзат м 60, Данияр м 50"), 3, allocation(), reserve()
    )

    assert names(found.outcome) == ["Айнура", "Гүлнара", "Жылдыз"]
    assert found.other is not None
    assert names(found.other) == ["Айнура", "Бекзат", "Данияр"]


def test_a_tie_is_shown_and_not_settled() -> None:
    found = allocate(people("Айнура ж 50, Бекзат м 40, Данияр м 30, Эмил м 30"), 3, allocation(), reserve()).outcome

    assert names(found) == ["Айнура", "Бекзат"]
    assert [(tie.votes, [one.name for one in tie.candidates], tie.seats) for tie in found.ties] == [
        (30, ["Данияр", "Эмил"], 1)
    ]


def test_a_tie_for_the_reserve_that_both_survive_is_no_tie() -> None:
    found = allocate(people("Айнура ж 50, Гүлнара ж 50, Бекзат м 10"), 2, allocation(), reserve()).outcome

    assert not found.ties
    assert {one.why for one in found.would_take} == {Why.EITHER}


def test_too_few_women_leave_their_seats_open_and_men_do_not_take_them_silently() -> None:
    found = allocate(people("Бекзат м 90, Данияр м 80, Эмил м 70, Айнура ж 1"), 4, allocation(), reserve()).outcome

    assert names(found) == ["Бекзат", "Данияр", "Айнура"]
    assert (found.unfilled, found.unfilled_reserved) == (1, 1)


def test_whoever_withdrew_takes_no_part_and_is_named() -> None:
    found = allocate(people("Бекзат м 90 снят, Айнура ж 70, Эмил м 60"), 2, allocation(), reserve())

    assert names(found.outcome) == ["Айнура", "Эмил"]
    assert [one.name for one in found.withdrawn] == ["Бекзат"]


@pytest.mark.parametrize("seats", [1, 5])
def test_nobody_standing_leaves_every_seat_vacant(seats: int) -> None:
    found = allocate((), seats, allocation(), reserve()).outcome

    assert (found.would_take, found.ties, found.unfilled) == ((), (), seats)
