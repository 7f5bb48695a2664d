"""The nearest known word to one that nobody knows: typing errors, a missing vowel, a doubled letter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4  # a shorter word has too many neighbours
_NEAR = 0.76  # one error in five letters, two in nine
_STRICT = 6  # in a word this short one letter for another is an error only between letters that sound alike
_SOUNDS = ("аояэеиыуюё", "бп", "вф", "гкх", "дт", "жшщч", "зсц", "йи", "ьъ")  # and ё, ө, ү, ң are folded long before
_BEGINNINGS = ("ао", "еиэ", "бп", "гк", "дт", "зс", "жш")
_DOUBLED = re.compile(r"(.)\1")
_KEYS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")  # a finger slips to the next key of its row


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words by their first letter; an error there is looked for only between letters that sound alike."""

    by_letter: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, known: Iterable[str]) -> "Speller":
        """A speller that knows these folded words."""
        letters: dict[str, list[str]] = {}
        for word in known:
            if len(word) >= _SHORTEST:
                letters.setdefault(word[0], []).append(word)
        return cls({letter: tuple(found) for letter, found in letters.items()})

    def nearest(self, word: str) -> tuple[str, float] | None:
        """The most similar known word and how similar (0 to 1), or None when nothing is near."""
        if len(word) < _SHORTEST:
            return None
        single = _DOUBLED.sub(r"\1", word)
        return self._nearest(word) or (self._nearest(single) if len(single) >= _SHORTEST and single != word else None)

    def _nearest(self, word: str) -> tuple[str, float] | None:
        near: list[tuple[str, float, int]] = []
        for first in _first_letters(word[0]):
            known = self.by_letter.get(first, ())
            near += process.extract(word, known, scorer=OSA.normalized_similarity, score_cutoff=_NEAR, limit=5)
        near.sort(key=lambda one: -one[1])
        return next(((known, likeness) for known, likeness, _ in near if _is_slip(word, known)), None)


def _is_slip(word: str, known: str) -> bool:
    """Whether one may have been typed for the other: «глаза» is no slip for «глава»."""
    if len(word) != len(known) or len(word) > _STRICT:
        return True
    swapped = sorted(word) == sorted(known)
    pairs = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    return swapped or all(_sound_alike(one, other) or _next_keys(one, other) for one, other in pairs)


def _first_letters(letter: str) -> str:
    """The letter and those that are written for it where a word begins: «акмоту», «опщий»."""
    return letter + "".join(other for alike in _BEGINNINGS if letter in alike for other in alike if other != letter)


def _sound_alike(one: str, other: str) -> bool:
    return any(one in alike and other in alike for alike in _SOUNDS)


def _next_keys(one: str, other: str) -> bool:
    return any(one + other in row or other + one in row for row in _KEYS)
