"""Papers for the printer: A4 by fpdf2 with DejaVu Sans; a title, paragraphs, tables, QR codes and a foot."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from bot.texts.pictures.typefaces import typeface

WIDTH_MM = 210
MARGIN_MM = 18
LINE_MM = 5.6
FAMILY = "DejaVu"


class Paper:
    """A paper being written, from top to bottom; what does not fit goes on to the next page."""

    def __init__(self, title: str, *, foot: str = "", made: datetime | None = None) -> None:
        """`foot` stands on every page, with the page's number; `made` is the moment kept in the file."""
        from fpdf import FPDF

        class Sheets(FPDF):
            """A4 sheets that carry our foot."""

            def footer(self) -> None:
                self.set_y(-MARGIN_MM)
                self.set_font(FAMILY, size=8)
                self.set_text_color(74, 83, 97)
                said = f"{foot}   " if foot else ""
                self.multi_cell(0, 4, f"{said}{self.page_no()}/{{nb}}", align="L")

        self._sheets = Sheets("portrait", "mm", "A4")
        self._sheets.add_font(FAMILY, "", typeface())
        self._sheets.add_font(FAMILY, "B", typeface(bold=True))
        self._sheets.set_margins(MARGIN_MM, MARGIN_MM, MARGIN_MM)
        self._sheets.set_auto_page_break(True, MARGIN_MM + 6)
        self._sheets.set_title(title)
        if made is not None:
            self._sheets.set_creation_date(made)
        self._sheets.add_page()
        self._write(title, 18, bold=True)
        self._sheets.ln(3)

    def heading(self, words: str) -> None:
        """A heading inside the paper."""
        self._sheets.ln(2)
        self._write(words, 13, bold=True)
        self._sheets.ln(1)

    def paragraph(self, words: str, *, bold: bool = False) -> None:
        """One paragraph; line ends inside it are kept."""
        self._write(words, 11, bold=bold)
        self._sheets.ln(2)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int] = ()) -> None:
        """A table whose head is repeated on every page; `widths` are shares, equal when they are not given."""
        from fpdf.fonts import FontFace

        self._sheets.set_font(FAMILY, size=10)
        self._sheets.set_text_color(28, 36, 48)
        with self._sheets.table(
            col_widths=tuple(widths) or None,
            headings_style=FontFace(emphasis="BOLD", fill_color=(239, 235, 225)),
            line_height=LINE_MM,
            text_align="LEFT",
            padding=1,
        ) as table:
            for cells in (head, *rows):
                line = table.row()
                for cell in cells:
                    line.cell(cell)
        self._sheets.ln(3)

    def code(self, link: str, caption: str = "", side_mm: int = 34) -> None:
        """A QR code that opens the link, with words beside it."""
        sheets = self._sheets
        if sheets.get_y() + side_mm > sheets.h - MARGIN_MM - 6:
            sheets.add_page()
        top = sheets.get_y()
        sheets.image(BytesIO(qr_png(link)), sheets.l_margin, top, side_mm, side_mm)
        if caption:
            sheets.set_xy(sheets.l_margin + side_mm + 4, top + 2)
            sheets.set_font(FAMILY, size=10)
            sheets.multi_cell(0, LINE_MM, caption, align="L")
        sheets.set_xy(sheets.l_margin, max(top + side_mm, sheets.get_y()) + 3)

    def next_page(self) -> None:
        """What follows begins on a page of its own."""
        self._sheets.add_page()

    def to_pdf(self) -> bytes:
        """The paper as a PDF file; nothing can be written on it any more."""
        return bytes(self._sheets.output())

    def _write(self, words: str, points: int, *, bold: bool = False) -> None:
        sheets = self._sheets
        sheets.set_x(sheets.l_margin)
        sheets.set_font(FAMILY, "B" if bold else "", points)
        sheets.set_text_color(28, 36, 48)
        sheets.multi_cell(0, points * 0.5, words, align="L", new_x="LMARGIN", new_y="NEXT")


def qr_png(link: str, scale: int = 8) -> bytes:
    """A QR code as a PNG file, with its quiet border, one module `scale` pixels wide."""
    import segno

    kept = BytesIO()
    segno.make_qr(link, error="m").save(kept, kind="png", scale=scale, border=3)
    return kept.getvalue()
