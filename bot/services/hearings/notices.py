"""Whom a hearing is told to, and when: everything is owed in the transaction that changes the hearing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.hearings import CAME_AFTER, CAME_UNTIL, MINUTES_AFTER, Hearing, HearingKind, HearingStatus
from bot.domain.ids import ChatId, PlaceSlug
from bot.domain.listening import Listener
from bot.domain.places import Places
from bot.services.duty import on_duty
from bot.storage import deliveries, hearing_ledger, listeners

FATE_KNOWN_AFTER = timedelta(seconds=25)
NO_MINUTES_AFTER = timedelta(days=7, hours=1)
NO_MINUTES_UNTIL = timedelta(days=14)
STALE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many will be told: groups, people, and how many of all only with their digest."""

    groups: int
    people: int
    later: int

    @property
    def all(self) -> int:
        """Everyone."""
        return self.groups + self.people


@dataclass(frozen=True, slots=True)
class Notices:
    """Owes notices, reminders and what follows a hearing. `zone` is where people live."""

    places: Places
    zone: ZoneInfo

    async def followers(
        self, db: aiosqlite.Connection, place: PlaceSlug, kind: HearingKind | None
    ) -> list[tuple[Listener, bool]]:
        """Chats that follow the place or any above it and want this kind; and whether each is a group."""
        return await listeners.audience(db, self.places.upwards(place), kind)

    async def announce(self, tx: aiosqlite.Connection, hearing: Hearing, now: datetime) -> Reach:
        """Side effect: the followers are owed the notice, each at its own pace, and all that comes later."""
        found = await self.followers(tx, hearing.place, hearing.terms.kind)
        due = {one.chat_id: one.told_at(hearing, now, self.zone) for one, _group in found}
        await self._owe(tx, hearing, f"announced r{hearing.revision}", due)
        await self.later(tx, hearing, due, now)
        groups = sum(group for _one, group in found)
        return Reach(groups, len(found) - groups, sum(at > now for at in due.values()))

    async def change(self, tx: aiosqlite.Connection, before: Hearing, after: Hearing, now: datetime) -> int:
        """How many are concerned. Side effect: what waited is withdrawn; exactly those who were told are owed "was →
        now" and see their old card changed, those who still waited are owed the hearing as it is now."""
        told = await self._told(tx, before)
        waiting = await hearing_ledger.waiting(tx, before.id)
        await hearing_ledger.withdraw(tx, before.id, now)
        due = {chat: now + FATE_KNOWN_AFTER if sending else now for chat, sending in waiting.items()}
        due |= dict.fromkeys(told, now)
        occasion = {HearingStatus.CANCELLED: "cancelled", HearingStatus.ANNOUNCED: "moved"}[after.status]
        if after.status is HearingStatus.CANCELLED:
            due = {chat: at for chat, at in due.items() if chat in told or waiting[chat]}
        elif after.place != before.place:
            fresh = await self.followers(tx, after.place, after.terms.kind)
            due = {one.chat_id: one.told_at(after, now, self.zone) for one, _group in fresh} | due
        await self._owe(tx, after, f"{occasion} r{after.revision}", due)
        await self._owe_edit(tx, after, told, now)
        if after.status is HearingStatus.ANNOUNCED:
            await self.later(tx, after, due, now)
        return len(due)

    async def conclude(self, tx: aiosqlite.Connection, hearing: Hearing, now: datetime) -> int:
        """How many hear the outcome. Side effect: what waited is withdrawn, and those who were told are owed it."""
        told = await self._told(tx, hearing)
        await hearing_ledger.withdraw(tx, hearing.id, now, hearing_ledger.BEFORE_THE_END)
        await self._owe(tx, hearing, f"concluded r{hearing.revision}", dict.fromkeys(told, now))
        return len(told)

    async def remind(self, tx: aiosqlite.Connection, hearing: Hearing, chats: Iterable[ChatId], now: datetime) -> int:
        """How many reminders are ahead. Side effect: these chats are owed them."""
        ahead = hearing.reminders(now)
        to = tuple(chats)
        for lead, due, until in ahead:
            await deliveries.owe(
                tx,
                SourceKind.HEARING_REMINDER,
                hearing.id,
                f"{lead} r{hearing.revision}",
                to,
                urgency=Urgency.NOTICE,
                due_at=due,
                not_after=until,
                latest_only=True,
            )
        return len(ahead)

    async def later(self, tx: aiosqlite.Connection, hearing: Hearing, chats: Iterable[ChatId], now: datetime) -> None:
        """Side effect: reminders, "did you come", "no minutes yet" and what is asked of the organiser are owed."""
        to = tuple(chats)
        await self.remind(tx, hearing, to, now)
        ends = hearing.ends_at
        for kind, occasion, after, until in (
            (SourceKind.HEARING_AFTER, "came", CAME_AFTER, CAME_UNTIL),
            (SourceKind.HEARING_AFTER, "no minutes", NO_MINUTES_AFTER, NO_MINUTES_UNTIL),
        ):
            await deliveries.owe(
                tx,
                kind,
                hearing.id,
                f"{occasion} r{hearing.revision}",
                to,
                urgency=Urgency.NOTICE,
                due_at=ends + after,
                not_after=ends + until,
            )
        await self.ask_minutes(tx, hearing)

    async def ask_minutes(self, tx: aiosqlite.Connection, hearing: Hearing) -> None:
        """Side effect: whoever announced the hearing is owed the question for its minutes, twice."""
        for number, after in enumerate(MINUTES_AFTER, start=1):
            await deliveries.owe(
                tx,
                SourceKind.HEARING_MINUTES,
                hearing.id,
                f"{number} r{hearing.revision}",
                (hearing.made_by,),
                urgency=Urgency.DESK,
                due_at=hearing.ends_at + after,
            )

    async def moderate(
        self, tx: aiosqlite.Connection, hearing: Hearing, contribution: int, now: datetime
    ) -> tuple[ChatId, ...]:
        """Who moderates it. Side effect: they are owed the contribution, and a nudge when it still waits in a day."""
        moderators = await on_duty(tx, self.places, hearing.place)
        await deliveries.owe(
            tx, SourceKind.CONTRIBUTION, contribution, "said", moderators, urgency=Urgency.DESK, due_at=now
        )
        due = now + STALE_AFTER
        await deliveries.owe(
            tx,
            SourceKind.CONTRIBUTION_WAITS,
            hearing.id,
            f"waits {due.astimezone(self.zone):%Y-%m-%d}",
            moderators,
            urgency=Urgency.DESK,
            due_at=due,
        )
        return moderators

    async def _told(self, tx: aiosqlite.Connection, hearing: Hearing) -> frozenset[ChatId]:
        return frozenset(await hearing_ledger.told(tx, hearing.id)) | frozenset(await listeners.keepers(tx, hearing.id))

    async def _owe(
        self, tx: aiosqlite.Connection, hearing: Hearing, occasion: str, due: Mapping[ChatId, datetime]
    ) -> None:
        at: dict[datetime, list[ChatId]] = defaultdict(list)
        for chat, moment in due.items():
            at[moment].append(chat)
        until = None if hearing.status is not HearingStatus.ANNOUNCED else hearing.ends_at
        for moment, chats in at.items():
            await deliveries.owe(
                tx,
                SourceKind.HEARING,
                hearing.id,
                occasion,
                chats,
                urgency=Urgency.NOTICE,
                due_at=moment,
                not_after=until,
            )

    async def _owe_edit(
        self, tx: aiosqlite.Connection, hearing: Hearing, chats: Iterable[ChatId], now: datetime
    ) -> None:
        await deliveries.owe(
            tx,
            SourceKind.HEARING_CARD,
            hearing.id,
            f"edited r{hearing.revision}",
            chats,
            urgency=Urgency.NOTICE,
            due_at=now,
        )
