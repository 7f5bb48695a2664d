"""What every picture shares: a calm palette, DejaVu Sans, a page with a title, a body, sources and a date.

A picture is 1080 pixels wide and is looked at 360 wide: what is smaller than `SMALLEST` cannot be read there, so the
canvas refuses it. Widths are measured by the very font that draws, never guessed. Pillow is imported only here and
only when something is drawn; a Canvas belongs to one thread."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from bot.texts.pictures.typefaces import typeface

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SMALLEST = 28
MARGIN = 64
TITLE = 60
TITLE_LEAST = 40
TITLE_LINES = 3
LEADING = 1.32


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int


class Colour:
    """Dark words on a light ground; the three strong colours stay apart for every kind of colour-blindness."""

    GROUND = "#FBF9F4"
    PANEL = "#EFEBE1"
    RULE = "#CFC8B8"
    INK = "#1C2430"
    QUIET = "#4A5361"
    BLUE = "#0B66A8"
    ORANGE = "#E08A00"
    GREEN = "#00795C"
    PALE_BLUE = "#CFE2F1"
    PALE_ORANGE = "#FBE3B8"
    PALE_GREEN = "#CDE8DF"


SQUARE = Size(1080, 1080)
PORTRAIT = Size(1080, 1350)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """From edge to edge."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """From edge to edge."""
        return self.bottom - self.top


class NoRoom(Exception):
    """The words do not fit the page: the picture would lie by leaving something out."""


class Canvas:
    """A page being drawn. `body` is the room between the title and the foot."""

    def __init__(self, size: Size, title: str, *, source: str = "", as_of: str = "") -> None:
        """Title above, below it room, at the foot the source and then the date, in small letters."""
        from PIL import Image as images
        from PIL import ImageDraw as pens

        self.size = size
        self.image: Image = images.new("RGB", size, Colour.GROUND)
        self._pen: ImageDraw = pens.Draw(self.image)
        self._left, self._width = MARGIN, size.width - 2 * MARGIN
        self.body = Box(MARGIN, self._head(title), size.width - MARGIN, self._foot(source, as_of))
        if self.body.height < size.height // 4:
            raise NoRoom(title)

    def write(
        self,
        words: str,
        left: int,
        top: int,
        width: int,
        *,
        size: int = 32,
        bold: bool = False,
        colour: str = Colour.INK,
        align: str = "left",
    ) -> int:
        """Words in lines no wider than `width`; `align` is left, center or right. Returns where they end below."""
        if size < SMALLEST:
            raise ValueError(f"{size} pixels cannot be read on a telephone")
        step = round(size * LEADING)
        for line in wrapped(words, width, size, bold=bold):
            spare = width - measured(line, size, bold=bold)
            start = left + {"left": 0, "center": spare // 2, "right": spare}[align]
            self._pen.text((start, top + (step - size) // 2), line, fill=colour, font=_font(size, bold))
            top += step
        if top > self.size.height:
            raise NoRoom(words)
        return top

    def tall(self, words: str, width: int, *, size: int = 32, bold: bool = False) -> int:
        """How many pixels high `write` would make these words."""
        return len(wrapped(words, width, size, bold=bold)) * round(size * LEADING)

    def panel(
        self, box: Box, fill: str = Colour.PANEL, *, outline: str = "", radius: int = 18, stroke: int = 3
    ) -> None:
        """A rounded field of one colour."""
        self._pen.rounded_rectangle(
            (box.left, box.top, box.right, box.bottom), radius, fill, outline or None, stroke if outline else 1
        )

    def line(self, start: tuple[int, int], end: tuple[int, int], colour: str = Colour.RULE, width: int = 3) -> None:
        """A straight line."""
        self._pen.line((start, end), colour, width)

    def dot(self, centre: tuple[int, int], radius: int, fill: str, *, outline: str = "", stroke: int = 5) -> None:
        """A disc, or a ring when its fill is the ground."""
        x, y = centre
        around = (x - radius, y - radius, x + radius, y + radius)
        self._pen.ellipse(around, fill, outline or None, stroke if outline else 1)

    def triangle(self, corners: tuple[tuple[int, int], tuple[int, int], tuple[int, int]], fill: str) -> None:
        """An arrow's head."""
        self._pen.polygon(corners, fill)

    def picture(self, png: bytes, box: Box) -> None:
        """Another picture, a QR code for one, stretched into the box without blurring."""
        from PIL import Image as images

        with images.open(BytesIO(png)) as other:
            fitted = other.convert("RGB").resize((box.width, box.height), images.Resampling.NEAREST)
        self.image.paste(fitted, (box.left, box.top))

    def _head(self, title: str) -> int:
        size, lines = TITLE, wrapped(title, self._width, TITLE, bold=True)
        while len(lines) > TITLE_LINES and size > TITLE_LEAST:
            size -= 2
            lines = wrapped(title, self._width, size, bold=True)
        top = self.write(title, self._left, MARGIN - 12, self._width, size=size, bold=True)
        self._pen.rectangle((self._left, top + 12, self._left + 132, top + 20), fill=Colour.BLUE)
        return top + 48

    def _foot(self, source: str, as_of: str) -> int:
        parts = [words for words in (source, as_of) if words]
        high = sum(self.tall(words, self._width, size=SMALLEST) for words in parts)
        top = self.size.height - MARGIN + 14 - high
        if not parts:
            return self.size.height - MARGIN
        self.line((self._left, top - 12), (self._left + self._width, top - 12))
        below = top
        for words in parts:
            below = self.write(words, self._left, below, self._width, size=SMALLEST, colour=Colour.QUIET)
        return top - 30


def to_png(canvas: Canvas) -> bytes:
    """The drawn page as a PNG file; the same page gives the same bytes."""
    kept = BytesIO()
    canvas.image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def measured(words: str, size: int, *, bold: bool = False) -> int:
    """How many pixels wide a line is in this size, rounded up."""
    return int(-(-_font(size, bold).getlength(words) // 1))


def wrapped(words: str, width: int, size: int, *, bold: bool = False) -> list[str]:
    """The words in lines no wider than `width` pixels; a word that is wider itself is broken by letters."""
    lines = []
    for paragraph in words.replace("№ ", "№\u00a0").split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if measured(longer, size, bold=bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, width, size, bold)
            lines += full
        lines.append(line)
    return lines


def _broken(word: str, width: int, size: int, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measured(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _font(size: int, bold: bool) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(typeface(bold=bold), size)
