"""The four ways to draw a picture of the guide. `draw` may take a second: call it in a thread."""

from collections.abc import Callable, Sequence

from bot.domain.guide import Drawing, Picture
from bot.texts.pictures import wording
from bot.texts.pictures.canvas import PORTRAIT, SMALLEST, Box, Canvas, Colour, NoRoom, measured, to_png

MOST_GAP = 34
BAR = 46
FULL = 50  # per cent at the right end of the bars: half of a kenesh
DOT = 15


def draw(picture: Picture) -> bytes:
    """The picture as a PNG file; the same picture gives the same bytes. Raises NoRoom rather than leave words out."""
    page = Canvas(PORTRAIT, picture.title, source=wording.source(picture), as_of=wording.as_of(picture))
    _DRAWN[picture.drawing](page, picture)
    return to_png(page)


def _seats(page: Canvas, picture: Picture) -> None:
    """Districts by size: a square a seat, the kept ones filled."""
    body = _above_notes(page, picture.notes)
    left, right = wording.seats_heads(picture)
    start = body.left + max(measured(entry.label, 30) for entry in picture.entries) + 28
    most = int(max(entry.high for entry in picture.entries))
    said = [f"{entry.said}, {entry.mark}" for entry in picture.entries]
    wide = max(measured(words, 30, bold=True) for words in said)
    pitch = min(46, (body.right - wide - 24 - start) // most)
    page.write(left, body.left, body.top, start + pitch * 4 - body.left, size=SMALLEST, colour=Colour.QUIET)
    page.write(right, body.left, body.top, body.width, size=SMALLEST, colour=Colour.QUIET, align="right")
    top, step = body.top + 50, (body.height - 50) // len(picture.entries)
    for entry, words in zip(picture.entries, said, strict=True):
        page.write(entry.label, body.left, top, start - body.left, size=30)
        page.write(words, body.right - wide, top, wide, size=30, bold=True, align="right")
        for place in range(int(entry.high)):
            x = start + place * pitch
            square = Box(x, top + 2, x + pitch - 8, top + pitch - 6)
            kept = place < entry.low
            page.panel(square, Colour.BLUE if kept else Colour.GROUND, outline=Colour.BLUE, radius=7)
        top += step


def _bars(page: Canvas, picture: Picture) -> None:
    """A bar an entry, its words above it; a range or a disagreement ends pale."""
    signs, below = wording.footnotes(picture.entries)
    body = _above_notes(page, (*below, *picture.notes))
    labels = [f"{entry.label}{sign}" for entry, sign in zip(picture.entries, signs, strict=True)]
    highs = [page.tall(label, body.width, size=30) + BAR + 8 for label in labels]
    room = body.width - max(measured(entry.said, 34, bold=True) for entry in picture.entries) - 20
    scale = room / max(FULL, *(entry.high for entry in picture.entries))
    for entry, label, top in zip(picture.entries, labels, _spread(body, highs), strict=True):
        below_label = page.write(label, body.left, top, body.width, size=30) + 4
        low, high = round(entry.low * scale), round(entry.high * scale)
        if high > low:
            whole = Box(body.left, below_label, body.left + high, below_label + BAR)
            page.panel(whole, Colour.PALE_BLUE, outline=Colour.BLUE, radius=6)
        page.panel(Box(body.left, below_label, body.left + low, below_label + BAR), Colour.BLUE, radius=6)
        page.write(
            entry.said, body.left + high + 16, below_label, body.right - body.left - high - 16, size=34, bold=True
        )


def _line(page: Canvas, picture: Picture) -> None:
    """Moments down a line: a full dot where sources agree, a ring where a footnote says how sure it is."""
    signs, below = wording.footnotes(picture.entries)
    body = _above_notes(page, (*below, *picture.notes))
    left = body.left + 56
    when_wide = (body.right - left) * 2 // 5
    what = left + when_wide + 20
    pairs = [(entry.said, f"{entry.label}{sign}") for entry, sign in zip(picture.entries, signs, strict=True)]
    highs = [
        max(
            page.tall(said, when_wide, size=SMALLEST, bold=True),
            page.tall(label, body.right - what, size=SMALLEST),
        )
        for said, label in pairs
    ]
    tops = _spread(body, highs)
    axis = body.left + DOT + 5
    page.line((axis, tops[0] + 20), (axis, tops[-1] + 20), Colour.BLUE, 5)
    for (said, label), sign, top in zip(pairs, signs, tops, strict=True):
        page.dot((axis, top + 20), DOT, Colour.GROUND if sign else Colour.BLUE, outline=Colour.BLUE)
        page.write(said, left, top, when_wide, size=SMALLEST, bold=True)
        page.write(label, what, top, body.right - what, size=SMALLEST)


def _steps(page: Canvas, picture: Picture) -> None:
    """Numbered steps, one under the other."""
    body = _above_notes(page, picture.notes)
    left = body.left + 96
    wide = body.right - left
    highs = [
        page.tall(entry.label, wide, size=34, bold=True) + page.tall(entry.said, wide, size=SMALLEST)
        for entry in picture.entries
    ]
    tops = _spread(body, highs)
    page.line((body.left + 34, tops[0] + 30), (body.left + 34, tops[-1] + 30), Colour.RULE, 6)
    for place, (entry, top) in enumerate(zip(picture.entries, tops, strict=True), start=1):
        page.dot((body.left + 34, top + 36), 34, Colour.BLUE)
        page.write(str(place), body.left, top + 10, 68, size=38, bold=True, colour=Colour.GROUND, align="center")
        under = page.write(entry.label, left, top, wide, size=34, bold=True)
        page.write(entry.said, left, under, wide, size=SMALLEST)


_DRAWN: dict[Drawing, Callable[[Canvas, Picture], None]] = {
    Drawing.SEATS: _seats,
    Drawing.BARS: _bars,
    Drawing.LINE: _line,
    Drawing.STEPS: _steps,
}


def _above_notes(page: Canvas, notes: Sequence[str]) -> Box:
    """The room left above the notes, which are written at the end of the body."""
    body = page.body
    high = sum(page.tall(note, body.width, size=SMALLEST) for note in notes)
    top = body.bottom - high
    for note in notes:
        top = page.write(note, body.left, top, body.width, size=SMALLEST, colour=Colour.QUIET)
    return Box(body.left, body.top, body.right, body.bottom - high - (24 if notes else 0))


def _spread(body: Box, highs: Sequence[int]) -> list[int]:
    """Where each row begins so that the rows fill the body evenly; raises NoRoom."""
    spare = body.height - sum(highs)
    if spare < 0:
        raise NoRoom(f"{-spare} pixels are missing")
    gap = min(spare // max(len(highs) - 1, 1), MOST_GAP)
    top, tops = body.top, []
    for high in highs:
        tops.append(top)
        top += high + gap
    return tops
