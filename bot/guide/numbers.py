"""Numbers and dates as people write them in each language."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from bot.domain.ids import Language

if TYPE_CHECKING:
    from babel import Locale

Number = int | Decimal

NO_BREAK_SPACE = "\u00a0"

_RU_MONTHS_OF = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_RU_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_RU_MONTHS_IN = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip
_KY_MONTHS_ITS = (
    "январы", "февралы", "марты", "апрели", "майы", "июну",
    "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
)  # fmt: skip


@cache
def _locale(language: Language) -> "Locale":
    from babel import Locale  # slow to import, and a library that was kept needs no numbers

    return Locale.parse(language.value)


def grouped(number: Number, language: Language) -> str:
    """5391 is «5 391» with a no-break space, 39.75 is «39,75»."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language), decimal_quantization=False)


def plural(number: Number, language: Language) -> str:
    """The plural category of a number: one, few, many or other."""
    return _locale(language).plural_form(number)


def _ky_case(word: str, back: str, front: str) -> str:
    return word + (front if word.endswith("и") else back)


def _ky_of(word: str) -> str:
    return word + {"и": "нин", "у": "нун"}.get(word[-1], "нын")


def _ky_day(day: date, case: Callable[[str], str] = str) -> str:
    return f"{day.year}-жылдын {day.day}-{case(_KY_MONTHS_ITS[day.month - 1])}"


def _ky_month(month: date, case: Callable[[str], str] = str) -> str:
    return f"{month.year}-жылдын {case(_KY_MONTHS_ITS[month.month - 1])}"


def _at(word: str) -> str:
    return _ky_case(word, "нда", "нде")


def _since(word: str) -> str:
    return _ky_case(word, "нан", "нен")


def _until(word: str) -> str:
    return _ky_case(word, "на", "не")


def _ru_day(day: date) -> str:
    return f"{day.day} {_RU_MONTHS_OF[day.month - 1]} {day.year} года"


def _short(day: date) -> str:
    return f"{day:%d.%m.%Y}"


Forms = Mapping[str, Callable[[date], str]]

DAY_FORMS: Mapping[Language, Forms] = {
    Language.RU: {
        "plain": _ru_day,
        "on": _ru_day,
        "of": _ru_day,
        "from": lambda day: f"с {_ru_day(day)}",
        "until": lambda day: f"до {_ru_day(day)}",
        "short": _short,
    },
    Language.KY: {
        "plain": _ky_day,
        "on": lambda day: _ky_day(day, _at),
        "of": lambda day: _ky_day(day, _ky_of),
        "from": lambda day: f"{_ky_day(day, _since)} тартып",
        "until": lambda day: f"{_ky_day(day, _until)} чейин",
        "short": _short,
    },
}

MONTH_FORMS: Mapping[Language, Forms] = {
    Language.RU: {
        "plain": lambda month: f"{_RU_MONTHS[month.month - 1]} {month.year} года",
        "in": lambda month: f"в {_RU_MONTHS_IN[month.month - 1]} {month.year} года",
        "since": lambda month: f"с {_RU_MONTHS_OF[month.month - 1]} {month.year} года",
        "until": lambda month: f"до {_RU_MONTHS_OF[month.month - 1]} {month.year} года",
    },
    Language.KY: {
        "plain": _ky_month,
        "in": lambda month: _ky_month(month, _at),
        "since": lambda month: f"{_ky_month(month, _since)} тартып",
        "until": lambda month: f"{_ky_month(month, _until)} чейин",
    },
}

YEAR_FORMS: Mapping[Language, Forms] = {
    Language.RU: {
        "plain": lambda year: f"{year.year} год",
        "in": lambda year: f"в {year.year} году",
        "since": lambda year: f"с {year.year} года",
        "until": lambda year: f"до {year.year} года",
        "of": lambda year: f"{year.year} года",
    },
    Language.KY: {
        "plain": lambda year: f"{year.year}-жыл",
        "in": lambda year: f"{year.year}-жылы",
        "since": lambda year: f"{year.year}-жылдан тартып",
        "until": lambda year: f"{year.year}-жылга чейин",
        "of": lambda year: f"{year.year}-жылдын",
    },
}

_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARS = re.compile(r"(\d{4})[–-](\d{4})")


def is_moment(words: str) -> bool:
    """Whether `when` understands: a year, two years, a month, a full date, or "undated"."""
    if words == "undated" or _YEARS.fullmatch(words):
        return True
    found = _MOMENT.fullmatch(words)
    if not found:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def begins(words: str) -> date | None:
    """The first day of a moment that `when` understands; of two years the first of the last; None for "undated"."""
    if years := _YEARS.fullmatch(words):
        return date(int(years[2]), 1, 1)
    found = _MOMENT.fullmatch(words)
    return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None


def when(words: str, language: Language) -> str:
    """How a source's date is said beside a fact: «октябрь 2024», «2024-жылдын октябры»; nothing for "undated"."""
    russian = language is Language.RU
    if years := _YEARS.fullmatch(words):
        return f"{years[1]}–{years[2]} годы" if russian else f"{years[1]}–{years[2]}-жылдар"
    found = _MOMENT.fullmatch(words)
    if not found:
        return ""
    day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    if found[3]:
        return DAY_FORMS[language]["plain"](day)
    if found[2]:
        return f"{_RU_MONTHS[day.month - 1]} {day.year}" if russian else _ky_month(day)
    return YEAR_FORMS[language]["plain"](day)
