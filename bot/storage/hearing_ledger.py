"""What the ledger knows of a hearing: who was told and of which revision, and what still waits to be said."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import aiosqlite

from bot.domain.deliveries import OPEN, TOLD, DeliveryStatus, Reason, SourceKind
from bot.domain.hearings import HearingId
from bot.domain.ids import ChatId, MessageId
from bot.storage import deliveries
from bot.storage.database import within

_TOLD = f"({', '.join(str(int(status)) for status in TOLD)})"
_OPEN = f"({', '.join(str(int(status)) for status in OPEN)})"
_REPEATED = int(Reason.REPEATED)
BEFORE_THE_END = (SourceKind.HEARING, SourceKind.HEARING_CARD, SourceKind.HEARING_REMINDER)
_WITHDRAWN = (*BEFORE_THE_END, SourceKind.HEARING_AFTER, SourceKind.HEARING_MINUTES)


async def told(db: aiosqlite.Connection, id: HearingId) -> dict[ChatId, int]:
    """Each chat that was told of the hearing (sent or uncertain), and the newest revision it was told of. A letter
    whose fate a crash hid counts, also while its repetition waits."""
    rows = await db.execute_fetchall(
        f"""SELECT deliveries.chat_id, sources.occasion FROM sources
            JOIN deliveries ON deliveries.source_id = sources.id
            WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id IS NOT NULL
              AND (deliveries.status IN {_TOLD} OR deliveries.reason = {_REPEATED})""",
        (SourceKind.HEARING, id),
    )
    found: dict[ChatId, int] = {}
    for row in rows:
        chat = ChatId(row["chat_id"])
        found[chat] = max(found.get(chat, 0), revision_of(row["occasion"]))
    return found


async def told_of(db: aiosqlite.Connection, id: HearingId, chat: ChatId) -> int:
    """The newest revision of the hearing that this chat was told of, as `told` counts it; 0 when it was not."""
    rows = await db.execute_fetchall(
        f"""SELECT sources.occasion FROM sources JOIN deliveries ON deliveries.source_id = sources.id
            WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id = ?
              AND (deliveries.status IN {_TOLD} OR deliveries.reason = {_REPEATED})""",
        (SourceKind.HEARING, id, chat),
    )
    return max((revision_of(row["occasion"]) for row in rows), default=0)


async def waiting(db: aiosqlite.Connection, id: HearingId) -> dict[ChatId, bool]:
    """The chats that are still owed a notice, and whether its letter may be on the way at this very moment."""
    rows = await db.execute_fetchall(
        f"""SELECT deliveries.chat_id, max(deliveries.status) AS status FROM sources
            JOIN deliveries ON deliveries.source_id = sources.id
            WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id IS NOT NULL
              AND deliveries.status IN {_OPEN} GROUP BY deliveries.chat_id""",
        (SourceKind.HEARING, id),
    )
    return {ChatId(row["chat_id"]): row["status"] == DeliveryStatus.SENDING for row in rows}


async def withdraw(
    tx: aiosqlite.Connection, id: HearingId, now: datetime, kinds: Sequence[SourceKind] = _WITHDRAWN
) -> None:
    """What was to be said of the hearing is no longer true. Side effect: notices and reminders that wait end as
    `deliveries.end` says; what is on its way at this moment does not begin its request any more."""

    def work(db: sqlite3.Connection) -> None:
        rows = db.execute(
            f"""SELECT id, source_id, status, reason FROM deliveries
                WHERE status IN {_OPEN} AND source_id IN
                  (SELECT id FROM sources WHERE subject = ? AND kind IN ({", ".join("?" * len(kinds))}))""",
            (id, *kinds),
        ).fetchall()
        deliveries.end(db, rows, DeliveryStatus.CANCELLED, Reason.STOPPED, now)

    await within(tx, work)


async def cards(db: aiosqlite.Connection, id: HearingId, chat: ChatId) -> list[tuple[MessageId, int]]:
    """The messages in this chat that are notices of the hearing with the revision each tells, the newest first."""
    rows = await db.execute_fetchall(
        """SELECT deliveries.message_id, sources.occasion
           FROM sources JOIN deliveries ON deliveries.source_id = sources.id
           WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id = ?
             AND deliveries.message_id IS NOT NULL ORDER BY deliveries.message_id DESC""",
        (SourceKind.HEARING, id, chat),
    )
    return [(MessageId(row["message_id"]), revision_of(row["occasion"])) for row in rows]


def revision_of(occasion: str) -> int:
    """The revision that an occasion names by its last word, as in `moved r2`."""
    return int(occasion.rpartition(" r")[2])
