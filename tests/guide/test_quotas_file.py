"""guides/quotas.toml: what it says agrees with the facts, and what is wrong in it is named with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.quotas.rules import Confidence, Reading
from bot.guide.facts import Facts
from bot.guide.quotas import load_quotas, read_quotas

GUIDES = Path(__file__).resolve().parents[2] / "guides"
TEXT = (GUIDES / "quotas.toml").read_text(encoding="utf-8")


def test_the_rules_are_those_of_the_facts() -> None:
    rules, facts = load_quotas(GUIDES), Facts.load(GUIDES)

    assert facts.facts["quota_aiyl_share"].quotes[0].value == Decimal(rules.reserve[0].share.part)
    assert facts.facts["quota_city_most"].quotes[0].value == Decimal(rules.most[0].share.part)
    assert rules.reserve[0].share.whole == rules.most[0].share.whole == 100


def test_nothing_is_surer_than_the_fact_base() -> None:
    rules = load_quotas(GUIDES)

    assert rules.reserve[0].basis.confidence is Confidence.INFERENCE
    assert rules.allocation[0].basis.confidence is Confidence.NOT_CONFIRMED
    assert not rules.allocation[0].confirmed


def test_confirming_the_allocation_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "quotas.toml"
    file.write_text(TEXT.replace("confirmed = false", "confirmed = true"), encoding="utf-8")

    rules, problems = read_quotas(file, Facts.load(GUIDES).citations)

    assert not problems
    assert (rules.allocation[0].confirmed, rules.allocation[0].reading) == (True, Reading.AT_LEAST)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share = [30, 100]", "share = [0.3, 1]", "share is two whole numbers"),
        ('rounding = "up"', 'rounding = "nearest"', "rounding is one of up, down"),
        ('scope = "district"', 'scope = "oblast"', "scope is one of district, kenesh"),
        ("confirmed = false", 'confirmed = "no"', "confirmed is true or false"),
        ('"law_98_art49_7"', '"law_99"', "unknown citation law_99"),
        ('name = "one_sex"', 'title = "one_sex"', "no 'name'"),
        ('as_of = "2022"', 'as_of = "lately"', "as_of is a year"),
        ("[[most]]", "[[least]]", "unknown kind of rule least"),
        ("[[most]]", TEXT[TEXT.index("[[reserve]]") : TEXT.index("# City")] + "[[most]]", "two rules are in force on"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "quotas.toml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")

    _rules, problems = read_quotas(file, Facts.load(GUIDES).citations)

    assert any(said in str(problem) for problem in problems), problems
