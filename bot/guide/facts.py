"""Facts: every number, date and amount of law, with its citation, as-of date and confidence, said in a form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from html import escape
from pathlib import Path

from bot.domain.guide import Citation
from bot.domain.ids import Language
from bot.guide.forms import Amount, Forms
from bot.guide.numbers import DAY_FORMS, MONTH_FORMS, YEAR_FORMS, begins, when
from bot.guide.problems import BrokenGuide, Problem, failing

Value = Amount | date | str | Mapping[Language, str]

CONTRAST_SLUG = "quota-not-parliament"
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*(?:\|\s*(\w*)\s*)?\}\}")

_SENTENCE = re.compile(r"(?<=[.!?…])(?=\s)|(?=\n)")
CALENDAR = {"date": DAY_FORMS, "month": MONTH_FORMS, "year": YEAR_FORMS}


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
    """One fact; only a CONFLICT has several quotes. `line` is out of the fact base; it stands in `file` at line `at`.

    `valid_until` is the last day on which it is known to hold, where the law or its source names one."""

    name: str
    unit: str
    quotes: tuple[Quote, ...]
    as_of: str
    confidence: Confidence
    words: str
    line: str
    file: Path
    at: int
    valid_until: date | None = None

    def dated(self) -> date | None:
        """The earliest day its as-of may mean, or None when it is undated."""
        return begins(self.as_of)

    def older_than(self, day: date) -> bool:
        """Whether its source spoke before this day; who cannot be dated counts as old."""
        dated = self.dated()
        return dated is None or dated < day

    def past(self, today: date) -> bool:
        """Whether the day until which it was known to hold is over."""
        return self.valid_until is not None and self.valid_until < today


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where a fact is quoted."""

    name: str
    form: str
    line: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Every fact of the guide, and how facts are said. What is older than `old_before` is worth checking again."""

    citations: Mapping[str, Citation]
    facts: Mapping[str, Fact]
    forms: Forms
    old_before: date | None = None
    cited_at: Mapping[str, tuple[Path, int]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Facts":
        """All facts of a guide's folder (or of the folder in which this file of facts lies), or BrokenGuide."""
        facts, problems = cls.read(path)
        if broken := failing(problems):
            raise BrokenGuide(broken)
        return facts

    @classmethod
    def read(cls, path: Path) -> tuple["Facts", list[Problem]]:
        """The facts that can be read, and what is wrong with the others."""
        from bot.guide.fact_files import FactReader  # it makes what is named here

        return FactReader(path if path.is_dir() else path.parent).read()

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
        if unit in CALENDAR:
            return frozenset(CALENDAR[unit][language])
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

    def old(self, fact: Fact) -> bool:
        """Whether the guide itself calls a fact of this age old."""
        return self.old_before is not None and fact.older_than(self.old_before)

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
        return "".join(self._sentence(sentence) for sentence in sentences(html))

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


def sentences(html: str) -> list[str]:
    """The sentences of a text, each with the space before it; joined they are the text."""
    return _SENTENCE.split(html)


def mentions(text: str, first_line: int = 1) -> list[Mention]:
    """Every placeholder of a text with its line; the form of a bare one is "" ."""
    return [
        Mention(match[1], match[2] or "", number)
        for number, line in enumerate(text.split("\n"), first_line)
        for match in PLACEHOLDER.finditer(line)
        if match[2] is not None or match[1] != "example"
    ]
