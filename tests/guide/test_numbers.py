"""Numbers and dates as people write them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.ids import Language
from bot.guide.numbers import DAY_FORMS, MONTH_FORMS, YEAR_FORMS, grouped, is_moment, plural, when

KY, RU = Language.KY, Language.RU
DAY = date(2024, 11, 17)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("number", "written"),
    [
        (7, "7"),
        (999, "999"),
        (5391, "5\u00a0391"),
        (3304485, "3\u00a0304\u00a0485"),
        (Decimal("39.75"), "39,75"),
        (Decimal("1234.5"), "1\u00a0234,5"),
    ],
)
def test_a_number_is_grouped_with_no_break_spaces_and_has_a_comma(number, written, language):
    assert grouped(number, language) == written


def test_russian_counts_one_few_many_and_fractions_apart():
    numbers = (1, 2, 5, 11, 21, 22, 100, Decimal("1.5"))

    assert [plural(number, RU) for number in numbers] == [
        "one", "few", "many", "many", "one", "few", "many", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        (RU, "plain", "17 ноября 2024 года"),
        (RU, "on", "17 ноября 2024 года"),
        (RU, "from", "с 17 ноября 2024 года"),
        (RU, "until", "до 17 ноября 2024 года"),
        (RU, "short", "17.11.2024"),
        (KY, "plain", "2024-жылдын 17-ноябры"),
        (KY, "on", "2024-жылдын 17-ноябрында"),
        (KY, "of", "2024-жылдын 17-ноябрынын"),
        (KY, "from", "2024-жылдын 17-ноябрынан тартып"),
        (KY, "until", "2024-жылдын 17-ноябрына чейин"),
        (KY, "short", "17.11.2024"),
    ],
)
def test_a_day_is_said_in_its_form(language, form, said):
    assert DAY_FORMS[language][form](DAY) == said


def test_kyrgyz_months_keep_their_harmony():
    said = [DAY_FORMS[KY]["on"](date(2024, month, 1)).split("-")[-1] for month in (1, 4, 5, 6, 8)]

    assert said == ["январында", "апрелинде", "майында", "июнунда", "августунда"]


def test_months_and_years_are_said_in_their_forms():
    assert MONTH_FORMS[RU]["in"](DAY) == "в ноябре 2024 года"
    assert MONTH_FORMS[KY]["in"](date(2024, 4, 1)) == "2024-жылдын апрелинде"
    assert MONTH_FORMS[KY]["since"](date(2019, 8, 1)) == "2019-жылдын августунан тартып"
    assert YEAR_FORMS[RU]["in"](DAY) == "в 2024 году"
    assert YEAR_FORMS[KY]["in"](DAY) == "2024-жылы"


@pytest.mark.parametrize("forms", [DAY_FORMS, MONTH_FORMS, YEAR_FORMS])
def test_both_languages_have_the_same_forms_and_every_day_of_a_year_can_be_said(forms):
    assert forms[KY].keys() == forms[RU].keys()
    for offset in range(366):
        for say in (*forms[KY].values(), *forms[RU].values()):
            assert "2024" in say(date(2024, 1, 1) + timedelta(days=offset))


@pytest.mark.parametrize(
    ("words", "russian", "kyrgyz"),
    [
        ("2021", "2021 год", "2021-жыл"),
        ("2018–2019", "2018–2019 годы", "2018–2019-жылдар"),
        ("2024-10", "октябрь 2024", "2024-жылдын октябры"),
        ("2024-12-03", "3 декабря 2024 года", "2024-жылдын 3-декабры"),
        ("undated", "", ""),
    ],
)
def test_the_date_of_a_source_is_said_as_people_say_it(words, russian, kyrgyz):
    assert is_moment(words)
    assert (when(words, RU), when(words, KY)) == (russian, kyrgyz)


@pytest.mark.parametrize("words", ["", "2024-13", "2024-02-30", "Oct 2024", "24", "2024-1"])
def test_what_is_no_date_is_refused(words):
    assert not is_moment(words)
