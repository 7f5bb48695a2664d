"""Counters kept with each source, so that nobody counts rows while letters go out. Whoever changes a row's status says
so here in the same transaction."""

import sqlite3
from collections import Counter

import aiosqlite

from bot.domain.deliveries import DeliveryStatus, Tally
from bot.domain.ids import SourceId

Changes = Counter[tuple[SourceId, DeliveryStatus]]
"""By how much each counter grows; what leaves a status counts down."""


def change(db: sqlite3.Connection, changes: Changes) -> None:
    """Side effect: the counters move by so much."""
    db.executemany(
        """INSERT INTO tallies (source_id, status, n) VALUES (?, ?, ?)
           ON CONFLICT (source_id, status) DO UPDATE SET n = n + excluded.n""",
        [(source, int(status), by) for (source, status), by in changes.items() if by],
    )


async def tally(db: aiosqlite.Connection, source: SourceId) -> Tally:
    """The deliveries of one source by status, from the kept counters."""
    rows = await db.execute_fetchall("SELECT status, n FROM tallies WHERE source_id = ? AND n > 0", (source,))
    return Tally({DeliveryStatus(row["status"]): row["n"] for row in rows})
