"""Pictures are drawn from facts: change a fact and the picture changes; name one that is not there and the check says so."""

from pathlib import Path

import pytest

from bot.domain.guide import Drawing
from bot.domain.ids import Language, Slug
from bot.guide.articles import Library
from bot.guide.check import problems
from bot.guide.problems import failing
from bot.settings import ROOT
from tests.guide import small_guide

PICTURES = """
[bars]
drawing = "bars"
as_of = 2026-03-31
citations = ["law"]
ru = { title = "Сколько", notes = ["Возраст {{age_min|from}}."] }
ky = { title = "Канча", notes = ["Жашы {{age_min|from}}."] }
[[bars.entries]]
fact = "share"
ru = { label = "Доля" }
ky = { label = "Үлүшү" }
"""
SEATS = """
[seats]
drawing = "seats"
share = "part"
seats = [1, 11]
as_of = 2026-03-31
citations = []
ru = { title = "Места" }
ky = { title = "Орундар" }
"""
PART = """
[nouns.seat]
ru = { one = "место", few = "места", many = "мест", loc = "месте", locs = "местах" }
ky = { nom = "орун", gen = "орундун", abl = "орундан", dat = "орунга", loc = "орунда" }
[facts.part]
value = 30
unit = "percent"
citation = "law"
as_of = "2019"
confidence = "2 pages"
line = "30 %"
"""


def shown(folder: Path, name: str) -> None:
    """Both languages of the first article show the picture."""
    for language in Language:
        path = folder / "basics" / f"what-is-kenesh.{language}.md"
        path.write_text(path.read_text().replace("as_of = ", f'picture = "{name}"\nas_of = ', 1))


def found(folder: Path) -> list[tuple[str, int, str]]:
    return [(one.file.name, one.line, one.message) for one in failing(problems(folder))]


@pytest.fixture
def pictured(folder: Path) -> Path:
    (folder / "pictures.toml").write_text(PICTURES)
    shown(folder, "bars")
    return folder


def test_an_article_names_its_picture(pictured: Path) -> None:
    library = Library.load(pictured)
    picture = library.picture(Slug("what-is-kenesh"), Language.KY)

    assert found(pictured) == []
    assert picture is not None and picture.drawing is Drawing.BARS and picture.title == "Канча"
    assert library.picture(Slug("how-many"), Language.KY) is None


def test_a_disagreement_shows_both_values_and_their_sources(pictured: Path) -> None:
    picture = Library.load(pictured).picture(Slug("what-is-kenesh"), Language.RU)

    assert picture is not None
    (entry,) = picture.entries
    assert entry.said.replace("\u00a0", " ") == "38 % или 36,5 %" and (entry.low, entry.high) == (36.5, 38)
    assert "Сайт ЦИК" in entry.mark and "Закон № 98" in entry.mark


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('fact = "share"', 'fact = "gone"', 9, "bars: unknown fact gone"),
        ("{{age_min|from}}", "{{gone|from}}", 6, "bars: unknown fact gone"),
        ("{{age_min|from}}", "{{age_min|till}}", 6, "bars: age_min (age) has no form till"),
        ("{{age_min|from}}", "{{parliament_age|from}}", 6, "bars: parliament_age is a contrast"),
        ('["law"]', '["nowhere"]', 5, "bars: unknown citation nowhere"),
        ('"bars"\nas_of', '"pie"\nas_of', 3, "bars: drawing must be one of"),
        ('label = "Үлүшү"', 'words = "Үлүшү"', 2, "bars: an entry has no label in ky"),
        ("as_of = 2026-03-31", 'as_of = "2026"', 4, "bars: as_of must be a date"),
        ("citations", "citation", 5, "bars: unknown key citation"),
    ],
)
def test_a_broken_picture_is_named_where_it_stands(pictured: Path, old: str, new: str, line: int, message: str) -> None:
    (pictured / "pictures.toml").write_text(PICTURES.replace(old, new))

    assert any(
        name == "pictures.toml" and at == line and said.startswith(message) for name, at, said in found(pictured)
    ), found(pictured)


def test_an_article_that_names_no_known_picture_is_a_problem(folder: Path) -> None:
    shown(folder, "nowhere")

    assert [(name, said) for name, _, said in found(folder)] == [
        (f"what-is-kenesh.{language}.md", "there is no picture nowhere in pictures.toml that can be drawn")
        for language in ("ky", "ru")
    ]


def test_both_languages_show_the_same_picture(pictured: Path) -> None:
    path = pictured / "basics" / "what-is-kenesh.ru.md"
    path.write_text(path.read_text().replace('picture = "bars"\n', ""))

    assert [said for _, _, said in found(pictured)] == ["picture differs: bars in ky,  in ru"]


@pytest.mark.parametrize(
    ("share", "kept"), [(30, [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4]), (40, [1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5])]
)
def test_reserved_seats_follow_the_fact_and_are_rounded_up(folder: Path, share: int, kept: list[int]) -> None:
    (folder / "facts.toml").write_text(small_guide.FACTS + PART.replace("value = 30", f"value = {share}"))
    (folder / "pictures.toml").write_text(SEATS)
    library, _ = Library.read(folder)

    rows = library.pictures["seats", Language.RU].entries
    assert [int(row.low) for row in rows] == kept
    assert (rows[4].label, rows[4].said) == ("5 мест", "2 места")


def test_a_recording_beside_an_article_is_found_by_its_language(folder: Path) -> None:
    recording = folder / "basics" / "what-is-kenesh.ky.ogg"
    assert Library.load(folder).voice(Slug("what-is-kenesh"), Language.KY) is None

    recording.write_bytes(b"OggS")
    library = Library.load(folder)
    assert library.voice(Slug("what-is-kenesh"), Language.KY) == recording
    assert library.voice(Slug("what-is-kenesh"), Language.RU) is None


def test_every_picture_of_the_guide_is_shown_by_an_article() -> None:
    library = Library.load(ROOT / "guides")
    named = {(article.picture, article.language) for article in library.by_name.values() if article.picture}

    assert named == set(library.pictures) and len({name for name, _ in named}) == 4
