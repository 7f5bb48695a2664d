"""Likeness by letters: four letters in a row that a question shares with a line, whatever the endings and typing errors.

Stems and concepts know words; this knows their pieces, so that a word nobody stemmed right still says something."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

_LENGTH = 4
_EDGE = "_"
_SOME = 50  # lines; in a small guide nothing is too common
_TOO_COMMON = 0.04  # of all lines: a piece of every tenth word says nothing and costs most of the time


@dataclass(frozen=True, slots=True)
class Grams:
    """Lines by the pieces of their words; arrays, for there are some hundred thousand places."""

    rarity: Mapping[str, float]
    lines: Mapping[str, "array[int]"]
    parts: Mapping[str, "array[float]"]  # beside each line, the piece's part of the line's length
    rarest: float

    @classmethod
    def of(cls, texts: Sequence[Iterable[str]]) -> "Grams":
        """The pieces of lines given as their telling words."""
        pieces = [set(_pieces(words)) for words in texts]
        times: dict[str, int] = {}
        for found in pieces:
            for piece in found:
                times[piece] = times.get(piece, 0) + 1
        rarity = {piece: log(1 + len(texts) / count) for piece, count in times.items()}
        telling = {piece for piece, count in times.items() if count <= max(_TOO_COMMON * len(texts), _SOME)}
        lines = {piece: array("I") for piece in telling}
        parts = {piece: array("f") for piece in telling}
        for number, found in enumerate(pieces):
            length = sqrt(sum(rarity[piece] ** 2 for piece in found))
            for piece in found & telling:
                lines[piece].append(number)
                parts[piece].append(rarity[piece] / length)
        return cls(rarity, lines, parts, log(1 + len(texts)))

    def alike(self, words: Iterable[str]) -> dict[int, float]:
        """By line: the cosine of its pieces with those of these words."""
        found = set(_pieces(words))
        length = sqrt(sum(self.rarity.get(piece, self.rarest) ** 2 for piece in found)) or 1.0
        alike: dict[int, float] = {}
        for piece in found:
            if piece in self.lines:
                value = self.rarity[piece] / length
                for line, part in zip(self.lines[piece], self.parts[piece], strict=True):
                    alike[line] = alike.get(line, 0.0) + value * part
        return alike


def _pieces(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        edged = _EDGE + word + _EDGE
        for start in range(max(len(edged) - _LENGTH + 1, 1)):
            yield edged[start : start + _LENGTH]
