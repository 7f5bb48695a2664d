"""Launch, pause, resume and cancel take effect with their commit, and say how many are out, in flight and left."""

from dataclasses import dataclass, replace

import aiosqlite
import structlog

from bot.domain.campaigns import Campaign, CampaignStatus, CampaignTopic, ChangedSince, Halt, Silent
from bot.domain.deliveries import Source, SourceKind, Tally
from bot.domain.errors import NotAllowed
from bot.domain.ids import CampaignId, ChatId, MessageId, UpdateId
from bot.services.campaigns.ground import LAUNCH, Ground
from bot.storage import campaigns, deliveries, freezing, roles, sources

RELEASED_BY = 2
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign and the tally of its audience."""

    campaign: Campaign
    tally: Tally
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class LaunchCampaign:
    """An approved campaign becomes running and its audience begins to be frozen, or neither happens."""

    ground: Ground

    async def __call__(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> Standing:
        """Raises NotAllowed, Unknown, WrongMove, ChangedSince, Silent, NotAtHome."""
        async with self.ground.db.transaction() as tx:
            await self.ground.require_home(tx)
            one = await self.ground.campaign(tx, chat, id, "launch")
            await self._not_in_silence(tx, one)
            one = await self.begin(tx, one)
            await roles.log(tx, chat, "launch", f"campaign {id} {one.approved_hash}", self.ground.clock.now(), cause)
        self.ground.nudge()
        return await self.standing(id)

    async def begin(self, tx: aiosqlite.Connection, one: Campaign) -> Campaign:
        """Side effect: the campaign runs; its audience is of all chats known now. Raises WrongMove, ChangedSince."""
        now = self.ground.clock.now()
        begun = replace(one.moved_to(CampaignStatus.RUNNING), launched_at=now)
        if one.draft.hash != one.approved_hash:
            raise ChangedSince
        await campaigns.save(tx, begun)
        await freezing.begin(
            tx, SourceKind.CAMPAIGN, one.id, LAUNCH, due_at=now, not_after=one.draft.schedule.not_after(now)
        )
        return begun

    async def standing(self, id: CampaignId) -> Standing:
        """The campaign and its tally now, from the kept counters."""
        db = self.ground.db.read
        one = await campaigns.by_id(db, id)
        assert one is not None
        source = await self.ground.source(db, id)
        return Standing(one, Tally({}) if source is None else await deliveries.tally(db, source.id), source)

    async def look(self, chat: ChatId, id: CampaignId) -> Standing:
        """The same for whoever may see it. Raises NotAllowed, Unknown."""
        await self.ground.campaign(self.ground.db.read, chat, id, "see")
        return await self.standing(id)

    async def release(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> int:
        """How many coordinators have released it for the silence period; two let it go, and only how to vote. Raises
        NotAllowed, Unknown."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            one = await self.ground.campaign(tx, chat, id, "release")
            if one.draft.content.topic is not CampaignTopic.HOW_TO_VOTE:
                raise NotAllowed(f"release campaign {id}")
            released = await campaigns.release(tx, id, chat, now)
            await roles.log(tx, chat, "release in silence", f"campaign {id} {one.draft.hash}", now, cause)
        self.ground.nudge()
        return released

    async def show_progress_in(self, id: CampaignId, chat: ChatId, message: MessageId) -> None:
        """From now on this message tells how far the campaign is."""
        async with self.ground.db.transaction() as tx:
            await campaigns.show_progress_in(tx, id, chat, message)

    async def _not_in_silence(self, tx: aiosqlite.Connection, one: Campaign) -> None:
        until = await self.ground.silence(one.draft.audience.places)
        if until is not None and await campaigns.releases(tx, one.id) < RELEASED_BY:
            raise Silent(until)


@dataclass(frozen=True, slots=True)
class PauseCampaign:
    """From the commit on no letter of the campaign begins its way."""

    ground: Ground
    launching: LaunchCampaign

    async def __call__(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> Standing:
        """Raises NotAllowed, Unknown, WrongMove."""
        async with self.ground.db.transaction() as tx:
            one = await self.ground.campaign(tx, chat, id, "pause")
            await self.halt(tx, one, Halt.PERSON)
            await roles.log(tx, chat, "pause", f"campaign {id}", self.ground.clock.now(), cause)
        return await self.launching.standing(id)

    async def halt(self, tx: aiosqlite.Connection, one: Campaign, why: Halt) -> None:
        """Side effect: the campaign stands still; its letters that wait stay queued. Raises WrongMove."""
        await campaigns.save(tx, one.moved_to(CampaignStatus.PAUSED, why))
        source = await self.ground.source(tx, one.id)
        if source is not None:
            await sources.pause(tx, source.id)

    async def because_of_failures(self, source: Source, reason: str) -> None:
        """The Courier says that letters failed equally again and again: the campaign pauses and its people are told."""
        log.critical("source_fails_again_and_again", source=source.id, kind=source.kind, reason=reason)
        if source.kind is not SourceKind.CAMPAIGN:
            return
        async with self.ground.db.transaction() as tx:
            one = await campaigns.by_id(tx, CampaignId(source.subject))
            if one is None or one.status is not CampaignStatus.RUNNING:
                return
            await self.halt(tx, one, Halt.FAILURES)
            told = (one.author, one.approved_by or ChatId(0))
            await self.ground.tell(tx, one, f"paused {int(self.ground.clock.now().timestamp())}", told)
        self.ground.nudge()

    async def resume(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> Standing:
        """Goes on where it was; whoever resumes it answers for it from now on if its author no longer can. Raises
        NotAllowed, Unknown, WrongMove, NotAtHome."""
        async with self.ground.db.transaction() as tx:
            await self.ground.require_home(tx)
            one = await self.ground.campaign(tx, chat, id, "resume")
            source = await self.ground.source(tx, id)
            if one.halt is Halt.AUTHOR_LEFT:
                one = replace(one, author=chat)
            await campaigns.save(
                tx, one.moved_to(CampaignStatus.APPROVED if source is None else CampaignStatus.RUNNING)
            )
            if source is not None:
                await sources.resume(tx, source.id)
            await roles.log(tx, chat, "resume", f"campaign {id}", self.ground.clock.now(), cause)
        self.ground.nudge()
        return await self.launching.standing(id)


@dataclass(frozen=True, slots=True)
class CancelCampaign:
    """Nothing more goes out, for ever; what waits becomes cancelled."""

    ground: Ground
    launching: LaunchCampaign

    async def __call__(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> Standing:
        """Raises NotAllowed, Unknown, WrongMove."""
        async with self.ground.db.transaction() as tx:
            one = await self.ground.campaign(tx, chat, id, "cancel")
            await campaigns.save(tx, one.moved_to(CampaignStatus.CANCELLED))
            source = await self.ground.source(tx, id)
            if source is not None:
                await sources.stop(tx, source.id)
            await roles.log(tx, chat, "cancel", f"campaign {id}", self.ground.clock.now(), cause)
        self.ground.nudge()
        return await self.launching.standing(id)
