"""People's questions and proposals to a hearing, and what a moderator does with them."""

from dataclasses import dataclass, replace
from datetime import timedelta

import aiosqlite

from bot.domain.chats import Act
from bot.domain.contributions import (
    AN_HOUR_AT_MOST,
    Contribution,
    ContributionId,
    ContributionKind,
    ContributionStatus,
    NoMoreWords,
    TooManyWords,
)
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.errors import Unknown
from bot.domain.hearings import Hearing, HearingId, HearingStatus
from bot.domain.ids import ChatId, Language, MessageId, UpdateId
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.hearings.notices import Notices
from bot.storage import contributions, deliveries, hearings, roles
from bot.storage.database import Database

LONGEST = 3000
AT_ONCE = 200
OPEN_TO_ALL = (ContributionStatus.PUBLISHED,)


@dataclass(frozen=True, slots=True)
class Contribute:
    """A question or proposal gets its number and is owed to a moderator, or neither happens."""

    db: Database
    clock: Clock
    notices: Notices
    nudge: Nudge

    async def open(self, id: HearingId) -> Hearing:
        """The hearing, if it still takes words. Raises Unknown, NoMoreWords."""
        hearing = await hearings.by_id(self.db.read, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        if hearing.status is not HearingStatus.ANNOUNCED or hearing.takes_words_until <= self.clock.now():
            raise NoMoreWords
        return hearing

    async def __call__(
        self,
        id: HearingId,
        chat: ChatId,
        asker: ChatId,
        language: Language,
        kind: ContributionKind,
        words: str,
        message: MessageId,
        cause: UpdateId,
    ) -> ContributionId:
        """The number. Raises Unknown, NoMoreWords, TooManyWords."""
        now = self.clock.now()
        hearing = await self.open(id)
        said = Contribution(ContributionId(0), id, chat, asker, language, kind, words[:LONGEST], message, now)
        async with self.db.transaction() as tx:
            if await contributions.said_since(tx, asker, now - timedelta(hours=1)) >= AN_HOUR_AT_MOST:
                raise TooManyWords
            number, new = await contributions.add(tx, said, cause)
            if new:
                await self.notices.moderate(tx, hearing, number, now)
        self.nudge()
        return number

    async def published(self, id: HearingId) -> list[Contribution]:
        """What everybody may read, most supported first."""
        return await contributions.of_hearing(self.db.read, id, *OPEN_TO_ALL)

    async def support(self, id: ContributionId, person: ChatId, cause: UpdateId) -> Contribution:
        """Support is given or taken back. Raises Unknown for what is not published."""
        async with self.db.transaction() as tx:
            one = await contributions.by_id(tx, id)
            if one is None or one.status is not ContributionStatus.PUBLISHED:
                raise Unknown(f"contribution {id}")
            await contributions.support(tx, id, person, cause)
            found = await contributions.by_id(tx, id)
        return found or one


@dataclass(frozen=True, slots=True)
class Moderate:
    """What a coordinator does with a contribution; the role is checked at the moment of acting."""

    db: Database
    clock: Clock
    authority: Authority
    nudge: Nudge

    async def waiting(self, coordinator: ChatId) -> list[tuple[Contribution, Hearing]]:
        """What waits in this coordinator's branches, the oldest first."""
        grants = await roles.of_chat(self.db.read, coordinator)
        found = []
        for one in await contributions.waiting(self.db.read, AT_ONCE):
            hearing = await hearings.by_id(self.db.read, one.hearing)
            if hearing is not None and self.authority.allowed(grants, Act.MODERATE, hearing.place):
                found.append((one, hearing))
        return found

    async def get(self, coordinator: ChatId, id: ContributionId) -> tuple[Contribution, Hearing]:
        """One contribution and its hearing. Raises NotAllowed, Unknown."""
        return await self._one(self.db.read, coordinator, id, "read")

    async def publish(self, coordinator: ChatId, id: ContributionId, cause: UpdateId) -> Contribution:
        """Everybody may read and support it. Raises NotAllowed, Unknown, WrongMove."""
        return await self._move(coordinator, id, ContributionStatus.PUBLISHED, cause)

    async def decline(self, coordinator: ChatId, id: ContributionId, reason: str, cause: UpdateId) -> Contribution:
        """The author receives the reason. Raises NotAllowed, Unknown, WrongMove."""
        return await self._move(coordinator, id, ContributionStatus.DECLINED, cause, reason=reason)

    async def merge(
        self, coordinator: ChatId, id: ContributionId, into: ContributionId, cause: UpdateId
    ) -> Contribution:
        """It stands under another one from now on. Raises NotAllowed, Unknown, WrongMove."""
        other, _hearing = await self.get(coordinator, into)
        one, _ = await self.get(coordinator, id)
        if other.status is not ContributionStatus.PUBLISHED or other.hearing != one.hearing:
            raise Unknown(f"contribution {into}")
        return await self._move(coordinator, id, ContributionStatus.MERGED, cause, into=into)

    async def mergeable(self, coordinator: ChatId, id: ContributionId) -> list[Contribution]:
        """The published contributions of the same hearing. Raises NotAllowed, Unknown."""
        one, _hearing = await self.get(coordinator, id)
        found = await contributions.of_hearing(self.db.read, one.hearing, ContributionStatus.PUBLISHED)
        return [other for other in found if other.id != id]

    async def answer(
        self, coordinator: ChatId, id: ContributionId, words: str, signed: str, cause: UpdateId
    ) -> Contribution:
        """The answer is owed under the same number to its author and to those who were merged with it; what was not
        published yet is published with it. Raises NotAllowed, Unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            one, _hearing = await self._one(tx, coordinator, id, "answer")
            if one.status is ContributionStatus.WAITING:
                one = one.moved_to(ContributionStatus.PUBLISHED)
                await contributions.save(tx, one)
            await contributions.answer(tx, id, words[:LONGEST], signed, coordinator)
            for each in (one, *await contributions.merged_into(tx, id)):
                await self._owe(tx, each, f"answered {cause}")
            await roles.log(tx, coordinator, "answer", f"contribution {id}", now, cause)
        self.nudge()
        return replace(one, answer=words[:LONGEST], signed=signed)

    async def all_of(self, coordinator: ChatId, id: HearingId) -> tuple[Hearing, list[Contribution]]:
        """Everything published for a hearing, most supported first, for the organiser. Raises NotAllowed, Unknown."""
        hearing = await hearings.by_id(self.db.read, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        await self.authority.require(self.db.read, coordinator, Act.MODERATE, hearing.place, f"list of hearing {id}")
        return hearing, await contributions.of_hearing(self.db.read, id, *OPEN_TO_ALL)

    async def _move(
        self,
        coordinator: ChatId,
        id: ContributionId,
        status: ContributionStatus,
        cause: UpdateId,
        reason: str = "",
        into: ContributionId | None = None,
    ) -> Contribution:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            one, _hearing = await self._one(tx, coordinator, id, status)
            if one.status is status:
                return one
            moved = one.moved_to(status, reason=reason, into=into)
            await contributions.save(tx, moved)
            await self._owe(tx, moved, status)
            await roles.log(tx, coordinator, status, f"contribution {id}", now, cause)
        self.nudge()
        return moved

    async def _owe(self, tx: aiosqlite.Connection, one: Contribution, occasion: str) -> None:
        if one.chat_id:
            await deliveries.owe(
                tx,
                SourceKind.CONTRIBUTION_FATE,
                one.id,
                occasion,
                (one.chat_id,),
                urgency=Urgency.DESK,
                due_at=self.clock.now(),
            )

    async def _one(
        self, tx: aiosqlite.Connection, coordinator: ChatId, id: ContributionId, act: str
    ) -> tuple[Contribution, Hearing]:
        one = await contributions.by_id(tx, id)
        hearing = None if one is None else await hearings.by_id(tx, one.hearing)
        if one is None or hearing is None or one.status is ContributionStatus.WITHDRAWN:
            raise Unknown(f"contribution {id}")
        await self.authority.require(tx, coordinator, Act.MODERATE, hearing.place, f"{act} contribution {id}")
        return one, hearing
