"""A hearing is announced, moved, cancelled, concluded: each in one transaction with all that is owed for it."""

from dataclasses import dataclass, replace

import aiosqlite

from bot.domain.chats import Act
from bot.domain.errors import Unknown
from bot.domain.hearings import (
    Draft,
    DraftId,
    Hearing,
    HearingId,
    HearingStatus,
    NotReady,
    Outcome,
    RevisionMoved,
    TooEarly,
    problems,
    refusing,
)
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.hearings.notices import Notices
from bot.storage import hearing_drafts, hearings, roles
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class _Verb:
    """What each of the verbs needs."""

    db: Database
    clock: Clock
    authority: Authority
    notices: Notices
    nudge: Nudge

    async def _draft(self, tx: aiosqlite.Connection, coordinator: ChatId, id: DraftId) -> Draft:
        draft = await hearing_drafts.by_id(tx, id)
        if draft is None or draft.author != coordinator:
            raise Unknown(f"draft {id}")
        found = refusing(problems(draft.terms, self.clock.now()))
        if found:
            raise NotReady(found)
        return draft

    async def _hearing(self, tx: aiosqlite.Connection, coordinator: ChatId, id: HearingId | None, act: str) -> Hearing:
        hearing = None if id is None else await hearings.by_id(tx, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        await self._require(tx, coordinator, hearing.place, f"{act} hearing {id}")
        return hearing

    async def _require(self, tx: aiosqlite.Connection, coordinator: ChatId, place: PlaceSlug | None, act: str) -> None:
        await self.authority.require(tx, coordinator, Act.ANNOUNCE, place, act)


@dataclass(frozen=True, slots=True)
class AnnounceHearing(_Verb):
    """A draft becomes a hearing with its number, and its followers are owed the notice; or neither happens. Raises
    NotAllowed, NotReady, Unknown."""

    async def __call__(self, coordinator: ChatId, id: DraftId, cause: UpdateId) -> Hearing:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if (already := await hearings.of_cause(tx, cause)) is not None:
                return already
            draft = await self._draft(tx, coordinator, id)
            await self._require(tx, coordinator, draft.terms.place, f"announce in {draft.terms.place}")
            number = await hearings.add(tx, draft.terms, coordinator, now, cause)
            hearing = await hearings.by_id(tx, number)
            if hearing is None:
                raise Unknown(f"hearing {number}")
            await self.notices.announce(tx, hearing, now)
            await hearing_drafts.drop(tx, id)
            await roles.log(tx, coordinator, "announce", f"hearing {number}", now, cause)
        self.nudge()
        return hearing


@dataclass(frozen=True, slots=True)
class MoveHearing(_Verb):
    """A hearing says something else from now on, and exactly those who were told hear "was → now". Raises NotAllowed,
    NotReady, RevisionMoved, NothingChanged, Unknown, WrongMove."""

    async def __call__(self, coordinator: ChatId, id: DraftId, cause: UpdateId) -> Hearing:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if (already := await hearings.of_cause(tx, cause)) is not None:
                return already
            draft = await self._draft(tx, coordinator, id)
            before = await self._hearing(tx, coordinator, draft.hearing, "move")
            if before.revision != draft.base:
                raise RevisionMoved(before.id, before.revision)
            after = before.with_terms(draft.terms)
            await self._require(tx, coordinator, after.place, f"move hearing {before.id} to {after.place}")
            await hearings.save(tx, after, coordinator, now, cause)
            await self.notices.change(tx, before, after, now)
            await hearing_drafts.drop(tx, id)
            await roles.log(tx, coordinator, "move", f"hearing {after.id} r{after.revision}", now, cause)
        self.nudge()
        return after


@dataclass(frozen=True, slots=True)
class CancelHearing(_Verb):
    """A hearing will not take place: nothing that waited is said, and those who were told hear why. Raises NotAllowed,
    Unknown, WrongMove."""

    async def __call__(self, coordinator: ChatId, id: HearingId, reason: str, cause: UpdateId) -> Hearing:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if (already := await hearings.of_cause(tx, cause)) is not None:
                return already
            before = await self._hearing(tx, coordinator, id, "cancel")
            after = before.moved_to(HearingStatus.CANCELLED, reason)
            await hearings.save(tx, after, coordinator, now, cause)
            await self.notices.change(tx, before, after, now)
            await roles.log(tx, coordinator, "cancel", f"hearing {id}", now, cause)
        self.nudge()
        return after


@dataclass(frozen=True, slots=True)
class ConcludeHearing(_Verb):
    """What came of a hearing is kept, and those who were told of it hear the outcome. Raises NotAllowed, TooEarly,
    Unknown, WrongMove."""

    async def __call__(self, coordinator: ChatId, id: HearingId, outcome: Outcome, cause: UpdateId) -> Hearing:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if (already := await hearings.of_cause(tx, cause)) is not None:
                return already
            before = await self._hearing(tx, coordinator, id, "conclude")
            if before.starts_at > now:
                raise TooEarly
            after = replace(before.moved_to(HearingStatus.CONCLUDED), reason="")
            await hearings.save(tx, after, coordinator, now, cause)
            await hearings.keep_outcome(tx, id, outcome, coordinator, now)
            await self.notices.conclude(tx, after, now)
            await roles.log(tx, coordinator, "conclude", f"hearing {id}", now, cause)
        self.nudge()
        return after
