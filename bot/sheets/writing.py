"""Excel files that people receive; what people typed stays text, whatever it begins with."""

import io
import re
from collections.abc import Iterable, Sequence

Cell = str | int
LONGEST_TITLE = 31
LONGEST_CELL = 32_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()) -> bytes:
    """One sheet under a bold header; numbers are numbers, and text that looks like a formula gets a mark before it.

    `notes` stand on a second sheet, so that the first can be read again as a table."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_title(title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wide = [len(word) for word in header]
        for column, word in enumerate(header):
            sheet.write_string(0, column, word, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, column, cell)
                else:
                    sheet.write_string(line, column, guarded(cell))
                if column < len(wide):
                    wide[column] = max(wide[column], len(str(cell)))
        for column, width in enumerate(wide):
            sheet.set_column(column, column, min(60, width + 3))
        sheet.freeze_panes(1, 0)
        if notes:
            beside = book.add_worksheet()
            for line, note in enumerate(notes):
                beside.write_string(line, 0, guarded(note))
    return out.getvalue()


def guarded(text: str) -> str:
    """Text that no table program takes for a formula, even once saved as CSV."""
    text = text[:LONGEST_CELL]
    return f"'{text}" if text.startswith(FORMULA) else text


def _title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:LONGEST_TITLE] or "1"
