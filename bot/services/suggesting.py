"""Articles for somebody who types the bot's name and a word in any chat."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.guide import Article, Topic
from bot.domain.ids import Language, Slug
from bot.guide.articles import Library
from bot.guide.markup import length, plain, split, with_links
from bot.services.answering import Finder

MOST = 10
ROOM = 1400  # UTF-16 units of an article's own words; a list of ten must stay light


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One article as it would be sent: its lead in plain words, the text cut to fit, its address."""

    article: Article
    lead: str
    html: str
    whole: bool
    address: str


@dataclass(frozen=True, slots=True)
class SuggestArticles:
    """What is chosen is chosen by a person, so likely articles are offered too; of another election nothing is."""

    library: Library
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
        blocks = [article.lead]
        for chapter in article.chapters:
            blocks += [f"<b>{chapter.heading}</b>\n{chapter.blocks[0] if chapter.blocks else ''}", *chapter.blocks[1:]]
        shown = ""
        kept = 0
        for block in blocks:
            longer = f"{shown}\n\n{block}" if shown else block
            if length(longer) > ROOM:
                break
            shown, kept = longer, kept + 1
        return Suggestion(
            article,
            plain(article.lead),
            with_links(shown or split(article.lead, ROOM)[0], self._address),
            kept == len(blocks),
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
