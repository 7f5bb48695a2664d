"""The guide people read now, and an editor's way to a newer one: all of it or nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.candidacy import Step
from bot.domain.chats import ALLOWS, Act
from bot.domain.elections import UsualDeadline
from bot.domain.errors import NotAllowed
from bot.domain.guide import Article, Citation, Finding, Picture
from bot.domain.ids import ChatId, Language, Slug, UpdateId
from bot.guide.edition import Edition
from bot.guide.problems import BrokenGuide, Problem
from bot.ports import Clock
from bot.services.authority import Authority
from bot.storage import roles
from bot.storage.database import Database

SHOWN = 5


class OpenGuide:
    """The edition people read now, swapped in one assignment: one question to it is answered from one edition.

    Who asks twice with an `await` between may find in the old one and read in the new; an article that is gone by then
    counts as not found, so the question goes to a person."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @property
    def phone(self) -> str:
        """The telephone of the commission."""
        return self.edition.phone

    @property
    def usual(self) -> tuple[UsualDeadline, ...]:
        """The deadlines that elections usually have."""
        return self.edition.usual

    @property
    def steps(self) -> tuple[Step, ...]:
        """What a candidate has to do, in its order."""
        return self.edition.steps

    def sections(self) -> tuple[str, ...]:
        """The sections that have an article, in the order of the outline."""
        return self.edition.library.sections()

    def articles(self, section: str, language: Language) -> tuple[Article, ...]:
        """A section's articles in the order of the outline."""
        return self.edition.library.articles(section, language)

    def article(self, slug: Slug, language: Language) -> Article | None:
        """One article, or None."""
        return self.edition.library.article(slug, language)

    def all(self, language: Language) -> tuple[Article, ...]:
        """Every article of a language in the order of the outline."""
        return self.edition.library.all(language)

    def citation(self, name: str) -> Citation | None:
        """A citation by its name in facts.toml, or None."""
        return self.edition.library.citation(name)

    def picture(self, slug: Slug, language: Language) -> Picture | None:
        """The picture an article names, or None."""
        return self.edition.library.picture(slug, language)

    def voice(self, slug: Slug, language: Language) -> Path | None:
        """The recording that stands beside an article, or None."""
        return self.edition.library.voice(slug, language)

    def find(self, text: str, language: Language) -> Finding:
        """What the guide makes of a person's words."""
        return self.edition.search.find(text, language)


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The new edition is open. `changed` are the titles of articles that are new or read differently."""

    articles: int
    facts: int
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotReloaded:
    """The old edition stays open. `first` are some of the problems as `file:line: what is wrong`, of `total`; those of
    tables come first, for one broken fact breaks every article that quotes it."""

    first: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ReloadGuide:
    """An editor's new edition is open for everybody at once, or the old one stays and the editor hears why."""

    db: Database
    clock: Clock
    authority: Authority
    guide: OpenGuide
    folder: Path
    read: Callable[[Path], Edition] = Edition.checked
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, chat: ChatId, language: Language, cause: UpdateId) -> Reloaded | NotReloaded:
        """Reads in a thread, for it takes seconds. One at a time. Raises NotAllowed, before and after the reading."""
        await self._require(chat)
        async with self.turn:
            try:
                edition = await asyncio.to_thread(self.read, self.folder)
            except BrokenGuide as broken:
                await self._log(chat, "guide not reloaded", f"{len(broken.problems)} problems", cause)
                causes = sorted(broken.problems, key=lambda problem: problem.file.suffix != ".toml")
                first = tuple(self._told(problem) for problem in causes[:SHOWN])
                return NotReloaded(first, len(broken.problems))
            await self._log(chat, "reload guide", edition.mark[:16], cause)
            before, self.guide.edition = self.guide.edition, edition
        return Reloaded(
            len(edition.library.by_name), len(edition.library.facts.facts), _changed(before, edition, language)
        )

    async def _require(self, chat: ChatId) -> None:
        """The guide is of no place, so an editor of any place may."""
        if not any(Act.RELOAD_GUIDE in ALLOWS[grant.role] for grant in await self.authority.grants(chat)):
            raise NotAllowed("reload guide")

    async def _log(self, chat: ChatId, act: str, subject: str, cause: UpdateId) -> None:
        await self._require(chat)
        async with self.db.transaction() as tx:
            await roles.log(tx, chat, act, subject, self.clock.now(), cause)

    def _told(self, problem: Problem) -> str:
        inside = problem.file.is_relative_to(self.folder)
        file = problem.file.relative_to(self.folder) if inside else Path(problem.file.name)
        return f"{file}:{problem.line}: {problem.message}"


def _changed(before: Edition, after: Edition, language: Language) -> tuple[str, ...]:
    """Titles in this language of all that is new or changed in either language, in the order of the outline."""
    was, now = before.library.by_name, after.library.by_name
    slugs = dict.fromkeys(slug for (slug, tongue), article in now.items() if was.get((slug, tongue)) != article)
    return tuple(article.title for slug in slugs if (article := after.library.article(slug, language)) is not None)
