"""Whether two people ask the same: for grouping questions, and for finding one that was answered before.

Two measures, on purpose. `likeness` is generous and knows synonyms of both languages: it offers and groups. `same` is
strict, for what is answered by itself: every telling word of the question stands in the other, nothing much is left
over there, and both ask the same way (when, how much, who; may or must; with or without «не»)."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import OSA

from bot.domain.ids import Language
from bot.guide import normalise, translit
from bot.guide.concepts import Unit, concepts
from bot.guide.terms import is_idle

SYNONYM = 0.8  # what a word of the same meaning counts beside the same word
ALIKE = 0.7  # this like, and questions are one group
OFFER = 0.6  # this like, and an entry is offered
LEFT_OVER = 0.25  # the part of an answered question that the new one may leave unsaid
_SLIP = 0.8
_STRICT_SLIP = 0.85
_SHORTEST_SLIP = 5
_READINGS = 6

_WAYS = {
    "when": "когда качан",
    "how much": "сколько канча канчага канчадан",
    "who": "кто кому кого ким кимге кимди кимдер",
    "where": "где куда кайда кайдан кайсыл",
    "why": "почему зачем эмнеге",
    "how": "как каким кантип",
    "may": "можно могу может могут можем мумкун мумкунбу болобу алабы аласыз алабыз алам алабызбы вправе имеет",
    "must": "нужно надо должен должна должны обязан обязана обязаны обязательно керек керекпи зарыл зарылбы милдеттуу",
    "not": "не нет нельзя без ни эмес эмеспи жок жокпу болбойт болбойбу",
}
_WAY_OF = {word: way for way, words in _WAYS.items() for word in words.split()}
_PARTICLES = frozenset(("ли", "же", "бы"))
_WITHOUT = re.compile(r"\w{3,}с[ыиу]з(?:[бп][ыиу])?$")
_NEGATED = re.compile(r"\w{2,}[бп][аео](?:й|са|се|со|га|ге|го|ст)\w*$")

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Word:
    """One telling word or expression: its stems in both languages and the concepts it stands for."""

    stems: frozenset[str]
    concepts: frozenset[str]

    def same(self, other: "Word", slip: float) -> bool:
        """The same word, in another form or with a slip of the finger."""
        if self.stems & other.stems:
            return True
        return any(_is_slip(one, two, slip) for one in self.stems for two in other.stems)

    def worth(self, other: "Word") -> float:
        """How like, from 0 to 1."""
        if self.same(other, _SLIP):
            return 1.0
        return SYNONYM if self.concepts & other.concepts else 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a question says: its telling words, and the ways in which it asks."""

    words: tuple[Word, ...]
    ways: frozenset[str]
    folded: str


def said(text: str) -> Said:
    """What these words say, whichever of the two languages and alphabets they are in."""
    folded = normalise.words(text)
    units = concepts().units(folded)
    telling = dict.fromkeys(_word(unit) for unit in units if not (is_idle(unit) or _asks_only(unit)))
    ways = {way for word in folded if (way := _way(word))}
    return Said(tuple(telling), frozenset(ways), " ".join(folded))


def likeness(one: Said, other: Said) -> float:
    """How like two questions are, 0 to 1; the order does not matter."""
    if not one.words or not other.words:
        return 1.0 if one.folded and one.folded == other.folded else 0.0
    there = sum(max(word.worth(two) for two in other.words) for word in one.words)
    back = sum(max(word.worth(two) for two in one.words) for word in other.words)
    return (there + back) / (len(one.words) + len(other.words))


def same(asked: Said, answered: Said) -> bool:
    """Whether the new question surely asks what was answered; the bias is to no, for election law takes no guesses."""
    if len(asked.words) < 2 or asked.ways != answered.ways:
        return False
    if not all(any(word.same(other, _STRICT_SLIP) for other in answered.words) for word in asked.words):
        return False
    left = sum(not any(word.same(other, _STRICT_SLIP) for other in asked.words) for word in answered.words)
    return left <= LEFT_OVER * len(answered.words)


def groups(questions: Iterable[tuple[T, str]]) -> list[tuple[T, ...]]:
    """The questions that ask the same together, the most frequent first; within a group and among equals the order
    in which they came."""
    found: list[tuple[Said, list[T]]] = []
    where: dict[str, list[int]] = {}
    for key, text in questions:
        now = said(text)
        marks = _marks(now)
        near = dict.fromkeys(number for mark in marks for number in where.get(mark, ()))
        best = max(near, key=lambda number: likeness(now, found[number][0]), default=None)
        if best is not None and likeness(now, found[best][0]) >= ALIKE:
            found[best][1].append(key)
            continue
        for mark in marks:
            where.setdefault(mark, []).append(len(found))
        found.append((now, [key]))
    return sorted((tuple(keys) for _said, keys in found), key=len, reverse=True)


def _marks(question: Said) -> Sequence[str]:
    """By what a question may meet its like: concepts, and the beginnings of stems, which a slip seldom touches."""
    if not question.words:
        return (question.folded,)
    marks = {f"={concept}" for word in question.words for concept in word.concepts}
    marks |= {stem[:3] for word in question.words for stem in word.stems}
    return sorted(marks)


def _word(unit: Unit) -> Word:
    stems = {" ".join(normalise.stem(word, language) for word in unit.words) for language in Language}
    if len(unit.words) == 1 and normalise.is_latin(unit.words[0]):
        readings = translit.readings(unit.words[0])[:_READINGS]
        stems |= {normalise.stem(reading, language) for reading in readings for language in Language}
    return Word(frozenset(stems), frozenset(unit.concepts))


def _asks_only(unit: Unit) -> bool:
    return all(word in _WAY_OF or word in _PARTICLES for word in unit.words)


def _way(word: str) -> str:
    if word in _WAY_OF:
        return _WAY_OF[word]
    return "not" if _WITHOUT.match(word) or _NEGATED.match(word) else ""


def _is_slip(one: str, other: str, slip: float) -> bool:
    if one[0] != other[0] or min(len(one), len(other)) < _SHORTEST_SLIP or one[0].isdigit():
        return False
    return OSA.normalized_similarity(one, other, score_cutoff=slip) >= slip
