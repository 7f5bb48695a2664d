"""An announcement in the making: silent until it is published, kept between two lives of the bot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import aiosqlite

from bot.domain.chats import Act
from bot.domain.errors import NotAllowed, Unknown, WrongMove
from bot.domain.hearings import (
    Draft,
    DraftId,
    Hearing,
    HearingId,
    HearingStatus,
    Item,
    Problem,
    Terms,
    problems,
)
from bot.domain.ids import ChatId, UpdateId
from bot.ports import Clock
from bot.services.authority import Authority
from bot.services.hearings.notices import Notices, Reach
from bot.storage import hearing_drafts, hearing_ledger, hearings, listeners, roles
from bot.storage.database import Database

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """What publication would do: whom it reaches, what stands in the way, and what else is on that day."""

    draft: Draft
    reach: Reach
    problems: tuple[Problem, ...]
    same_day: tuple[Hearing, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a coordinator prepares; nobody else hears of it."""

    db: Database
    clock: Clock
    authority: Authority
    notices: Notices

    async def may_announce(self, coordinator: ChatId) -> None:
        """Raises NotAllowed for whoever announces nowhere."""
        grants = await roles.of_chat(self.db.read, coordinator)
        if not any(self.authority.allowed((grant,), Act.ANNOUNCE, grant.place) for grant in grants):
            raise NotAllowed("announce")

    async def mine(self, coordinator: ChatId) -> list[Draft]:
        """The drafts of this coordinator, the newest first."""
        return await hearing_drafts.of_author(self.db.read, coordinator, SHOWN)

    async def get(self, coordinator: ChatId, id: DraftId) -> Draft:
        """One's own draft. Raises Unknown."""
        return await self._mine(self.db.read, coordinator, id)

    async def begin(self, coordinator: ChatId, terms: Terms, cause: UpdateId) -> Draft:
        """A new draft. Raises NotAllowed."""
        await self.may_announce(coordinator)
        async with self.db.transaction() as tx:
            id = await hearing_drafts.begin(tx, coordinator, terms, self.clock.now(), cause)
        return await self.get(coordinator, id)

    async def edit(self, coordinator: ChatId, id: HearingId, cause: UpdateId) -> Draft:
        """A draft that changes an announced hearing, begun at its revision. Raises NotAllowed, Unknown, WrongMove."""
        async with self.db.transaction() as tx:
            hearing = await hearings.by_id(tx, id)
            if hearing is None:
                raise Unknown(f"hearing {id}")
            await self.authority.require(tx, coordinator, Act.ANNOUNCE, hearing.place, f"edit hearing {id}")
            if hearing.status is not HearingStatus.ANNOUNCED:
                raise WrongMove(hearing.status, HearingStatus.ANNOUNCED)
            begun = await hearing_drafts.begin(
                tx, coordinator, hearing.terms, self.clock.now(), cause, id, hearing.revision
            )
        return await self.get(coordinator, begun)

    async def copy(self, coordinator: ChatId, id: HearingId, cause: UpdateId) -> Draft:
        """A new draft that says what an earlier hearing said, but for the time and the files. Raises Unknown."""
        hearing = await hearings.by_id(self.db.read, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        terms = replace(hearing.terms, starts_at=None, proposals_until=None, files=())
        return await self.begin(coordinator, terms, cause)

    async def save(self, coordinator: ChatId, id: DraftId, terms: Terms) -> Draft:
        """The draft says this now. Raises NotAllowed for a place outside one's branches, Unknown."""
        async with self.db.transaction() as tx:
            draft = await self._mine(tx, coordinator, id)
            if terms.place is not None and terms.place != draft.terms.place:
                await self.authority.require(tx, coordinator, Act.ANNOUNCE, terms.place, f"announce in {terms.place}")
            await hearing_drafts.save(tx, id, terms, self.clock.now())
        return replace(draft, terms=terms)

    async def drop(self, coordinator: ChatId, id: DraftId) -> None:
        """The draft is thrown away; one that is gone already stays so."""
        async with self.db.transaction() as tx:
            draft = await hearing_drafts.by_id(tx, id)
            if draft is not None and draft.author == coordinator:
                await hearing_drafts.drop(tx, id)

    async def next_item(self, draft: Draft, after: Item | None = None) -> Item | None:
        """The first thing after this one that the draft does not say yet."""
        order = list(Item)
        rest = order[order.index(after) + 1 :] if after is not None else order
        skipped = {Item.SPOT, Item.LINK} if draft.terms.venue else {Item.SPOT}
        return next((item for item in rest if not draft.terms.said(item) and item not in skipped), None)

    async def preview(self, coordinator: ChatId, id: DraftId) -> Preview:
        """What publication would do now. Raises Unknown."""
        draft = await self._mine(self.db.read, coordinator, id)
        terms, now = draft.terms, self.clock.now()
        reach, same_day = Reach(0, 0, 0), tuple[Hearing, ...]()
        if terms.place is not None:
            reach = await self._reach(draft)
            same_day = await self._same_day(draft)
        found = problems(terms, now) + ((Problem.SAME_DAY,) if same_day else ())
        return Preview(draft, reach, found, same_day)

    async def _reach(self, draft: Draft) -> Reach:
        terms, now = draft.terms, self.clock.now()
        if draft.hearing is not None:
            told: Sequence[ChatId] = [
                *await hearing_ledger.told(self.db.read, draft.hearing),
                *await hearing_ledger.waiting(self.db.read, draft.hearing),
                *await listeners.keepers(self.db.read, draft.hearing),
            ]
            groups = sum(chat < 0 for chat in set(told))
            return Reach(groups, len(set(told)) - groups, 0)
        if terms.place is None:
            return Reach(0, 0, 0)
        found = await self.notices.followers(self.db.read, terms.place, terms.kind)
        groups = sum(group for _one, group in found)
        hearing = None
        if terms.starts_at is not None:
            hearing = Hearing(HearingId(0), terms.place, terms.starts_at, terms, draft.author, now)
        later = sum(hearing is not None and one.told_at(hearing, now, self.notices.zone) > now for one, _ in found)
        return Reach(groups, len(found) - groups, later)

    async def _same_day(self, draft: Draft) -> tuple[Hearing, ...]:
        terms = draft.terms
        if terms.place is None or terms.starts_at is None:
            return ()
        day = terms.starts_at.astimezone(self.notices.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        found = await hearings.between(self.db.read, (terms.place,), day, day + timedelta(days=1), SHOWN, newest=False)
        return tuple(one for one in found if one.id != draft.hearing and one.status is not HearingStatus.CANCELLED)

    async def _mine(self, db: aiosqlite.Connection, coordinator: ChatId, id: DraftId) -> Draft:
        draft = await hearing_drafts.by_id(db, id)
        if draft is None or draft.author != coordinator:
            raise Unknown(f"draft {id}")
        return draft
