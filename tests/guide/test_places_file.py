"""The file of places: the real one is whole, and each mistake in a row is told with its line."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import COUNTRY, Level
from bot.guide.places import COLUMNS, load_places, place_problems
from bot.guide.problems import BrokenGuide

FILE = Path(__file__).parents[2] / "guides" / "places.csv"
PLACES = load_places(FILE)

KG = {"slug": "kg", "level": "country", "name_ru": "Республика", "name_ky": "Республика", "as_of": "2025"}
CHUY = {"slug": "chuy", "level": "oblast", "parent": "kg", "name_ru": "Чуй", "name_ky": "Чүй", "as_of": "2025"}
KEMIN = {"slug": "kemin", "level": "rayon", "parent": "chuy", "name_ru": "Кемин", "name_ky": "Кемин", "as_of": "2025"}

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(*rows: dict[str, str]) -> Path:
        path = tmp_path / "places.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def test_the_file_has_no_problems():
    assert place_problems(FILE) == []


def test_the_tree_has_one_root_and_every_way_up_ends_there():
    assert [place.slug for place in PLACES if place.parent is None] == [COUNTRY]
    assert all(PLACES.upwards(place.slug)[-1] == COUNTRY for place in PLACES)


def test_the_tree_has_as_many_places_of_each_level_as_the_country_had():
    assert Counter(place.level for place in PLACES) == {
        Level.COUNTRY: 1,
        Level.OBLAST: 7,
        Level.REPUBLICAN_CITY: 2,
        Level.RAYON: 40,
        Level.CITY: 32,
        Level.CITY_DISTRICT: 4,
        Level.AIYL_AIMAK: 453,
    }


def test_every_aiyl_aimak_and_nothing_else_stands_as_before_the_reform():
    assert {place.level for place in PLACES if place.before_reform} == {Level.AIYL_AIMAK}
    assert all(place.before_reform for place in PLACES if place.level is Level.AIYL_AIMAK)


def test_only_names_of_aiyl_aimaks_are_derived():
    assert {place.level for place in PLACES if place.derived} == {Level.AIYL_AIMAK}
    assert sum(place.derived for place in PLACES) == 373


def test_every_place_is_also_called_without_its_kind():
    kinds = ("айыл аймагы", "району", "облусу", "шаары")
    bare = {place.slug: place.names[Language.KY] for place in PLACES if place.slug not in (COUNTRY, "alay-aa")}
    for kind in (*kinds, "атындагы"):
        bare = {slug: name.removesuffix(kind).strip() for slug, name in bare.items()}
    by_slug = {place.slug: place for place in PLACES}

    assert [slug for slug, name in bare.items() if name not in by_slug[slug].aliases] == []


def test_no_two_labels_under_one_parent_or_in_the_country_are_the_same():
    for language in Language:
        labels = Counter(PLACES.label(place, language) for place in PLACES)
        assert [label for label, bearers in labels.items() if bearers > 1] == []


def test_a_city_that_took_an_aimak_over_is_its_successor():
    aimak = PLACES.get("gulcho")

    assert aimak is not None
    assert aimak.successor == PlaceSlug("gulcho-city")


def test_a_renamed_place_keeps_its_former_name():
    city = PLACES.get("manas-city")

    assert city is not None
    assert city.former == {Language.KY: "Жалал-Абад шаары", Language.RU: "город Джалал-Абад"}


def test_a_good_row_becomes_a_place(written: Written):
    row = KEMIN | {"derived": "yes", "aliases": "Кебин|Кемен", "successor": "chuy"}
    place = load_places(written(KG, CHUY, row)).get("kemin")

    assert place is not None
    assert (place.level, place.parent, place.derived) == (Level.RAYON, "chuy", True)
    assert place.aliases == ("Кебин", "Кемен")
    assert place.successor == "chuy"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": "Kemin rayon"}, "is not a slug"),
        ({"level": "village"}, "is not a level"),
        ({"parent": "talas"}, "its parent “talas” is not in the file"),
        ({"level": "city_district"}, "cannot stand under a place of level oblast"),
        ({"soate": "417"}, "fourteen digits"),
        ({"name_ru": ""}, "name_ru is empty"),
        ({"name_ky": ""}, "name_ky is empty"),
        ({"name_ky": "Кемин  району"}, "stray spaces in name_ky"),
        ({"derived": "true"}, "derived is yes or empty"),
        ({"former_ru": "Быстровка"}, "in both languages or in none"),
        ({"successor": "nowhere"}, "successor “nowhere” is not in the file"),
        ({"successor": "kemin"}, "its own successor"),
        ({"aliases": "Кебин|Кебин"}, "given twice"),
        ({"aliases": "Кебин||Кемен"}, "empty alias"),
        ({"aliases": "Кебин | Кемен"}, "stray spaces in aliases"),
        ({"aliases": "Кемин"}, "is a name already"),
        ({"as_of": "before the reform"}, "is not a date"),
        ({"slug": "chuy"}, "stands already in line 3"),
        ({"parent": "kemin"}, "comes back to it"),
        ({"parent": ""}, "one place stands above all"),
    ],
)
def test_a_wrong_cell_is_told(written: Written, wrong: dict[str, str], said: str):
    problems = place_problems(written(KG, CHUY, KEMIN | wrong))

    assert any(said in problem.message for problem in problems), problems


def test_a_problem_names_its_line(written: Written):
    problems = place_problems(written(KG, CHUY, KEMIN | {"derived": "perhaps"}))

    assert [problem.line for problem in problems] == [4]


def test_two_places_under_one_parent_may_not_share_kind_and_name(written: Written):
    problems = place_problems(written(KG, CHUY, KEMIN, KEMIN | {"slug": "kemin-two"}))

    assert {(problem.line, problem.message[:7]) for problem in problems} == {(5, "“Кемин”")}


def test_a_row_with_too_many_cells_is_told(written: Written):
    path = written(KG, CHUY)
    path.write_text(path.read_text(encoding="utf-8") + "kemin,rayon,chuy,,а,б,,,,,,2025,,more\n", encoding="utf-8")

    assert [problem.message for problem in place_problems(path)] == ["there are more cells than columns"]


def test_other_columns_are_told(tmp_path: Path):
    path = tmp_path / "places.csv"
    path.write_text("slug,level\nkg,country\n", encoding="utf-8")

    assert [(problem.line, problem.message[:20]) for problem in place_problems(path)] == [(1, "the columns must be ")]


def test_an_empty_file_and_a_foreign_encoding_are_told_not_thrown(tmp_path: Path):
    path = tmp_path / "places.csv"
    path.write_bytes(b"")
    assert len(place_problems(path)) == 1

    path.write_bytes("slug,Чүй".encode("utf-16"))
    assert len(place_problems(path)) == 1


def test_a_missing_file_is_told(tmp_path: Path):
    assert [problem.message for problem in place_problems(tmp_path / "none.csv")] == ["there is no file of places"]


def test_a_broken_file_is_not_loaded(written: Written):
    with pytest.raises(BrokenGuide, match=r"places\.csv:4: “village” is not a level"):
        load_places(written(KG, CHUY, KEMIN | {"level": "village"}))
