"""From a text to the terms that the index compares: concepts of both languages and stems."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import Language
from bot.guide import normalise, translit
from bot.guide.concepts import Lexicon, Unit, concepts, idle, idle_stems, signs
from bot.guide.spelling import Speller

CONCEPT_WEIGHT = 1.0
STEM_BESIDE_CONCEPT = 0.45  # a word that has a concept still counts as itself, so that near synonyms stay apart
GUESSED = 0.85  # a corrected word counts a little less than a word typed right


@dataclass(frozen=True, slots=True)
class Sense:
    """One unit of a question: its words as understood, and its terms with weights; no terms means an unknown word."""

    words: tuple[str, ...]
    terms: Mapping[str, float]
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Terms of the guide's own texts; each distinct word is stemmed once."""

    lexicon: Lexicon = field(default_factory=concepts)
    _stems: dict[tuple[str, Language], str] = field(default_factory=dict)
    _weighed: dict[tuple[tuple[str, ...], Language], Mapping[str, float]] = field(default_factory=dict)

    def stem(self, word: str, language: Language) -> str:
        """The stem of a folded word, remembered."""
        key = (word, language)
        found = self._stems.get(key)
        if found is None:
            found = self._stems[key] = normalise.stem(word, language)
        return found

    def words(self) -> Iterable[str]:
        """Every word met so far."""
        return dict.fromkeys(word for word, _ in self._stems)

    def terms(self, text: str, language: Language) -> dict[str, float]:
        """How often each term stands in a text, by weight."""
        counted: dict[str, float] = {}
        for unit in self.lexicon.units(normalise.words(text)):
            key = (unit.words, language)
            weighed = self._weighed.get(key)
            if weighed is None:
                weighed = self._weighed[key] = {} if is_idle(unit) else self.weighed(unit, (language,))
            for term, weight in weighed.items():
                counted[term] = counted.get(term, 0.0) + weight
        return counted

    def weighed(self, unit: Unit, languages: Sequence[Language]) -> dict[str, float]:
        """The terms of one unit: its concepts, and its stem in each of the languages."""
        found = {f"={concept}": CONCEPT_WEIGHT for concept in unit.concepts}
        beside = STEM_BESIDE_CONCEPT if unit.concepts else 1.0
        for language in languages:
            found.setdefault(" ".join(self.stem(word, language) for word in unit.words), beside)
        return found


def is_idle(unit: Unit) -> bool:
    """Whether a unit says nothing about what is asked."""
    return not unit.concepts and all(
        word in idle() or normalise.stem(word, Language.KY) in idle_stems() for word in unit.words
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """What a person typed, understood with the guide's vocabulary: either language, either alphabet, with errors."""

    writer: Writer
    speller: Speller
    is_term: Callable[[str], bool]

    def senses(self, text: str, language: Language) -> list[Sense]:
        """The units of a question in order."""
        understood = [self._understood(word, language) for word in normalise.words(text)]
        certainty = {word: sure for word, sure in understood}
        other = Language.RU if language is Language.KY else Language.KY
        found = []
        for unit in self.writer.lexicon.units([word for word, _ in understood]):
            weighed = self.writer.weighed(unit, (language, other))
            sure = min(certainty[word] for word in unit.words)
            terms = {term: weight * sure for term, weight in weighed.items() if self.is_term(term)}
            found.append(Sense(unit.words, terms, is_idle(unit)))
        return found

    def knows(self, word: str) -> bool:
        """Whether a folded word means something here without correction."""
        lexicons = (self.writer.lexicon, signs())
        return (
            word in idle()
            or any(lexicon.concepts(word) or word in lexicon.vocabulary for lexicon in lexicons)
            or any(self.is_term(normalise.stem(word, language)) for language in Language)
        )

    def _understood(self, word: str, language: Language) -> tuple[str, float]:
        if word[0].isdigit() or self.knows(word):
            return word, 1.0
        if normalise.is_latin(word):
            return self._in_cyrillic(word)
        return self._corrected(word)

    def _in_cyrillic(self, word: str) -> tuple[str, float]:
        readings = translit.readings(word)
        for reading in readings:
            if self.knows(reading):
                return reading, 1.0
        guesses = [self._corrected(reading) for reading in readings[:12]]
        return max(guesses, key=lambda guess: guess[1] if guess[1] < 1.0 else 0.0, default=(word, 1.0))

    def _corrected(self, word: str) -> tuple[str, float]:
        near = self.speller.nearest(word)
        return (word, 1.0) if near is None else (near[0], near[1] * GUESSED)
