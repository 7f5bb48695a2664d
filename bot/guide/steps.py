"""steps.toml: what a candidate has to do, checked as it is read, with the facts of the guide filled in."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.candidacy import Outcome, Step, Way
from bot.domain.ids import Language, Slug
from bot.guide.facts import Facts, mentions
from bot.guide.problems import BrokenGuide, Problem, failing, toml_line
from bot.guide.prose import of_words

FILE = "steps.toml"

_KEYS = {"key", "ways", "outcomes", "title", "what", "papers", "where", "article", "deadlines"}
_STANDING = "standing"  # how the file names Outcome.OPEN, which is "" on its own
_Word = TypeVar("_Word", bound=StrEnum)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


def load_steps(path: Path, facts: Facts) -> tuple[Step, ...]:
    """Every step in the order of the file, or BrokenGuide."""
    steps, problems = read_steps(path, facts)
    if broken := failing(problems):
        raise BrokenGuide(broken)
    return steps


def read_steps(
    path: Path, facts: Facts, slugs: Iterable[str] | None = None, deadlines: Iterable[str] | None = None
) -> tuple[tuple[Step, ...], list[Problem]]:
    """What can be read, and what is wrong with the rest; `slugs` and `deadlines` are what a step may name."""
    return _Reader(path, facts, _maybe(slugs), _maybe(deadlines)).read()


class _Reader:
    def __init__(
        self, path: Path, facts: Facts, slugs: frozenset[str] | None, deadlines: frozenset[str] | None
    ) -> None:
        self.path, self.facts, self.slugs, self.deadlines = path, facts, slugs, deadlines
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def read(self) -> tuple[tuple[Step, ...], list[Problem]]:
        found: dict[str, Step] = {}
        for entry in self._table().get("steps", []):
            step = self._step(entry)
            if step is not None and step.key in found:
                self._wrong(step.key, "stands twice")
            elif step is not None:
                found[step.key] = step
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
            if named := re.match(r'key = "(\w+)"', line):
                self.lines.setdefault(named[1], number)
        return table

    def _wrong(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.path, self.lines.get(key, 1), f"{key}: {message}" if key else message))

    def _step(self, entry: Mapping[str, Any]) -> Step | None:
        key = str(entry.get("key", ""))
        faults = [f"unknown key {other}" for other in entry if other not in _KEYS]
        if not re.fullmatch(r"[a-z][a-z_]{1,24}", key):
            faults.append("a key is 2 to 25 small Latin letters and _")
        ways = _words(Way, entry.get("ways", [str(way) for way in Way]), faults.append)
        said = ["" if word == _STANDING else word for word in entry.get("outcomes", [_STANDING])]
        outcomes = _words(Outcome, said, faults.append)
        texts = {
            name: self._text(name, entry.get(name), faults.append) for name in ("title", "what", "papers", "where")
        }
        article = str(entry.get("article", ""))
        if self.slugs is not None and article not in self.slugs:
            faults.append(f"there is no article {article!r}")
        deadlines = tuple(map(str, entry.get("deadlines", [])))
        if self.deadlines is not None:
            faults += [f"there is no deadline {one!r}" for one in deadlines if one not in self.deadlines]
        for fault in faults:
            self._wrong(key, fault)
        if faults:
            return None
        return Step(key=key, ways=ways, outcomes=outcomes, article=Slug(article), deadlines=deadlines, **texts)

    def _text(self, name: str, raw: object, fault: Callable[[str], None]) -> Mapping[Language, str]:
        """Both languages as Telegram HTML; only `papers` may be left out."""
        if raw is None and name == "papers":
            return dict.fromkeys(Language, "")
        told: dict[Language, str] = {}
        for language in Language:
            words = str(raw.get(language, "")).strip() if isinstance(raw, Mapping) else ""
            if not words:
                fault(f"no {name} in {language}")
                continue
            wrong = [self.facts.complaint(one, "", language) for one in mentions(words)]
            wrong += of_words(_PLACEHOLDER.sub("…", words))
            for complaint in filter(None, wrong):
                fault(f"{name} in {language}: {complaint}")
            if not any(wrong):
                told[language] = self.facts.render(escape(words, quote=False), language)
        return told


def _maybe(words: Iterable[str] | None) -> frozenset[str] | None:
    return None if words is None else frozenset(words)


def _words(kind: type[_Word], raw: object, fault: Callable[[str], None]) -> frozenset[_Word]:
    known = {str(word): word for word in kind}
    given = raw if isinstance(raw, list) else []
    for word in given:
        if word not in known:
            fault(f"unknown {kind.__name__.lower()} {word!r}")
    if not given:
        fault(f"no {kind.__name__.lower()}")
    return frozenset(known[word] for word in given if word in known)
