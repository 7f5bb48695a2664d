"""Tables as people really send them, and what is refused."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from bot.sheets import Column, Fault, Record, WrongSheet, read, write

NAME = Column("name", ("ФИО", "Аты-жөнү", "имя"))
SEX = Column("sex", ("пол", "жынысы"))
VOTES = Column("votes", ("голоса", "добуштар"), required=False)
COLUMNS = (NAME, SEX, VOTES)


def cells(record: Record) -> tuple[str, ...]:
    return tuple(record[column.name] for column in COLUMNS)


def excel(fill: Callable[[Workbook], None]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def fault(name: str, content: bytes) -> WrongSheet:
    with pytest.raises(WrongSheet) as caught:
        read(name, content).table(COLUMNS)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_of_any_usual_kind_is_read(encoding: str, separator: str, end: str) -> None:
    text = end.join(separator.join(row) for row in (("ФИО", "Пол"), ("Иванова Анна", "ж"), ("Петров Пётр", "м")))

    table = read("список.csv", text.encode(encoding)).table(COLUMNS)

    assert [cells(one) for one in table] == [("Иванова Анна", "ж", ""), ("Петров Пётр", "м", "")]
    assert [one.line for one in table] == [2, 3]
    assert table.found == {"name", "sex"}


def test_kyrgyz_letters_and_columns_are_read() -> None:
    table = read("a.csv", "№;Аты-жөнү;Жынысы;Добуштар\n1;Өмүрбек уулу Үсөн;э;12\n".encode()).table(COLUMNS)

    assert [cells(one) for one in table] == [("Өмүрбек уулу Үсөн", "э", "12")]


def test_the_header_may_stand_below_a_title_and_be_spelled_freely() -> None:
    table = read("a.csv", "Список партии;;\n;;\nФ.И.О.;ПОЛ (ж/м);\nАнна;ж;\n".encode()).table(COLUMNS)

    assert (table.header_line, [one.line for one in table]) == (3, [4])


def test_a_quoted_cell_keeps_its_separator_and_lines_count_on() -> None:
    table = read("a.csv", 'name,sex\n"Иванова,\nАнна",ж\nПетров,м\n'.encode()).table(COLUMNS)

    assert [(one.line, one["name"]) for one in table] == [(2, "Иванова, Анна"), (4, "Петров")]


def test_excel_names_its_own_separator() -> None:
    table = read("a.csv", "sep=;\nname;sex\nА, Б;ж\n".encode()).table(COLUMNS)

    assert [(one.line, one["name"]) for one in table] == [(3, "А, Б")]


def test_the_first_excel_sheet_with_content_is_read_as_text() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("второй")
        sheet.append([])
        sheet.append(["ФИО", "пол", "голоса"])
        sheet.append(["Анна", "ж", 12])
        sheet.append(["Бекзат", "м", 3.0])
        sheet.append(["Чынара", "ж", 2.5])
        sheet.append(["Данияр", "м", "=1+1"])

    table = read("a.xlsx", excel(fill)).table(COLUMNS)

    assert [cells(one) for one in table] == [
        ("Анна", "ж", "12"),
        ("Бекзат", "м", "3"),
        ("Чынара", "ж", "2.5"),
        ("Данияр", "м", ""),
    ]
    assert [one.line for one in table] == [3, 4, 5, 6]


def test_a_missing_column_is_named_with_what_it_may_be_called() -> None:
    wrong = fault("a.csv", "ФИО;возраст\nАнна;30\n".encode())

    assert (wrong.fault, wrong.line, wrong.column, wrong.aliases) == (Fault.NO_COLUMN, 1, "sex", SEX.aliases)


def test_a_column_that_stands_twice_is_not_guessed() -> None:
    assert fault("a.csv", "ФИО;имя;пол\nАнна;Аня;ж\n".encode()).fault is Fault.TWICE


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", b"", Fault.EMPTY),
        ("a.csv", b"\n;;\n", Fault.EMPTY),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1), Fault.TOO_LARGE),
        ("a.csv", b"name,sex\n" + b"A,m\n" * 5_001, Fault.TOO_MANY_ROWS),
        ("a.csv", b"\x00\x01\x02", Fault.NOT_A_SHEET),
        ("a.pdf", b"%PDF-1.4", Fault.NOT_A_SHEET),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, Fault.OLD_EXCEL),
        ("a.xlsx", b"PK\x03\x04 and nothing more", Fault.BROKEN),
        ("a.csv", b'name,sex\n"never closed,m\n', Fault.BROKEN),
    ],
)
def test_what_is_no_table_is_refused_by_its_kind(name: str, content: bytes, expected: Fault) -> None:
    assert fault(name, content).fault is expected


def test_an_ordinary_zip_is_no_sheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("photo.jpg", b"...")

    assert fault("a.xlsx", out.getvalue()).fault is Fault.NOT_A_SHEET


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (40 * 1024 * 1024))

    assert len(out.getvalue()) < 100_000
    assert fault("a.xlsx", out.getvalue()).fault is Fault.TOO_LARGE


def test_a_workbook_that_declares_entities_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("xl/workbook.xml", b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>')

    assert fault("a.xlsx", out.getvalue()).fault is Fault.BROKEN


def test_an_empty_row_far_below_costs_nothing_and_a_full_one_is_too_many() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["A1"] = "name"
        book.worksheets[0]["A30000"] = "Анна"

    assert fault("a.xlsx", excel(fill)).fault is Fault.TOO_MANY_ROWS


def test_what_is_written_can_be_read_again() -> None:
    content = write("Расчёт: 7/21", ("ФИО", "пол", "голоса"), [("Анна", "ж", 12), ("Өмүрбек", "м", 0)])

    assert [cells(one) for one in read("a.xlsx", content).table(COLUMNS)] == [
        ("Анна", "ж", "12"),
        ("Өмүрбек", "м", "0"),
    ]


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "\tx"])
def test_typed_text_never_becomes_a_formula(evil: str) -> None:
    sheet = load_workbook(io.BytesIO(write("x", ("a",), [(evil,)]))).worksheets[0]

    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "'" + evil)
