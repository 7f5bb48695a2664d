"""calendar.toml: the deadlines that past elections had, each with its citation, checked as it is read."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.elections import Kenesh, PastElection, Seen, UsualDeadline, Whom
from bot.domain.guide import Citation
from bot.domain.ids import Language, Slug
from bot.guide.facts import Confidence
from bot.guide.problems import BrokenGuide, Problem, failing, toml_line

FILE = "calendar.toml"

_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_PAGES = re.compile(r"[1-9]\d*\+? pages?")
_KEYS = {"key", "kenesh", "whom", "title", "end", "article", "seen"}
_SEEN_KEYS = {"election", "days", "hour", "citation", "confidence", "line", "awkward"}
_Word = TypeVar("_Word", bound=StrEnum)


def load_calendar(path: Path, citations: Mapping[str, Citation]) -> tuple[UsualDeadline, ...]:
    """Every usual deadline in the order of the file, or BrokenGuide. `citations` are those of the facts."""
    deadlines, problems = read_calendar(path, citations)
    if broken := failing(problems):
        raise BrokenGuide(broken)
    return deadlines


def read_calendar(
    path: Path, citations: Mapping[str, Citation], slugs: Iterable[str] | None = None
) -> tuple[tuple[UsualDeadline, ...], list[Problem]]:
    """What can be read, and what is wrong with the rest; `slugs` are the articles that a deadline may name."""
    return _Reader(path, citations, None if slugs is None else frozenset(slugs)).read()


class _Reader:
    def __init__(self, path: Path, citations: Mapping[str, Citation], slugs: frozenset[str] | None) -> None:
        self.path, self.slugs = path, slugs
        self.citations = dict(citations)
        self.elections: dict[str, PastElection] = {}
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def read(self) -> tuple[tuple[UsualDeadline, ...], list[Problem]]:
        table = self._table()
        for name, entry in table.get("citations", {}).items():
            self._citation(name, entry)
        for key, entry in table.get("elections", {}).items():
            self._election(key, entry)
        found: dict[str, UsualDeadline] = {}
        for entry in table.get("deadlines", []):
            deadline = self._deadline(entry)
            if deadline is not None and deadline.key in found:
                self._wrong(deadline.key, "stands twice")
            elif deadline is not None:
                found[deadline.key] = deadline
        return tuple(found.values()), self.problems

    def _table(self) -> dict[str, Any]:
        try:
            text = self.path.read_text(encoding="utf-8")
            table = tomllib.loads(text)
        except (OSError, UnicodeDecodeError) as error:
            self._wrong("", f"cannot be read: {error}")
            return {}
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(self.path, toml_line(error), f"not TOML: {error}"))
            return {}
        for number, line in enumerate(text.split("\n"), 1):
            named = re.match(r'key = "(\w+)"|\[(?:elections|citations)\.(\w+)\]', line)
            if named:
                self.lines.setdefault(named[1] or named[2], number)
        return table

    def _wrong(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.path, self.lines.get(key, 1), f"{key}: {message}" if key else message))

    def _citation(self, name: str, entry: Mapping[str, Any]) -> None:
        act, edition = _both(entry.get("act")), _both(entry.get("edition"))
        link = str(entry.get("link", ""))
        if act is None or edition is None or not link.startswith("https://"):
            self._wrong(name, "a citation needs act and edition in both languages and a full link")
        elif name in self.citations:
            self._wrong(name, "is a citation of the facts already")
        else:
            self.citations[name] = Citation(name, act, str(entry.get("article", "")), edition, link)

    def _election(self, key: str, entry: Mapping[str, Any]) -> None:
        name, day = _both(entry.get("name")), entry.get("voting_day")
        if name is None or type(day) is not date:
            self._wrong(key, "an election needs a voting day and a name in both languages")
        else:
            self.elections[key] = PastElection(key, day, name)

    def _deadline(self, entry: Mapping[str, Any]) -> UsualDeadline | None:
        key = str(entry.get("key", ""))
        title = _both(entry.get("title"))
        faults = [f"unknown key {other}" for other in entry if other not in _KEYS]
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            faults.append("a key is small Latin letters, digits and _")
        if title is None:
            faults.append("no title in both languages")
        if not isinstance(entry.get("end"), bool):
            faults.append("end is true or false")
        keneshes = _words(Kenesh, entry.get("kenesh"), faults.append)
        whom = _words(Whom, entry.get("whom"), faults.append)
        article = str(entry.get("article", ""))
        if self.slugs is not None and article not in self.slugs:
            faults.append(f"there is no article {article!r}")
        rows = entry.get("seen", [])
        seen = tuple(row for raw in rows if (row := self._seen(raw, faults.append)) is not None)
        if not rows:
            faults.append("no calendar has had it: `seen` is empty")
        for fault in faults:
            self._wrong(key, fault)
        if faults or title is None:
            return None
        return UsualDeadline(key, keneshes, whom, title, entry["end"], Slug(article), seen)

    def _seen(self, raw: Mapping[str, Any], fault: Callable[[str], None]) -> Seen | None:
        election = self.elections.get(str(raw.get("election")))
        citation = self.citations.get(str(raw.get("citation")))
        days, hour, confidence = raw.get("days"), str(raw.get("hour", "")), str(raw.get("confidence", ""))
        faults = [f"unknown key {other} in seen" for other in raw if other not in _SEEN_KEYS]
        if election is None:
            faults.append(f"unknown election {raw.get('election')!r}")
        if citation is None:
            faults.append(f"unknown citation {raw.get('citation')!r}")
        if not isinstance(days, int) or isinstance(days, bool):
            faults.append("days is not a whole number")
        if hour and not _HOUR.fullmatch(hour):
            faults.append(f"hour {hour!r} is not HH:MM or 24:00")
        if not _PAGES.fullmatch(confidence) and confidence not in list(Confidence)[1:]:
            faults.append(f"unknown confidence {confidence!r}")
        if not raw.get("line"):
            faults.append("no line of the fact base")
        for one in faults:
            fault(one)
        if faults or election is None or citation is None or not isinstance(days, int):
            return None
        return Seen(election, days, hour, citation, confidence, str(raw["line"]), str(raw.get("awkward", "")))


def _both(entry: object) -> Mapping[Language, str] | None:
    if isinstance(entry, Mapping) and all(str(entry.get(language, "")).strip() for language in Language):
        return {language: str(entry[language]) for language in Language}
    return None


def _words(kind: type[_Word], raw: object, fault: Callable[[str], None]) -> frozenset[_Word]:
    known = {str(word): word for word in kind}
    given = raw if isinstance(raw, list) else []
    for word in given:
        if word not in known:
            fault(f"unknown {kind.__name__.lower()} {word!r}")
    if not given:
        fault(f"no {kind.__name__.lower()}")
    return frozenset(known[word] for word in given if word in known)
