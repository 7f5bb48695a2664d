"""The words, pictures and tables of /quota: they fit, say what is not confirmed, and never say "elected"."""

import io
import re
from collections.abc import Iterable

import pytest
from PIL import Image

from bot.domain.ids import Language
from bot.domain.quotas.allocation import allocate
from bot.domain.quotas.lists import ORDER, Trial, check
from bot.domain.quotas.people import Candidate, Feature, Listed, Sex
from bot.domain.quotas.reservation import reservation, reserve_range
from bot.ports import Letter
from bot.sheets.candidates import list_in
from bot.texts import quotas, quotas_answers, quotas_asking
from bot.texts.pictures.seats import draw
from bot.texts.pieces import units
from bot.texts.quota_tables import table
from tests.domain.quotas.rules import a_list, allocation, most, people, reserve
from tests.texts.test_buttons import is_read_whole

LONG = "Абдыкалыкова-Токтогулбаева Айнура Жумабековна"
EVERYBODY = tuple(
    Candidate(f"{LONG} {chr(1040 + number // 30)}{chr(1072 + number % 30)}", list(Sex)[number % 2], number // 5)
    for number in range(200)
)
A_LIST = tuple(Listed(one.name, Sex.MAN if number % 9 else Sex.WOMAN) for number, one in enumerate(EVERYBODY))
CASES: dict[str, tuple[quotas_answers.Meant, tuple[Listed, ...]]] = {
    "three districts": (reservation((5, 6, 7), reserve()), ()),
    "one large district": (reservation((100,), reserve()), ()),
    "sixty districts": (reservation((7,) * 60, reserve()), ()),
    "a range": (reserve_range(21, 3, reserve()), ()),
    "a range of sixty": (reserve_range(100, 60, reserve()), ()),
    "a good list": (check(a_list("жмжмж"), most()), a_list("жмжмж")),
    "the longest list": (check(A_LIST, most(), (Trial(ORDER, 2), Trial("young", 20))), A_LIST),
    "a district": (allocate(people("Айнура ж 5, Бекзат м 9, Эмил м 9"), 2, allocation(), reserve()), ()),
    "the largest district": (allocate(EVERYBODY, 100, allocation(), reserve()), ()),
    "too few women": (allocate(people("Бекзат м 9 снят, Эмил м 8"), 7, allocation(), reserve()), ()),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES)
def test_every_answer_fits_its_messages_and_its_buttons(case: str, language: Language) -> None:
    found, names = CASES[case]
    letters = quotas_answers.letters(found, names, "0123456789ab", "kenesh_bot", language, frozenset(Feature))

    assert [bool(one.buttons) for one in letters] == [False] * (len(letters) - 1) + [True]
    for letter in letters:
        assert units(quotas.plain(letter.text)) <= 4096
        for tag in ("b", "i", "a", "code"):
            assert letter.text.count(f"<{tag}") >= letter.text.count(f"</{tag}>")
        is_read_whole(letter)
        assert all(len(one.press.encode()) <= 64 for row in letter.buttons for one in row)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("case", CASES)
def test_every_answer_becomes_a_picture_and_a_table(case: str, language: Language) -> None:
    found, names = CASES[case]

    with Image.open(io.BytesIO(draw(found, names, language))) as drawn:
        assert drawn.size[0] == 1080
        assert len(drawn.getcolors(1 << 20) or ()) > 10
    assert table(found, names, language).startswith(b"PK")


def screens(language: Language) -> Iterable[Letter]:
    yield quotas_asking.ways(language)
    yield quotas_asking.ask_seats(language)
    yield quotas_asking.ask_total(language)
    yield quotas_asking.ask_list(language)
    yield quotas_asking.ask_district(language)
    yield quotas_asking.ask_votes(7, language)
    yield quotas_asking.steps("1f", 3, 1, language)


@pytest.mark.parametrize("language", Language)
def test_every_screen_can_be_read_on_a_narrow_telephone(language: Language) -> None:
    for letter in screens(language):
        is_read_whole(letter)


@pytest.mark.parametrize("language", Language)
def test_nobody_is_elected_here_and_nothing_is_settled_in_silence(language: Language) -> None:
    for found, names in CASES.values():
        said = quotas_answers.words(found, names, language).lower()
        assert not re.search(r"избран[аоы]?\b|избирается|шайланды|шайланат|депутат болду", said)
    tied = quotas_answers.words(*CASES["a district"], language)
    lacking = quotas_answers.words(*CASES["too few women"], language)
    unsure = {Language.RU: "не подтверждено", Language.KY: "ырасталган эмес"}[language]
    assert unsure in tied
    assert lacking.count(unsure) >= 2


def test_the_other_reading_is_told_where_it_differs() -> None:
    found = allocate(people("А ж 9, Б ж 8, В ж 7, Г м 6, Д м 5"), 3, allocation(), reserve())

    said = quotas.plain(quotas_answers.words(found, (), Language.RU))

    assert "Другое прочтение: женщины претендуют только на места резерва." in said
    assert "Тогда заняли бы место: Г, Д" in said
    assert "Тогда место не было бы обеспечено: Б, В" in said


def test_what_people_typed_is_escaped() -> None:
    names = (Listed("В", Sex.MAN), Listed("<b>А & Б", Sex.MAN))

    assert "&lt;b&gt;А &amp; Б" in quotas_answers.words(check(names, most()), names, Language.RU)


@pytest.mark.parametrize("language", Language)
def test_the_table_of_a_list_can_be_sent_back(language: Language) -> None:
    names = tuple(Listed(f"Асан {one.name}", one.sex) for one in a_list("жмм"))

    again, _features = list_in("quota.xlsx", table(check(names, most()), names, language))

    assert [one.sex for one in again] == [one.sex for one in names]
