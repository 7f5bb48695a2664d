"""Facts: every number, date and amount of law, with its citation, as-of date and confidence, said in a form."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Any, TypeGuard

from bot.domain.guide import Citation
from bot.domain.ids import Language
from bot.guide.forms import Amount, Forms
from bot.guide.numbers import DAY_FORMS, MONTH_FORMS, YEAR_FORMS, Number, is_moment, when
from bot.guide.problems import BrokenGuide, Problem, failing, toml_line

Value = Amount | date | str | Mapping[Language, str]

CONTRAST_SLUG = "quota-not-parliament"
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*(?:\|\s*(\w*)\s*)?\}\}")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PAGES = re.compile(r"[1-9]\d*\+? pages?")
_SENTENCE = re.compile(r"(?<=[.!?…])(?=\s)|(?=\n)")
_CALENDAR = {"date": DAY_FORMS, "month": MONTH_FORMS, "year": YEAR_FORMS}


class Confidence(StrEnum):
    """How sure a fact is, in the words of the fact base."""

    PAGES = "pages"
    SINGLE = "single"
    INFERENCE = "inference"
    CONFLICT = "CONFLICT"
    BILL = "bill"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Quote:
    """A value and the citation it rests on."""

    value: Value
    citation: Citation


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; only a CONFLICT has several quotes. `line` is out of the fact base, `at` its line in facts.toml."""

    name: str
    unit: str
    quotes: tuple[Quote, ...]
    as_of: str
    confidence: Confidence
    words: str
    line: str
    at: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where a fact is quoted."""

    name: str
    form: str
    line: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole of facts.toml."""

    citations: Mapping[str, Citation]
    facts: Mapping[str, Fact]
    forms: Forms

    @classmethod
    def load(cls, path: Path) -> "Facts":
        """All facts, or BrokenGuide."""
        facts, problems = cls.read(path)
        if broken := failing(problems):
            raise BrokenGuide(broken)
        return facts

    @classmethod
    def read(cls, path: Path) -> tuple["Facts", list[Problem]]:
        """The facts that can be read, and what is wrong with the others."""
        return _Reader(path).read()

    def complaint(self, mention: Mention, slug: str, language: Language) -> str | None:
        """Why a fact cannot be quoted so in this article, or None."""
        fact = self.facts.get(mention.name)
        if fact is None:
            return f"unknown fact {mention.name}"
        if fact.confidence is Confidence.CONTRAST and slug != CONTRAST_SLUG:
            return f"{fact.name} is a contrast: it may stand in {CONTRAST_SLUG} only"
        forms = self.form_names(fact.unit, language)
        if mention.form not in forms:
            named = f"form {mention.form}" if mention.form else "bare placeholder: a form is needed"
            return f"{fact.name} ({fact.unit}) has no {named}" if mention.form else f"{fact.name}: {named}"
        return None

    def form_names(self, unit: str, language: Language) -> frozenset[str]:
        """The forms in which a fact of this unit can be quoted."""
        if unit in _CALENDAR:
            return frozenset(_CALENDAR[unit][language])
        return frozenset({"plain"}) if unit == "text" else self.forms.names(unit, language)

    def say(self, name: str, form: str, language: Language) -> str:
        """A fact in words, without its mark: «с 21 года». A CONFLICT gives all its values."""
        fact = self.facts[name]
        said = [self.say_value(quote.value, fact.unit, form, language) for quote in fact.quotes]
        return _OR[language].join(said)

    def fill(self, html: str, language: Language) -> str:
        """A title or heading with its facts filled in and no marks, as Telegram HTML."""
        return PLACEHOLDER.sub(lambda match: escape(self.say(match[1], match[2], language), quote=False), html)

    def render(self, text: str, language: Language) -> str:
        """A short text with its facts filled in and marked, as Telegram HTML."""
        return Telling(self, language).fill(text)

    def say_value(self, value: Value, unit: str, form: str, language: Language) -> str:
        """One value in words; KeyError when the unit has no such form."""
        if isinstance(value, str) and unit == "month":
            return MONTH_FORMS[language][form](date.fromisoformat(f"{value}-01"))
        if isinstance(value, int) and unit == "year":
            return YEAR_FORMS[language][form](date(value, 1, 1))
        if isinstance(value, date):
            return DAY_FORMS[language][form](value)
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return value[language]
        return self.forms.say(value, unit, form, language)


@dataclass(slots=True)
class Telling:
    """One article being told: a mark stands at a fact's first mention, equal marks of a sentence once, after the last.

    Why once: three dates from one source in one sentence need one «(по одному источнику …)», not three."""

    facts: Facts
    language: Language
    told: set[str] = field(default_factory=set)

    def fill(self, html: str) -> str:
        """Telegram HTML with every placeholder in it replaced."""
        if "{{" not in html:
            return html
        return "".join(self._sentence(sentence) for sentence in _SENTENCE.split(html))

    def _sentence(self, html: str) -> str:
        found = list(PLACEHOLDER.finditer(html))
        marks = [self._mark(match[1]) for match in found]
        words: Iterator[str] = iter(
            [
                self._quote(match, first=mark is not None)
                + (f" ({mark})" if mark and mark not in marks[place + 1 :] else "")
                for place, (match, mark) in enumerate(zip(found, marks, strict=True))
            ]
        )
        return PLACEHOLDER.sub(lambda _: next(words), html)

    def _mark(self, name: str) -> str | None:
        """The mark of a fact not told before: "" when it needs none; None when it was told."""
        if name in self.told:
            return None
        self.told.add(name)
        return mark(self.facts.facts[name], self.language)

    def _quote(self, match: re.Match[str], first: bool) -> str:
        fact = self.facts.facts[match[1]]
        if first and fact.confidence is Confidence.CONFLICT:
            return self._conflict(fact, match[2])
        return escape(self.facts.say(fact.name, match[2], self.language), quote=False)

    def _conflict(self, fact: Fact, form: str) -> str:
        label = _SOURCE[self.language]
        said = []
        for quote in fact.quotes:
            value = self.facts.say_value(quote.value, fact.unit, form, self.language)
            said.append(f"{value} ({label}: {quote.citation.act[self.language]})")
        return escape(_OR[self.language].join(said), quote=False)


_OR = {Language.RU: " или ", Language.KY: " же "}
_SOURCE = {Language.RU: "источник", Language.KY: "булак"}
_SINGLE = {Language.RU: "по одному источнику", Language.KY: "бир булак боюнча"}
_INFERENCE = {Language.RU: "по нашему расчёту", Language.KY: "биздин эсеп боюнча"}
_BILL = {
    Language.RU: "предлагалось; вступление в силу не подтверждено",
    Language.KY: "сунушталган; күчүнө киргени ырасталган эмес",
}


def mark(fact: Fact, language: Language) -> str:
    """What stands in brackets after a fact's first mention; "" when several pages agree."""
    match fact.confidence:
        case Confidence.SINGLE:
            said = when(fact.as_of, language)
            return f"{_SINGLE[language]}, {said}" if said else _SINGLE[language]
        case Confidence.INFERENCE:
            return _INFERENCE[language]
        case Confidence.BILL:
            return _BILL[language]
        case _:
            return ""


def mentions(text: str, first_line: int = 1) -> list[Mention]:
    """Every placeholder of a text with its line; the form of a bare one is "" ."""
    return [
        Mention(match[1], match[2] or "", number)
        for number, line in enumerate(text.split("\n"), first_line)
        for match in PLACEHOLDER.finditer(line)
        if match[2] is not None or match[1] != "example"
    ]


class _Reader:
    """Reads facts.toml once, noting what is wrong and where."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def read(self) -> tuple[Facts, list[Problem]]:
        table = self._table()
        forms = Forms(self._tables(table, "forms", 2), self._tables(table, "patterns"), self._tables(table, "nouns", 2))
        for key, fault in forms.faults():
            self._wrong(key, fault)
        citations = {
            name: citation
            for name, entry in self._tables(table, "citations").items()
            if (citation := self._citation(name, entry))
        }
        facts = {
            name: fact
            for name, entry in self._tables(table, "facts").items()
            if (fact := self._fact(name, entry, citations, forms))
        }
        return Facts(citations, facts, forms), self.problems

    def _table(self) -> dict[str, Any]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self._wrong("", f"cannot be read: {error}")
            return {}
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith("["):
                self.lines.setdefault(line.strip().split("]")[0].strip("["), number)
        try:
            return tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(self.path, toml_line(error), f"not TOML: {error}"))
            return {}

    def _tables(self, table: Mapping[str, Any], key: str, depth: int = 1) -> dict[str, Any]:
        """The tables under a key, so many levels deep; what is no table is noted and left out."""
        entry = table.get(key.rsplit(".", 1)[-1], {})
        if not isinstance(entry, Mapping):
            self._wrong(key, "must be a table")
            return {}
        return {name: self._tables(entry, f"{key}.{name}", depth - 1) for name in entry} if depth else dict(entry)

    def _wrong(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.path, self.lines.get(key, 1), f"{key}: {message}" if key else message))

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
        if unit not in forms.units() and unit not in (*_CALENDAR, "text"):
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
        faults += _unknown_keys(entry, {"value", "values", "unit", "citation", "as_of", "confidence", "line", "note"})
        for fault in faults:
            self._wrong(key, fault)
        if faults or confidence is None:
            return None
        return Fact(name, unit, tuple(quotes), as_of, confidence, words, line, self.lines.get(key, 1))


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
