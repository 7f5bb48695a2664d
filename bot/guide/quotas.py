"""guides/quotas.toml read into rules, each with its citations; everything that is wrong is named with its line."""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.guide import Citation
from bot.domain.ids import Language
from bot.domain.quotas.rules import (
    AllocationRule,
    Basis,
    Confidence,
    MostRule,
    QuotaRules,
    Reading,
    ReserveRule,
    Rounding,
    Scope,
    Share,
)
from bot.guide.facts import Facts
from bot.guide.numbers import is_moment, when
from bot.guide.problems import BrokenGuide, Problem, toml_line

FILE = "quotas.toml"
_PAGES = re.compile(r"[1-9]\d*\+? pages?")
Rule = TypeVar("Rule")
Word = TypeVar("Word", bound=StrEnum)


def load_quotas(folder: Path) -> QuotaRules:
    """All rules, or BrokenGuide."""
    rules, problems = read_quotas(folder / FILE, Facts.load(folder).citations)
    if problems:
        raise BrokenGuide(problems)
    return rules


def read_quotas(path: Path, citations: Mapping[str, Citation]) -> tuple[QuotaRules, list[Problem]]:
    """The rules that can be read, and what is wrong with the others."""
    return _Reader(path, citations).read()


class _Wrong(Exception):
    pass


class _Reader:
    def __init__(self, path: Path, citations: Mapping[str, Citation]) -> None:
        self.path = path
        self.citations = citations
        self.problems: list[Problem] = []

    def read(self) -> tuple[QuotaRules, list[Problem]]:
        try:
            text = self.path.read_text(encoding="utf-8")
            table = tomllib.loads(text)
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(self.path, 1, f"cannot be read: {error}"))
            return QuotaRules((), (), ()), self.problems
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(self.path, toml_line(error), f"not TOML: {error}"))
            return QuotaRules((), (), ()), self.problems
        self.lines = text.split("\n")
        for kind in table.keys() - {"reserve", "most", "allocation"}:
            self.problems.append(Problem(self.path, 1, f"unknown kind of rule {kind}"))
        rules = QuotaRules(
            self._all(table, "reserve", self._reserve),
            self._all(table, "most", self._most),
            self._all(table, "allocation", self._allocation),
        )
        return rules, self.problems

    def _all(self, table: Mapping[str, Any], kind: str, make: Callable[[Mapping[str, Any]], Rule]) -> tuple[Rule, ...]:
        entries = table.get(kind, [])
        heads = [number for number, line in enumerate(self.lines, 1) if line.strip() == f"[[{kind}]]"]
        found, spans = [], []
        for number, entry in enumerate(entries):
            line = heads[number] if number < len(heads) else 1
            try:
                found.append(make(entry))
                spans.append((entry["from"], entry.get("until") or date.max, line))
            except (_Wrong, KeyError, TypeError, ValueError) as error:
                said = f"no {error}" if isinstance(error, KeyError) else str(error)
                self.problems.append(Problem(self.path, line, f"{kind}: {said}"))
        if not entries:
            self.problems.append(Problem(self.path, 1, f"no rule of kind {kind}"))
        for (_start, end, _line), (start, _end, line) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            if start <= end:
                self.problems.append(Problem(self.path, line, f"{kind}: two rules are in force on {start}"))
        return tuple(found)

    def _reserve(self, entry: Mapping[str, Any]) -> ReserveRule:
        share = _share(entry)
        rounding, scope = _word(entry, "rounding", Rounding), _word(entry, "scope", Scope)
        return ReserveRule(entry["name"], share, rounding, scope, *_days(entry), self._basis(entry))

    def _most(self, entry: Mapping[str, Any]) -> MostRule:
        return MostRule(
            entry["name"], _share(entry), _word(entry, "rounding", Rounding), *_days(entry), self._basis(entry)
        )

    def _allocation(self, entry: Mapping[str, Any]) -> AllocationRule:
        confirmed = entry["confirmed"]
        if not isinstance(confirmed, bool):
            raise _Wrong("confirmed is true or false")
        reading = _word(entry, "reading", Reading)
        return AllocationRule(entry["name"], reading, confirmed, *_days(entry), self._basis(entry))

    def _basis(self, entry: Mapping[str, Any]) -> Basis:
        names = entry["citations"]
        if not names:
            raise _Wrong("no citation")
        for name in names:
            if name not in self.citations:
                raise _Wrong(f"unknown citation {name}")
        words = entry["confidence"]
        confidence = Confidence.PAGES if _PAGES.fullmatch(words) else Confidence(words)
        as_of = entry["as_of"]
        if not (isinstance(as_of, str) and is_moment(as_of)):
            raise _Wrong("as_of is a year, a month (2024-10) or a date, in quotes")
        said = {language: when(as_of, language) for language in Language}
        return Basis(tuple(self.citations[name] for name in names), said, confidence)


def _share(entry: Mapping[str, Any]) -> Share:
    part, whole = entry["share"]
    if not (type(part) is int and type(whole) is int and 0 < part <= whole <= 1000):
        raise _Wrong("share is two whole numbers, [30, 100]")
    return Share(part, whole)


def _word(entry: Mapping[str, Any], key: str, kind: type[Word]) -> Word:
    try:
        return kind(entry[key])
    except ValueError:
        raise _Wrong(f"{key} is one of {', '.join(kind)}") from None


def _days(entry: Mapping[str, Any]) -> tuple[date, date | None]:
    since, until = entry["from"], entry.get("until")
    if type(since) is not date or not (until is None or (type(until) is date and since <= until)):
        raise _Wrong("from and until are dates, in that order")
    return since, until
