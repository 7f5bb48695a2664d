"""quiz.toml: the questions, filled from facts and rules, checked against Telegram's limits for quizzes."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from bot.domain.ids import Language, Slug
from bot.domain.quiz import QuizQuestion, QuizWords
from bot.guide.facts import Facts, mentions
from bot.guide.problems import BrokenGuide, Problem, failing, toml_line

QUESTIONS = 12
FILE = "quiz.toml"
QUESTION_LIMIT, OPTION_LIMIT, EXPLANATION_LIMIT = 300, 100, 200
"""In characters after filling; Bot API, sendPoll. An explanation has at most two line feeds."""

Count = Callable[[int], int]
_COUNTED = re.compile(r"\[\[(\w+) (\d+)(?: ([+-]\d+))?\]\]")
_KEYS = {"article", "right", *Language}


def load_quiz(path: Path, facts: Facts, counts: Mapping[str, Count], slugs: Iterable[str]) -> tuple[QuizQuestion, ...]:
    """All twelve questions, or BrokenGuide. `counts` are what the rules of quotas count: `reserved`, `most`."""
    questions, problems = read_quiz(path, facts, counts, slugs)
    if broken := failing(problems):
        raise BrokenGuide(broken)
    return questions


def read_quiz(
    path: Path, facts: Facts, counts: Mapping[str, Count], slugs: Iterable[str]
) -> tuple[tuple[QuizQuestion, ...], list[Problem]]:
    """The questions that can be read, and what is wrong with the others."""
    return _Reader(path, facts, counts, frozenset(slugs)).read()


class _Reader:
    def __init__(self, path: Path, facts: Facts, counts: Mapping[str, Count], slugs: frozenset[str]) -> None:
        self.path, self.facts, self.counts, self.slugs = path, facts, counts, slugs
        self.problems: list[Problem] = []
        self.lines: list[int] = []

    def read(self) -> tuple[tuple[QuizQuestion, ...], list[Problem]]:
        entries = self._entries()
        found = [self._question(number, entry) for number, entry in enumerate(entries, 1)]
        if entries and len(entries) != QUESTIONS:
            self._wrong(len(entries), f"{QUESTIONS} questions are wanted, not {len(entries)}")
        return tuple(one for one in found if one is not None), self.problems

    def _entries(self) -> list[Mapping[str, Any]]:
        try:
            text = self.path.read_text(encoding="utf-8")
            table = tomllib.loads(text)
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(self.path, 1, f"cannot be read: {error}"))
            return []
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(self.path, toml_line(error), f"not TOML: {error}"))
            return []
        self.lines = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith("[[questions]]")]
        return list(table.get("questions", []))

    def _wrong(self, number: int, message: str) -> None:
        line = self.lines[number - 1] if 0 < number <= len(self.lines) else 1
        self.problems.append(Problem(self.path, line, f"question {number}: {message}"))

    def _question(self, number: int, entry: Mapping[str, Any]) -> QuizQuestion | None:
        before = len(self.problems)
        for key in entry:
            if key not in _KEYS:
                self._wrong(number, f"unknown key {key}")
        article, right = str(entry.get("article", "")), entry.get("right")
        if article not in self.slugs:
            self._wrong(number, f"there is no article {article!r}")
        words = {language: self._words(number, entry.get(language), language) for language in Language}
        lengths = {len(one.options) for one in words.values() if one is not None}
        if len(lengths) > 1:
            self._wrong(number, "the languages have different numbers of options")
        if not isinstance(right, int) or isinstance(right, bool) or not all(1 <= right <= many for many in lengths):
            self._wrong(number, f"right = {right!r} names no option")
        if len(self.problems) > before or not isinstance(right, int):
            return None
        filled = {language: one for language, one in words.items() if one is not None}
        return QuizQuestion(number, Slug(article), right - 1, filled)

    def _words(self, number: int, entry: object, language: Language) -> QuizWords | None:
        options = entry.get("options") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or not isinstance(options, list):
            self._wrong(number, f"no words in {language}")
            return None
        if set(entry) != {"question", "options", "explanation"}:
            self._wrong(number, f"{language}: question, options and explanation are wanted, nothing else")
            return None
        raw = (str(entry["question"]), str(entry["explanation"]), *map(str, options))
        sound = [self._can_be_filled(number, text, language) for text in raw]
        if not all(sound):
            return None
        question, explanation, *filled = (self._filled(text, language) for text in raw)
        said = QuizWords(question, tuple(filled), explanation)
        for fault in _faults(said):
            self._wrong(number, f"{language}: {fault}")
        return said

    def _can_be_filled(self, number: int, text: str, language: Language) -> bool:
        faults = [
            complaint
            for mention in mentions(text)
            if (complaint := self.facts.complaint(mention, "quota-not-parliament", language))
        ]
        faults += [f"nothing counts {found[1]!r}" for found in _COUNTED.finditer(text) if found[1] not in self.counts]
        for fault in faults:
            self._wrong(number, f"{language}: {fault}")
        return not faults

    def _filled(self, text: str, language: Language) -> str:
        counted = _COUNTED.sub(
            lambda found: str(self.counts[found[1]](int(found[2])) + int(found[3] or 0)),
            text,
        )
        said = unescape(self.facts.render(counted, language))
        return said[:1].upper() + said[1:]


def _faults(words: QuizWords) -> list[str]:
    faults = []
    if not 1 <= len(words.question) <= QUESTION_LIMIT:
        faults.append(f"the question has {len(words.question)} characters, at most {QUESTION_LIMIT}")
    if not 2 <= len(words.options) <= 10 or len(set(words.options)) != len(words.options):
        faults.append("2 to 10 different options are wanted")
    if any(not 1 <= len(option) <= OPTION_LIMIT for option in words.options):
        faults.append(f"an option has 1 to {OPTION_LIMIT} characters")
    if not 1 <= len(words.explanation) <= EXPLANATION_LIMIT:
        faults.append(f"the explanation has {len(words.explanation)} characters, at most {EXPLANATION_LIMIT}")
    return faults
