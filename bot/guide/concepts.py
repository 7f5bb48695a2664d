"""Words of both languages that mean the same, read from bot/guide/words: «үгүт» and «агитация» are one concept."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.domain.ids import Language
from bot.guide import normalise

WORDS = Path(__file__).parent / "words"
_PART = 4  # a shorter beginning within an expression says too little about a word
_STEM = 9  # a shorter stem is shared by words that have nothing in common
_HEAD = 2  # expressions are found by the first letters of their first word


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of an expression, whole or only its beginning."""

    text: str
    begins: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.begins else word == self.text


_Expression = tuple[tuple[_Piece, ...], tuple[str, ...]]  # its words and its concepts


class Unit(NamedTuple):
    """One or several words of a text that are read together, and the concepts they stand for (often none)."""

    words: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Finds concepts in folded words: the longest expression first, then the word, its longest known beginning, its stem."""

    whole: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]  # of whole words, for their other forms
    beginnings: Mapping[str, tuple[str, ...]]
    expressions: Mapping[str, tuple[_Expression, ...]]
    vocabulary: frozenset[str]
    parts: frozenset[str]  # beginnings of words within expressions
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    _begun: dict[str, tuple[_Expression, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, lines: Mapping[str, str], inflected: bool = False) -> "Lexicon":
        """A lexicon from lines `concept = "слово, слов*, два слова"`; `inflected` also knows other forms of whole words."""
        singles: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
        together: dict[tuple[_Piece, ...], list[str]] = {}
        vocabulary: set[str] = set()
        parts: set[str] = set()
        for concept, line in lines.items():
            for pieces in filter(None, map(_pieces, line.split(","))):
                vocabulary.update(piece.text for piece in pieces)
                if len(pieces) == 1:
                    singles[pieces[0].begins].setdefault(pieces[0].text, []).append(concept)
                else:
                    together.setdefault(pieces, []).append(concept)
                    parts.update(piece.text for piece in pieces if piece.begins)
        heads: dict[str, list[_Expression]] = {}
        for pieces in sorted(together, key=len, reverse=True):
            heads.setdefault(pieces[0].text[:_HEAD], []).append((pieces, tuple(together[pieces])))
        return cls(
            {word: tuple(concepts) for word, concepts in singles[False].items()},
            _stems(singles[False]) if inflected else {},
            {word: tuple(concepts) for word, concepts in singles[True].items()},
            {head: tuple(found) for head, found in heads.items()},
            frozenset(vocabulary),
            frozenset(parts),
        )

    def concepts(self, word: str) -> tuple[str, ...]:
        """What one folded word stands for."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._look_up(word)
        return found

    def knows(self, word: str) -> bool:
        """Whether a folded word is here, alone or as a part of an expression."""
        if word in self.vocabulary or self.concepts(word):
            return True
        return any(word[:size] in self.parts for size in range(_PART, len(word)))

    def units(self, words: Sequence[str]) -> Iterable[Unit]:
        """The words in order, expressions taken together."""
        place = 0
        while place < len(words):
            word = words[place]
            expression = self._expression(words, place) if self._beginning(word) else None
            size, concepts = expression or (1, self.concepts(word))
            yield Unit(tuple(words[place : place + size]), concepts)
            place += size

    def _look_up(self, word: str) -> tuple[str, ...]:
        if word in self.whole:
            return self.whole[word]
        for size in range(len(word), 1, -1):
            if word[:size] in self.beginnings:
                return self.beginnings[word[:size]]
        if word in idle():
            return ()
        stems = (normalise.stem(word, language) for language in Language)
        return next((self.stems[stem] for stem in stems if stem in self.stems), ())

    def _expression(self, words: Sequence[str], place: int) -> tuple[int, tuple[str, ...]] | None:
        for pieces, concepts in self._beginning(words[place]):
            size = len(pieces)
            if place + size <= len(words) and all(map(_Piece.fits, pieces, words[place : place + size])):
                return size, concepts
        return None

    def _beginning(self, word: str) -> tuple[_Expression, ...]:
        """The expressions whose first word this may be, remembered."""
        found = self._begun.get(word)
        if found is None:
            heads = self.expressions.get(word[:_HEAD], ())
            found = self._begun[word] = tuple(one for one in heads if one[0][0].fits(word))
        return found


@cache
def concepts() -> Lexicon:
    """The meanings of words/concepts.toml."""
    return Lexicon.of(_lines("concepts.toml"), inflected=True)


@cache
def signs() -> Lexicon:
    """The words of words/topics.toml: greetings, thanks, parliament, what is surely not ours."""
    return Lexicon.of(_lines("topics.toml"))


def outside() -> Mapping[Language, Sequence[str]]:
    """Questions of words/outside.toml: what people ask a bot that is not ours, by language."""
    written = tomllib.loads((WORDS / "outside.toml").read_text(encoding="utf-8"))
    return {language: written[language] for language in Language}


@cache
def idle() -> frozenset[str]:
    """Words that say nothing about what is asked, folded."""
    lines = _lines("idle.toml")
    return frozenset(word for name in Language for word in normalise.words(lines[name]))


@cache
def idle_stems() -> frozenset[str]:
    """Kyrgyz verbs that say as little in any form, by stem."""
    return frozenset(normalise.words(_lines("idle.toml")["ky_stems"]))


def _lines(name: str) -> Mapping[str, str]:
    return tomllib.loads((WORDS / name).read_text(encoding="utf-8"))


def _stems(whole: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word, concepts in whole.items():
        for language in Language:
            stem = normalise.stem(word, language)
            if len(stem) >= _STEM:
                found.setdefault(stem, {}).update(dict.fromkeys(concepts))
    return {stem: tuple(concepts) for stem, concepts in found.items()}


def _pieces(expression: str) -> tuple[_Piece, ...]:
    found = []
    for part in expression.split():
        begins = part.endswith("*")
        folded = normalise.words(part.rstrip("*"))
        found += [_Piece(word, begins and word is folded[-1]) for word in folded]
    return tuple(found)
