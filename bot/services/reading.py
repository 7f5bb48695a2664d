"""The guide as it is read: sections, articles, pages, and whether one was useful."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.clock import SystemClock
from bot.domain.guide import Article, Picture
from bot.domain.ids import ChatId, Language, Slug
from bot.guide.markup import pages, with_links
from bot.ports import Clock
from bot.storage import opinions
from bot.storage.database import Database
from bot.texts.guide import with_foot

PAGE = 2600


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an article, as HTML with its links made whole."""

    article: Article
    html: str
    number: int
    of: int
    following: tuple[Article, ...]
    pictured: bool = False
    spoken: bool = False


class Books(Protocol):
    """The guide as it is open now."""

    def sections(self) -> tuple[str, ...]: ...

    def articles(self, section: str, language: Language) -> tuple[Article, ...]: ...

    def article(self, slug: Slug, language: Language) -> Article | None: ...

    def picture(self, slug: Slug, language: Language) -> Picture | None: ...

    def voice(self, slug: Slug, language: Language) -> Path | None: ...


@dataclass(frozen=True, slots=True)
class ReadGuide:
    """Opens the guide; links between articles become deep links to this bot."""

    library: Books
    bot_name: str
    clock: Clock = SystemClock()  # noqa: RUF009  # frozen, without state

    def sections(self) -> tuple[str, ...]:
        """The sections that hold articles, in the order of the outline."""
        return tuple(name for name in self.library.sections() if self.library.articles(name, Language.KY))

    def articles(self, section: str, language: Language) -> tuple[Article, ...]:
        """The articles of a section, in the order of the outline."""
        return self.library.articles(section, language)

    def article(self, slug: Slug, language: Language) -> Article | None:
        """One article, or None."""
        return self.library.article(slug, language)

    def page(self, slug: Slug, number: int, language: Language) -> Page | None:
        """One page of an article, or None; a number out of bounds is brought within them."""
        article = self.library.article(slug, language)
        if article is None:
            return None
        parts = with_foot(pages(article, PAGE), article, language, self.clock.now().date())
        number = min(max(number, 1), len(parts))
        following = (self.library.article(other, language) for other in article.next)
        return Page(
            article,
            with_links(parts[number - 1], self._address),
            number,
            len(parts),
            tuple(other for other in following if other is not None),
            pictured=self.library.picture(slug, language) is not None,
            spoken=self.library.voice(slug, language) is not None,
        )

    def lead(self, article: Article) -> str:
        """The article's first words with links made whole."""
        return with_links(article.lead, self._address)

    def _address(self, slug: Slug) -> str | None:
        if self.library.article(slug, Language.KY) is None:
            return None
        return f"https://t.me/{self.bot_name}?start=a_{slug}"


@dataclass(frozen=True, slots=True)
class SayUseful:
    """One opinion a person and article; the last one counts."""

    db: Database
    clock: Clock

    async def __call__(self, chat: ChatId, slug: Slug, language: Language, useful: bool) -> None:
        async with self.db.transaction() as tx:
            await opinions.save(tx, chat, slug, language, useful, self.clock.now())
