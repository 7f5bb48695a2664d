"""Reminders of deadlines: one letter a morning for everybody who sees a plan, owed ahead and written when it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.candidacy import Candidacy, Outcome, Step, Way, morning, mornings, plan, reminded_until
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.elections import Election
from bot.domain.ids import CandidacyId, ChatId, PlaceSlug
from bot.ports import Clock, Nudge
from bot.services.editing import OpenGuide
from bot.storage import candidacies, deliveries, elections
from bot.storage.database import Database

AT_ONCE = 5_000  # rows owed in one transaction, so that the writer is never held for long


def days_to_remind(election: Election, way: Way, steps: Iterable[Step], now: datetime, zone: ZoneInfo) -> list[date]:
    """The mornings still ahead on which who stands in this way may have something to do, whatever comes of it."""
    every = tuple(steps)
    anybody = Candidacy(CandidacyId(0), ChatId(0), PlaceSlug(""), way, election.id)
    days = {
        day
        for outcome in Outcome
        for day in mornings(plan(replace(anybody, outcome=outcome), every, election), zone)
        if morning(day, zone) > now
    }
    return sorted(days)


async def owe_morning(
    tx: aiosqlite.Connection, election: Election, day: date, chats: Iterable[ChatId], zone: ZoneInfo
) -> None:
    """Owe the reminder of one morning to these chats. Side effect: rows of the ledger; owing again changes nothing."""
    await deliveries.owe(
        tx,
        SourceKind.ELECTION_REMINDER,
        election.id,
        day.isoformat(),
        chats,
        urgency=Urgency.NOTICE,
        due_at=morning(day, zone),
        not_after=reminded_until(day, zone),
    )


@dataclass(frozen=True, slots=True)
class OweReminders:
    """Every called election owes the reminders of its plan as it stands to everybody who stands in it.

    It goes in pieces and may be broken off and repeated: an election is done with a revision only at its end."""

    db: Database
    clock: Clock
    guide: OpenGuide
    zone: ZoneInfo
    nudge: Nudge

    async def __call__(self) -> None:
        for election in await elections.to_remind(self.db.read):
            for way in Way:
                if way.kenesh is election.kenesh:
                    await self._owe(election, way, await candidacies.chats_of(self.db.read, election.id, way))
            async with self.db.transaction() as tx:
                await elections.reminded(tx, election.id, election.revision)
            self.nudge()

    async def _owe(self, election: Election, way: Way, chats: Sequence[ChatId]) -> None:
        for day in days_to_remind(election, way, self.guide.steps, self.clock.now(), self.zone):
            for first in range(0, len(chats), AT_ONCE):
                async with self.db.transaction() as tx:
                    await owe_morning(tx, election, day, chats[first : first + AT_ONCE], self.zone)
