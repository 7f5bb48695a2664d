"""Once a second somebody looks after what runs: scheduled ones begin, audiences are frozen, quiet hours and silence
hold, whoever lost the right to send is replaced, and what is over is reported."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.domain.campaigns import Campaign, CampaignStatus, CampaignTopic, Halt, quiet_until
from bot.domain.deliveries import OPEN, Source
from bot.domain.errors import Refusal
from bot.domain.ids import CampaignId, ChatId, SourceId
from bot.services.campaigns.ground import Ground
from bot.services.campaigns.launching import RELEASED_BY, LaunchCampaign, PauseCampaign
from bot.storage import audiences, campaigns, deliveries, freezing, homes, roles, sources

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TendCampaigns:
    """One look at everything that may send; repeating it changes nothing."""

    ground: Ground
    launching: LaunchCampaign
    pausing: PauseCampaign

    async def __call__(self) -> None:
        for one in await campaigns.live(self.ground.db.read):
            if one.status is not CampaignStatus.PAUSED:
                await self._still_vouched_for(one)
        for one in await campaigns.live(self.ground.db.read):
            match one.status:
                case CampaignStatus.APPROVED:
                    await self._begin_if_due(one)
                case CampaignStatus.RUNNING | CampaignStatus.PAUSED:
                    await self._look_after(one)
        for one in await campaigns.unreported(self.ground.db.read):
            await self._end_if_over(one, None)

    async def arrive(self) -> bool:
        """At the start: whether the file is at home. If it has come from elsewhere, everything that ran is paused, and
        administrators are asked."""
        db, now = self.ground.db, self.ground.clock.now()
        mark = homes.mark_of(db.path)
        if await db.write(lambda connection: homes.arrive(connection, mark, now)):
            return True
        log.critical("file_woke_up_elsewhere_campaigns_wait_for_a_person")
        async with db.transaction() as tx:
            for one in await campaigns.live(tx):
                if one.status is CampaignStatus.RUNNING:
                    await self.pausing.halt(tx, one, Halt.NEW_HOME)
                    told = (one.author, one.approved_by or ChatId(0))
                    await self.ground.tell(tx, one, f"elsewhere {int(now.timestamp())}", told)
        return False

    async def _still_vouched_for(self, one: Campaign) -> None:
        if self.ground.covers(await roles.of_chat(self.ground.db.read, one.author), one):
            return
        async with self.ground.db.transaction() as tx:
            await self.pausing.halt(tx, one, Halt.AUTHOR_LEFT)
            colleagues = await self.ground.colleagues(tx, one, one.author)
            await self.ground.tell(tx, one, f"handed over {int(self.ground.clock.now().timestamp())}", colleagues)
        self.ground.nudge()

    async def _begin_if_due(self, one: Campaign) -> None:
        begins, now = one.draft.schedule.begins_at, self.ground.clock.now()
        if begins is None or begins > now or not await homes.confirmed(self.ground.db.read):
            return
        if await self._silent_until(one) is not None or one.draft.schedule.not_after(begins) <= now:
            return
        try:
            async with self.ground.db.transaction() as tx:
                await self.launching.begin(tx, one)
                await self.ground.tell(tx, one, "begun", (one.author,))
        except Refusal as refused:
            log.warning("scheduled_campaign_not_begun", campaign=one.id, why=type(refused).__name__)
            return
        self.ground.nudge()

    async def _look_after(self, one: Campaign) -> None:
        source = await self.ground.source(self.ground.db.read, one.id)
        if source is None:
            return
        if source.freezing:
            await self.freeze(one, source.id)
        if one.status is CampaignStatus.RUNNING:
            await self._hold(one, source)
        await self._end_if_over(one, source)

    async def freeze(self, one: Campaign, source: SourceId) -> None:
        """Copy the whole audience, a piece at a time; between two pieces others write."""
        where, values = audiences.condition(one.draft.audience, self.ground.places)

        def piece(db: sqlite3.Connection) -> bool:
            return freezing.freeze(db, source, where, values)

        while await self.ground.db.write(piece):
            pass
        self.ground.nudge()

    async def _hold(self, one: Campaign, source: Source) -> None:
        """Quiet hours and silence: letters wait until then; when neither stands any more they go on."""
        now = self.ground.clock.now()
        silent = await self._silent_until(one)
        until = max(filter(None, (quiet_until(now, self.ground.zone), silent)), default=None)
        held = source.held_until if source.held_until is not None and source.held_until > now else None
        if until == held:
            return
        async with self.ground.db.transaction() as tx:
            await sources.hold(tx, source.id, until)
            if silent is not None:
                await self.ground.tell(
                    tx, one, f"silence {int(silent.timestamp())}", (one.author, one.approved_by or ChatId(0))
                )
        self.ground.nudge()

    async def _silent_until(self, one: Campaign) -> datetime | None:
        until = await self.ground.silence(one.draft.audience.places)
        if until is None or one.draft.content.topic is not CampaignTopic.HOW_TO_VOTE:
            return until
        return until if await campaigns.releases(self.ground.db.read, one.id) < RELEASED_BY else None

    async def _end_if_over(self, one: Campaign, source: Source | None) -> None:
        db = self.ground.db
        source = await self.ground.source(db.read, one.id) if source is None or source.freezing else source
        if source is None or source.freezing:
            return
        tally = await deliveries.tally(db.read, source.id)
        if tally.of(*OPEN):
            return
        async with db.transaction() as tx:
            fresh = await campaigns.by_id(tx, CampaignId(one.id))
            if fresh is None or not await campaigns.ended(tx, one.id, self.ground.clock.now()):
                return
            if fresh.status in (CampaignStatus.RUNNING, CampaignStatus.PAUSED):
                await campaigns.save(tx, fresh.moved_to(CampaignStatus.DONE))
            await self.ground.tell(
                tx,
                one,
                f"report {int(self.ground.clock.now().timestamp())}",
                (one.author, one.approved_by or ChatId(0)),
            )
        self.ground.nudge()
