"""What the lines of an article usually say: how much likelier a question is among them than among all lines.

Words that are there speak for an article, and so does the silence about what its lines hardly ever leave out:
«сколько мест в кенеше» is not about the women's quota, for nearly every line on the quota names women.
Only concepts are counted: they are the same in both languages, single words are too rare to have habits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.guide.terms import Sense, is_concept

PRIOR = 4.0  # lines; how many it takes before an article's own habit outweighs everybody's


@dataclass(frozen=True, slots=True)
class _Habit:
    """How one term stands in lines: its share of all lines, and by article the logarithms when it is said and when it is not."""

    share: float
    missing: float
    said: Mapping[int, float]
    unsaid: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Habits:
    """Term frequencies of lines by article, as Bernoulli's naive model reads them."""

    terms: Mapping[str, _Habit]
    silence: Sequence[float]  # by article: nothing said at all
    never: Sequence[float]  # by article: a term said that none of its lines has
    share: Sequence[float]  # by article: the part of everybody's habit in its own

    @classmethod
    def of(cls, lines: Iterable[tuple[int, Mapping[str, float]]], articles: int) -> "Habits":
        """The habits of lines given with the number of their article."""
        counts: dict[str, dict[int, int]] = {}
        sizes = [0] * articles
        for article, terms in lines:
            sizes[article] += 1
            for term in filter(is_concept, terms):
                held = counts.setdefault(term, {})
                held[article] = held.get(article, 0) + 1
        total = sum(sizes)
        share = [PRIOR / (size + PRIOR) for size in sizes]
        habits = {term: _habit(held, total, sizes) for term, held in counts.items()}
        missing = sum(habit.missing for habit in habits.values())
        everywhere = sum(habit.share for habit in habits.values())
        silence = [missing - part * everywhere for part in share]
        for habit in habits.values():
            for article, value in habit.unsaid.items():
                silence[article] += value - (habit.missing - share[article] * habit.share)
        return cls(habits, silence, [log(part) for part in share], share)

    def speak(self, article: int, senses: Iterable[Sense]) -> tuple[float, float]:
        """How much what a question says, and what it leaves unsaid, speaks for an article; saying it twice adds nothing."""
        terms: dict[str, float] = {}
        for sense in senses:
            for term, weight in sense.terms.items():
                if term in self.terms:
                    terms[term] = max(weight, terms.get(term, 0.0))
        said, unsaid = 0.0, self.silence[article]
        for term, weight in terms.items():
            habit = self.terms[term]
            said += weight * habit.said.get(article, self.never[article])
            unsaid -= habit.unsaid.get(article, habit.missing - self.share[article] * habit.share)
        return said, unsaid


def _habit(held: Mapping[int, int], total: int, sizes: Sequence[int]) -> _Habit:
    share = (sum(held.values()) + 0.5) / (total + 1)
    said, unsaid = {}, {}
    for article, count in held.items():
        own = (count + PRIOR * share) / (sizes[article] + PRIOR)
        said[article] = log(own / share)
        unsaid[article] = log((1 - own) / (1 - share))
    return _Habit(share, -log(1 - share), said, unsaid)
