"""Who comes to a hearing, who wants to be reminded, who came and what they thought of it."""

from dataclasses import dataclass

import aiosqlite

from bot.domain.chats import Act
from bot.domain.errors import Unknown, WrongMove
from bot.domain.hearings import Hearing, HearingId, HearingStatus
from bot.domain.ids import ChatId, UpdateId
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.hearings.notices import Notices
from bot.storage import comings, hearings, listeners
from bot.storage.comings import Coming
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Come:
    """What people press under a hearing. Whoever presses in private hears of every change from then on."""

    db: Database
    clock: Clock
    authority: Authority
    notices: Notices
    nudge: Nudge

    async def come(self, id: HearingId, person: ChatId, chat: ChatId, name: str, cause: UpdateId) -> Coming:
        """This person comes. Raises Unknown, WrongMove when the hearing is over or cancelled."""
        async with self.db.transaction() as tx:
            hearing = await self._ahead(tx, id)
            await comings.come(tx, id, person, chat, name, self.clock.now(), cause)
            await self._keep(tx, hearing, chat)
            return await comings.counted(tx, id, chat)

    async def bring(self, id: HearingId, person: ChatId, chat: ChatId, name: str, cause: UpdateId) -> Coming:
        """This person comes and brings one more. Raises Unknown, WrongMove."""
        async with self.db.transaction() as tx:
            hearing = await self._ahead(tx, id)
            if await comings.extra_of(tx, id, person) is None:
                await comings.come(tx, id, person, chat, name, self.clock.now(), UpdateId(0))
            await comings.bring_one_more(tx, id, person, cause)
            await self._keep(tx, hearing, chat)
            return await comings.counted(tx, id, chat)

    async def stay_away(self, id: HearingId, person: ChatId, chat: ChatId) -> Coming:
        """This person does not come after all."""
        async with self.db.transaction() as tx:
            await comings.stay_away(tx, id, person)
            return await comings.counted(tx, id, chat)

    async def remind_me(self, id: HearingId, chat: ChatId) -> int:
        """How many reminders are ahead; this chat is owed them. Raises Unknown, WrongMove."""
        async with self.db.transaction() as tx:
            hearing = await self._ahead(tx, id)
            await self._keep(tx, hearing, chat)
            ahead = await self.notices.remind(tx, hearing, (chat,), self.clock.now())
        self.nudge()
        return ahead

    async def counted(self, id: HearingId, chat: ChatId) -> Coming:
        """How many come, in all and of this chat."""
        return await comings.counted(self.db.read, id, chat)

    async def names(self, coordinator: ChatId, id: HearingId) -> list[tuple[str, int]]:
        """Who comes and how many each brings, for the organiser only. Raises NotAllowed, Unknown."""
        hearing = await hearings.by_id(self.db.read, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        await self.authority.require(self.db.read, coordinator, Act.ANNOUNCE, hearing.place, f"names of hearing {id}")
        return await comings.names(self.db.read, id)

    async def attend(self, id: HearingId, person: ChatId, came: bool) -> None:
        """This person says whether they came. Raises Unknown, WrongMove before the start."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            hearing = await hearings.by_id(tx, id)
            if hearing is None:
                raise Unknown(f"hearing {id}")
            if hearing.starts_at > now or hearing.status is HearingStatus.CANCELLED:
                raise WrongMove(hearing.status, "attended")
            await comings.attend(tx, id, person, came, now)

    async def opine(self, id: HearingId, person: ChatId, number: int, yes: bool) -> None:
        """The answer of somebody who came to one of the three questions."""
        async with self.db.transaction() as tx:
            await comings.opine(tx, id, person, number, yes)

    async def attended(self, id: HearingId) -> dict[str, int]:
        """How many say they came, and what they thought."""
        return await comings.attended(self.db.read, id)

    async def arrived(self, id: HearingId) -> int:
        """How many opened the hearing by its link or QR code."""
        return await comings.arrived(self.db.read, id)

    async def arrive(self, id: HearingId, person: ChatId) -> None:
        """Somebody opened the hearing by its link or QR code."""
        async with self.db.transaction() as tx:
            await comings.arrive(tx, id, person, self.clock.now())

    async def _ahead(self, tx: aiosqlite.Connection, id: HearingId) -> Hearing:
        hearing = await hearings.by_id(tx, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        if hearing.status is not HearingStatus.ANNOUNCED or hearing.ends_at <= self.clock.now():
            raise WrongMove(hearing.status, HearingStatus.ANNOUNCED)
        return hearing

    async def _keep(self, tx: aiosqlite.Connection, hearing: Hearing, chat: ChatId) -> None:
        await listeners.keep(tx, hearing.id, chat, hearing.revision)
