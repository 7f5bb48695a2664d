"""What the ledger knows of an election: which state of its plan a chat was told of, and what still waits to be said."""

import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.deliveries import TOLD, DeliveryStatus, Reason, SourceKind
from bot.domain.ids import ChatId, ElectionId, SourceId
from bot.storage import deliveries
from bot.storage.database import within

_TOLD = f"({', '.join(str(int(status)) for status in sorted(TOLD))})"


async def told_of(db: aiosqlite.Connection, id: ElectionId, chat: ChatId, but: SourceId) -> int:
    """The newest revision of the plan that letters, `but` for this one, have told this chat of; 0 for none."""
    rows = await db.execute_fetchall(
        f"""SELECT sources.occasion FROM sources JOIN deliveries ON deliveries.source_id = sources.id
            WHERE sources.kind = ? AND sources.subject = ? AND sources.id <> ? AND deliveries.chat_id = ?
              AND (deliveries.status IN {_TOLD} OR deliveries.reason = {int(Reason.REPEATED)})""",
        (SourceKind.ELECTION_CHANGED, id, but, chat),
    )
    return max((revision_of(row["occasion"]) for row in rows), default=0)


async def told(db: aiosqlite.Connection, id: ElectionId) -> list[ChatId]:
    """The chats that letters have told of the election or its changes."""
    rows = await db.execute_fetchall(
        f"""SELECT DISTINCT deliveries.chat_id FROM sources JOIN deliveries ON deliveries.source_id = sources.id
            WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id IS NOT NULL
              AND (deliveries.status IN {_TOLD} OR deliveries.reason = {int(Reason.REPEATED)})""",
        (SourceKind.ELECTION_CHANGED, id),
    )
    return [ChatId(row["chat_id"]) for row in rows]


async def gather(tx: aiosqlite.Connection, id: ElectionId, now: datetime) -> None:
    """A newer change says it all. Side effect: letters about earlier moves that have not set out are skipped."""

    def work(db: sqlite3.Connection) -> None:
        rows = db.execute(
            f"""SELECT id, source_id, status, reason FROM deliveries
                WHERE status = {int(DeliveryStatus.QUEUED)} AND source_id IN
                  (SELECT id FROM sources WHERE kind = ? AND subject = ? AND occasion LIKE 'moved %')""",
            (SourceKind.ELECTION_CHANGED, id),
        ).fetchall()
        deliveries.end(db, rows, DeliveryStatus.SKIPPED, Reason.SUPERSEDED, now)

    await within(tx, work)


def revision_of(occasion: str) -> int:
    """The revision that an occasion names by its last word, as in `moved r2`."""
    return int(occasion.rpartition(" r")[2])
