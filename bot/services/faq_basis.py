"""What an entry may rest on: the citations of the guide's articles, found by a title or a slug."""

from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from bot.domain.guide import Article, Finding
from bot.domain.ids import Language, Slug

CHOICES = 5
TITLE_ALIKE = 75  # of 100: the typed words stand in the title


class Titles(Protocol):
    """The articles of the guide."""

    def article(self, slug: Slug, language: Language) -> Article | None: ...

    def all(self, language: Language) -> tuple[Article, ...]: ...


class Finder(Protocol):
    """The search of the guide."""

    def find(self, text: str, language: Language) -> Finding: ...


@dataclass(frozen=True, slots=True)
class ChooseBasis:
    """A coordinator types a title, a slug, or what an article is about; only articles with citations are offered."""

    library: Titles
    search: Finder

    def articles(self, words: str, language: Language) -> tuple[Article, ...]:
        """At most five articles, titles that are like the words first."""
        named = self.library.article(Slug(words.strip().casefold()), language)
        typed = words.casefold()
        alike = sorted(
            ((fuzz.token_set_ratio(typed, one.title.casefold()), one) for one in self.library.all(language)),
            key=lambda pair: -pair[0],
        )
        about = (self.library.article(match.slug, language) for match in self.search.find(words, language).matches)
        found = [named, *(one for score, one in alike if score >= TITLE_ALIKE), *about]
        with_sources = {one.slug: one for one in found if one is not None and one.citations}
        return tuple(with_sources.values())[:CHOICES]

    def article(self, slug: Slug, language: Language) -> Article | None:
        """One article that has citations, or None."""
        article = self.library.article(slug, language)
        return article if article is not None and article.citations else None

    def citation(self, slug: Slug, number: int) -> str | None:
        """The name of the citation that stands at this number, from 1, in the article's list."""
        article = self.library.article(slug, Language.KY)
        if article is None or not 1 <= number <= len(article.citations):
            return None
        return article.citations[number - 1].name
