"""Catalogues by Language; dates, numbers and plurals as people say them."""

import gettext
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.domain.ids import Language

LOCALES = Path(__file__).resolve().parent.parent / "locales"
DOMAIN = "messages"
_DAY = {Language.KY: "d-MMMM", Language.RU: "d MMMM"}
_KY_MONTHS_ITS = (
    "январы", "февралы", "марты", "апрели", "майы", "июну",
    "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
)  # fmt: skip
_OCCASION = {Language.KY: "d-MMMM, EEEE, 'саат' HH:mm", Language.RU: "EEEE, d MMMM, HH:mm"}
_MOMENT = {Language.KY: "d-MMMM, 'саат' HH:mm", Language.RU: "d MMMM, HH:mm"}


class MissingCatalogue(Exception):
    """A language has no compiled catalogue: run `make texts`."""


@cache
def catalog(language: Language) -> gettext.NullTranslations:
    """The words of one language. Raises MissingCatalogue instead of falling back in silence."""
    try:
        return gettext.translation(DOMAIN, LOCALES, [language])
    except FileNotFoundError:
        raise MissingCatalogue(f"locales/{language} is not compiled: run `make texts`") from None


def moment(at: datetime, language: Language, zone: ZoneInfo) -> str:
    """«1-сентябрь, саат 18:00», «1 сентября, 18:00», in the zone of the place."""
    return format_datetime(at, _MOMENT[language], tzinfo=zone, locale=str(language))


def occasion(at: datetime, language: Language, zone: ZoneInfo) -> str:
    """«1-сентябрь, шейшемби, саат 18:00», «вторник, 1 сентября, 18:00»: a time that people come together."""
    return format_datetime(at, _OCCASION[language], tzinfo=zone, locale=str(language))


def day(at: datetime, language: Language, zone: ZoneInfo) -> str:
    """«1-сентябрь», «1 сентября»."""
    return format_datetime(at, _DAY[language], tzinfo=zone, locale=str(language))


def day_and_year(on: date, language: Language) -> str:
    """«2026-жылдын 1-сентябры», «1 сентября 2026 года»: in Kyrgyz the day belongs to the year."""
    if language is Language.KY:
        return f"{on.year}-жылдын {on.day}-{_KY_MONTHS_ITS[on.month - 1]}"
    return format_date(on, "d MMMM y 'года'", locale=str(language))
