"""The page under every picture and paper: sizes, letters, and words that never run over the edge."""

import re
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from bot.texts.pictures.canvas import MARGIN, PORTRAIT, SQUARE, Canvas, Colour, NoRoom, Size, measured, to_png, wrapped
from bot.texts.pictures.paper import Paper, qr_png
from bot.texts.pictures.typefaces import typeface

LONG = "Айылдык кеңештеги аялдар үчүн резервге калтырылган орундар шайлоо округунун чоңдугуна жараша кантип эсептелет"
WORD = "жетишпестиктериңиздерден" * 4


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def inked(picture: Image.Image) -> tuple[int, int, int, int]:
    """The smallest box that holds everything that is not ground."""
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, Colour.GROUND)).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("size", [SQUARE, PORTRAIT])
def test_a_picture_has_the_size_it_was_asked_for(size: Size) -> None:
    png = to_png(Canvas(size, "Аталышы", source="Булак: мыйзам", as_of="2024"))

    assert png.startswith(b"\x89PNG") and opened(png).size == size


@pytest.mark.parametrize("bold", [False, True])
def test_kyrgyz_letters_have_glyphs(bold: bool) -> None:
    from fontTools.ttLib import TTFont

    known = TTFont(typeface(bold=bold)).getBestCmap()

    assert not [letter for letter in "өүңӨҮҢёЁ«»—№%▲→" if ord(letter) not in known]


@pytest.mark.parametrize("title", [LONG, f"{LONG} {LONG}", WORD, "Ң" * 70])
def test_a_long_title_never_runs_over_the_edge(title: str) -> None:
    left, top, right, bottom = inked(opened(to_png(Canvas(SQUARE, title, source=f"Булак: {LONG}", as_of=WORD[:90]))))

    assert left >= MARGIN - 4 and right <= SQUARE.width - MARGIN + 4
    assert top >= 16 and bottom <= SQUARE.height - 16


def test_no_line_is_wider_than_it_was_allowed() -> None:
    for width in (120, 300, 952):
        lines = wrapped(f"{LONG}\n{WORD} {LONG}", width, 34, bold=True)

        assert max(measured(line, 34, bold=True) for line in lines) <= width
        assert "".join(lines).replace(" ", "") == f"{LONG}{WORD}{LONG}".replace(" ", "")


def test_words_too_small_for_a_telephone_are_refused() -> None:
    with pytest.raises(ValueError, match="telephone"):
        Canvas(SQUARE, "Аталышы").write("майда", 64, 400, 400, size=20)


def test_words_that_do_not_fit_are_never_left_out_in_silence() -> None:
    with pytest.raises(NoRoom):
        Canvas(SQUARE, LONG * 9)
    with pytest.raises(NoRoom):
        Canvas(SQUARE, "Аталышы").write(LONG * 9, 64, 900, 300)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert to_png(Canvas(SQUARE, LONG)) == to_png(Canvas(SQUARE, LONG))


def test_a_paper_is_one_page_with_its_words_in_it() -> None:
    paper = Paper("Угуулардын протоколу", foot="Бот түзгөн", made=datetime(2026, 11, 22, tzinfo=UTC))
    paper.heading("Өкүлдөр")
    paper.paragraph(LONG)
    paper.table(("№", "Сунуш", "Жооп"), [("1", LONG, "Ооба"), ("2", "Үңкүр жолу", "Жок")], (1, 5, 2))
    paper.code("https://t.me/kenesh_bot?start=a_budget-hearing", "Ботко өтүү")

    pdf = paper.to_pdf()

    assert pdf.startswith(b"%PDF") and 10_000 < len(pdf) < 300_000
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    letters = " ".join(spoken(pdf)).upper()
    assert all(f"<{ord(letter):04X}>" in letters for letter in "ңөү№")


def spoken(pdf: bytes) -> list[str]:
    """The lines of the tables that turn a PDF's glyphs back into letters."""
    lines = []
    for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            content = zlib.decompress(stream)
        except zlib.error:
            content = stream
        if b"beginbf" in content:
            lines += content.decode("latin-1").splitlines()
    return lines


def test_a_long_paper_goes_on_to_the_next_page() -> None:
    paper = Paper("Тизме")
    for number in range(60):
        paper.paragraph(f"{number}. {LONG}")

    assert len(re.findall(rb"/Type /Page\b", paper.to_pdf())) > 1


def test_a_qr_code_is_a_square_with_a_light_border() -> None:
    picture = opened(qr_png("https://t.me/kenesh_bot"))

    assert picture.size[0] == picture.size[1]
    assert picture.getpixel((3, 3)) == (255, 255, 255)


def test_nothing_heavy_is_imported_before_something_is_drawn() -> None:
    code = (
        "import sys, bot.texts.pictures.canvas, bot.texts.pictures.paper;"
        "print([name for name in ('PIL', 'fpdf', 'segno', 'matplotlib') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
