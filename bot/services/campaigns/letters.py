"""A campaign's letter when its turn comes: rendered once for a language, and not sent to whoever does not want it."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.campaigns import Campaign, CampaignTopic
from bot.domain.deliveries import Reason, Source
from bot.domain.ids import CampaignId, ChatId, Language
from bot.ports import Clock, Letter
from bot.storage import campaigns, opt_outs
from bot.storage.database import Database
from bot.storage.together import Together
from bot.texts import campaign_letters

WEEK = timedelta(days=7)
LETTERS_KEPT = 32  # renderings: some campaigns at once in both languages
ON_THE_WAY = 4_096  # chats written to a moment ago, whose row is not settled yet; twice the widest window


@dataclass(slots=True)
class CampaignLetters:
    """Nothing is rendered and nothing is counted per recipient: one look by key, and one of two ready letters."""

    db: Database
    clock: Clock
    a_week: int
    _ready: OrderedDict[tuple[int, Language], Letter] = field(default_factory=OrderedDict)
    _topics: OrderedDict[int, CampaignTopic | None] = field(default_factory=OrderedDict)
    _going: OrderedDict[ChatId, tuple[int, float]] = field(default_factory=OrderedDict)
    _turn: Together[ChatId, opt_outs.Turn] = field(init=False)

    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._turn = Together(lambda of: opt_outs.turns(self.db.read, of))

    async def __call__(self, source: Source, chat: ChatId) -> Letter | Reason | None:
        """The letter, or why this chat does not get one now."""
        turn = await self._turn(chat)
        if turn is None:
            return Reason.UNREACHABLE
        if source.id not in self._topics and not await self._read(source):
            return None
        if turn.opted_out.stops(self._topics[source.id]):
            return Reason.OPTED_OUT
        now = self.clock.now()
        since = (now - WEEK).timestamp()
        lately = sum(at > since for at in turn.received)
        other = self._going.get(chat)
        if other is not None and other[0] != source.id and self.clock.monotonic() - other[1] < 30:
            lately += 1
        if lately >= self.a_week:
            return Reason.WEEKLY_LIMIT
        self._going[chat] = (source.id, self.clock.monotonic())
        self._going.move_to_end(chat)
        if len(self._going) > ON_THE_WAY:
            self._going.popitem(last=False)
        return self._ready[source.id, turn.language]

    async def as_test(self, id: CampaignId, language: Language) -> Letter | None:
        """The letter as it would be delivered now; None when there are no words yet."""
        one = await campaigns.by_id(self.db.read, id)
        return None if one is None or not _has_words(one) else campaign_letters.letter(one, language)

    async def _read(self, source: Source) -> bool:
        async with self._reading:
            return source.id in self._topics or await self._render(source)

    async def _render(self, source: Source) -> bool:
        one = await campaigns.by_id(self.db.read, CampaignId(source.subject))
        if one is None:
            return False
        for language in Language:
            self._ready[source.id, language] = campaign_letters.letter(one, language)
        self._topics[source.id] = one.draft.content.topic
        while len(self._ready) > LETTERS_KEPT:
            (old, _language), _letter = self._ready.popitem(last=False)
            self._topics.pop(old, None)
        return True


def _has_words(one: Campaign) -> bool:
    return any(one.draft.content.words.values())
