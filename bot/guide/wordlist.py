"""The word list of a language, built from the glossary and the guide, and the words that stand outside it.

A word is in the list when the glossary has it or another form of it, or when forms of it stand in two articles. What
is left was written once: rare words, names, and most misspellings. A person looks through them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.ids import Language
from bot.guide import files, prose
from bot.guide.letters import words
from bot.guide.normalise import fold, stem

ARTICLES = 2  # in which a word must stand to be in the list


@dataclass(frozen=True, slots=True)
class Outside:
    """A word outside the list: how often it stands, and where first."""

    word: str
    count: int
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of a language that are in the list, and those outside it, in the order of the alphabet."""

    known: tuple[str, ...]
    outside: tuple[Outside, ...]


def build(folder: Path, language: Language) -> WordList:
    """The list of a guide's folder; files that cannot be read are left out, `check` names them."""
    count: dict[str, int] = {}
    first: dict[str, tuple[Path, int]] = {}
    articles: dict[str, set[str]] = {}
    for path, line, word in _written(folder, language):
        count[word] = count.get(word, 0) + 1
        first.setdefault(word, (path, line))
        articles.setdefault(_stem(word, language), set()).add(path.name)
    glossary = {_stem(word, language) for word in _glossary(folder / "glossary.csv", language)}
    outside = {
        word for word in count if len(articles[part := _stem(word, language)]) < ARTICLES and part not in glossary
    }
    return WordList(
        tuple(sorted(count.keys() - outside)),
        tuple(Outside(word, count[word], *first[word]) for word in sorted(outside)),
    )


def told(folder: Path, language: Language) -> Iterator[str]:
    """The words outside the list, one a line, and how long both are."""
    found = build(folder, language)
    for one in found.outside:
        yield f"{one.word:<28}{one.count:>3}  {one.file.relative_to(folder)}:{one.line}"
    yield f"{len(found.outside)} words of {language} outside the list, {len(found.known)} in it"


def _written(folder: Path, language: Language) -> Iterator[tuple[Path, int, str]]:
    for path in files.article_paths(folder):
        try:
            file = files.read(path)
        except files.Unreadable:
            continue
        if file.language is language:
            lines = [(file.keys.get("title", 1), file.front.title)]
            lines += [(line.number, line.prose) for line in prose.lines(file.text, file.text_line)]
            yield from ((path, number, word) for number, text in lines for word in words(text))


def _glossary(path: Path, language: Language) -> Iterator[str]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from words(row[language.value] or "")


def _stem(word: str, language: Language) -> str:
    return stem(fold(word), language)
