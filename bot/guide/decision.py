"""How sure the search is: every weight and threshold in one place.

Each article has a utility, the sum of its figures by the weights here; silence has one too, from what speaks against
any answer. Their exponents, shared out, are probabilities. The weights are those under which the right outcomes were
likeliest (maximum likelihood): each of the guide's own phrasings asked of an index without a fifth of them, itself among
these, and likewise what is not ours. The thresholds were chosen by totals only. tests/bench/search_report.py measures them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from bot.guide.ranking import Fit

WORDS = 6.94
LINE = 0.43
LETTERS = 4.81
SAID = 0.20
UNSAID = 1.27

NONE = 1.22
NONE_UNKNOWN = 2.37
NONE_OUTSIDE = 2.39
NONE_LINE = 3.67
NONE_LETTERS = 2.48
NONE_SHORT = 3.58
NONE_PARLIAMENT = 1.32

ANSWER = 0.66  # the first must be this likely to be the answer, where it also has the most of the question's words
ANSWER_ALONE = 0.85  # and this likely where another article has more of them
OFFER = 0.07  # and each button this likely to be right
SCOPE = 0.33  # all articles together, for anything to be offered at all
MOST_OUTSIDE = 2
MOST_UNKNOWN = 0.75  # of a question's weight may lie in words that the guide does not know


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against any answer."""

    unknown: float  # the part of the question's weight in words that the guide does not know
    outside: int  # how many words belong to another field
    line: float  # how like the question the likest line of those that are not ours is
    letters: float  # and how like by letters
    short: float  # one over the number of telling words
    parliament: bool


def utility(fit: Fit) -> float:
    """How much an article's fit speaks for it."""
    return WORDS * fit.words + LINE * fit.line + LETTERS * fit.letters + SAID * fit.said + UNSAID * fit.unsaid


def silence(doubt: Doubt) -> float:
    """How much speaks for saying nothing."""
    return (
        NONE
        + NONE_UNKNOWN * doubt.unknown
        + NONE_OUTSIDE * min(doubt.outside, MOST_OUTSIDE)
        + NONE_LINE * doubt.line
        + NONE_LETTERS * doubt.letters
        + NONE_SHORT * doubt.short
        + NONE_PARLIAMENT * doubt.parliament
    )


def shares(fits: Sequence[Fit], doubt: Doubt) -> list[float]:
    """The probability of each article; what they lack to one is the probability that none is right."""
    utilities = [utility(fit) for fit in fits]
    quiet = silence(doubt)
    highest = max([quiet, *utilities])
    weights = [exp(one - highest) for one in utilities]
    total = sum(weights) + exp(quiet - highest)
    return [weight / total for weight in weights]
