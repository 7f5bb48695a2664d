"""The tree of places as a file: `guides/places.csv`, read strictly, and everything wrong with it."""

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import BEFORE_REFORM, COUNTRY, Level, Place, Places
from bot.guide.problems import BrokenGuide, Problem

COLUMNS = (
    "slug",
    "level",
    "parent",
    "soate",
    "name_ru",
    "name_ky",
    "derived",
    "former_ru",
    "former_ky",
    "successor",
    "aliases",
    "as_of",
    "note",
)
MAY_STAND_UNDER: Mapping[str, Collection[str]] = {
    Level.COUNTRY: frozenset(),
    Level.OBLAST: frozenset({Level.COUNTRY}),
    Level.REPUBLICAN_CITY: frozenset({Level.COUNTRY}),
    Level.RAYON: frozenset({Level.OBLAST}),
    Level.CITY: frozenset({Level.OBLAST, Level.RAYON}),
    Level.CITY_DISTRICT: frozenset({Level.REPUBLICAN_CITY}),
    Level.AIYL_AIMAK: frozenset({Level.RAYON}),
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SOATE = re.compile(r"(\d{14})?")
_AS_OF = re.compile(rf"{BEFORE_REFORM}|\d{{4}}(-\d{{2}}){{0,2}}")
_ALIAS_SIGN = "|"

Row = Mapping[str, str]


def load_places(path: Path) -> Places:
    """The whole tree. Raises BrokenGuide with everything that is wrong in the file."""
    problems = place_problems(path)
    if problems:
        raise BrokenGuide(problems)
    return Places(_place(row) for _, row in _rows(path))


def place_problems(path: Path) -> list[Problem]:
    """Everything wrong with the file of places, with the line of each."""
    if not path.is_file():
        return [Problem(path, 1, "there is no file of places")]
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return [Problem(path, 1, f"this is not UTF-8: {error.reason}")]
    with path.open(encoding="utf-8", newline="") as file:
        header = tuple(next(csv.reader(file), ()))
    if header != COLUMNS:
        return [Problem(path, 1, f"the columns must be {','.join(COLUMNS)}")]
    rows = list(_rows(path))
    levels = {row["slug"]: row["level"] for _, row in rows}
    parents = {row["slug"]: row["parent"] for _, row in rows}
    said = [
        *((line, message) for line, row in rows for message in _in_itself(row)),
        *((line, message) for line, row in rows for message in _in_the_tree(row, levels, parents)),
        *_repeated(rows),
    ]
    roots = [row["slug"] for _, row in rows if not row["parent"]]
    if roots != [COUNTRY]:
        said.append((1, f"one place stands above all, {COUNTRY}; found {', '.join(roots) or 'none'}"))
    return sorted(Problem(path, line, message) for line, message in said)


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        for row in reader:
            yield reader.line_num, row


def _in_itself(row: Row) -> Iterator[str]:
    if "" in row:
        yield "there are more cells than columns"
    if not _SLUG.fullmatch(row["slug"]):
        yield f"“{row['slug']}” is not a slug: small Latin letters, digits and single hyphens"
    if row["level"] not in list(Level):
        yield f"“{row['level']}” is not a level: {', '.join(Level)}"
    if not _SOATE.fullmatch(row["soate"]):
        yield f"“{row['soate']}” is not a code of fourteen digits"
    if not _AS_OF.fullmatch(row["as_of"]):
        yield f"“{row['as_of']}” is not a date: a year, a month, a day or {BEFORE_REFORM}"
    if row["derived"] not in ("", "yes"):
        yield f"derived is yes or empty, not “{row['derived']}”"
    if bool(row["former_ru"]) != bool(row["former_ky"]):
        yield "a former name stands in both languages or in none"
    for column in ("name_ru", "name_ky"):
        if not row[column]:
            yield f"{column} is empty"
    for column in ("name_ru", "name_ky", "former_ru", "former_ky", "aliases"):
        words = row[column].split(_ALIAS_SIGN) if column == "aliases" else [row[column]]
        if any(word != " ".join(word.split()) for word in words):
            yield f"there are stray spaces in {column}"
    aliases = row["aliases"].split(_ALIAS_SIGN) if row["aliases"] else []
    if "" in aliases:
        yield "there is an empty alias"
    for alias in sorted({alias for alias in aliases if aliases.count(alias) > 1}):
        yield f"the alias “{alias}” is given twice"
    for alias in aliases:
        if alias and alias in (row["name_ru"], row["name_ky"], row["former_ru"], row["former_ky"]):
            yield f"the alias “{alias}” is a name already"


def _in_the_tree(row: Row, levels: Mapping[str, str], parents: Mapping[str, str]) -> Iterator[str]:
    parent, level = row["parent"], row["level"]
    if parent and parent not in levels:
        yield f"its parent “{parent}” is not in the file"
    elif parent and levels[parent] not in MAY_STAND_UNDER.get(level, tuple(Level)):
        yield f"a place of level {level} cannot stand under a place of level {levels[parent]}"
    if row["successor"] and row["successor"] not in levels:
        yield f"its successor “{row['successor']}” is not in the file"
    if row["successor"] == row["slug"]:
        yield "it is its own successor"
    if _goes_round(row["slug"], parents):
        yield "the way up from here comes back to it"


def _goes_round(slug: str, parents: Mapping[str, str]) -> bool:
    here, steps = parents.get(slug, ""), 0
    while here and here != slug and steps <= len(parents):
        here, steps = parents.get(here, ""), steps + 1
    return here == slug


def _repeated(rows: list[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
    for column in ("slug", "soate"):
        first: dict[str, int] = {}
        for line, row in rows:
            value = row[column]
            if value and first.setdefault(value, line) != line:
                yield line, f"the {column} “{value}” stands already in line {first[value]}"
    first_named: dict[tuple[str, str], int] = {}
    for line, row in rows:
        for column in ("name_ru", "name_ky"):
            named = (row["parent"], f"{row['level']} {row[column].casefold()}")
            if row[column] and first_named.setdefault(named, line) != line:
                yield line, f"“{row[column]}” stands already under the same parent, in line {first_named[named]}"


def _place(row: Row) -> Place:
    former = {Language.KY: row["former_ky"], Language.RU: row["former_ru"]}
    return Place(
        slug=PlaceSlug(row["slug"]),
        level=Level(row["level"]),
        parent=PlaceSlug(row["parent"]) if row["parent"] else None,
        names={Language.KY: row["name_ky"], Language.RU: row["name_ru"]},
        as_of=row["as_of"],
        derived=row["derived"] == "yes",
        aliases=tuple(row["aliases"].split(_ALIAS_SIGN)) if row["aliases"] else (),
        former={language: name for language, name in former.items() if name},
        successor=PlaceSlug(row["successor"]) if row["successor"] else None,
    )
