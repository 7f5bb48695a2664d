"""Articles for somebody who types the bot's name and a word in any chat."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.domain.guide import Article, Topic
from bot.domain.ids import Language, Slug
from bot.guide.markup import length, plain, split, with_links
from bot.services.answering import Finder
from bot.services.reading import Books

MOST = 10
ROOM = 1400  # UTF-16 units of an article's own words; a list of ten must stay light


class Shelves(Books, Protocol):
    """The guide as it is open now, every article of it."""

    def all(self, language: Language) -> tuple[Article, ...]: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One article as it would be sent: its lead in plain words, its text as far as whole chapters fit, its address."""

    article: Article
    lead: str
    html: str
    whole: bool
    address: str


@dataclass(frozen=True, slots=True)
class SuggestArticles:
    """What is chosen is chosen by a person, so likely articles are offered too; of another election nothing is."""

    library: Shelves
    finder: Finder
    bot_name: str

    def __call__(self, words: str, languages: tuple[Language, ...]) -> tuple[Suggestion, ...]:
        """At most ten for each language; without words the first article of each section."""
        found = [
            self._suggestion(article)
            for language in languages
            for article in (self._found(words, language) if words.strip() else self._first(language))
        ]
        return tuple(found)

    def _first(self, language: Language) -> Iterator[Article]:
        for section in self.library.sections():
            yield from self.library.articles(section, language)[:1]

    def _found(self, words: str, language: Language) -> tuple[Article, ...]:
        finding = self.finder.find(words, language)
        if finding.topic is Topic.PARLIAMENT:
            return ()
        named = [article.slug for article in self.library.all(language) if _begins(words, article.title)]
        likely = [match.slug for match in finding.matches] if finding.topic is Topic.FIELD else []
        first = [finding.answer] if finding.answer else []
        return self._articles([*first, *named, *likely], language)[:MOST]

    def _articles(self, slugs: Iterable[Slug], language: Language) -> tuple[Article, ...]:
        articles = (self.library.article(slug, language) for slug in dict.fromkeys(slugs))
        return tuple(article for article in articles if article is not None)

    def _suggestion(self, article: Article) -> Suggestion:
        parts = [article.lead]
        parts += [f"<b>{one.heading}</b>\n" + "\n\n".join(one.blocks) for one in article.chapters]
        shown, kept = split(article.lead, ROOM)[0], 1
        for part in parts[1:]:
            if length(f"{shown}\n\n{part}") > ROOM:
                break
            shown, kept = f"{shown}\n\n{part}", kept + 1
        return Suggestion(
            article,
            plain(article.lead),
            with_links(shown, self._address),
            kept == len(parts),
            f"https://t.me/{self.bot_name}?start=a_{article.slug}",
        )

    def _address(self, slug: Slug) -> str | None:
        if self.library.article(slug, Language.KY) is None:
            return None
        return f"https://t.me/{self.bot_name}?start=a_{slug}"


def _begins(words: str, title: str) -> bool:
    """Whether some word of the title begins as typed, for those who are still typing."""
    typed = words.casefold().split()
    return len(typed) == 1 and len(typed[0]) > 2 and any(word.startswith(typed[0]) for word in title.casefold().split())
