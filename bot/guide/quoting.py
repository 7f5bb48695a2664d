"""Which sentence of an article answers "when", "how much" and "how many": quoted in the first line, or none is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.guide import Article, Saying
from bot.domain.ids import Language, Slug
from bot.guide.sayings import AGE, DATE, MONEY, NUMBER, PART, SPAN
from bot.guide.terms import Sense, Writer

ENOUGH = 0.45  # of what the question says beside "how much" must stand in the sentence
UNDER_HEADING = 0.6  # a word that stands in the heading only counts less
LEAD = 0.15  # the lead is the article's own first answer
OF_A_YEAR = 0.7  # what was so in a certain year is seldom asked without naming one

_HOW_MANY, _WHEN = "=how_many", "=when"
_TIMES = ("=day", "=week", "=month", "=hours", "=time", "=wait")
_SUMS = ("=som", "=money", "=pay", "=price", "=fine", "=deposit", "=spend", "=limit", "=salary", "=account")
_PAST = {"=history", "=year", "=statistics"}
_ASKING = {_HOW_MANY, _WHEN, "=term", "=date", "=more", "=less", "=percent", "=age", "=limit", "=minimum", *_TIMES}

Terms = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and its terms, its own and its heading's."""

    saying: Saying
    terms: frozenset[str]
    heading: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quotes:
    """The sentences of every article that say a time, a sum or a number."""

    told: Mapping[tuple[Slug, Language], Sequence[Told]]

    @classmethod
    def of(cls, articles: Iterable[Article], writer: Writer) -> "Quotes":
        """The sentences of these articles."""
        return cls({(article.slug, article.language): _told(article, writer) for article in articles})

    def best(self, slug: Slug, language: Language, senses: Sequence[Sense], rarity: Terms) -> Saying | None:
        """The sentence that answers a question of time, sum or number; None for another question, or without one."""
        wanted = kinds(senses)
        told = self.told.get((slug, language), ())
        fitting = [one.saying for one in told if wanted & one.saying.kinds]
        shares = [_share(one, senses, rarity) for one in told if wanted & one.saying.kinds]
        ranked = sorted(zip(shares, fitting, strict=True), key=lambda one: -one[0] - LEAD * (not one[1].heading))
        if ranked and ranked[0][0] >= ENOUGH:
            return ranked[0][1]
        return next((saying for saying in fitting if not saying.heading), None)  # the lead is shown in any case


def kinds(senses: Sequence[Sense]) -> frozenset[str]:
    """What a question asks for: times, sums, parts, ages or other numbers; nothing when it asks for none of these."""
    said = {term for sense in senses for term in sense.terms}
    found = set()
    if _WHEN in said or {"=term", "=date"} & said:
        found.update({DATE, SPAN})
    if _HOW_MANY in said:
        if said.intersection(_SUMS):
            found.add(MONEY)
        elif "=percent" in said:
            found.add(PART)
        elif said.intersection(_TIMES):
            found.add(SPAN)
        else:
            found.update({AGE} if "=age" in said else {NUMBER, PART})
    return frozenset(found)


def _told(article: Article, writer: Writer) -> Sequence[Told]:
    return tuple(
        Told(
            saying,
            frozenset(writer.terms(saying.words, article.language)),
            frozenset(writer.terms(saying.heading, article.language)),
        )
        for saying in article.sayings
    )


def _share(told: Told, senses: Sequence[Sense], rarity: Terms) -> float:
    """The part of the question's weight, but for the words of asking, that stands in the sentence or its heading."""
    total = found = 0.0
    for sense in senses:
        if sense.idle or not _ASKING.isdisjoint(sense.terms):
            continue
        weights = {term: weight * rarity.get(term, 0.0) for term, weight in sense.terms.items()}
        total += max(weights.values(), default=1.0)
        own = max((value for term, value in weights.items() if term in told.terms), default=0.0)
        above = max((value for term, value in weights.items() if term in told.heading), default=0.0)
        found += max(own, above * UNDER_HEADING)
    out_of_date = told.saying.dated and not any(_PAST & sense.terms.keys() or _names_a_year(sense) for sense in senses)
    return found / total * (OF_A_YEAR if out_of_date else 1.0) if total else 0.0


def _names_a_year(sense: Sense) -> bool:
    return any(len(word) == 4 and word.startswith("20") and word.isdigit() for word in sense.words)
