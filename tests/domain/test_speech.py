"""A stranger's language is guessed from their own words."""

import pytest

from bot.domain.ids import Language
from bot.domain.speech import plainly, spoken


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Бюджет боюнча угууга кантип даярданабыз?", Language.KY),
        ("депутат кайда кабыл алат", Language.KY),
        ("Көл башында канча орун?", Language.KY),
        ("ШАЙЛОО", Language.KY),
        ("Сколько депутатов в кенеше?", Language.RU),
        ("залог нужен", Language.RU),
        ("", Language.RU),
    ],
)
def test_the_language_of_a_stranger(words: str, language: Language) -> None:
    assert spoken(words) == language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Кайда добуш берем?", Language.KY),
        ("Где голосовать?", Language.RU),
        ("Где голосовать в Төрт-Гүл?", None),  # as many words of one as of the other
        ("квота 30 процентов", None),
        ("", None),
    ],
)
def test_only_what_is_plain_is_told(words: str, language: Language | None) -> None:
    assert plainly(words) == language
