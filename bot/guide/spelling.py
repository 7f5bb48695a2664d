"""The nearest known word to one that nobody knows: typing errors, a missing vowel, a doubled letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4  # a shorter word has too many neighbours
_NEAR = 0.76  # one error in five letters, two in nine
_STRICT = 6  # in a word this short one letter for another is an error only between letters that sound alike
_SOUNDS = ("аояэеиыуюё", "бп", "вф", "гкх", "дт", "жшщч", "зсц", "йи", "ьъ")  # and ё, ө, ү, ң are folded long before
_KEYS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")  # a finger slips to the next key of its row


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words by their first letter; an error in the first letter is rare and is not looked for."""

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
        near = process.extract(
            word, self.by_letter.get(word[0], ()), scorer=OSA.normalized_similarity, score_cutoff=_NEAR, limit=5
        )
        return next(((known, likeness) for known, likeness, _ in near if _is_slip(word, known)), None)


def _is_slip(word: str, known: str) -> bool:
    """Whether one may have been typed for the other: «глаза» is no slip for «глава»."""
    if len(word) != len(known) or len(word) > _STRICT:
        return True
    swapped = sorted(word) == sorted(known)
    pairs = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    return swapped or all(_sound_alike(one, other) or _next_keys(one, other) for one, other in pairs)


def _sound_alike(one: str, other: str) -> bool:
    return any(one in alike and other in alike for alike in _SOUNDS)


def _next_keys(one: str, other: str) -> bool:
    return any(one + other in row or other + one in row for row in _KEYS)
