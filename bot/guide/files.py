"""The files of an article as they lie on disk: front matter, text, and on which line each thing stands."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.guide import Kind, Mark, Reader
from bot.domain.ids import Language, Slug
from bot.guide.problems import Problem, toml_line

_NAME = re.compile(r"([a-z0-9-]+)\.(ky|ru)\.md")
_VOICE = re.compile(r"([a-z0-9-]+)\.(ky|ru)\.ogg")
_FENCE = "+++"
PICTURES = "pictures.toml"


@dataclass(frozen=True, slots=True)
class Front:
    """Front matter, every field of the right type. `short` is the title on a button, where the whole does not fit."""

    title: str
    short: str
    kind: Kind
    readers: tuple[Reader, ...]
    next: tuple[Slug, ...]
    as_of: date
    citations: tuple[str, ...]
    keywords: str
    asked: tuple[str, ...]
    language_mark: Mark
    lawyer_mark: Mark
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One `<section>/<slug>.<language>.md`. `text_line` is the line on which the text begins."""

    path: Path
    section: str
    slug: Slug
    language: Language
    front: Front
    keys: Mapping[str, int]
    text: str
    text_line: int

    def problem(self, key: str, message: str) -> Problem:
        """Something wrong with a key of the front matter."""
        return Problem(self.path, self.keys.get(key, 1), message)


class Unreadable(Exception):
    """A file that cannot be made into an article; `problems` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections and their slugs in the order readers see them."""

    sections: Mapping[str, tuple[Slug, ...]]

    def section_of(self, slug: str) -> str | None:
        """The section a slug belongs to, or None."""
        return next((section for section, slugs in self.sections.items() if slug in slugs), None)

    def slugs(self) -> tuple[Slug, ...]:
        """Every slug, in order."""
        return tuple(slug for slugs in self.sections.values() for slug in slugs)


def read_outline(path: Path) -> tuple[Outline, list[Problem]]:
    """outline.toml: `section = ["slug", …]`, in order."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Outline({}), [Problem(path, 1, f"cannot be read: {error}")]
    except tomllib.TOMLDecodeError as error:
        return Outline({}), [Problem(path, toml_line(error), f"not TOML: {error}")]
    if wrong := [section for section, slugs in table.items() if not _is_list(slugs)]:
        return Outline({}), [Problem(path, 1, f"{section} must be a list of slugs") for section in wrong]
    outline = Outline({section: tuple(map(Slug, slugs)) for section, slugs in table.items()})
    slugs = Counter(outline.slugs())
    return outline, [
        Problem(path, 1, f"{slug} stands twice in the outline") for slug, count in slugs.items() if count > 1
    ]


def article_paths(folder: Path) -> list[Path]:
    """Every Markdown file of the guide, in a steady order."""
    return sorted(folder.glob("*/*.md"))


def fact_paths(folder: Path) -> list[Path]:
    """The files of facts that a guide has: `facts.toml`, and every table of the folder `facts/`."""
    single = folder / "facts.toml"
    return [*([single] if single.is_file() else []), *sorted((folder / "facts").glob("*.toml"))]


def sources(folder: Path) -> list[Path]:
    """Every file a library is made of, those that are there."""
    tables = [
        path for name in ("outline.toml", PICTURES, "calendar.toml", "steps.toml") if (path := folder / name).is_file()
    ]
    return [*tables, *fact_paths(folder), *article_paths(folder), *voices(folder).values()]


def voices(folder: Path) -> dict[tuple[Slug, Language], Path]:
    """The recordings that stand beside articles as `<slug>.<language>.ogg`."""
    found = ((path, _VOICE.fullmatch(path.name)) for path in sorted(folder.glob("*/*.ogg")))
    return {(Slug(name[1]), Language(name[2])): path for path, name in found if name}


def read(path: Path) -> ArticleFile:
    """One file, or Unreadable."""
    name = _NAME.fullmatch(path.name)
    if not name:
        raise Unreadable([Problem(path, 1, "an article's file is named <slug>.ky.md or <slug>.ru.md")])
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable([Problem(path, 1, f"cannot be read: {error}")]) from error
    if lines[0].strip() != _FENCE:
        raise Unreadable([Problem(path, 1, "the first line must be +++")])
    end = next((place for place, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), None)
    if end is None:
        raise Unreadable([Problem(path, 1, "the front matter has no closing +++")])
    try:
        table = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable([Problem(path, toml_line(error) + 1, f"front matter is not TOML: {error}")]) from error
    keys = _keys(lines[1:end])
    front, faults = _front(table)
    if front is None:
        raise Unreadable([Problem(path, keys.get(key, 1), f"{key}: {fault}") for key, fault in faults])
    return ArticleFile(
        path=path,
        section=path.parent.name,
        slug=Slug(name[1]),
        language=Language(name[2]),
        front=front,
        keys=keys,
        text="\n".join(lines[end + 1 :]),
        text_line=end + 2,
    )


def _keys(lines: list[str]) -> dict[str, int]:
    """On which line of the file each key stands; `read.language` for a key under [read]."""
    keys: dict[str, int] = {}
    table = ""
    for number, line in enumerate(lines, 2):
        if found := re.match(r"\[(\w+)\]", line):
            table = found[1] + "."
        elif found := re.match(r"(\w+)\s*=", line):
            keys.setdefault(table + found[1], number)
    return keys


_FIELDS = ("title", "kind", "readers", "next", "as_of", "citations", "keywords", "asked")


def _front(table: Mapping[str, Any]) -> tuple[Front | None, list[tuple[str, str]]]:
    """The front matter, or what is wrong with it as (key, message)."""
    faults = [(key, "missing") for key in _FIELDS if key not in table]
    faults += [(key, "unknown key") for key in table if key not in (*_FIELDS, "short", "picture", "read")]
    for key, fits, wanted in (
        ("title", _is_line, "one line of words"),
        ("short", _is_line, "one line of words"),
        ("keywords", lambda value: isinstance(value, str), "a string"),
        ("picture", _is_line, "the name of a picture"),
        ("as_of", lambda value: type(value) is date, "a date, as in 2026-03-31"),
        ("kind", lambda value: value in list(Kind), "law or practice"),
        ("readers", lambda value: _is_list(value) and value and set(value) <= set(Reader), f"of {', '.join(Reader)}"),
        ("next", _is_list, "a list of slugs"),
        ("citations", _is_list, "a list of names"),
        ("asked", lambda value: _is_list(value) and all(map(_is_line, value)), "a list of questions"),
    ):
        if key in table and not fits(table[key]):
            faults.append((key, f"must be {wanted}"))
    marks = {name: _mark(table, name, faults) for name in ("language", "lawyer")}
    if faults:
        return None, faults
    return Front(
        title=table["title"],
        short=table.get("short", ""),
        kind=Kind(table["kind"]),
        readers=tuple(Reader(reader) for reader in table["readers"]),
        next=tuple(Slug(slug) for slug in table["next"]),
        as_of=table["as_of"],
        citations=tuple(table["citations"]),
        keywords=table["keywords"],
        asked=tuple(table["asked"]),
        language_mark=marks["language"],
        lawyer_mark=marks["lawyer"],
        picture=table.get("picture", ""),
    ), []


def _mark(table: Mapping[str, Any], name: str, faults: list[tuple[str, str]]) -> Mark:
    """[read] language = { by, on, text_hash }: all three or none."""
    read = table.get("read", {})
    entry = read.get(name, {}) if isinstance(read, Mapping) else read
    if not isinstance(entry, Mapping) or set(entry) - {"by", "on", "text_hash"}:
        faults.append((f"read.{name}", "must be { by, on, text_hash }"))
        return Mark()
    mark = Mark(*(str(entry.get(key, "")) for key in ("by", "on", "text_hash")))
    if any((mark.by, mark.on, mark.text_hash)) and not all((mark.by, mark.on, mark.text_hash)):
        faults.append((f"read.{name}", "by, on and text_hash are all given, or none"))
    return mark


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\n" not in value


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
