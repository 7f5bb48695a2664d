"""Kyrgyz typed without its own letters: о, у, н where ө, ү, ң belong."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FAR_MORE_FREQUENT = 5
SEEN_AT_LEAST = 3
GLOSSARY_WEIGHT = 10  # how many times a word of the glossary counts as seen

_WORD = re.compile(r"[\u0400-\u04FF]+")
_FOLD = str.maketrans("өүң", "оун")
_OWN = re.compile(r"[өүң]")
_FRONT = re.compile(r"[өү]")
_BACK = re.compile(r"[оу]")

# Words that differ from another only by these letters, and are words all the same.
TRUE_WORDS = frozenset(
    (
        *("бол", "болуп", "болуу", "болуш", "болушу", "болушат", "болот", "болсо", "болгон", "боз", "бок", "бош"),
        *("кол", "колу", "кон", "кор", "кору", "он", "ондо", "ону", "сон", "тор", "тору", "тон", "жон", "от", "ото"),
        *("туз", "тузу", "тур", "турат", "туруп", "туруу", "туу", "тууган", "туш", "тушу", "уз", "узун", "ун", "ур"),
        *("урук", "уч", "учу", "уй", "сук", "суз", "оз", "коз"),
        "сүйөркулов",  # an aimak bears this man's name
    )
)


def words(text: str) -> list[str]:
    """The Cyrillic words of a text in small letters."""
    return _WORD.findall(text.lower())


def glossary_words(path: Path) -> frozenset[str]:
    """The Kyrgyz words of glossary.csv (columns ru, ky); nothing when there is no such file."""
    if not path.exists():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as lines:
        return frozenset(word for row in csv.DictReader(lines) for word in words(row["ky"] or ""))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often each word is met; what a glossary knows is right however rare."""

    seen: Mapping[str, int]
    glossary: frozenset[str]
    by_fold: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, texts: Iterable[str], glossary: frozenset[str]) -> "Vocabulary":
        """The words of the guide and of the glossary; a glossary word weighs as one that is well known."""
        seen = Counter(word for text in texts for word in words(text))
        seen.update(dict.fromkeys(glossary, GLOSSARY_WEIGHT))
        by_fold: dict[str, list[str]] = {}
        for word in seen:
            if _OWN.search(word):
                by_fold.setdefault(word.translate(_FOLD), []).append(word)
        return cls(seen, glossary, {fold: tuple(sorted(row)) for fold, row in by_fold.items()})

    def complaints(self, text: str) -> list[str]:
        """What looks typed without ө, ү, ң in a Kyrgyz text."""
        found = []
        for word in dict.fromkeys(words(text)):
            if word in self.glossary or word in TRUE_WORDS:
                continue
            if other := self._meant(word):
                found.append(f"{word}: is {other} meant?")
            elif breaks_harmony(word):
                found.append(f"{word}: is ө or ү missing?")
        return found

    def _meant(self, word: str) -> str | None:
        """A word far more frequent that has ө, ү, ң where this one has о, у, н."""
        times = self.seen.get(word, 1)
        for other in self.by_fold.get(word.translate(_FOLD), ()):
            often = self.seen[other]
            if _is_plainer(word, other) and often >= max(SEEN_AT_LEAST, FAR_MORE_FREQUENT * times):
                return other
        return None


def breaks_harmony(word: str) -> bool:
    """Rounded front and back vowels in one word («бүтпогөн», «түзуу») are nearly always a missed ө or ү."""
    return bool(_FRONT.search(word) and _BACK.search(word))


def _is_plainer(word: str, other: str) -> bool:
    """Whether `other` has ө, ү, ң in places where `word` has о, у, н, and nowhere the other way."""
    pairs = zip(word, other, strict=True)
    return word != other and all(mine == theirs or mine == theirs.translate(_FOLD) for mine, theirs in pairs)
