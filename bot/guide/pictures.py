"""Pictures of the guide: what each shows stands in pictures.toml, every number in it a fact quoted by name."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.domain.guide import Drawing, Entry, Picture
from bot.domain.ids import Language
from bot.guide import files, markup
from bot.guide.facts import PLACEHOLDER, Confidence, Fact, Facts, Mention, mark, mentions
from bot.guide.files import ArticleFile
from bot.guide.numbers import Number
from bot.guide.problems import Problem, Weight, toml_line

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_KEYS = {"drawing", "as_of", "citations", "share", "seats", "entries", *Language}
_ENTRY_KEYS = {"fact", "form", "date", "day", "confirmed", *Language}
_NOT_CONFIRMED = {
    Language.RU: "обязательный срок не подтверждён: спросите комиссию",
    Language.KY: "милдеттүү мөөнөтү ырасталган эмес: комиссиядан сураңыз",
}
_BY_CALENDAR = {Language.RU: "по календарю {year} года", Language.KY: "{year}-жылдын календары боюнча"}


def read(path: Path, facts: Facts) -> tuple[dict[tuple[str, Language], Picture], list[Problem]]:
    """The pictures that can be drawn, by name and language, and what is wrong with the others; no file, no pictures."""
    reader = _Reader(path, facts)
    return reader.read(), reader.problems


def problems(folder: Path, facts: Facts, texts: Iterable[ArticleFile]) -> Iterator[Problem]:
    """What is wrong with the pictures themselves, and with the names by which articles call them."""
    path = folder / files.PICTURES
    drawn, found = read(path, facts)
    yield from found
    wanted = {file.front.picture for file in texts if file.front.picture}
    for file in texts:
        if file.front.picture and (file.front.picture, file.language) not in drawn:
            yield file.problem("picture", f"there is no picture {file.front.picture} in {path.name} that can be drawn")
    for name in dict.fromkeys(name for name, _ in drawn):
        if name not in wanted:
            yield Problem(path, 1, f"no article shows the picture {name}", Weight.NOTE)


def quoted(folder: Path) -> set[str]:
    """The names of the facts that pictures quote."""
    try:
        text = (folder / files.PICTURES).read_text(encoding="utf-8")
    except OSError:
        return set()
    named = re.findall(r'^\s*(?:fact|date|day|share)\s*=\s*"(\w+)"', text, re.MULTILINE)
    return {mention.name for mention in mentions(text)} | set(named)


class _Wrong(Exception):
    """A picture that cannot be drawn; says why, and which word of the file to look at."""

    def __init__(self, message: str, at: str = "") -> None:
        super().__init__(message)
        self.at = at


@dataclass(slots=True)
class _Reader:
    """Reads pictures.toml once, noting what is wrong and where."""

    path: Path
    facts: Facts
    problems: list[Problem] = field(default_factory=list)
    lines: Sequence[str] = ()

    def read(self) -> dict[tuple[str, Language], Picture]:
        if not self.path.is_file():
            return {}
        try:
            text = self.path.read_text(encoding="utf-8")
            table = tomllib.loads(text, parse_float=Decimal)
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(self.path, 1, f"cannot be read: {error}"))
            return {}
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(self.path, toml_line(error), f"not TOML: {error}"))
            return {}
        self.lines = text.split("\n")
        drawn = {}
        for name, entry in table.items():
            for language in Language:
                try:
                    drawn[name, language] = self._picture(name, entry, language)
                except _Wrong as wrong:
                    self.problems.append(Problem(self.path, self._line(name, wrong.at), f"{name}: {wrong}"))
        return drawn

    def _line(self, name: str, at: str) -> int:
        """The first line at or below the picture's own that holds the word."""
        begin = next((n for n, line in enumerate(self.lines) if line.startswith(f"[{name}]")), 0)
        return next((n for n, line in enumerate(self.lines[begin:], begin + 1) if at in line), begin + 1)

    def _picture(self, name: str, entry: Any, language: Language) -> Picture:
        if not isinstance(entry, Mapping):
            raise _Wrong("must be a table")
        for key in entry:
            if key not in _KEYS:
                raise _Wrong(f"unknown key {key}", key)
        if entry.get("drawing") not in list(Drawing):
            raise _Wrong(f"drawing must be one of {', '.join(Drawing)}", "drawing")
        if type(entry.get("as_of")) is not date:
            raise _Wrong("as_of must be a date", "as_of")
        drawing = Drawing(entry["drawing"])
        words = entry.get(language, {})
        title = _string(words, "title", f"no title in {language}")
        notes = words.get("notes", [])
        rows = self._seats(entry, language) if drawing is Drawing.SEATS else self._entries(entry, drawing, language)
        return Picture(
            name=name,
            language=language,
            drawing=drawing,
            title=self._said(title, language),
            entries=tuple(rows),
            notes=tuple(self._noted(str(note), language) for note in notes),
            sources=tuple(self._sources(entry.get("citations", []), language)),
            as_of=entry["as_of"],
        )

    def _seats(self, entry: Mapping[str, Any], language: Language) -> Iterator[Entry]:
        """Districts by size: so many seats, so many of them reserved, rounded up in integers."""
        share = self._fact(str(entry.get("share", "")))
        value = share.quotes[0].value
        bounds = entry.get("seats")
        if not isinstance(value, int) or not 0 < value <= 100:
            raise _Wrong(f"{share.name} is not a whole share in per cent", share.name)
        if not isinstance(bounds, list) or len(bounds) != 2 or not all(type(one) is int for one in bounds):
            raise _Wrong("seats must be [smallest, largest]", "seats")
        for seats in range(max(bounds[0], 1), bounds[1] + 1):
            reserved = -(-seats * value // 100)
            of_all = (Decimal(reserved * 100) / seats).quantize(Decimal("0.1")).normalize()
            yield Entry(
                label=self.facts.forms.say(seats, "seat", "plain", language),
                said=self.facts.forms.say(reserved, "seat", "plain", language),
                mark=self.facts.forms.say(_number(of_all), "percent", "plain", language),
                low=reserved,
                high=seats,
            )

    def _entries(self, entry: Mapping[str, Any], drawing: Drawing, language: Language) -> Iterator[Entry]:
        rows = entry.get("entries", [])
        if not isinstance(rows, list) or not rows:
            raise _Wrong("has no entries")
        for row in rows:
            for key in row:
                if key not in _ENTRY_KEYS:
                    raise _Wrong(f"unknown key {key}", key)
            words = row.get(language, {})
            label = _string(words, "label", f"an entry has no label in {language}")
            said, marks, sizes = str(words.get("said", "")), [], (0.0, 0.0)
            if drawing is Drawing.BARS:
                fact = self._fact(str(row.get("fact", "")))
                sizes = _sizes(fact)
                said = f"{{{{{fact.name}|{row.get('form', 'plain')}}}}}"
            if "date" in row:
                said, moment = self._offset(str(row["date"]), str(row.get("day", "")), said, language)
                marks.append(moment)
            marks += self._marks(f"{label} {said}", language)
            if row.get("confirmed") is False:
                marks.append(_NOT_CONFIRMED[language])
            yield Entry(
                self._said(label, language), self._said(said, language), "; ".join(dict.fromkeys(marks)), *sizes
            )

    def _offset(self, name: str, day: str, words: str, language: Language) -> tuple[str, str]:
        """So many days before the other day, and by which year's calendar; `{offset}` in the words gives its place."""
        moment, other = self._fact(name).quotes[0].value, self._fact(day).quotes[0].value
        if not isinstance(moment, date) or not isinstance(other, date) or moment >= other:
            raise _Wrong(f"{name} and {day} are not two days, one before the other", name)
        said = self.facts.forms.say((other - moment).days, "day", "before", language)
        own = mark(self._fact(name), language)
        by_calendar = _BY_CALENDAR[language].format(year=other.year)
        return (words or "{offset}").replace("{offset}", said), f"{by_calendar}; {own}" if own else by_calendar

    def _marks(self, words: str, language: Language) -> list[str]:
        found = []
        for mention in self._mentioned(words, language):
            fact = self.facts.facts[mention.name]
            if fact.confidence is Confidence.CONFLICT:
                found += [
                    f"{self.facts.say_value(quote.value, fact.unit, mention.form, language)}: {quote.citation.act[language]}"
                    for quote in fact.quotes
                ]
            elif own := mark(fact, language):
                found.append(own)
        return found

    def _said(self, words: str, language: Language) -> str:
        """Plain words with their facts filled in, and no marks: those stand beside."""
        self._mentioned(words, language)
        return PLACEHOLDER.sub(lambda match: self.facts.say(match[1], match[2], language), words)

    def _noted(self, words: str, language: Language) -> str:
        """Plain words with their facts filled in and marked."""
        self._mentioned(words, language)
        return markup.plain(self.facts.render(words, language))

    def _mentioned(self, words: str, language: Language) -> list[Mention]:
        found = mentions(words)
        for mention in found:
            if complaint := self.facts.complaint(mention, "", language):
                raise _Wrong(complaint, mention.name)
        return found

    def _fact(self, name: str) -> Fact:
        fact = self.facts.facts.get(name)
        if fact is None:
            raise _Wrong(f"unknown fact {name}", name)
        if fact.confidence is Confidence.CONTRAST:
            raise _Wrong(f"{name} is a contrast and may not be drawn", name)
        return fact

    def _sources(self, names: Iterable[str], language: Language) -> Iterator[str]:
        for name in names:
            citation = self.facts.citations.get(name)
            if citation is None:
                raise _Wrong(f"unknown citation {name}", name)
            yield f"{citation.act[language]} ({citation.edition[language]})"


def _string(words: Any, key: str, complaint: str) -> str:
    found = words.get(key) if isinstance(words, Mapping) else None
    if not isinstance(found, str) or not found.strip():
        raise _Wrong(complaint)
    return found


def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


def _sizes(fact: Fact) -> tuple[float, float]:
    """The least and the largest number a fact names; a fact in words is read as it stands."""
    found: list[float] = []
    for quote in fact.quotes:
        value = quote.value
        if isinstance(value, int | Decimal):
            found.append(float(value))
        elif isinstance(value, tuple):
            found += [float(one) for one in value]
        elif isinstance(value, str):
            found += [float(one.replace(",", ".")) for one in _NUMBER.findall(value)]
    if not found:
        raise _Wrong(f"{fact.name} is no number", fact.name)
    return min(found), max(found)
