"""Sources: why deliveries exist, whether they may go now, and who has been told."""

import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.deliveries import TOLD, DeliveryStatus, Reason, Source, SourceKind, SourceState, Urgency
from bot.domain.ids import ChatId, MessageId, SourceId
from bot.storage.moments import epoch, perhaps

_MAY_KNOW = (
    f"(deliveries.status IN ({', '.join(str(int(one)) for one in sorted({*TOLD, DeliveryStatus.SENDING}))})"
    f" OR deliveries.reason = {int(Reason.REPEATED)})"
)


async def of(db: aiosqlite.Connection, kind: SourceKind, subject: int) -> list[Source]:
    """Every source about this subject, oldest first."""
    rows = await db.execute_fetchall(
        "SELECT * FROM sources WHERE kind = ? AND subject = ? ORDER BY id", (kind, subject)
    )
    return [_source(row) for row in rows]


def row(db: sqlite3.Connection, id: SourceId) -> Source:
    """One source that exists, in the writer's thread."""
    return _source(db.execute("SELECT * FROM sources WHERE id = ?", (id,)).fetchone())


async def pause(tx: aiosqlite.Connection, id: SourceId) -> bool:
    """Whether it was open. Side effect: from the commit on no letter of this source begins its way."""
    return await _move(tx, id, SourceState.OPEN, SourceState.PAUSED)


async def resume(tx: aiosqlite.Connection, id: SourceId) -> bool:
    """Whether it was paused. Side effect: its letters go on; wake the Courier after the commit."""
    return await _move(tx, id, SourceState.PAUSED, SourceState.OPEN)


async def stop(tx: aiosqlite.Connection, id: SourceId) -> bool:
    """Whether it was open or paused. Side effect: from the commit on no letter of this source begins its way, for ever;
    the Courier ends the rows that wait, in pieces: wake it after the commit."""
    was_open = await _move(tx, id, SourceState.OPEN, SourceState.STOPPING)
    return was_open or await _move(tx, id, SourceState.PAUSED, SourceState.STOPPING)


async def hold(tx: aiosqlite.Connection, id: SourceId, until: datetime | None) -> None:
    """Quiet hours. Side effect: the letters of this campaign wait until then; None lets them go at once."""
    await tx.execute("UPDATE sources SET held_until = ? WHERE id = ?", (None if until is None else epoch(until), id))


async def told(db: aiosqlite.Connection, source: SourceId) -> list[ChatId]:
    """The chats that were told, or may have been: sent, uncertain, on the way at this moment, or waiting to be
    repeated after a letter of unknown fate. Who is still on the way may turn out not to have been told: ask
    `was_told` when a letter about it is written."""
    rows = await db.execute_fetchall(
        f"SELECT chat_id FROM deliveries WHERE source_id = ? AND chat_id IS NOT NULL AND {_MAY_KNOW} ORDER BY id",
        (source,),
    )
    return [ChatId(row["chat_id"]) for row in rows]


async def was_told(db: aiosqlite.Connection, source: SourceId, chat: ChatId) -> bool:
    """Whether this chat was told, or may have been."""
    rows = await db.execute_fetchall(
        f"SELECT 1 FROM deliveries WHERE source_id = ? AND chat_id = ? AND {_MAY_KNOW}", (source, chat)
    )
    return bool(list(rows))


async def of_letter(db: aiosqlite.Connection, chat: ChatId, message: MessageId) -> Source | None:
    """What the letter was about that now stands as this message in this chat."""
    rows = await db.execute_fetchall(
        """SELECT sources.* FROM deliveries JOIN sources ON sources.id = deliveries.source_id
           WHERE deliveries.chat_id = ? AND deliveries.message_id = ?""",
        (chat, message),
    )
    return next((_source(row) for row in rows), None)


async def _move(tx: aiosqlite.Connection, id: SourceId, old: SourceState, new: SourceState) -> bool:
    moved = await tx.execute("UPDATE sources SET state = ? WHERE id = ? AND state = ?", (int(new), id, int(old)))
    return moved.rowcount == 1


def _source(row: sqlite3.Row) -> Source:
    return Source(
        id=SourceId(row["id"]),
        kind=SourceKind(row["kind"]),
        subject=row["subject"],
        occasion=row["occasion"],
        urgency=Urgency(row["urgency"]),
        not_after=perhaps(row["not_after"]),
        state=SourceState(row["state"]),
        held_until=perhaps(row["held_until"]),
        latest_only=bool(row["latest_only"]),
        freezing=row["freezing_to"] is not None,
    )
