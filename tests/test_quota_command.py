"""`python -m bot quota`: the forms that are promised, and one sentence with exit code 2 for what cannot be counted."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.sheets import write

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["quota", *words])
    return done.exit_code, done.stdout, done.stderr


def found(*words: str) -> dict[str, Any]:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def made(content: str | bytes, name: str = "list.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return made


def test_reserved_has_the_promised_form() -> None:
    assert found("reserved", "5", "6", "7") == {
        "districts": [{"seats": 5, "reserved": 2}, {"seats": 6, "reserved": 2}, {"seats": 7, "reserved": 3}],
        "seats": 18,
        "reserved": 7,
        "rule": "aiyl_reserve",
        "confidence": "inference",
    }


def test_range_has_the_promised_form() -> None:
    assert found("range", "--seats", "21", "--districts", "3") == {
        "min": 7,
        "max": 9,
        "examples": {"min": [6, 6, 9], "max": [7, 7, 7]},
    }


def test_list_has_the_promised_form(file: Any) -> None:
    path = file("name,sex\n" + "".join(f"Имя {letter},{'ж' if letter in 'аб' else 'м'}\n" for letter in "абвгдежзик"))

    assert found("list", path) == {
        "ok": False,
        "findings": [{"rule": "one_sex", "position": 10, "limit": 7, "have": 8, "confirmed": True}],
        "repair": [{"action": "replace", "position": 10, "with": None, "sex": "woman"}],
    }


def test_ok_speaks_of_confirmed_rules_only(file: Any) -> None:
    answer = found("list", file("name;sex\nА;э\nБ;э\nВ;а\n"), "--try", "order=1", "--try", "young=10")

    assert answer["ok"]
    assert [(one["rule"], one["confirmed"]) for one in answer["findings"]] == [("order", False), ("young", False)]


def test_allocate_has_the_promised_form(file: Any) -> None:
    answer = found("allocate", file("name,sex,votes\nА,f,9\nБ,f,8\nВ,f,7\nГ,m,6\nД,m,6\n"), "--seats", "4")

    assert answer["would_take"] == [
        {"name": "А", "votes": 9, "why": "reserved"},
        {"name": "Б", "votes": 8, "why": "reserved"},
        {"name": "В", "votes": 7, "why": "votes"},
    ]
    assert answer["ties"] == [{"votes": 6, "names": ["Г", "Д"], "seats": 1}]
    assert (answer["reserved"], answer["unfilled"], answer["confirmed"]) == (2, 0, False)
    assert answer["assumptions"]
    assert [one["name"] for one in answer["other_reading"]] == ["А", "Б", "Г", "Д"]


def test_where_the_readings_agree_the_other_is_null(file: Any) -> None:
    assert found("allocate", file("name,sex,votes\nА,m,9\nБ,f,1\n"), "--seats", "2")["other_reading"] is None


def test_an_excel_file_is_read_too(file: Any) -> None:
    content = write("Список", ("ФИО", "Пол", "Голоса"), [("А", "ж", 5), ("Б", "м", 7)])

    assert found("allocate", file(content, "votes.xlsx"), "--seats", "1")["would_take"][0]["name"] == "А"


def test_words_show_the_sum_and_what_it_rests_on() -> None:
    code, out, _err = run("reserved", "5", "6", "7")

    assert code == 0
    for words in ("5 × 30 % = 1,5 → 2", "2 + 2 + 3 = 7", "38,9 %", "№ 98", "по нашему расчёту"):
        assert words in out


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ru", "Это расчёт по предположению, текст правила не проверен; решает ТИК"),
        ("ky", "Бул — болжолдуу эсеп, эреженин тексти текшерилген эмес; чечимди АШК чыгарат"),
    ],
)
def test_a_calculation_of_seats_opens_with_what_it_is(file: Any, lang: str, words: str) -> None:
    _code, out, _err = run("allocate", file("name,sex,votes\nА,m,9\n"), "--seats", "1", "--lang", lang)

    assert out.startswith(words)
    assert "избран" not in out.lower()


@pytest.mark.parametrize(
    ("words", "content", "said"),
    [
        (("reserved", "-5"), "", "«-5» — не число мест: ожидается целое число от 1 до 100"),
        (("reserved", "5", "0"), "", "«0» — не число мест"),
        (("reserved", "10000"), "", "«10000» — не число мест"),
        (("reserved", "five"), "", "«five» — не число мест"),
        (("range", "--seats", "3", "--districts", "5"), "", "не больше 3, а не 5"),
        (("range", "--seats", "-21", "--districts", "3"), "", "«-21» — не число мест"),
        (("list", "FILE"), "name,sex\nА,ж\nБ,q\n", "Строка 3: «q» — не пол: после имени ожидается ж или м"),
        (("list", "FILE"), "name,sex\nА,ж\nа,м\n", "Строка 3: «а» уже есть в строке 2"),
        (("list", "FILE"), "name,age\nА,5\n", "Строка 1: нет столбца «Пол»: ожидается один из заголовков: пол"),
        (("list", "FILE"), "", "Файл пуст"),
        (
            ("list", "FILE"),
            "name,sex\n" + "А,ж\n" * 1_600_000,
            "Файл слишком большой: ожидается таблица не больше 2 МБ",
        ),
        (("list", "FILE", "--try", "order=0"), "name,sex\nА,ж\n", "«order=0» нельзя попробовать"),
        (
            ("allocate", "FILE", "--seats", "2"),
            "name,sex,votes\nА,ж,7\nБ,м,many\n",
            "Строка 3: «many» — не число голосов",
        ),
        (("allocate", "FILE", "--seats", "2"), "name,sex,votes\nА,ж,-7\n", "Строка 2: «-7» — не число голосов"),
        (("allocate", "FILE", "--seats", "0"), "name,sex,votes\nА,ж,7\n", "«0» — не число мест"),
        (("list", "no such file.csv"), "", "не открывается"),
        (("reserved", "5", "--date", "2016-12-11"), "", "На эту дату правило нам не известно"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_counted_is_one_sentence_and_code_2(
    file: Any, words: tuple[str, ...], content: str, said: str
) -> None:
    path = file(content)
    code, out, err = run(*(path if word == "FILE" else word for word in words))

    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_sentence_is_in_the_persons_language() -> None:
    assert "орундардын саны эмес" in run("reserved", "0", "--lang", "ky")[2]


def test_a_workbook_of_another_shape_is_refused(file: Any) -> None:
    code, _out, err = run("list", file(write("x", ("a", "b"), [("1", "2")]), "other.xlsx"))

    assert code == 2
    assert "нет столбца «ФИО»" in err


def test_it_starts_without_aiogram_openpyxl_and_pictures() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from bot.cli import app;"
        "CliRunner().invoke(app, ['quota', 'reserved', '5', '--json']);"
        "print({'aiogram', 'openpyxl', 'xlsxwriter', 'matplotlib', 'PIL'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_it_answers_within_a_second_of_work() -> None:
    command = [sys.executable, "-m", "bot", "quota", "reserved", "5", "6", "7", "--json"]
    spent = []
    for _ in range(2):
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        spent.append(time.perf_counter() - began)

    assert min(spent) < 3  # half a second on a quiet machine; a busy one may take longer
