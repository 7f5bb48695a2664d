"""Another coordinator of the place approves this very text, audience and schedule; any edit voids it."""

from dataclasses import dataclass, replace

from bot.domain.campaigns import Campaign, CampaignStatus, ChangedSince, Incomplete, OwnApproval
from bot.domain.errors import NotAllowed
from bot.domain.ids import CampaignId, ChatId, UpdateId
from bot.services.campaigns.drafting import DraftCampaign
from bot.services.campaigns.ground import Ground
from bot.storage import audiences, campaigns, roles


@dataclass(frozen=True, slots=True)
class ApproveCampaign:
    """Author and approver each confirm that the text calls for nobody and against nobody; a hash pins what they saw."""

    ground: Ground
    drafts: DraftCampaign

    async def submit(self, author: ChatId, id: CampaignId, hash: str, cause: UpdateId) -> tuple[Campaign, int]:
        """The author confirms; colleagues of the place are asked. The campaign and how many were asked. Raises
        Incomplete, ChangedSince, NotAllowed, Unknown, WrongMove."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            one = self._ready(await self.ground.campaign(tx, author, id, "submit"), hash)
            one = replace(one.moved_to(CampaignStatus.WAITING), author=author)
            await campaigns.save(tx, one)
            await roles.log(tx, author, "confirm information only", f"campaign {id} {hash}", now, cause)
            asked = await self.ground.colleagues(tx, one, author)
            await self.ground.tell(tx, one, f"approve {one.version}", asked)
        self.ground.nudge()
        return one, len(asked)

    async def may_waive(self, one: Campaign) -> bool:
        """Whether so few would receive it that its author may launch it alone."""
        counted = await audiences.count(
            self.ground.db.read, one.draft.audience, one.draft.content.topic, self.ground.places
        )
        return counted.chosen < self.ground.approval_from

    async def waive(self, author: ChatId, id: CampaignId, hash: str, cause: UpdateId) -> Campaign:
        """The author confirms and goes without a second pair of eyes; the log says so. Raises as `submit`."""
        now = self.ground.clock.now()
        one = await self.ground.campaign(self.ground.db.read, author, id, "waive")
        if not await self.may_waive(one):
            raise NotAllowed(f"waive approval of campaign {id}")
        async with self.ground.db.transaction() as tx:
            one = self._ready(await self.ground.campaign(tx, author, id, "waive"), hash)
            one = replace(one.moved_to(CampaignStatus.APPROVED), author=author, waived=True, approved_hash=hash)
            await campaigns.save(tx, one)
            await roles.log(tx, author, "confirm information only", f"campaign {id} {hash}", now, cause)
            await roles.log(tx, author, "waive approval", f"campaign {id} {hash}", now, cause)
        return one

    async def __call__(self, chat: ChatId, id: CampaignId, hash: str, cause: UpdateId) -> Campaign:
        """Approved as it was shown. Raises OwnApproval, ChangedSince, NotAllowed, Unknown, WrongMove."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            one = await self.ground.campaign(tx, chat, id, "approve")
            if one.author == chat:
                raise OwnApproval
            one = self._ready(one, hash)
            one = replace(one.moved_to(CampaignStatus.APPROVED), approved_by=chat, approved_hash=hash)
            await campaigns.save(tx, one)
            await roles.log(tx, chat, "approve", f"campaign {id} {hash}", now, cause)
            await self.ground.tell(tx, one, f"approved {one.version}", (one.author,))
        self.ground.nudge()
        return one

    async def send_back(self, chat: ChatId, id: CampaignId, hash: str, cause: UpdateId) -> Campaign:
        """Not so: a draft again. Raises ChangedSince, NotAllowed, Unknown, WrongMove."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            one = await self.ground.campaign(tx, chat, id, "send back")
            if one.draft.hash != hash:
                raise ChangedSince
            one = replace(one.moved_to(CampaignStatus.DRAFT), approved_by=None, approved_hash="", waived=False)
            await campaigns.save(tx, one)
            await roles.log(tx, chat, "send back", f"campaign {id} {hash}", now, cause)
            await self.ground.tell(tx, one, f"back {cause}", (one.author,))
        self.ground.nudge()
        return one

    def _ready(self, one: Campaign, hash: str) -> Campaign:
        if one.draft.hash != hash:
            raise ChangedSince
        if lacks := self.drafts.lacks(one):
            raise Incomplete(lacks)
        return one
