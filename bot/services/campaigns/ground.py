"""What every campaign verb stands on: the file, the clock, the places, who may act, and the few settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.campaigns import Campaign, NotAtHome
from bot.domain.chats import Act, Grant
from bot.domain.deliveries import Source, SourceKind, Urgency
from bot.domain.errors import Unknown
from bot.domain.ids import CampaignId, ChatId, PlaceSlug
from bot.domain.places import Places
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.storage import campaigns, chats, deliveries, homes, roles, sources
from bot.storage.database import Database

LAUNCH = "launch"
BULK_SHARE = 0.85  # of the allowance, which campaigns take while people are writing


class Silence(Protocol):
    """Tells until when an election's silence period stands in any of these branches of places, if one does now."""

    async def __call__(self, places: Iterable[PlaceSlug]) -> datetime | None: ...


async def never_silent(places: Iterable[PlaceSlug]) -> datetime | None:
    """For a house without elections."""
    return None


@dataclass(frozen=True, slots=True)
class Ground:
    """Shared by all campaign verbs. `send_rate` is the whole allowance in letters a second."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    nudge: Nudge
    zone: ZoneInfo
    silence: Silence = never_silent
    send_rate: float = 25.0
    approval_from: int = 100

    async def campaign(self, db: aiosqlite.Connection, chat: ChatId, id: CampaignId, act: str) -> Campaign:
        """The campaign, if this chat's role covers all its places now. Raises Unknown, NotAllowed."""
        found = await campaigns.by_id(db, id)
        if found is None:
            raise Unknown(f"campaign {id}")
        for place in found.draft.audience.places:
            await self.authority.require(db, chat, Act.CAMPAIGN, place, f"{act} campaign {id}")
        return found

    def covers(self, grants: Iterable[Grant], one: Campaign) -> bool:
        """Whether these roles cover every place of the campaign."""
        held = tuple(grants)
        return all(self.authority.allowed(held, Act.CAMPAIGN, place) for place in one.draft.audience.places)

    async def colleagues(self, db: aiosqlite.Connection, one: Campaign, but: ChatId) -> tuple[ChatId, ...]:
        """Everybody else who may act on this campaign and can be reached."""
        standing = await roles.standing(db)
        found = []
        for chat in dict.fromkeys(grant.chat_id for grant in standing):
            person = await chats.subscriber(db, chat)
            theirs = [grant for grant in standing if grant.chat_id == chat]
            if chat != but and person is not None and person.reachable and self.covers(theirs, one):
                found.append(chat)
        return tuple(found)

    async def tell(self, tx: aiosqlite.Connection, one: Campaign, occasion: str, to: Iterable[ChatId]) -> None:
        """Owe coordinators a word about the campaign; the same occasion is told once."""
        await deliveries.owe(
            tx,
            SourceKind.CAMPAIGN_NEWS,
            one.id,
            occasion,
            [chat for chat in dict.fromkeys(to) if chat],
            urgency=Urgency.DESK,
            due_at=self.clock.now(),
        )

    async def source(self, db: aiosqlite.Connection, id: CampaignId) -> Source | None:
        """The source whose deliveries are the campaign's audience; None before the launch."""
        found = await sources.of(db, SourceKind.CAMPAIGN, id)
        return next((one for one in found if one.occasion == LAUNCH), None)

    async def require_home(self, db: aiosqlite.Connection) -> None:
        """Raises NotAtHome while the file has woken up on another machine and nobody has confirmed it."""
        if not await homes.confirmed(db):
            raise NotAtHome
