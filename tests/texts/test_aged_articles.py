"""An article that quotes old facts says at its foot when they were checked."""

from datetime import date

import pytest

from bot.domain.guide import Article, Checked
from bot.domain.ids import Language
from bot.guide.articles import Library
from bot.services.reading import ReadGuide
from bot.texts.guide import foot
from tests.fakes import FixedClock
from tests.guide import small_guide

KY, RU = Language.KY, Language.RU
TODAY = date(2026, 4, 1)


@pytest.fixture
def folder(tmp_path):
    return small_guide.write(tmp_path)


def article(folder, language=RU, slug="what-is-kenesh") -> Article:
    found = Library.load(folder).article(slug, language)
    assert found is not None
    return found


def older_than(folder, day):
    path = folder / "facts.toml"
    path.write_text(f"old_before = {day}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def test_an_article_without_old_facts_says_nothing(folder):
    older_than(folder, "2020-01-01")

    assert article(folder).checked == () and "⏳" not in foot(article(folder), RU, TODAY)


def test_the_oldest_of_the_old_facts_is_told_in_both_languages(folder):
    older_than(folder, "2024-06-01")

    assert "⏳ Самые старые сведения здесь проверены: 2021 год." in foot(article(folder), RU, TODAY)
    assert "⏳ Бул жердеги эң эски маалымат текшерилген убакыт: 2021-жыл." in foot(article(folder, KY), KY, TODAY)
    assert "⏳" not in foot(article(folder, slug="how-many"), RU, TODAY)


def test_a_fact_that_nobody_can_date_says_so(folder):
    older_than(folder, "2020-01-01")
    small_guide.change(folder / "facts.toml", 'as_of = "2025"', 'as_of = "undated"')

    assert "неизвестно" in foot(article(folder, slug="quota-not-parliament"), RU, TODAY)


def test_a_fact_past_its_day_is_told_from_the_next_day_on(folder):
    small_guide.change(folder / "facts.toml", 'line = "10 days"', 'line = "10 days"\nvalid_until = 2026-04-01')

    assert article(folder).checked == (Checked("октябрь 2024", old=False, until=date(2026, 4, 1)),)
    assert "⏳" not in foot(article(folder), RU, TODAY)
    assert "⏳ Срок действия части сведений истёк: 1 апреля 2026 года." in foot(article(folder), RU, date(2026, 4, 2))


def test_the_last_page_that_people_read_carries_it(folder):
    older_than(folder, "2024-06-01")
    read = ReadGuide(Library.load(folder), "a_bot", FixedClock())
    first = read.page(article(folder).slug, 1, RU)
    assert first is not None
    last = read.page(article(folder).slug, first.of, RU)

    assert last is not None and "⏳ Самые старые сведения здесь проверены: 2021 год." in last.html
