"""Pasted announcements: dates in words and numbers, both languages; what is not beyond doubt is never sure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.announcements.dates import DateTrouble, typed_moment
from tests.bench.announcements import rows

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BISHKEK = ZoneInfo("Asia/Bishkek")


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("25-декабрь, саат 14:00", "25.12.2026 14:00"),
        ("25 декабря 2026 года в 10.00", "25.12.2026 10:00"),
        ("2026-жылдын 25-декабрында, жума күнү, саат 15:00дө", "25.12.2026 15:00"),
        ("в пятницу, 25 декабря, в 11 часов", "25.12.2026 11:00"),
        ("25.12.2026 10:00", "25.12.2026 10:00"),
        ("жыйырма бешинчи декабрда саат он төрттө", "25.12.2026 14:00"),
        ("пятнадцатого декабря в десять часов утра", "15.12.2026 10:00"),
        ("декабрь айынын 15инде саат 10до", "15.12.2026 10:00"),
        ("16 декабря в 2 часа дня", "16.12.2026 14:00"),
        ("18-декабрда түштөн кийин саат 3тө", "18.12.2026 15:00"),
        ("17.12.2026, саат 14:00дөн 16:00гө чейин", "17.12.2026 14:00"),
        ("4 января в 9:30", "04.01.2027 09:30"),
    ],
)
def test_a_date_is_understood_in_both_languages(words: str, at: str) -> None:
    when = typed_moment(words, NOW, BISHKEK)

    assert when.at is not None and when.at.strftime("%d.%m.%Y %H:%M") == at
    assert when.sure


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("скоро", DateTrouble.NO_DATE),
        ("25 декабря", DateTrouble.NO_TIME),
        ("31 ноября в 10:00", DateTrouble.NO_SUCH_DAY),
        ("15 декабря, понедельник, 10:00", DateTrouble.WEEKDAY),
        ("20.11.2026 10:00", DateTrouble.PAST),
        ("2005-жылдын 25-декабры саат 14:00", DateTrouble.PAST),
        ("24-25 декабря 10:00", DateTrouble.SEVERAL),
        ("24 декабря или 26 декабря в 10:00", DateTrouble.SEVERAL),
        ("завтра в 14:00", DateTrouble.GUESSED),
        ("25 декабря в 3 часа", DateTrouble.GUESSED),
    ],
)
def test_what_is_not_beyond_doubt_is_never_sure(words: str, trouble: DateTrouble) -> None:
    when = typed_moment(words, NOW, BISHKEK)

    assert when.trouble is trouble
    assert not when.sure


def test_announcements_in_both_languages_are_read_and_no_wrong_date_is_ever_sure() -> None:
    every = rows()

    assert len(every) == 28
    assert sum(one.moment for one in every) >= 0.95 * len(every)
    assert sum(one.placed for one in every) >= 0.8 * len(every)
    assert not [one.name for one in every if one.wrong_and_sure]
