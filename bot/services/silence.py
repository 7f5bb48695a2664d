"""The silence before voting: what is sent to many waits while it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.elections import ElectionStatus
from bot.domain.ids import PlaceSlug
from bot.domain.places import Places
from bot.ports import Clock
from bot.storage import elections
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Silence:
    """Whether it is the silence period of a called election for anybody in these places, and until when.

    Ask it before anything goes to many: `until = await silence(places)`; a moment means "hold until then, and ask
    again", None means "go". A place counts when the election is held in it, above it or below it, so a message for an
    oblast waits while one of its aiyl aimaks is silent; no places mean the whole country. It begins at the hour of the
    plan (else with the day before voting day) and ends with voting day. Reminders and notices owed to one's own wish
    are not what it holds. Source: practice of 2024; the dates are those of the election's own plan."""

    db: Database
    clock: Clock
    places: Places
    zone: ZoneInfo

    async def __call__(
        self, places: Iterable[PlaceSlug] = (), db: aiosqlite.Connection | None = None
    ) -> datetime | None:
        """When the last silence that holds there now ends, or None. `db`: a transaction to read in."""
        asked, now = tuple(places), self.clock.now()
        called = await elections.all_of(db or self.db.read, ElectionStatus.CALLED, ElectionStatus.OVER)
        ends = [
            one.ends_at(self.zone)
            for one in called
            if one.silent(now, self.zone) and (not asked or any(self._meets(at, one.places) for at in asked))
        ]
        return max(ends, default=None)

    def _meets(self, asked: PlaceSlug, held: Iterable[PlaceSlug]) -> bool:
        return any(self.places.within(asked, one) or self.places.within(one, asked) for one in held)
