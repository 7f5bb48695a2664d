"""What a message turns out to be before any article is looked for: a greeting, thanks, parliament, or something outside."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.guide import Topic
from bot.guide.concepts import Lexicon, signs

_LONGEST_COURTESY = 6  # words; a longer message says more than hello


@dataclass(frozen=True, slots=True)
class Signs:
    """What a message is by the words of words/topics.toml."""

    topic: Topic
    outside: int  # words that belong to another field
    parliament: bool  # parliament or the president is named, and not compared with anything


def read(words: Sequence[str]) -> Signs:
    """The signs of a message given as folded words already corrected."""
    lexicon: Lexicon = signs()
    found = [unit.concepts for unit in lexicon.units(words)]
    named = {sign for concepts in found for sign in concepts}
    outside = sum("outside" in concepts for concepts in found)
    far = bool(named & {"parliament", "president"})
    return Signs(_topic(found, named, far), outside, far and "contrast" not in named)


def _topic(found: Sequence[tuple[str, ...]], named: set[str], far: bool) -> Topic:
    courteous = all({"greeting", "thanks", "filler"}.intersection(concepts) for concepts in found)
    if found and courteous and len(found) <= _LONGEST_COURTESY:
        if "thanks" in named:
            return Topic.THANKS
        if "greeting" in named:
            return Topic.GREETING
    if far and not named & {"local", "contrast", "quota"}:
        return Topic.PARLIAMENT
    return Topic.FIELD
