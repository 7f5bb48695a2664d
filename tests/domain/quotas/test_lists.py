"""A party's list: what breaks, where, and the smallest change that mends it."""

from itertools import groupby, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.quotas.lists import ORDER, Act, Change, Trial, Verdict, check
from bot.domain.quotas.people import Feature, Listed, Sex
from tests.domain.quotas.rules import a_list, most


def verdict(letters: str, *tried: Trial) -> Verdict:
    return check(a_list(letters), most(), tried)


def keeps(letters: str, run: int) -> bool:
    """Both rules, written anew."""
    enough = max(letters.count("ж"), letters.count("м")) * 100 <= 70 * len(letters)
    return enough and all(len(list(same)) <= run for _, same in groupby(letters))


def changed(letters: str, changes: tuple[Change, ...]) -> str:
    line = list(letters)
    for change in changes:
        if change.act is Act.SWAP:
            one, other = change.position - 1, change.other - 1
            line[one], line[other] = line[other], line[one]
        elif change.act is Act.REPLACE:
            line[change.position - 1] = "ж" if change.sex is Sex.WOMAN else "м"
    return "".join(line)


def fewest(letters: str, run: int) -> int | None:
    """The fewest swaps and replacements, by trying every list there is."""
    costs = []
    for target in product("жм", repeat=len(letters)):
        if keeps("".join(target), run):
            wrong = [(now, then) for now, then in zip(letters, target, strict=True) if now != then]
            into_women = sum(then == "ж" for _, then in wrong)
            costs.append(max(into_women, len(wrong) - into_women))
    return min(costs, default=None)


@pytest.mark.parametrize(("length", "limit"), [(31, 21), (40, 28), (51, 35), (10, 7), (1, 0)])
def test_the_most_of_one_sex_is_rounded_down(length: int, limit: int) -> None:
    assert verdict("м" * length).limit == limit


def test_exactly_seventy_percent_keeps_the_rule() -> None:
    assert verdict("м" * 28 + "ж" * 12).ok
    assert not verdict("м" * 29 + "ж" * 11).ok


@pytest.mark.parametrize(("letters", "position", "sex"), [("мммммммжжм", 10, Sex.MAN), ("жжжжжжжжмм", 8, Sex.WOMAN)])
def test_the_finding_names_the_first_one_too_many(letters: str, position: int, sex: Sex) -> None:
    finding = verdict(letters).findings[0]

    assert (finding.rule, finding.position, finding.limit, finding.have) == ("one_sex", position, 7, 8)
    assert (finding.confirmed, finding.sex) == (True, sex)


def test_the_smallest_repair_replaces_the_last_ones() -> None:
    assert verdict("мммммммжжм").repair == (Change(Act.REPLACE, 10, sex=Sex.WOMAN),)


def test_a_tried_rule_breaks_nothing_that_is_confirmed() -> None:
    tried = verdict("ммммжжж", Trial(ORDER, 3))

    assert tried.ok
    assert [(one.rule, one.position, one.limit, one.have, one.confirmed) for one in tried.findings] == [
        (ORDER, 4, 3, 4, False)
    ]
    assert len(tried.repair) == 1
    assert tried.repair[0].act is Act.SWAP


def test_a_feature_that_is_too_rare_says_how_many_more() -> None:
    names = [Listed(str(place), Sex.WOMAN if place % 2 else Sex.MAN) for place in range(9)]
    names.append(Listed("young", Sex.MAN, frozenset({Feature.YOUNG})))

    tried = check(names, most(), [Trial("young", 15)])

    assert [(one.rule, one.limit, one.have, one.confirmed) for one in tried.findings] == [("young", 2, 1, False)]
    assert tried.repair == (Change(Act.INCLUDE, feature=Feature.YOUNG, count=1),)
    assert tried.ok


@given(st.text("жм", min_size=2, max_size=9), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_the_repair_is_the_smallest_there_is(letters: str, run: int) -> None:
    result = verdict(letters, Trial(ORDER, run))

    smallest = fewest(letters, run)
    assert result.ok == keeps(letters, len(letters))
    if smallest is None or keeps(letters, run):
        assert result.repair == ()
    else:
        assert len(result.repair) == smallest
        assert keeps(changed(letters, result.repair), run)


@given(st.integers(2, 70), st.integers(0, 70))
@settings(max_examples=50, deadline=None)
def test_without_trials_every_breach_is_mended_by_replacing_whoever_is_over(length: int, women: int) -> None:
    women = min(women, length)
    result = verdict("ж" * women + "м" * (length - women))

    over = max(women, length - women) - length * 70 // 100
    assert len(result.repair) == max(0, over)
    assert result.ok == (over <= 0)


@given(st.text("жм", min_size=1, max_size=40), st.randoms())
@settings(deadline=None)
def test_the_share_does_not_depend_on_the_order(letters: str, dice: object) -> None:
    shuffled = "".join(sorted(letters, key=lambda _: dice.random()))  # type: ignore[attr-defined]

    assert verdict(letters).ok == verdict(shuffled).ok
    assert len(verdict(letters).repair) == len(verdict(shuffled).repair)
