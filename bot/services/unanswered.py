"""What people asked and the guide does not know: grouped by likeness, the most frequent first."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from bot.domain.chats import Act
from bot.domain.errors import NotAllowed
from bot.domain.faq import Alike, without_names
from bot.domain.guide import Finding, Topic
from bot.domain.ids import ChatId, Language
from bot.guide.likeness import groups
from bot.services.authority import Authority
from bot.services.faq_reading import ReadFaq
from bot.storage import faq, roles
from bot.storage.database import Database

LOOKED_THROUGH = 1000


class Finder(Protocol):
    """The search of the guide."""

    def find(self, text: str, language: Language) -> Finding: ...


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Groups of questions; `erased` counts those whose words are gone, `files` those that never had words."""

    found: tuple[Alike, ...]
    erased: int
    files: int


@dataclass(frozen=True, slots=True)
class ListUnanswered:
    """Questions that the guide was asked and could not answer. Nothing more is kept for this than the desk keeps: a
    question that finds nothing is a numbered Question already, and what the guide knows by now is looked up anew."""

    db: Database
    authority: Authority
    search: Finder
    read_faq: ReadFaq

    async def may_see(self, chat: ChatId) -> bool:
        """Whether this chat's role allows the list anywhere."""
        grants = await roles.of_chat(self.db.read, chat)
        return any(self.authority.allowed([grant], Act.SEE_UNANSWERED, grant.place) for grant in grants)

    async def __call__(self, chat: ChatId, known: bool = False) -> Unanswered:
        """The groups of this chat's places that find nothing now; or, if `known`, those for which the guide finds
        something and people still asked a coordinator. Raises NotAllowed."""
        if not await self.may_see(chat):
            raise NotAllowed("unanswered")
        grants = await roles.of_chat(self.db.read, chat)
        newest = await faq.first_words(self.db.read, LOOKED_THROUGH)
        mine = [one for one in newest if self.authority.allowed(grants, Act.SEE_UNANSWERED, one.place)]
        asked = [one for one in mine if one.text and not one.has_file]
        answered = {one.question for one in asked if await self.read_faq.surely(one.text, one.place)}
        open_ones = [one for one in asked if one.question not in answered]
        found = await asyncio.to_thread(self._groups, open_ones, known)
        erased = sum(not one.text and not one.has_file for one in mine)
        return Unanswered(found, erased, sum(one.has_file for one in mine))

    def _groups(self, asked: list[faq.FirstWords], known: bool) -> tuple[Alike, ...]:
        fit = [one for one in asked if self._knows(one) == known]
        by_number = {one.question: one for one in fit}
        return tuple(
            Alike(without_names(by_number[numbers[0]].text), numbers[0], len(numbers))
            for numbers in groups((one.question, without_names(one.text)) for one in fit)
        )

    def _knows(self, one: faq.FirstWords) -> bool:
        finding = self.search.find(one.text, one.language)
        return bool(finding.answer or finding.offered) or finding.topic is Topic.PARLIAMENT
