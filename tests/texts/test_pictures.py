"""What the guide's pictures look like, and that the words beside them say the same."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from bot.domain.guide import Drawing, Entry, Picture
from bot.domain.ids import Language
from bot.texts.pictures import wording
from bot.texts.pictures.canvas import PORTRAIT, NoRoom
from bot.texts.pictures.drawings import draw
from bot.texts.pieces import units
from tests.town import Kernel

BARS = Picture(
    "bars", Language.KY, Drawing.BARS, "Аялдардын үлүшү",
    (Entry("Мурда", "8–9 %", "", 8, 9), Entry("Азыр", "42 %", "бир булак боюнча", 42, 42)),
    ("Эскертүү.",), ("БШК",), date(2026, 3, 31),
)  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["reserve", "women-before-after", "nomination-to-session", "budget-hearing"])
def test_every_picture_of_the_guide_can_be_drawn_and_told(kernel: Kernel, name: str, language: Language) -> None:
    picture = kernel.library.pictures[name, language]

    png = draw(picture)
    told = unescape(re.sub(r"<[^>]*>", "", wording.caption(picture)))

    assert Image.open(BytesIO(png)).size == PORTRAIT and len(png) < 1_000_000
    assert units(told) <= 1024
    for entry in picture.entries:
        assert entry.label in told and entry.said in told and entry.mark in told
    assert all(note in told for note in picture.notes)


def test_another_number_makes_another_picture() -> None:
    taller = replace(BARS, entries=(*BARS.entries[:1], replace(BARS.entries[1], high=43.0)))

    assert draw(BARS) == draw(BARS) != draw(taller)


def test_a_picture_with_too_much_in_it_is_refused_and_not_cut() -> None:
    with pytest.raises(NoRoom):
        draw(replace(BARS, entries=BARS.entries * 12))


def test_equal_marks_share_one_footnote() -> None:
    signs, below = wording.footnotes([Entry("а", mark="x"), Entry("б"), Entry("в", mark="y"), Entry("г", mark="x")])

    assert signs == ("¹", "", "²", "¹") and below == ("¹ x", "² y")


def test_a_text_too_long_for_a_caption_keeps_its_beginning_and_stays_within() -> None:
    long = replace(BARS, notes=("ө" * 30 + " ",) * 60)

    said = unescape(re.sub(r"<[^>]*>", "", wording.caption(long)))

    assert units(said) <= 1024 and said.startswith(BARS.title) and "8–9 %" in said
