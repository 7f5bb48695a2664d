"""What concerns very many rows at once is done in pieces, so that the writer is never held for long: an audience is
frozen, and what a stopped source still owed is ended. Both go on after a crash where they were."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

import aiosqlite

from bot.domain.deliveries import DeliveryStatus, Reason, SourceKind, SourceState, Urgency
from bot.domain.ids import SourceId
from bot.storage import deliveries, tallies
from bot.storage.database import within
from bot.storage.moments import epoch
from bot.storage.tallies import Changes

CHUNK = 20_000  # chats looked at in one transaction
PIECE = 2_000  # rows ended in one transaction
BEFORE_ALL = -(2**63)


async def begin(
    tx: aiosqlite.Connection,
    kind: SourceKind,
    subject: int,
    occasion: str,
    *,
    due_at: datetime,
    not_after: datetime | None = None,
) -> SourceId:
    """A campaign's source whose audience is still to be copied, of all chats known now. Side effect: it is stored;
    repeating it changes nothing. Nothing goes out before the audience is whole."""
    await tx.execute(
        """INSERT INTO sources (kind, subject, occasion, urgency, not_after, owed_at, freezing_to)
           VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(chat_id), 0) FROM chats))
           ON CONFLICT (kind, subject, occasion) DO NOTHING""",
        (kind, subject, occasion, Urgency.CAMPAIGN, None if not_after is None else epoch(not_after), epoch(due_at)),
    )
    rows = await tx.execute_fetchall(
        "SELECT id FROM sources WHERE kind = ? AND subject = ? AND occasion = ?", (kind, subject, occasion)
    )
    return SourceId(next(iter(rows))["id"])


async def unfinished(db: aiosqlite.Connection) -> list[SourceId]:
    """Sources whose audience is not whole yet: what a crash left is gone on with."""
    rows = await db.execute_fetchall("SELECT id FROM sources WHERE freezing_to IS NOT NULL ORDER BY id")
    return [SourceId(row["id"]) for row in rows]


def freeze(
    db: sqlite3.Connection,
    source: SourceId,
    audience: str,
    values: Mapping[str, object] | None = None,
    *,
    chunk: int = CHUNK,
) -> bool:
    """Copy the next piece of an audience; whether there is more to copy. Side effect: its rows are owed.

    `audience` is SQL of a module of this floor: a condition on a row of `chats`, with named `values`. Whoever becomes
    known after `begin` with a higher id is not in it."""
    row = db.execute("SELECT * FROM sources WHERE id = ? AND freezing_to IS NOT NULL", (source,)).fetchone()
    if row is None:
        return False
    after = BEFORE_ALL if row["frozen_to"] is None else row["frozen_to"]
    (upto,) = db.execute(
        """SELECT max(chat_id) FROM (SELECT chat_id FROM chats WHERE chat_id > ? AND chat_id <= ?
                                     ORDER BY chat_id LIMIT ?)""",
        (after, row["freezing_to"], chunk),
    ).fetchone()
    if upto is None or row["state"] in (SourceState.STOPPING, SourceState.STOPPED):
        db.execute("UPDATE sources SET freezing_to = NULL WHERE id = ?", (source,))
        return False
    here = {"after": after, "upto": upto, "source": source, "due_at": row["owed_at"], "not_after": row["not_after"]}
    copied = db.execute(
        f"""INSERT INTO deliveries (source_id, chat_id, urgency, due_at, not_after)
            SELECT :source, chat_id, {int(Urgency.CAMPAIGN)}, :due_at, :not_after FROM chats
            WHERE chat_id > :after AND chat_id <= :upto AND ({audience}) ORDER BY chat_id
            ON CONFLICT (source_id, chat_id) DO NOTHING""",
        here | dict(values or {}),
    )
    tallies.change(db, Changes({(source, DeliveryStatus.QUEUED): copied.rowcount}))
    db.execute("UPDATE sources SET frozen_to = ? WHERE id = ?", (upto, source))
    return True


async def anything_is_over(db: aiosqlite.Connection, now: datetime) -> bool:
    """Whether rows still wait whose source was stopped, or whose campaign is past its "not after"."""
    rows = await db.execute_fetchall(f"SELECT 1 FROM ({_OVER}) LIMIT 1", {"now": epoch(now)})
    return bool(list(rows))


def end_what_is_over(db: sqlite3.Connection, now: datetime, limit: int = PIECE) -> None:
    """End the next piece of what nobody shall get. Side effect: rows that wait become `cancelled`, or `expired`; a
    stopped source of which nothing waits any more is done with."""
    for source, state, urgency in db.execute(_OVER, {"now": epoch(now)}).fetchall():
        rows = db.execute(
            f"""SELECT id, source_id, status, reason FROM deliveries
                WHERE status = {int(DeliveryStatus.QUEUED)} AND source_id = ?
                {"AND urgency = 2" if urgency == Urgency.CAMPAIGN else ""} LIMIT ?""",
            (source, limit),
        ).fetchall()
        if state == SourceState.STOPPING:
            deliveries.end(db, rows, DeliveryStatus.CANCELLED, Reason.STOPPED, now)
        else:
            deliveries.end(db, rows, DeliveryStatus.EXPIRED, Reason.TOO_LATE, now)
        limit -= len(rows)
        if limit <= 0:
            return
        if state == SourceState.STOPPING:
            db.execute("UPDATE sources SET state = ? WHERE id = ?", (int(SourceState.STOPPED), source))


async def requeue(tx: aiosqlite.Connection, source: SourceId, status: DeliveryStatus, due_at: datetime) -> int:
    """How many go once more, because a person chose so: the failed, the refused or the uncertain of one source. Side
    effect: they wait again; the uncertain are marked, for their first letter may have arrived."""
    reason = Reason.REPEATED if status is DeliveryStatus.UNCERTAIN else Reason.NONE
    again = await tx.execute(
        f"""UPDATE deliveries SET status = {int(DeliveryStatus.QUEUED)}, reason = ?, due_at = ?, settled_at = NULL
            WHERE source_id = ? AND status = ? AND chat_id IS NOT NULL""",
        (int(reason), epoch(due_at), source, int(status)),
    )
    changes = Changes({(source, status): -again.rowcount, (source, DeliveryStatus.QUEUED): again.rowcount})
    await within(tx, lambda db: tallies.change(db, changes))
    return again.rowcount


_OVER = """
    SELECT id, state, urgency FROM sources WHERE state IN (1, 2) AND state = 2
    UNION ALL
    SELECT sources.id, sources.state, sources.urgency
    FROM tallies CROSS JOIN sources ON sources.id = tallies.source_id
    WHERE tallies.status = 0 AND tallies.n > 0 AND sources.urgency = 2 AND sources.state <> 2
      AND sources.not_after < :now"""
