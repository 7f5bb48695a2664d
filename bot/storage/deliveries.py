"""The ledger's rows: what is owed to whom and how it ended. Each function confesses its side effect."""

import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import aiosqlite

from bot.domain.deliveries import (
    OPEN,
    SETTLED,
    WITHDRAWN,
    Address,
    Claimed,
    Delivery,
    DeliveryStatus,
    Reason,
    Settlement,
    SourceKind,
    SourceState,
    Tally,
    Urgency,
    ending,
)
from bot.domain.ids import ChatId, DeliveryId, MessageId, SourceId
from bot.storage import sources, tallies
from bot.storage.chats import reachable
from bot.storage.database import within
from bot.storage.moments import epoch, moment, perhaps
from bot.storage.tallies import Changes

_QUEUED = int(DeliveryStatus.QUEUED)
_SENDING = int(DeliveryStatus.SENDING)
_CAMPAIGN = int(Urgency.CAMPAIGN)
_OPEN = f"({', '.join(str(int(status)) for status in sorted(OPEN))})"
_HELD_BACK = "SELECT id FROM sources WHERE state IN (1, 2)"  # paused or stopping, in the words of the partial index

_CAMPAIGNS = f"""
    SELECT sources.id, sources.held_until,
           (SELECT due_at FROM deliveries
            WHERE status = {_QUEUED} AND urgency = 2 AND source_id = sources.id ORDER BY due_at, id LIMIT 1) AS first
    FROM tallies CROSS JOIN sources ON sources.id = tallies.source_id
    WHERE tallies.status = 0 AND tallies.n > 0 AND sources.urgency = 2 AND sources.state = 0
      AND sources.freezing_to IS NULL"""


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
    latest_only: bool = False,
) -> SourceId:
    """Owe one letter to each chat. Side effect: a source and its deliveries; repeating it changes nothing. Of several
    letters due to one chat about the same subject and `latest_only`, the latest goes and the others are skipped."""

    def work(db: sqlite3.Connection) -> SourceId:
        ends, at = None if not_after is None else epoch(not_after), epoch(due_at)
        db.execute(
            """INSERT INTO sources (kind, subject, occasion, urgency, not_after, owed_at, latest_only)
               VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, subject, occasion) DO NOTHING""",
            (kind, subject, occasion, urgency, ends, at, latest_only),
        )
        [id] = db.execute(
            "SELECT id FROM sources WHERE kind = ? AND subject = ? AND occasion = ?", (kind, subject, occasion)
        ).fetchone()
        added = db.executemany(
            """INSERT INTO deliveries (source_id, chat_id, urgency, due_at, not_after) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT (source_id, chat_id) DO NOTHING""",
            [(id, chat, urgency, at, ends) for chat in chats],
        )
        source = SourceId(id)
        tallies.change(db, Changes({(source, DeliveryStatus.QUEUED): max(0, added.rowcount)}))
        return source

    return await within(tx, work)


def claim(db: sqlite3.Connection, now: datetime, limit: int, urgency: Urgency) -> list[Claimed]:
    """Take the deliveries that have been due longest. Side effect: they become `sending`; what is late `expired`, what
    a later letter of the same subject makes needless `skipped`."""
    stamp = epoch(now)
    due = _due_campaigns(db, stamp, limit) if urgency is Urgency.CAMPAIGN else _due(db, stamp, limit, urgency)
    about = {id: sources.row(db, id) for id in {row["source_id"] for row in due}}
    rows, late, needless, nobodys = [], [], [], []
    for row in due:
        if row["chat_id"] is None:
            nobodys.append(row)
        elif row["not_after"] is not None and row["not_after"] < stamp:
            late.append(row)
        elif about[row["source_id"]].latest_only and _is_superseded(db, row, stamp):
            needless.append(row)
        else:
            rows.append(row)
    end(db, late, DeliveryStatus.EXPIRED, Reason.TOO_LATE, now)
    end(db, needless, DeliveryStatus.SKIPPED, Reason.SUPERSEDED, now)
    end(db, nobodys, DeliveryStatus.CANCELLED, Reason.STOPPED, now)
    db.executemany(
        f"UPDATE deliveries SET status = {_SENDING}, attempt = attempt + 1, settled_at = NULL WHERE id = ?",
        [(row["id"],) for row in rows],
    )
    changes = Changes()
    for row in rows:
        changes[SourceId(row["source_id"]), DeliveryStatus.QUEUED] -= 1
        changes[SourceId(row["source_id"]), DeliveryStatus.SENDING] += 1
    tallies.change(db, changes)
    return [Claimed(_taken(row), about[row["source_id"]], reachable(db, row["chat_id"])) for row in rows]


def settle(db: sqlite3.Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Write how claimed deliveries ended. Side effect: rows that are still `sending` change, as `ending` says."""
    ids = json.dumps([one.id for one in settlements])
    rows = {
        row["id"]: row
        for row in db.execute(
            f"""SELECT id, source_id, reason FROM deliveries
                WHERE id IN (SELECT value FROM json_each(?)) AND status = {_SENDING}""",
            (ids,),
        )
    }
    changes, written = Changes(), []
    for one in settlements:
        row = rows.pop(one.id, None)
        if row is None:
            continue
        status, reason = ending(Reason(row["reason"]), one.status, one.reason)
        due_at = None if one.due_at is None else math.ceil(one.due_at.timestamp())
        settled_at = epoch(now) if status in SETTLED else None
        written.append((status, reason, one.message_id, due_at, settled_at, one.id))
        changes[SourceId(row["source_id"]), DeliveryStatus.SENDING] -= 1
        changes[SourceId(row["source_id"]), status] += 1
    db.executemany(
        """UPDATE deliveries
           SET status = ?, reason = ?, message_id = iif(chat_id IS NULL, NULL, coalesce(?, message_id)),
               due_at = coalesce(?, due_at), settled_at = ? WHERE id = ?""",
        written,
    )
    tallies.change(db, changes)


def end(db: sqlite3.Connection, rows: Sequence[sqlite3.Row], to: DeliveryStatus, why: Reason, now: datetime) -> None:
    """The one way in which what is open is cancelled, expired or skipped. Side effect: rows that wait end, `uncertain`
    if a first letter may have arrived; a row that is on its way keeps `why` and ends so when it settles, unless it
    was sent. Each row needs id, source_id, status and reason."""
    changes, written = Changes(), []
    for row in rows:
        was, mark = DeliveryStatus(row["status"]), Reason(row["reason"])
        on_its_way = was is DeliveryStatus.SENDING and mark is not Reason.REPEATED
        status, reason = (was, why) if on_its_way else ending(mark, to, why)
        written.append((status, reason, None if on_its_way else epoch(now), row["id"]))
        changes[SourceId(row["source_id"]), was] -= 1
        changes[SourceId(row["source_id"]), status] += 1
    db.executemany("UPDATE deliveries SET status = ?, reason = ?, settled_at = ? WHERE id = ?", written)
    tallies.change(db, changes)


def expire(db: sqlite3.Connection, now: datetime) -> None:
    """Stop desk letters and notices that are late. Side effect: queued rows past their "not after" become `expired`."""
    rows = db.execute(
        f"""SELECT id, source_id, status, reason FROM deliveries
            WHERE status = {_QUEUED} AND urgency < 2 AND not_after < ?""",
        (epoch(now),),
    ).fetchall()
    end(db, rows, DeliveryStatus.EXPIRED, Reason.TOO_LATE, now)


def recover(db: sqlite3.Connection, now: datetime) -> int:
    """After a crash, give an honest state to what was in flight. Side effect: campaign letters become `uncertain`;
    desk letters and notices are queued once more while their "not after" lasts, and the reason says so."""
    rows = db.execute(f"SELECT * FROM deliveries WHERE status = {_SENDING}").fetchall()
    changes, written = Changes(), []
    for row in rows:
        once_more = (
            row["urgency"] < _CAMPAIGN
            and row["reason"] not in (Reason.REPEATED, *WITHDRAWN)
            and (row["not_after"] is None or row["not_after"] >= epoch(now))
        )
        status = DeliveryStatus.QUEUED if once_more else DeliveryStatus.UNCERTAIN
        reason = Reason.REPEATED if once_more else Reason.CRASH
        written.append((status, reason, None if once_more else epoch(now), row["id"]))
        changes[SourceId(row["source_id"]), DeliveryStatus.SENDING] -= 1
        changes[SourceId(row["source_id"]), status] += 1
    db.executemany("UPDATE deliveries SET status = ?, reason = ?, settled_at = ? WHERE id = ?", written)
    tallies.change(db, changes)
    return len(rows)


async def address(db: aiosqlite.Connection, id: DeliveryId) -> Address | None:
    """Where a claimed delivery goes, or None if it is no longer to be sent."""
    return (await addresses(db, (id,))).get(id)


async def addresses(db: aiosqlite.Connection, ids: Sequence[DeliveryId]) -> dict[DeliveryId, Address]:
    """Where claimed deliveries go; those that are no longer to be sent are not among them."""
    withdrawn = ", ".join(str(int(reason)) for reason in WITHDRAWN)
    rows = await db.execute_fetchall(
        f"""SELECT deliveries.id, deliveries.chat_id, coalesce(chats.reachable, 0) AS reachable,
                   sources.state, sources.held_until
            FROM deliveries JOIN sources ON sources.id = deliveries.source_id
            LEFT JOIN chats ON chats.chat_id = deliveries.chat_id
            WHERE deliveries.id IN (SELECT value FROM json_each(?)) AND deliveries.status = {_SENDING}
              AND deliveries.chat_id IS NOT NULL AND deliveries.reason NOT IN ({withdrawn})""",
        (json.dumps(list(ids)),),
    )
    return {
        DeliveryId(row["id"]): Address(
            ChatId(row["chat_id"]), bool(row["reachable"]), SourceState(row["state"]), perhaps(row["held_until"])
        )
        for row in rows
    }


async def cancel_owed(tx: aiosqlite.Connection, chat: ChatId, now: datetime) -> None:
    """A person leaves. Side effect: what still waits for this chat becomes `cancelled`; what is on its way ends so
    unless it was sent."""
    await within(tx, lambda db: end(db, _owed_to(db, chat), DeliveryStatus.CANCELLED, Reason.STOPPED, now))


async def opt_out(tx: aiosqlite.Connection, chat: ChatId, now: datetime) -> None:
    """A person wants no campaigns. Side effect: campaign letters that wait for this chat become `skipped`."""

    def work(db: sqlite3.Connection) -> None:
        campaigns = [row for row in _owed_to(db, chat) if row["urgency"] == _CAMPAIGN]
        end(db, campaigns, DeliveryStatus.SKIPPED, Reason.OPTED_OUT, now)

    await within(tx, work)


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """A person asks to be forgotten. Side effect: no row names the chat any more; the counts stay."""
    await tx.execute(
        """UPDATE deliveries SET chat_id = NULL, message_id = NULL
           WHERE source_id IN (SELECT id FROM sources) AND chat_id = ?""",
        (chat,),
    )


async def letters_of(db: aiosqlite.Connection, kind: SourceKind, subject: int) -> list[Delivery]:
    """Every delivery about this subject whose chat is not forgotten, oldest first."""
    rows = await db.execute_fetchall(
        """SELECT deliveries.* FROM deliveries JOIN sources ON sources.id = deliveries.source_id
           WHERE sources.kind = ? AND sources.subject = ? AND deliveries.chat_id IS NOT NULL ORDER BY deliveries.id""",
        (kind, subject),
    )
    return [_delivery(row) for row in rows]


async def of_source_and_chat(db: aiosqlite.Connection, source: SourceId, chat: ChatId) -> Delivery | None:
    """What this source owes or owed to this chat."""
    rows = await db.execute_fetchall("SELECT * FROM deliveries WHERE source_id = ? AND chat_id = ?", (source, chat))
    return next((_delivery(row) for row in rows), None)


async def tally(db: aiosqlite.Connection, source_id: SourceId) -> Tally:
    """The deliveries of one source by status; adds up to its audience at every moment."""
    return await tallies.tally(db, source_id)


async def next_due(db: aiosqlite.Connection, least_urgent: Urgency = Urgency.CAMPAIGN) -> datetime | None:
    """When the next delivery of this urgency or a higher one may be claimed, or None. Reads a row of an index for each
    urgency and for each campaign that waits."""
    looks = [
        f"""SELECT * FROM (SELECT due_at AS at FROM deliveries
                           WHERE status = {_QUEUED} AND urgency < 2 AND urgency = {int(urgency)}
                             AND source_id NOT IN ({_HELD_BACK}) ORDER BY due_at, id LIMIT 1)"""
        for urgency in Urgency
        if urgency <= least_urgent and urgency < _CAMPAIGN
    ]
    if least_urgent is Urgency.CAMPAIGN:
        looks.append(f"SELECT max(coalesce(held_until, 0), first) AS at FROM ({_CAMPAIGNS}) WHERE first IS NOT NULL")
    moments = [row["at"] for row in await db.execute_fetchall(" UNION ALL ".join(looks))]
    return moment(min(moments)) if moments else None


def _due(db: sqlite3.Connection, stamp: int, limit: int, urgency: Urgency) -> list[sqlite3.Row]:
    return db.execute(
        f"""SELECT * FROM deliveries
            WHERE status = {_QUEUED} AND urgency < 2 AND urgency = ? AND due_at <= ?
              AND source_id NOT IN ({_HELD_BACK})
            ORDER BY due_at, id LIMIT ?""",
        (int(urgency), stamp, limit),
    ).fetchall()


def _due_campaigns(db: sqlite3.Connection, stamp: int, limit: int) -> list[sqlite3.Row]:
    due: list[sqlite3.Row] = []
    running = f"SELECT id FROM ({_CAMPAIGNS}) WHERE first <= ? AND coalesce(held_until, 0) <= ? ORDER BY first, id"
    for (source,) in db.execute(running, (stamp, stamp)).fetchall():
        due += db.execute(
            f"""SELECT * FROM deliveries
                WHERE status = {_QUEUED} AND urgency = 2 AND source_id = ? AND due_at <= ?
                ORDER BY due_at, id LIMIT ?""",
            (source, stamp, limit - len(due)),
        ).fetchall()
        if len(due) >= limit:
            break
    return due


def _is_superseded(db: sqlite3.Connection, row: sqlite3.Row, stamp: int) -> bool:
    found = db.execute(
        f"""SELECT 1 FROM sources AS mine
            JOIN sources AS later ON later.kind = mine.kind AND later.subject = mine.subject AND later.latest_only = 1
            JOIN deliveries AS other ON other.source_id = later.id AND other.chat_id = :chat
            WHERE mine.id = :source AND later.state = 0 AND other.status IN {_OPEN} AND other.due_at <= :now
              AND (other.not_after IS NULL OR other.not_after >= :now) AND (other.due_at, other.id) > (:due_at, :id)
            LIMIT 1""",
        {
            "chat": row["chat_id"],
            "source": row["source_id"],
            "due_at": row["due_at"],
            "id": row["id"],
            "now": stamp,
        },
    )
    return found.fetchone() is not None


def _owed_to(db: sqlite3.Connection, chat: ChatId) -> list[sqlite3.Row]:
    return db.execute(
        f"""SELECT id, source_id, status, reason, urgency FROM deliveries
            WHERE source_id IN (SELECT source_id FROM tallies WHERE status = 0 AND n > 0
                                UNION SELECT source_id FROM tallies WHERE status = 1 AND n > 0)
              AND chat_id = ? AND status IN {_OPEN}""",
        (chat,),
    ).fetchall()


def _taken(row: sqlite3.Row) -> Delivery:
    one = _delivery(row)
    return replace(one, status=DeliveryStatus.SENDING, attempt=one.attempt + 1)


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=DeliveryId(row["id"]),
        source_id=SourceId(row["source_id"]),
        chat_id=ChatId(row["chat_id"]),
        urgency=Urgency(row["urgency"]),
        status=DeliveryStatus(row["status"]),
        reason=Reason(row["reason"]),
        due_at=datetime.fromtimestamp(row["due_at"], UTC),
        not_after=perhaps(row["not_after"]),
        attempt=row["attempt"],
        message_id=None if row["message_id"] is None else MessageId(row["message_id"]),
    )
