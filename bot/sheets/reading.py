"""CSV and Excel as people send them: any of the usual encodings and separators, within limits, nothing evaluated."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePath

from bot.sheets.sheet import Fault, Row, Sheet, WrongSheet

MEGABYTE = 1024 * 1024
LARGEST = 2  # megabytes as sent
LARGEST_UNPACKED = 32  # megabytes of an Excel file once unpacked
MOST_PARTS = 500  # files inside an Excel file
MOST_ROWS = 5_000
LAST_LINE = 20_000  # empty rows count as lines, not as rows
LOOKED_AT = 200_000  # lines of an Excel sheet, nearly all of them empty
MOST_COLUMNS = 64
LONGEST_CELL = 500
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
TEXT_NAMES = {".csv", ".tsv", ".txt", ""}
SEPARATORS = (";", "\t", ",")


def read(name: str, content: bytes) -> Sheet:
    """A file by its content: Excel (.xlsx, the first sheet with something in it) or CSV.

    Raises WrongSheet with the line and what is wrong; formulas are read as the values last saved, never evaluated."""
    if len(content) > LARGEST * MEGABYTE:
        raise WrongSheet(Fault.TOO_LARGE, limit=LARGEST)
    if content.startswith(OLE):
        raise WrongSheet(Fault.OLD_EXCEL)
    if content.startswith(ZIP):
        rows = _excel(content)
    elif PurePath(name).suffix.lower() in TEXT_NAMES:
        rows = tuple(_kept(_csv(_text(content))))
    else:
        raise WrongSheet(Fault.NOT_A_SHEET)
    if not rows:
        raise WrongSheet(Fault.EMPTY)
    return Sheet(name, rows)


def _kept(lines: Iterable[tuple[int, Sequence[object]]]) -> Iterator[Row]:
    """Rows with something in them, trimmed, within the limits."""
    count = 0
    for line, values in lines:
        if not values:
            continue
        cells = tuple(_cell(value) for _column, value in zip(range(MOST_COLUMNS), values, strict=False))
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS or line > LAST_LINE:
            raise WrongSheet(Fault.TOO_MANY_ROWS, line=line, limit=MOST_ROWS)
        yield Row(line, cells)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()
    return " ".join(str(value)[:LONGEST_CELL].split())


def _text(content: bytes) -> str:
    """The words of a text file: UTF-8 with or without its mark, UTF-16 with it, else the Windows alphabet."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise WrongSheet(Fault.NOT_A_SHEET)


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    skipped = 0
    first, _end, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={mark}" for mark in SEPARATORS}:  # Excel's own way of naming the separator
        separator, text, skipped = first.strip()[-1], rest, 1
    else:
        separator = _separator(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    began = 1
    try:
        for row in rows:
            yield began + skipped, row
            began = rows.line_num + 1
    except csv.Error:
        raise WrongSheet(Fault.BROKEN, line=began + skipped) from None


def _separator(text: str) -> str:
    """The mark that parts the first lines into most columns."""
    sample = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    return max(SEPARATORS, key=lambda mark: sum(_parts(line, mark) for line in sample))


def _parts(line: str, mark: str) -> int:
    return sum(piece.count(mark) for piece in line.split('"')[::2])


def _excel(content: bytes) -> tuple[Row, ...]:
    from openpyxl import load_workbook

    try:
        _refuse_bombs(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                lines = sheet.iter_rows(max_row=LOOKED_AT, max_col=MOST_COLUMNS, values_only=True)
                rows = tuple(_kept(enumerate(lines, 1)))
                if rows:
                    return rows
        finally:
            book.close()
    except WrongSheet:
        raise
    except Exception:  # a damaged workbook fails inside the library in many ways; all mean one thing to its sender
        raise WrongSheet(Fault.BROKEN) from None
    return ()


def _refuse_bombs(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        entries = parts.infolist()
        if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > LARGEST_UNPACKED * MEGABYTE:
            raise WrongSheet(Fault.TOO_LARGE, limit=LARGEST)
        if not any(one.filename == "xl/workbook.xml" for one in entries):
            raise WrongSheet(Fault.NOT_A_SHEET)
        for one in entries:
            if one.filename.endswith((".xml", ".rels")) and b"<!" in parts.open(one).read(2_000).replace(b"<!--", b""):
                raise WrongSheet(Fault.BROKEN)  # entities have no business in a workbook
