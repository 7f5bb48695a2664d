"""Lengths as Telegram counts them, and long words in pieces that lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.texts.pieces import pieces, units
from bot.texts.words import escape, shortened


def test_an_emoji_is_two_units_and_a_kyrgyz_letter_one() -> None:
    assert units("ө") == 1
    assert units("🗳") == 2


@given(st.text(max_size=400), st.integers(min_value=2, max_value=50))
def test_pieces_fit_and_joined_they_are_the_text(text: str, size: int) -> None:
    found = pieces(text, size)

    assert "".join(found) == text
    assert all(0 < units(piece) <= size for piece in found)


def test_what_people_typed_cannot_become_markup() -> None:
    assert escape("<b>&") == "&lt;b&gt;&amp;"


def test_a_shortened_text_ends_at_a_word() -> None:
    assert shortened("бир эки үч төрт", 9) == "бир эки…"
    assert shortened("бир\nэки", 9) == "бир эки"
