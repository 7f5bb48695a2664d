"""The update inbox: an update is written before it is acted on, acted on once, and emptied when done."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite

from bot.domain.ids import ChatId, UpdateId
from bot.storage.moments import epoch

KEPT = timedelta(days=8)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is not yet done; `body` is Telegram's JSON."""

    update_id: UpdateId
    chat_id: ChatId
    body: str
    attempts: int


def receive(db: sqlite3.Connection, updates: list[Waiting], now: datetime) -> None:
    """Side effect: each update is kept; one that was kept before (its number is known) changes nothing. The chat has
    been seen, to a day."""
    db.executemany(
        """INSERT INTO inbox (update_id, chat_id, body, received_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (update_id) DO NOTHING""",
        [(one.update_id, one.chat_id, one.body, epoch(now)) for one in updates],
    )
    day = epoch(now - A_DAY)
    db.executemany(
        "UPDATE chats SET seen_at = ? WHERE chat_id = ? AND seen_at < ?",
        [(epoch(now), one.chat_id, day) for one in updates],
    )


async def waiting(db: aiosqlite.Connection, after: int, limit: int) -> list[Waiting]:
    """Updates not yet done whose number is above `after`, in the order they came."""
    rows = await db.execute_fetchall(
        "SELECT * FROM inbox WHERE done_at IS NULL AND update_id > ? ORDER BY update_id LIMIT ?", (after, limit)
    )
    return [Waiting(UpdateId(row["update_id"]), ChatId(row["chat_id"]), row["body"], row["attempts"]) for row in rows]


async def attempt(tx: aiosqlite.Connection, update_id: UpdateId) -> None:
    """Side effect: one more try of this update is counted."""
    await tx.execute("UPDATE inbox SET attempts = attempts + 1 WHERE update_id = ?", (update_id,))


def done(db: sqlite3.Connection, update_id: UpdateId, now: datetime) -> None:
    """Side effect: the update is done, its body emptied, and it no longer names a chat."""
    db.execute("UPDATE inbox SET done_at = ?, body = '', chat_id = 0 WHERE update_id = ?", (epoch(now), update_id))


async def forget_old(tx: aiosqlite.Connection, now: datetime) -> None:
    """Side effect: done updates older than eight days are gone; Telegram never repeats those."""
    await tx.execute("DELETE FROM inbox WHERE done_at IS NOT NULL AND done_at < ?", (epoch(now - KEPT),))


async def erase(tx: aiosqlite.Connection, chat: ChatId, cause: UpdateId, now: datetime) -> None:
    """A person asks to be forgotten. Side effect: no row names the chat; whatever else waits from it is done and empty,
    but the asking itself (`cause`) keeps its body until it is answered."""
    await tx.execute(
        """UPDATE inbox SET chat_id = 0,
                  body = CASE WHEN update_id = ? THEN body ELSE '' END,
                  done_at = CASE WHEN update_id = ? THEN done_at ELSE coalesce(done_at, ?) END
           WHERE chat_id = ?""",
        (cause, cause, epoch(now), chat),
    )
