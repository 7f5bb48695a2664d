"""The ledger: sources and deliveries. Each function is one statement and confesses its side effect."""

import math
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import aiosqlite

from bot.domain.deliveries import (
    SETTLED,
    TOLD,
    Address,
    Claimed,
    Delivery,
    DeliveryStatus,
    Reason,
    Settlement,
    Source,
    SourceKind,
    Tally,
    Urgency,
)
from bot.domain.ids import ChatId, DeliveryId, MessageId, SourceId

_QUEUED = int(DeliveryStatus.QUEUED)
_SENDING = int(DeliveryStatus.SENDING)
_SENT = int(DeliveryStatus.SENT)
_UNCERTAIN = int(DeliveryStatus.UNCERTAIN)
_CANCELLED = int(DeliveryStatus.CANCELLED)
_EXPIRED = int(DeliveryStatus.EXPIRED)
_REPEATED = int(Reason.REPEATED)
_CRASH = int(Reason.CRASH)
_NOT_TOLD = f"({', '.join(str(int(status)) for status in SETTLED - TOLD)})"
_LATE_STATUS = f"iif(reason = {_REPEATED}, {_UNCERTAIN}, {_EXPIRED})"
_LATE_REASON = f"iif(reason = {_REPEATED}, {_CRASH}, {int(Reason.TOO_LATE)})"


async def owe(
    tx: aiosqlite.Connection,
    kind: SourceKind,
    subject: int,
    occasion: str,
    chats: Iterable[ChatId],
    *,
    urgency: Urgency,
    due_at: datetime,
    not_after: datetime | None = None,
) -> SourceId:
    """Owe one letter to each chat. Side effect: a source and its deliveries; repeating it changes nothing."""
    await tx.execute(
        """INSERT INTO sources (kind, subject, occasion, urgency, not_after, owed_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (kind, subject, occasion) DO NOTHING""",
        (kind, subject, occasion, urgency, _epoch(not_after), _epoch(due_at)),
    )
    rows = list(
        await tx.execute_fetchall(
            "SELECT id FROM sources WHERE kind = ? AND subject = ? AND occasion = ?", (kind, subject, occasion)
        )
    )
    source = SourceId(rows[0]["id"])
    await tx.executemany(
        """INSERT INTO deliveries (source_id, chat_id, urgency, due_at, not_after) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (source_id, chat_id) DO NOTHING""",
        [(source, chat, urgency, _epoch(due_at), _epoch(not_after)) for chat in chats],
    )
    return source


def claim(db: sqlite3.Connection, now: datetime, limit: int, urgency: Urgency) -> list[Claimed]:
    """Take the deliveries that have been due longest. Side effect: they become `sending`; what is late, `expired`."""
    rows = db.execute(
        f"""UPDATE deliveries
            SET status = iif(not_after < :now, {_LATE_STATUS}, {_SENDING}),
                reason = iif(not_after < :now, {_LATE_REASON}, reason),
                settled_at = iif(not_after < :now, :now, NULL),
                attempt = attempt + iif(not_after < :now, 0, 1)
            WHERE id IN (SELECT id FROM deliveries
                         WHERE status = {_QUEUED} AND urgency = :urgency AND due_at <= :now
                         ORDER BY due_at, id LIMIT :limit)
            RETURNING *""",
        {"now": int(now.timestamp()), "urgency": urgency, "limit": limit},
    ).fetchall()
    taken = [_delivery(row) for row in rows if row["status"] == _SENDING and row["chat_id"] is not None]
    taken.sort(key=lambda one: (one.due_at, one.id))
    about = {id: _source_by_id(db, id) for id in {one.source_id for one in taken}}
    return [Claimed(one, about[one.source_id], _reachable(db, one.chat_id)) for one in taken]


def settle(db: sqlite3.Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Write how claimed deliveries ended. Side effect: rows that are still `sending` change; one that was cancelled
    while its letter was already on the way becomes what it is, sent or uncertain, for the chat was told. A repetition
    after a crash that does not go out leaves the row `uncertain`: the first letter may have arrived."""
    db.executemany(
        f"""UPDATE deliveries
            SET status = iif(reason = {_REPEATED} AND :status IN {_NOT_TOLD}, {_UNCERTAIN}, :status),
                reason = iif(reason = {_REPEATED}, iif(:status IN {_NOT_TOLD}, {_CRASH}, reason), :reason),
                message_id = iif(chat_id IS NULL, NULL, coalesce(:message_id, message_id)),
                due_at = coalesce(:due_at, due_at),
                settled_at = :settled_at
            WHERE id = :id AND (status = {_SENDING} OR status = {_CANCELLED} AND :status IN ({_SENT}, {_UNCERTAIN}))""",
        [
            {
                "id": one.id,
                "status": one.status,
                "reason": one.reason,
                "message_id": one.message_id,
                "due_at": None if one.due_at is None else math.ceil(one.due_at.timestamp()),
                "settled_at": int(now.timestamp()) if one.status in SETTLED else None,
            }
            for one in settlements
        ],
    )


def expire(db: sqlite3.Connection, now: datetime, limit: int = -1) -> int:
    """Stop what is late. Side effect: queued rows whose "not after" has passed become `expired`, at most `limit`."""
    return db.execute(
        f"""UPDATE deliveries SET status = {_LATE_STATUS}, reason = {_LATE_REASON}, settled_at = :now
            WHERE id IN (SELECT id FROM deliveries WHERE status = {_QUEUED} AND not_after < :now
                         ORDER BY urgency, due_at, id LIMIT :limit)""",
        {"now": int(now.timestamp()), "limit": limit},
    ).rowcount


def recover(db: sqlite3.Connection, now: datetime) -> int:
    """After a crash, give an honest state to what was in flight. Side effect: campaign letters become `uncertain`;
    desk letters and notices are queued once more while their "not after" lasts, and the reason says so."""
    stamp = int(now.timestamp())
    repeated = db.execute(
        f"""UPDATE deliveries SET status = {_QUEUED}, reason = {int(Reason.REPEATED)}
            WHERE status = {_SENDING} AND urgency < {int(Urgency.CAMPAIGN)}
              AND reason <> {int(Reason.REPEATED)} AND (not_after IS NULL OR not_after >= ?)""",
        (stamp,),
    ).rowcount
    unknown = db.execute(
        f"""UPDATE deliveries SET status = {int(DeliveryStatus.UNCERTAIN)}, reason = {int(Reason.CRASH)}, settled_at = ?
            WHERE status = {_SENDING}""",
        (stamp,),
    ).rowcount
    return repeated + unknown


async def address(db: aiosqlite.Connection, id: DeliveryId) -> Address | None:
    """Where a claimed delivery goes, or None if it is no longer to be sent."""
    rows = await db.execute_fetchall(
        f"""SELECT deliveries.chat_id, coalesce(chats.reachable, 0) AS reachable
            FROM deliveries LEFT JOIN chats ON chats.chat_id = deliveries.chat_id
            WHERE deliveries.id = ? AND deliveries.status = {_SENDING} AND deliveries.chat_id IS NOT NULL""",
        (id,),
    )
    return next((Address(ChatId(row["chat_id"]), bool(row["reachable"])) for row in rows), None)


async def cancel_owed(tx: aiosqlite.Connection, chat: ChatId, now: datetime) -> None:
    """A person leaves. Side effect: what still waits for this chat becomes `cancelled`."""
    await tx.execute(
        f"""UPDATE deliveries SET status = {_CANCELLED}, reason = {int(Reason.STOPPED)}, settled_at = ?
            WHERE chat_id = ? AND status IN ({_QUEUED}, {_SENDING})""",
        (int(now.timestamp()), chat),
    )


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """A person asks to be forgotten. Side effect: no row names the chat any more; the counts stay."""
    await tx.execute("UPDATE deliveries SET chat_id = NULL, message_id = NULL WHERE chat_id = ?", (chat,))


async def source(db: aiosqlite.Connection, id: SourceId) -> Source | None:
    """What a delivery is about."""
    rows = await db.execute_fetchall("SELECT * FROM sources WHERE id = ?", (id,))
    return next((_source(row) for row in rows), None)


async def source_of_letter(db: aiosqlite.Connection, chat: ChatId, message: MessageId) -> Source | None:
    """What the letter was about that now stands as this message in this chat."""
    rows = await db.execute_fetchall(
        """SELECT sources.* FROM deliveries JOIN sources ON sources.id = deliveries.source_id
           WHERE deliveries.chat_id = ? AND deliveries.message_id = ?""",
        (chat, message),
    )
    return next((_source(row) for row in rows), None)


async def letters_of(db: aiosqlite.Connection, kind: SourceKind, subject: int) -> list[Delivery]:
    """Every delivery about this subject whose chat is not forgotten, oldest first."""
    rows = await db.execute_fetchall(
        """SELECT deliveries.* FROM deliveries JOIN sources ON sources.id = deliveries.source_id
           WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id IS NOT NULL ORDER BY deliveries.id""",
        (kind, subject),
    )
    return [_delivery(row) for row in rows]


async def tally(db: aiosqlite.Connection, source_id: SourceId) -> Tally:
    """The deliveries of one source, counted by status."""
    rows = await db.execute_fetchall(
        "SELECT status, count(*) AS n FROM deliveries WHERE source_id = ? GROUP BY status", (source_id,)
    )
    return Tally({DeliveryStatus(row["status"]): row["n"] for row in rows})


async def next_due(db: aiosqlite.Connection, least_urgent: Urgency = Urgency.CAMPAIGN) -> datetime | None:
    """When the next queued delivery of this urgency or a higher one falls due, or None."""
    rows = await db.execute_fetchall(
        " UNION ALL ".join(  # one look into the index for each urgency; a single min() would read the whole index
            f"SELECT min(due_at) AS at FROM deliveries WHERE status = {_QUEUED} AND urgency = {int(urgency)}"
            for urgency in Urgency
            if urgency <= least_urgent
        )
    )
    moments = [row["at"] for row in rows if row["at"] is not None]
    return datetime.fromtimestamp(min(moments), UTC) if moments else None


def _source_by_id(db: sqlite3.Connection, id: SourceId) -> Source:
    return _source(db.execute("SELECT * FROM sources WHERE id = ?", (id,)).fetchone())


def _reachable(db: sqlite3.Connection, chat: ChatId) -> bool:
    row = db.execute("SELECT reachable FROM chats WHERE chat_id = ?", (chat,)).fetchone()
    return bool(row and row["reachable"])


def _epoch(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, UTC)


def _source(row: sqlite3.Row) -> Source:
    return Source(
        id=SourceId(row["id"]),
        kind=SourceKind(row["kind"]),
        subject=row["subject"],
        occasion=row["occasion"],
        urgency=Urgency(row["urgency"]),
        not_after=_moment(row["not_after"]),
    )


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=DeliveryId(row["id"]),
        source_id=SourceId(row["source_id"]),
        chat_id=ChatId(row["chat_id"]),
        urgency=Urgency(row["urgency"]),
        status=DeliveryStatus(row["status"]),
        reason=Reason(row["reason"]),
        due_at=datetime.fromtimestamp(row["due_at"], UTC),
        not_after=_moment(row["not_after"]),
        attempt=row["attempt"],
        message_id=None if row["message_id"] is None else MessageId(row["message_id"]),
    )
