"""Lengths and offsets as Telegram counts them: in UTF-16 code units. The one place that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, whose offsets and lengths are in UTF-16 code units."""

    text: str
    entities: tuple[Entity, ...] = ()

    def fields(self, text: str = "text", entities: str = "entities") -> dict[str, Any]:
        """As the fields of a Message."""
        return {text: self.text, entities: list(self.entities)} if self.entities else {text: self.text}


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def offsets(text: str) -> Sequence[int]:
    """For each index of a text (and its end) the UTF-16 offset."""
    if utf16_length(text) == len(text):
        return range(len(text) + 1)
    return [0, *accumulate(1 + (char > "\uffff") for char in text)]


def units(text: str) -> bytes:
    """The text as UTF-16, two bytes a unit, for `part_of`."""
    return text.encode("utf-16-le", "surrogatepass")


def part_of(encoded: bytes, entity: Entity) -> str:
    """The part of an encoded text that the entity covers."""
    start = entity["offset"] * 2
    return encoded[start : start + entity["length"] * 2].decode("utf-16-le", "replace")


def slice_of(text: str, entity: Entity) -> str:
    """The part of the text that the entity covers."""
    return part_of(units(text), entity)
