"""The guide itself: nothing wrong with it, and every fact stands in the fact base."""

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.ids import Language
from bot.guide import markup
from bot.guide.articles import Library
from bot.guide.check import problems
from bot.guide.facts import Confidence, Fact, Facts
from bot.guide.problems import failing
from tests.guide import telegram_html

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "guides"
FACT_BASE = ROOT.parent / "shared" / "facts" / "law.md"

NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def facts() -> list[Fact]:
    return list(Facts.read(GUIDES)[0].facts.values())


@pytest.fixture(scope="module")
def fact_base() -> list[str]:
    if not FACT_BASE.exists():
        if os.environ.get("REQUIRE_SHARED") == "1":
            pytest.fail(f"REQUIRE_SHARED is set and {FACT_BASE} is missing")
        pytest.skip(f"no fact base at {FACT_BASE}: facts are not compared with it")
    return FACT_BASE.read_text(encoding="utf-8").split("\n")


def test_the_check_finds_nothing_wrong():
    assert [str(problem) for problem in failing(problems(GUIDES))] == []


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.name)
def test_every_fact_stands_in_exactly_one_line_of_the_fact_base(fact, fact_base):
    assert sum(fact.line in line for line in fact_base) == 1


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.name)
def test_every_number_of_a_fact_is_written_in_its_line(fact, fact_base):
    """Our own arithmetic aside; a number may be a word there, and a date 17.11.2024, 17 Nov or Nov 2024."""
    (line,) = [line for line in fact_base if fact.line in line]
    if fact.confidence is Confidence.INFERENCE:
        return
    written = {number.replace(",", "") for number in re.findall(r"\d[\d,]*(?:\.\d+)?", line)}
    written |= {str(int(millions) * 1_000_000) for millions in re.findall(r"\b(\d+) mln\b", line)}
    written |= {str(number) for word, number in NUMBER_WORDS.items() if re.search(rf"\b{word}\b", line)}
    for quote in fact.quotes:
        for value in quote.value if isinstance(quote.value, tuple) else [quote.value]:
            if isinstance(value, int | Decimal):
                assert str(value) in written
            elif isinstance(value, date):
                month = MONTHS[value.month - 1]
                assert re.search(
                    rf"0?{value.day}\.{value.month:02}|\b{value.day} {month}|\b{value.day}–\d+ {month}", line
                )


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.name)
def test_no_fact_is_shown_surer_than_it_is(fact, fact_base):
    (line,) = [line for line in fact_base if fact.line in line]
    if fact.confidence is Confidence.PAGES:
        assert re.search(r"[2-9]\+? pages|several pages", line)
    if "contrast" in line.split("|")[-1].lower():
        assert fact.confidence is Confidence.CONTRAST


@pytest.mark.parametrize("language", Language)
def test_every_page_of_the_guide_is_html_that_telegram_accepts(language):
    for article in Library.load(GUIDES).all(language):
        for page in markup.pages(article):
            assert telegram_html.length(page) <= markup.PAGE_LIMIT
            assert "{{" not in page
        assert telegram_html.words(article.lead)
