"""Finds which article answers a person's question, and says nothing when none surely does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.guide import Article, Finding, Match, Topic
from bot.domain.ids import Language
from bot.guide import decision, files, kept, topics
from bot.guide.concepts import idle, outside, signs
from bot.guide.quoting import Quotes
from bot.guide.ranking import Fit, Fits, Index
from bot.guide.spelling import Speller
from bot.guide.terms import Reader, Sense, Writer

if TYPE_CHECKING:
    from bot.guide.articles import Library

MATCHES = 5
OFFERED = 3
LINE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Search:
    """An index of the whole guide in memory; never changes, a reloaded guide builds a new one."""

    index: Index
    reader: Reader
    quotes: Quotes

    @classmethod
    def load(cls, folder: Path) -> "Search":
        """The search over a guide's folder, or BrokenGuide. Once built, it is kept beside it until a file changes."""
        mark = kept.fingerprint(files.sources(folder))
        if (search := kept.find(folder, mark, cls)) is not None:
            return search
        from bot.guide.articles import Library

        search = cls.build(Library.load(folder))
        kept.keep(folder, mark, search)
        return search

    @classmethod
    def build(cls, library: "Library") -> "Search":
        """The search over every article of a library."""
        return cls.over(article for language in Language for article in library.all(language))

    @classmethod
    def over(cls, articles: Iterable[Article]) -> "Search":
        """The search over these articles; the two languages of a slug count as one."""
        articles = tuple(articles)
        writer = Writer()
        quotes = Quotes.of(articles, writer)
        index = Index.of(articles, writer, outside())
        speller = Speller.of(sorted({*writer.words(), *writer.lexicon.vocabulary, *signs().vocabulary, *idle()}))
        return cls(index, Reader(writer, speller, index.idf.__contains__), quotes)

    def find(self, text: str, language: Language) -> Finding:
        """What the guide makes of a person's words; the bias is to silence, for a wrong sure answer is the worst."""
        senses = self.reader.senses(text, language)
        borne = topics.read([word for sense in senses for word in sense.words])
        if borne.topic in (Topic.GREETING, Topic.THANKS):
            return Finding(borne.topic, None, (), ())
        fits = self.index.fits(senses, language)
        doubt = self._doubt(senses, borne, fits)
        likely = decision.shares(fits.articles, doubt)
        ranked = sorted(zip(likely, fits.articles, strict=True), key=lambda one: -one[0])[:MATCHES]
        matches = tuple(self._match(share, fit, language) for share, fit in ranked)
        if borne.topic is Topic.PARLIAMENT:
            return Finding(Topic.PARLIAMENT, None, (), matches)
        if not matches or sum(likely) < decision.SCOPE or doubt.unknown > decision.MOST_UNKNOWN:
            return Finding(Topic.OUTSIDE, None, (), matches)
        agreed = ranked[0][1].words >= max(fit.words for fit in fits.articles)
        if not borne.parliament and matches[0].score >= (decision.ANSWER if agreed else decision.ANSWER_ALONE):
            answer = matches[0].slug
            said = self.quotes.best(answer, language, senses, self.index.idf)
            return Finding(Topic.FIELD, answer, (), matches, said)
        offered = tuple(match for match in matches[:OFFERED] if match.score >= decision.OFFER)
        return Finding(Topic.FIELD if offered else Topic.OUTSIDE, None, offered, matches)

    def _doubt(self, senses: Sequence[Sense], borne: topics.Signs, fits: Fits) -> decision.Doubt:
        masses = [(self.index.mass(sense), sense) for sense in senses]
        total = sum(mass for mass, _ in masses) or 1.0
        unknown = sum(mass for mass, sense in masses if not sense.terms)
        telling = sum(not sense.idle for sense in senses)
        return decision.Doubt(
            unknown=unknown / total,
            outside=borne.outside,
            line=fits.outside,
            letters=fits.outside_letters,
            short=1 / max(telling, 1),
            parliament=borne.parliament,
        )

    def _match(self, share: float, fit: Fit, language: Language) -> Match:
        return Match(self.index.slugs[fit.article], round(share, 4), shown(self.index.lines[fit.shown].text))


def shown(line: str) -> str:
    """A line that fits beside a button: cut at a word, with an ellipsis."""
    if len(line) <= LINE_LENGTH:
        return line
    return line[: LINE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:—-") + "…"
