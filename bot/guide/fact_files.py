"""Reads facts from the files of the folder `facts/` (or from one `facts.toml`), and says what is wrong with them."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeGuard

from bot.domain.guide import Citation
from bot.domain.ids import Language
from bot.guide.facts import CALENDAR, Confidence, Fact, Facts, Quote, Value
from bot.guide.files import fact_paths
from bot.guide.forms import Forms
from bot.guide.numbers import Number, is_moment
from bot.guide.problems import Problem, toml_line

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PAGES = re.compile(r"[1-9]\d*\+? pages?")
_DEPTH = {"forms": 2, "patterns": 1, "nouns": 2, "citations": 1, "facts": 1}  # levels of tables under each
_KEYS = {"value", "values", "unit", "citation", "as_of", "confidence", "line", "note", "valid_until"}

Where = tuple[Path, int]


class FactReader:
    """Reads the facts of a guide once, noting what is wrong and where. Which file holds a table is its author's choice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.lines: dict[str, Where] = {}
        self.tables: dict[str, dict[str, Any]] = {name: {} for name in _DEPTH}
        self.old_before: date | None = None

    def read(self) -> tuple[Facts, list[Problem]]:
        """All facts that are whole, and everything wrong with the others."""
        paths = fact_paths(self.folder)
        for path in paths:
            self._take(path)
        if not paths:
            self.problems.append(Problem(self.folder / "facts", 1, "cannot be read: there are no facts"))
        forms = Forms(self.tables["forms"], self.tables["patterns"], self.tables["nouns"])
        for key, fault in forms.faults():
            self._wrong(key, fault)
        citations = {
            name: citation
            for name, entry in self.tables["citations"].items()
            if (citation := self._citation(name, entry))
        }
        facts = {
            name: fact
            for name, entry in self.tables["facts"].items()
            if (fact := self._fact(name, entry, citations, forms))
        }
        cited_at = {name: self._at(f"citations.{name}") for name in citations}
        return Facts(citations, facts, forms, self.old_before, cited_at), self.problems

    def _take(self, path: Path) -> None:
        """Join the tables of one file to the others; what stands twice counts once and is noted."""
        table, lines = self._table(path)
        for key, number in lines.items():
            self.lines.setdefault(key, (path, number))
        for key in table:
            if key not in (*_DEPTH, "old_before"):
                self.problems.append(Problem(path, lines.get(key, 1), f"unknown table {key}"))
        if (day := table.get("old_before")) is not None:
            if type(day) is not date:
                self.problems.append(Problem(path, 1, "old_before is not a date"))
            else:
                self.old_before = day
        for name, depth in _DEPTH.items():
            for entry, content in self._tables(table, name, (path, 1), depth).items():
                if entry in self.tables[name]:
                    first = self.lines[f"{name}.{entry}"][0].name if f"{name}.{entry}" in self.lines else "another file"
                    message = f"{name}.{entry}: stands in {first} too"
                    self.problems.append(Problem(path, lines.get(f"{name}.{entry}", 1), message))
                else:
                    self.tables[name][entry] = content

    def _table(self, path: Path) -> tuple[dict[str, Any], dict[str, int]]:
        lines: dict[str, int] = {}
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(path, 1, f"cannot be read: {error}"))
            return {}, lines
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith("["):
                lines.setdefault(line.strip().split("]")[0].strip("["), number)
        try:
            return tomllib.loads(text, parse_float=Decimal), lines
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(path, toml_line(error), f"not TOML: {error}"))
            return {}, lines

    def _tables(self, table: Mapping[str, Any], key: str, at: Where, depth: int) -> dict[str, Any]:
        """The tables under a key, so many levels deep; what is no table is noted and left out."""
        entry = table.get(key.rsplit(".", 1)[-1], {})
        if not isinstance(entry, Mapping):
            self.problems.append(Problem(*self.lines.get(key, at), f"{key}: must be a table"))
            return {}
        return {name: self._tables(entry, f"{key}.{name}", at, depth - 1) for name in entry} if depth else dict(entry)

    def _wrong(self, key: str, message: str) -> None:
        self.problems.append(Problem(*self._at(key), f"{key}: {message}"))

    def _at(self, key: str) -> Where:
        return self.lines.get(key, (self.folder / "facts", 1))

    def _citation(self, name: str, entry: Mapping[str, Any]) -> Citation | None:
        key = f"citations.{name}"
        faults = [
            f"no {part} in {tongue}"
            for part in ("act", "edition")
            for tongue in Language
            if not _said(entry, part, tongue)
        ]
        link = entry.get("link", "")
        if not str(link).startswith(("https://", "http://")):
            faults.append("no link" if not link else f"{link} is not a full address")
        seen = entry.get("seen")
        if seen is not None and type(seen) is not date:
            faults.append("seen is not a date")
        faults += _unknown_keys(entry, {"act", "article", "edition", "link", "seen"})
        for fault in faults:
            self._wrong(key, fault)
        if faults:
            return None
        act, edition = ({tongue: str(entry[part][tongue]) for tongue in Language} for part in ("act", "edition"))
        return Citation(name, act, str(entry.get("article", "")), edition, link, seen)

    def _fact(
        self, name: str, entry: Mapping[str, Any], citations: Mapping[str, Citation], forms: Forms
    ) -> Fact | None:
        key = f"facts.{name}"
        unit, words, line = (str(entry.get(part, "")) for part in ("unit", "confidence", "line"))
        as_of = str(entry.get("as_of", ""))
        confidence = _confidence(words)
        conflict = confidence is Confidence.CONFLICT
        faults = [] if _NAME.fullmatch(name) else ["a name is small Latin letters, digits and _"]
        if unit not in forms.units() and unit not in (*CALENDAR, "text"):
            faults.append(f"unknown unit {unit!r}")
        if confidence is None:
            faults.append(f"unknown confidence {words!r}")
        if not is_moment(as_of):
            faults.append(f"as_of {as_of!r} is not a year, a month (2024-10), a date or undated")
        if not line:
            faults.append("no line of the fact base")
        if conflict != ("values" in entry):
            faults.append("CONFLICT has `values`, every other fact has `value`")
        raw = entry.get("values", []) if conflict else [entry]
        if conflict and not (_is_tables(raw) and len(raw) > 1):
            faults.append("CONFLICT needs at least two values")
            raw = []
        quotes = []
        for item in raw:
            citation = citations.get(str(item.get("citation", "")))
            value = _value(item.get("value"), unit)
            if citation is None:
                faults.append(f"unknown or broken citation {item.get('citation', '')!r}")
            if value is None:
                faults.append(f"value {item.get('value')!r} is not right for unit {unit!r}")
            if citation is not None and value is not None:
                quotes.append(Quote(value, citation))
        valid_until = entry.get("valid_until")
        if valid_until is not None and type(valid_until) is not date:
            faults.append(f"valid_until {valid_until!r} is not a date, as in 2026-03-31")
        faults += _unknown_keys(entry, _KEYS)
        for fault in faults:
            self._wrong(key, fault)
        if faults or confidence is None:
            return None
        return Fact(name, unit, tuple(quotes), as_of, confidence, words, line, *self._at(key), valid_until)


def _said(entry: Mapping[str, Any], part: str, language: Language) -> bool:
    table = entry.get(part)
    return isinstance(table, Mapping) and bool(str(table.get(language, "")).strip())


def _unknown_keys(entry: Mapping[str, Any], known: set[str]) -> list[str]:
    return [f"unknown key {key}" for key in entry if key not in known]


def _confidence(words: str) -> Confidence | None:
    if _PAGES.fullmatch(words):
        return Confidence.PAGES
    return Confidence(words) if words in list(Confidence)[1:] else None


def _value(raw: object, unit: str) -> Value | None:
    """The value as its unit wants it, or None."""
    match unit:
        case "date":
            return raw if type(raw) is date else None
        case "month":
            return raw if isinstance(raw, str) and len(raw) == 7 and is_moment(raw) else None
        case "year":
            return raw if _is_number(raw) and isinstance(raw, int) and 1 <= raw <= 9999 else None
        case "text":
            return _text(raw)
    if _is_number(raw):
        return raw
    if isinstance(raw, list) and len(raw) == 2 and _is_number(raw[0]) and _is_number(raw[1]):
        return (raw[0], raw[1])
    return None


def _is_tables(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(item, Mapping) for item in raw)


def _is_number(raw: object) -> TypeGuard[Number]:
    return isinstance(raw, int | Decimal) and not isinstance(raw, bool)


def _text(raw: object) -> str | Mapping[Language, str] | None:
    if isinstance(raw, str) and raw:
        return raw
    if isinstance(raw, Mapping) and all(isinstance(raw.get(language), str) and raw[language] for language in Language):
        return {language: raw[language] for language in Language}
    return None
