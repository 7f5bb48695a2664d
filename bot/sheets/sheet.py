"""A sheet as rows of text with their line numbers, and a table found in it by the names of its columns."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Refusal

HEADER_WITHIN = 10  # non-empty rows among which the header is looked for


class Fault(StrEnum):
    """Why a file cannot be read as the table that is expected."""

    TOO_LARGE = "too large"  # `limit` megabytes
    TOO_MANY_ROWS = "too many rows"  # `limit` rows
    NOT_A_SHEET = "neither CSV nor Excel"
    OLD_EXCEL = "Excel of before 2007"
    BROKEN = "cannot be read"
    EMPTY = "nothing in it"
    NO_COLUMN = "a column is missing"  # `column`, and under `aliases` what it may be called
    TWICE = "a column stands twice"  # `column`


class WrongSheet(Refusal):
    """The file is not the table that is expected. The words are made elsewhere from what stands here."""

    def __init__(
        self, fault: Fault, *, line: int = 0, column: str = "", aliases: tuple[str, ...] = (), limit: int = 0
    ) -> None:
        super().__init__(f"{fault}: line {line}, column {column!r}, limit {limit}")
        self.fault = fault
        self.line = line
        self.column = column
        self.aliases = aliases
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it; `line` counts from 1 as the person's own program shows it."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The text of a cell; "" beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a caller wants: its own name for it and what people call it, in any language."""

    name: str
    aliases: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One row below the header; a column that the file lacks is "" ."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a header found by its names. `found` are the columns that the file really has."""

    header_line: int
    found: frozenset[str]
    records: tuple[Record, ...]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every row with something in it, as text."""

    name: str
    rows: tuple[Row, ...]

    def table(self, columns: Sequence[Column]) -> Table:
        """The table under the first row that names the most of these columns.

        Raises WrongSheet: NO_COLUMN for the first required one that is missing, TWICE when a name stands twice."""
        if not self.rows:
            raise WrongSheet(Fault.EMPTY)
        header = max(self.rows[:HEADER_WITHIN], key=lambda row: len(_places(row, columns)))
        places = _places(header, columns)
        for column in columns:
            where = places.get(column.name, ())
            if column.required and not where:
                raise WrongSheet(Fault.NO_COLUMN, line=header.line, column=column.name, aliases=column.aliases)
            if len(where) > 1:
                raise WrongSheet(Fault.TWICE, line=header.line, column=column.name, aliases=column.aliases)
        index = {name: where[0] for name, where in places.items()}
        names = [column.name for column in columns]
        below = [row for row in self.rows if row.line > header.line]
        records = tuple(
            Record(row.line, {name: row.cell(index[name]) if name in index else "" for name in names}) for row in below
        )
        return Table(header.line, frozenset(index), records)


def _places(row: Row, columns: Sequence[Column]) -> dict[str, tuple[int, ...]]:
    said = [_plain(cell) for cell in row.cells]
    places = {}
    for column in columns:
        names = {_plain(alias) for alias in (column.name, *column.aliases)}
        where = tuple(index for index, word in enumerate(said) if word and word in names)
        if where:
            places[column.name] = where
    return places


def _plain(words: str) -> str:
    """«Ф.И.О.», «пол (ж/м)», «Аты-жөнү» without what people write differently: case, points, hyphens, brackets."""
    words = unicodedata.normalize("NFKC", re.sub(r"[(\[].*?[)\]]", "", words)).casefold().replace("ё", "е")
    return "".join(letter for letter in words if letter.isalnum())
