"""«Токтот», «стоп»: a person stops all campaigns, keeps topics one by one, and takes it back."""

from dataclasses import dataclass, replace

from bot.domain.campaigns import CampaignTopic
from bot.domain.ids import ChatId
from bot.ports import Clock
from bot.storage import opt_outs
from bot.storage.database import Database
from bot.storage.opt_outs import OptOut


@dataclass(frozen=True, slots=True)
class StopCampaigns:
    """From the commit on no campaign letter on a stopped topic begins its way to this chat."""

    db: Database
    clock: Clock

    async def __call__(self, chat: ChatId) -> OptOut:
        """All campaigns, of every topic."""
        return await self._save(chat, OptOut(everything=True))

    async def undo(self, chat: ChatId) -> OptOut:
        """Nothing is stopped."""
        return await self._save(chat, OptOut())

    async def turn(self, chat: ChatId, topic: CampaignTopic) -> OptOut:
        """This topic is kept if it was stopped, and stopped if it was kept."""
        now = await opt_outs.of_chat(self.db.read, chat)
        return await self._save(chat, replace(now, topics=now.topics ^ {topic}))

    async def stands(self, chat: ChatId) -> OptOut:
        """What this chat has stopped."""
        return await opt_outs.of_chat(self.db.read, chat)

    async def _save(self, chat: ChatId, stands: OptOut) -> OptOut:
        async with self.db.transaction() as tx:
            await opt_outs.save(tx, chat, stands, self.clock.now())
        return stands
