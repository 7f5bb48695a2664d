"""The index of the guide: how well each article and each of its lines fits the terms of a question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import log, sqrt

from bot.domain.guide import Article
from bot.domain.ids import Language, Slug
from bot.guide.grams import Grams
from bot.guide.habits import Habits
from bot.guide.terms import Sense, Writer

FIELDS = {"title": 3.0, "heading": 1.5, "asked": 1.0, "keywords": 3.0, "lead": 1.0}
SATURATION = 4.0
LENGTH = 0.35
OTHER_LANGUAGE = 0.9  # a line of the other language shows its likeness through concepts only
OTHER_LETTERS = 0.8  # and the letters of one language are hardly those of the other
LIKEST = 3  # lines whose letters together tell how like an article is; one alone may be like by chance
OUTSIDE = -1  # the "article" of lines that are not ours
UNKNOWN = 0.8  # the weight of a word nobody knows, as a part of the rarest known word's

Postings = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Line:
    """A title, heading or asked phrasing that a question may resemble."""

    article: int
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How one article fits a question."""

    article: int
    words: float  # 0 to 1: the part of the question's weight that stands in the article, by field
    line: float  # 0 to 1: how like the question the likest line is
    letters: float  # 0 to 1: how like its likest lines are by letters
    said: float  # what the question says, as the article's lines usually do; see habits
    unsaid: float  # what it does not say
    shown: int  # the likest line in the asker's language, or the title


@dataclass(frozen=True, slots=True)
class Fits:
    """How every article fits a question, and how like the question what is not ours is."""

    articles: Sequence[Fit]
    outside: float  # 0 to 1: how like the likest line of those that are not ours is
    outside_letters: float  # 0 to 1: how like the likest of them are by letters


@dataclass(frozen=True, slots=True)
class Index:
    """Both languages of every article under one slug."""

    slugs: tuple[Slug, ...]
    lines: tuple[Line, ...]
    titles: Mapping[tuple[int, Language], int]
    idf: Mapping[str, float]
    rarest: float
    in_articles: Postings
    in_lines: Postings
    grams: Grams
    habits: Habits

    @classmethod
    def of(
        cls, articles: Iterable[Article], writer: Writer, outside: Mapping[Language, Sequence[str]] | None = None
    ) -> "Index":
        """The index of these articles and of lines that are not ours; the two languages of a slug are one entry."""
        builder = _Builder(writer)
        for article in articles:
            builder.add(article)
        for language, texts in (outside or {}).items():
            builder.add_lines(OUTSIDE, language, texts)
        return builder.index()

    def mass(self, sense: Sense) -> float:
        """How much a unit of a question says: rare words say more; a word nobody knows says nearly as much as the rarest."""
        if sense.idle:
            return 0.0
        if not sense.terms:
            return self.rarest * UNKNOWN
        return max(weight * self.idf[term] for term, weight in sense.terms.items())

    def fits(self, senses: Sequence[Sense], language: Language) -> Fits:
        """Every article that shares a term or letters with the question, unordered."""
        telling = [sense for sense in senses if not sense.idle]
        total = sum(map(self.mass, telling)) or 1.0
        near = self._alike(telling, language)
        letters = self._letters(telling, language)
        outside = max((value for value, _ in near.pop(OUTSIDE, [])), default=0.0)
        outside_letters = letters.pop(OUTSIDE, 0.0)
        found = self._found(telling)
        for article in nlargest(LIKEST, letters, key=letters.__getitem__):
            found.setdefault(article, 0.0)
        fits = [
            self._fit(article, value / total, near.get(article, []), letters.get(article, 0.0), telling, language)
            for article, value in found.items()
        ]
        return Fits(fits, outside, outside_letters)

    def _fit(
        self,
        article: int,
        words: float,
        near: list[tuple[float, int]],
        letters: float,
        senses: Sequence[Sense],
        language: Language,
    ) -> Fit:
        near.sort(reverse=True)
        own = (line for _, line in near if self.lines[line].language is language)
        shown = next(own, self.titles.get((article, language), near[0][1] if near else 0))
        line = near[0][0] if near else 0.0
        return Fit(article, words, line, letters, *self.habits.speak(article, senses), shown)

    def _letters(self, senses: Sequence[Sense], language: Language) -> dict[int, float]:
        """By article: how like the question its likest lines are by letters."""
        alike: dict[int, list[float]] = {}
        for number, value in self.grams.alike(word for sense in senses for word in sense.words).items():
            line = self.lines[number]
            near = 1.0 if line.language is language else OTHER_LETTERS
            alike.setdefault(line.article, []).append(value * near)
        return {article: sum(nlargest(LIKEST, values)) / LIKEST for article, values in alike.items()}

    def _found(self, senses: Sequence[Sense]) -> dict[int, float]:
        """By article: the weight of the question's units that stand in it."""
        found: dict[int, float] = {}
        for sense in senses:
            best: dict[int, float] = {}
            for term, weight in sense.terms.items():
                value = weight * self.idf[term]
                for article, part in self.in_articles.get(term, ()):
                    if value * part > best.get(article, 0.0):
                        best[article] = value * part
            for article, value in best.items():
                found[article] = found.get(article, 0.0) + value
        return found

    def _alike(self, senses: Sequence[Sense], language: Language) -> dict[int, list[tuple[float, int]]]:
        """By article: its lines and the cosine of each with the question."""
        vector: dict[str, float] = {}
        unknown = 0
        for sense in senses:
            unknown += not sense.terms
            for term, weight in sense.terms.items():
                vector[term] = max(vector.get(term, 0.0), weight * self.idf[term])
        length = sqrt(sum(value**2 for value in vector.values()) + unknown * (self.rarest * UNKNOWN) ** 2) or 1.0
        alike: dict[int, float] = {}
        for term, value in vector.items():
            for line, part in self.in_lines.get(term, ()):
                alike[line] = alike.get(line, 0.0) + value * part
        ranked: dict[int, list[tuple[float, int]]] = {}
        for line, value in alike.items():
            one = self.lines[line]
            near = 1.0 if one.language is language else OTHER_LANGUAGE
            ranked.setdefault(one.article, []).append((value * near / length, line))
        return ranked


@dataclass(slots=True)
class _Builder:
    writer: Writer
    numbers: dict[Slug, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    titles: dict[tuple[int, Language], int] = field(default_factory=dict)
    line_terms: list[Mapping[str, float]] = field(default_factory=list)
    fields: dict[tuple[int, str], dict[str, float]] = field(default_factory=dict)

    def add(self, article: Article) -> None:
        """Take in one article; its other language is found by its slug."""
        number = self.numbers.setdefault(article.slug, len(self.numbers))
        self.titles[number, article.language] = len(self.lines)
        lines = {
            "title": [article.title],
            "heading": [chapter.heading for chapter in article.chapters],
            "asked": article.asked,
        }
        for name, texts in lines.items():
            self._put(number, name, self.add_lines(number, article.language, texts))
        for name, text in (("keywords", article.keywords), ("lead", article.lead)):
            self._put(number, name, [self.writer.terms(text, article.language)])

    def add_lines(self, number: int, language: Language, texts: Iterable[str]) -> Sequence[Mapping[str, float]]:
        """Take in lines of an article, and give their terms."""
        added = [Line(number, language, text) for text in texts]
        terms = [self.writer.terms(line.text, language) for line in added]
        self.lines.extend(added)
        self.line_terms.extend(terms)
        return terms

    def _put(self, number: int, name: str, counted: Iterable[Mapping[str, float]]) -> None:
        held = self.fields.setdefault((number, name), {})
        for terms in counted:
            for term, weight in terms.items():
                held[term] = held.get(term, 0.0) + weight

    def index(self) -> Index:
        """Everything taken in, ready to be asked."""
        count = len(self.numbers)
        seen: dict[str, set[int]] = {}
        for (number, _), terms in self.fields.items():
            for term in terms:
                seen.setdefault(term, set()).add(number)
        for line, said in zip(self.lines, self.line_terms, strict=True):
            if line.article == OUTSIDE:
                for term in said:
                    seen.setdefault(term, set()).add(OUTSIDE)
        idf = {term: _rarity(count, len(found)) for term, found in seen.items()}
        lines = zip(self.lines, self.line_terms, strict=True)
        habits = Habits.of(((line.article, terms) for line, terms in lines if line.article != OUTSIDE), count)
        return Index(
            slugs=tuple(self.numbers),
            lines=tuple(self.lines),
            titles=self.titles,
            idf=idf,
            rarest=_rarity(count, 1),
            in_articles=self._in_articles(),
            in_lines=self._in_lines(idf),
            grams=Grams.of([self.writer.telling(line.text) for line in self.lines]),
            habits=habits,
        )

    def _in_articles(self) -> Postings:
        """BM25F: fields are weighed and measured against their usual length, then the sum is saturated."""
        lengths: dict[str, list[float]] = {}
        for (_, name), terms in self.fields.items():
            lengths.setdefault(name, []).append(sum(terms.values()))
        average = {name: sum(found) / len(found) or 1.0 for name, found in lengths.items()}
        mixed: dict[int, dict[str, float]] = {}
        for (number, name), terms in self.fields.items():
            share = FIELDS[name] / (1 - LENGTH + LENGTH * sum(terms.values()) / average[name])
            held = mixed.setdefault(number, {})
            for term, weight in terms.items():
                held[term] = held.get(term, 0.0) + weight * share
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, terms in mixed.items():
            for term, value in terms.items():
                postings.setdefault(term, []).append((number, value / (SATURATION + value)))
        return postings

    def _in_lines(self, idf: Mapping[str, float]) -> Postings:
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, terms in enumerate(self.line_terms):
            vector = {term: min(weight, 1.0) * idf[term] for term, weight in terms.items()}
            length = sqrt(sum(value**2 for value in vector.values())) or 1.0
            for term, value in vector.items():
                postings.setdefault(term, []).append((number, value / length))
        return postings


def _rarity(count: int, found: int) -> float:
    return log(1 + (count - found + 0.5) / (found + 0.5))
