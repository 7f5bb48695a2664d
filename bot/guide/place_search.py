"""A place found by typed words: in either language and alphabet, with mistakes, with what lies above it."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.places import Level, Nearness, PlaceAlias, PlaceMatch, Places
from bot.guide.place_query import Levels, Run, may_hold_initials, names_a_kind, runs
from bot.guide.place_spelling import folded, letters, sounds

LIMIT = 6
WORDS_AT_MOST = 7
FORGIVEN_BESIDE_A_NAME = 6  # in so many words a mistake is looked for beside a name that was met
PARTS_AT_MOST = 4
PART_OF_AT_MOST = 3  # so many bare words may hold a place and something else
LONG_ENOUGH_TO_GUESS = 4
CLOSE = 80.0  # a guess of the said kind goes before the very name of another kind only from this score on
SAID_OF_ANYTHING = frozenset({"kenew", "sovet"})  # names of places, but more often the council itself

_RUSSIAN_ADJECTIVE = re.compile(r"sk(i|ogo|omu|om|oi|uiu|aia|oe)$")
_CASE_ENDING = re.compile(
    r"(?:[dt][aeo]n?|[dtn][iu]n|[gk][aeo]|[ltd][iu]k(?:tan|ten)?|inda|unda|inan|unan|inin|unun|a|e|u|om|oi|i)$"
)
_TYPOS = ((11, 3), (8, 2), (LONG_ENOUGH_TO_GUESS, 1))  # from this many letters on, so many mistakes
_ONE_TYPO = ((LONG_ENOUGH_TO_GUESS, 1),)
_LEVELS = tuple(Level)

Span = tuple[str, ...]


class Guess(NamedTuple):
    """What typed words may mean: a place by its number in the tree, how near, and through which of its names."""

    nearness: Nearness
    by_name: bool
    score: float
    words: str

    @property
    def sure(self) -> bool:
        """Whether the words name the place, however they are spelled."""
        return self.nearness <= Nearness.SPELLING

    @property
    def rank(self) -> tuple[int, float, bool]:
        """Smaller is better. Beginnings and typing mistakes are weighed against each other."""
        group = Nearness.BEGINNING if self.nearness is Nearness.TYPO else self.nearness
        return (group, -self.score, not self.by_name)


Guesses = dict[int, Guess]


@dataclass(frozen=True, slots=True)
class _Key:
    """One name or alias of one place."""

    place: int
    words: str
    by_name: bool


class PlaceSearch:
    """An index over the names and aliases of a tree; built once, asked often."""

    def __init__(self, places: Places, extra_aliases: Iterable[PlaceAlias] = ()) -> None:
        self._places = tuple(places)
        numbers = {place.slug: number for number, place in enumerate(self._places)}
        self._above = [frozenset(numbers[slug] for slug in places.upwards(one.slug)[1:]) for one in self._places]
        self._whole: dict[str, list[_Key]] = defaultdict(list)
        self._exact: dict[str, list[_Key]] = defaultdict(list)
        self._folded: dict[str, list[_Key]] = defaultdict(list)
        self._sounds: dict[str, list[_Key]] = defaultdict(list)
        for number, place in enumerate(self._places):
            for name in place.names.values():
                self._add_name(_Key(number, name, True))
            for name in place.former.values():
                self._add_name(_Key(number, name, False))
            for alias in place.aliases:
                self._add(_Key(number, alias, False), letters(alias))
        for extra in extra_aliases:
            if extra.place in numbers:
                self._add_name(_Key(numbers[extra.place], extra.alias, False))
        self._in_order = sorted(self._sounds)
        self._near = lru_cache(maxsize=512)(self._near_words)

    def find(self, words: str) -> tuple[PlaceMatch, ...]:
        """The places these words may mean, best first, at most six but for equal names; none when nothing is near."""
        whole = self._named_in_full(letters(words))
        if whole:
            return self._matches(whole)
        typed = runs(words)
        found = self._read(typed)
        if may_hold_initials(words):
            found = _surest(_better(found, self._read(runs(words, letters_are_kinds=False))))
        return self._matches(found or self._only_a_part(typed))

    def _add_name(self, key: _Key) -> None:
        words = letters(key.words)
        self._whole["".join(words)].append(key)
        core = tuple(word for run in runs(key.words, letters_are_kinds=False) for word in run.words)
        self._add(key, core or words)

    def _add(self, key: _Key, words: Span) -> None:
        joined = "".join(words)
        self._exact[joined].append(key)
        self._folded[folded(joined)].append(key)
        for heard in dict.fromkeys((sounds(words), sounds(word.replace("ө", "е") for word in words))):
            self._sounds[heard].append(key)
            stem = _RUSSIAN_ADJECTIVE.sub("", heard)
            if stem != heard:
                self._sounds[stem].append(key)

    def _named_in_full(self, words: Span) -> Guesses:
        if not any(map(names_a_kind, words)):
            return {}
        joined = "".join(words)
        return _best((key, Guess(Nearness.NAME, key.by_name, 100.0, key.words)) for key in self._whole.get(joined, ()))

    def _read(self, typed: tuple[Run, ...]) -> Guesses:
        """The best reading of the words as a place, alone or beside places above it, in any order."""
        if not typed or sum(len(run.words) for run in typed) > WORDS_AT_MOST:
            return {}
        readings = self._readings(typed, wide=False)
        if not any(guess.sure for guess in readings.values()) and self._some_word_is_sure(typed):
            readings = _better(readings, self._readings(typed, wide=True))
        return _surest(readings)

    def _readings(self, typed: tuple[Run, ...], *, wide: bool) -> Guesses:
        readings: Guesses = {}
        for parts in _partitions(typed):
            found: list[Guesses] = []
            for words, levels in parts:
                found.append(self._guess(words, levels, wide=wide and len(parts) > 1))
                if not found[-1]:
                    break
            else:
                readings = _better(readings, self._beneath_each_other(found))
        return readings

    def _some_word_is_sure(self, typed: tuple[Run, ...]) -> bool:
        """Whether a mistake is worth looking for beside a name that was met."""
        return sum(len(run.words) for run in typed) <= FORGIVEN_BESIDE_A_NAME and any(
            self._met(run.words[start:end]) or self._inflected(run.words[start:end])
            for run in typed
            for start, end in combinations(range(len(run.words) + 1), 2)
        )

    def _beneath_each_other(self, found: list[Guesses]) -> Guesses:
        """Places of one part that lie below a place of every other part."""
        if len(found) == 1:
            return found[0]
        standing: Guesses = {}
        for at, part in enumerate(found):
            others = found[:at] + found[at + 1 :]
            for number, guess in part.items():
                above = [
                    min((other[up] for up in self._above[number] if up in other), key=_rank, default=None)
                    for other in others
                ]
                told = [one for one in above if one is not None]
                if len(told) == len(others):
                    worst = max((guess, *told), key=_rank)
                    both = guess._replace(nearness=worst.nearness, score=worst.score - len(told) / 10)
                    standing = _better(standing, {number: both})
        return standing

    def _only_a_part(self, typed: tuple[Run, ...]) -> Guesses:
        """What some of the words name, when all together name nothing: of a village and its rayon, the rayon."""
        words = sum(len(run.words) for run in typed)
        if words > WORDS_AT_MOST or (words > PART_OF_AT_MOST and not _structured(typed)):
            return {}
        named: Guesses = {}
        for run in typed:
            told: list[range] = []
            for start, end in sorted(combinations(range(len(run.words) + 1), 2), key=lambda edge: edge[0] - edge[1]):
                if any(start in span and end - 1 in span for span in told):
                    continue
                levels = (run.first if start == 0 else None) or (run.last if end == len(run.words) else None)
                found = self._told(run.words[start:end], levels)
                if found:
                    told.append(range(start, end))
                    named = _better(named, found)
        return {number: guess._replace(nearness=Nearness.PART) for number, guess in named.items()}

    def _told(self, words: Span, levels: Levels | None) -> Guesses:
        heard = sounds(words)
        if levels is None and (len(heard) < LONG_ENOUGH_TO_GUESS or heard in SAID_OF_ANYTHING):
            return {}
        found = self._guess(words, levels)
        return found if levels is not None else {number: guess for number, guess in found.items() if guess.sure}

    def _guess(self, words: Span, levels: Levels | None, *, wide: bool = False) -> Guesses:
        """What these words mean by themselves. A kind said beside them narrows the level; a place of another level
        that bears the name is then only a part of what was said. `wide` looks for near names beside the very ones."""
        found = self._met(words) or self._inflected(words)
        right = self._of_levels(found, levels)
        if right and not wide:
            return right
        other = {number: guess._replace(nearness=Nearness.PART) for number, guess in found.items()}
        near = self._of_levels(self._near(words), levels)
        close = {number: guess for number, guess in near.items() if not other or guess.score >= CLOSE}
        return {**other, **close, **right}

    def _of_levels(self, found: Guesses, levels: Levels | None) -> Guesses:
        if levels is None:
            return found
        return {number: guess for number, guess in found.items() if self._places[number].level in levels}

    def _met(self, words: Span) -> Guesses:
        joined = "".join(words)
        return _best(
            (key, Guess(nearness, key.by_name, 100.0, key.words))
            for nearness, keys in (
                (Nearness.NAME, self._exact.get(joined, ())),
                (Nearness.LETTERS, self._folded.get(folded(joined), ())),
                (Nearness.SPELLING, self._sounds.get(sounds(words), ())),
            )
            for key in keys
        )

    def _inflected(self, words: Span) -> Guesses:
        heard = sounds(words)
        stems = {_RUSSIAN_ADJECTIVE.sub("", heard), _CASE_ENDING.sub("", heard)} - {heard}
        return _best(
            (key, Guess(Nearness.SPELLING, key.by_name, 90.0, key.words))
            for stem in stems
            if len(stem) > 1
            for key in self._sounds.get(stem, ())
        )

    def _near_words(self, words: Span) -> Guesses:
        heard = sounds(words)
        stem = _RUSSIAN_ADJECTIVE.sub("", heard)
        written = folded("".join(words))
        near = _better(self._begun(heard), self._mistyped(heard, self._sounds, _TYPOS))
        near = _better(near, self._mistyped(written, self._folded, _ONE_TYPO))
        return _better(near, self._mistyped(stem, self._sounds, _TYPOS)) if stem != heard else near

    def _mistyped(self, typed: str, names: dict[str, list[_Key]], allowed: tuple[tuple[int, int], ...]) -> Guesses:
        mistakes = next((mistakes for length, mistakes in allowed if len(typed) >= length), 0)
        if mistakes == 0:
            return {}
        return _best(
            (key, Guess(Nearness.TYPO, key.by_name, 100.0 * (1 - distance / max(len(typed), len(name))), key.words))
            for name, distance, _ in process.extract(
                typed, names.keys(), scorer=OSA.distance, score_cutoff=mistakes, limit=None
            )
            for key in names[name]
        )

    def _begun(self, heard: str) -> Guesses:
        if len(heard) < LONG_ENOUGH_TO_GUESS:
            return {}
        return _best(
            (key, Guess(Nearness.BEGINNING, key.by_name, 100.0 * len(heard) / len(longer), key.words))
            for longer in self._beginning_with(heard)
            for key in self._sounds[longer]
        )

    def _beginning_with(self, heard: str) -> Iterator[str]:
        for longer in self._in_order[bisect_left(self._in_order, heard) :]:
            if not longer.startswith(heard):
                return
            yield longer

    def _matches(self, found: Guesses) -> tuple[PlaceMatch, ...]:
        ordered = sorted(found, key=lambda number: self._order(number, found[number]))
        matches = tuple(
            PlaceMatch(self._places[number], found[number].nearness, round(found[number].score, 1), found[number].words)
            for number in ordered
        )
        equals = [match for match in matches if match.exact and match.nearness is matches[0].nearness]
        return matches[: max(LIMIT, len(equals))]

    def _order(self, number: int, guess: Guess) -> tuple[int, float, bool, bool, int, int]:
        place = self._places[number]
        return (*guess.rank, place.successor is not None, _LEVELS.index(place.level), number)


@lru_cache(maxsize=4)
def _search(places: Places, extra_aliases: tuple[PlaceAlias, ...]) -> PlaceSearch:
    return PlaceSearch(places, extra_aliases)


def find(words: str, places: Places, extra_aliases: Iterable[PlaceAlias] = ()) -> tuple[PlaceMatch, ...]:
    """The places these words may mean, best first; the index is kept while the tree and the aliases stay the same."""
    return _search(places, tuple(extra_aliases)).find(words)


def _partitions(typed: tuple[Run, ...]) -> Iterator[list[tuple[Span, Levels | None]]]:
    """Every way to cut the runs into a few parts, with the levels that the kinds beside them allow."""
    for cut in product(*(list(_cuts(run, PARTS_AT_MOST - len(typed) + 1)) for run in typed)):
        parts = [part for run in cut for part in run]
        if len(parts) <= PARTS_AT_MOST:
            yield parts


def _cuts(run: Run, parts_at_most: int) -> Iterator[list[tuple[Span, Levels | None]]]:
    length = len(run.words)
    for parts in range(1, min(parts_at_most, length) + 1):
        for inner in combinations(range(1, length), parts - 1):
            edges = (0, *inner, length)
            levels: list[Levels | None] = [None] * parts
            levels[0] = run.first
            if run.last is not None:
                levels[-1] = run.last if levels[-1] is None else levels[-1] & run.last
            if frozenset() not in levels:
                yield [(run.words[a:b], level) for a, b, level in zip(edges, edges[1:], levels, strict=False)]


def _rank(guess: Guess) -> tuple[int, float, bool]:
    return guess.rank


def _best(guesses: Iterable[tuple[_Key, Guess]]) -> Guesses:
    best: Guesses = {}
    for key, guess in guesses:
        if key.place not in best or guess.rank < best[key.place].rank:
            best[key.place] = guess
    return best


def _better(one: Guesses, other: Guesses) -> Guesses:
    """Both together; of two guesses at one place the nearer."""
    return {
        number: min((found[number] for found in (one, other) if number in found), key=_rank)
        for number in {**one, **other}
    }


def _surest(found: Guesses) -> Guesses:
    """What is named for sure, without the guesses beside it; the guesses when nothing is."""
    return {number: guess for number, guess in found.items() if guess.sure} or found


def _structured(typed: tuple[Run, ...]) -> bool:
    """Whether the person put something between the names: a comma, a kind of place."""
    return len(typed) > 1 or any(run.first is not None or run.last is not None for run in typed)
