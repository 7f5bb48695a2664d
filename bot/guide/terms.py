"""From a text to the terms that the index compares: concepts of both languages and stems."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import Language
from bot.guide import normalise, translit
from bot.guide.concepts import Lexicon, Unit, concepts, idle, idle_stems, signs
from bot.guide.spelling import Speller

_CONCEPT = "="
CONCEPT_WEIGHT = 1.0
STEM_BESIDE_CONCEPT = 0.3  # a word that has a concept still counts as itself, so that near synonyms stay apart
LONGEST_ENDING = 4  # letters; a word cut shorter than that is not known for certain by its stem
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

    def telling(self, text: str) -> list[str]:
        """The words of a text, but for those that say nothing about what is asked."""
        units = self.lexicon.units(normalise.words(text))
        return [word for unit in units if not is_idle(unit) for word in unit.words]

    def weighed(self, unit: Unit, languages: Sequence[Language]) -> dict[str, float]:
        """The terms of one unit: its concepts, and its stem in each of the languages."""
        found = {f"{_CONCEPT}{concept}": CONCEPT_WEIGHT for concept in unit.concepts}
        beside = STEM_BESIDE_CONCEPT if unit.concepts else 1.0
        for language in languages:
            found.setdefault(" ".join(self.stem(word, language) for word in unit.words), beside)
        return found


def is_concept(term: str) -> bool:
    """Whether a term is a concept and not a stem."""
    return term.startswith(_CONCEPT)


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
        certainty = dict(understood)
        found = []
        for unit in self.writer.lexicon.units([word for word, _ in understood]):
            sure = min(certainty[word] for word in unit.words)
            terms = {term: weight * sure for term, weight in self._terms(unit, language).items()}
            found.append(Sense(unit.words, terms, is_idle(unit)))
        return found

    def knows(self, word: str) -> bool:
        """Whether a folded word means something here without correction."""
        if word in idle() or self.writer.lexicon.knows(word) or signs().knows(word):
            return True
        stems = (normalise.stem(word, language) for language in Language)
        return any(self.is_term(stem) and len(word) - len(stem) <= LONGEST_ENDING for stem in stems)

    def _terms(self, unit: Unit, language: Language) -> dict[str, float]:
        """The terms of a unit that the guide has: read in the asker's language, else in the other."""
        other = Language.RU if language is Language.KY else Language.KY
        for reading in (language, other):
            known = {
                term: weight for term, weight in self.writer.weighed(unit, (reading,)).items() if self.is_term(term)
            }
            if known:
                return known
        return {}

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
