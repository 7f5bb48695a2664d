"""Half-filled forms: the state of a conversation, written together with the update that changed it."""

import sqlite3
from datetime import datetime, timedelta

import aiosqlite

from bot.domain.ids import ChatId
from bot.storage.moments import epoch

KEPT = timedelta(days=30)


async def form(db: aiosqlite.Connection, key: str) -> tuple[str | None, str] | None:
    """The state and the fields (a JSON object) under this key."""
    rows = await db.execute_fetchall("SELECT state, fields FROM forms WHERE key = ?", (key,))
    return next(((row["state"], row["fields"]) for row in rows), None)


def save(db: sqlite3.Connection, key: str, chat: ChatId, state: str | None, fields: str, now: datetime) -> None:
    """Side effect: the form stands so; an empty one is gone."""
    if state is None and fields == "{}":
        db.execute("DELETE FROM forms WHERE key = ?", (key,))
        return
    db.execute(
        """INSERT INTO forms (key, chat_id, state, fields, updated_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET state = excluded.state, fields = excluded.fields,
                                           updated_at = excluded.updated_at""",
        (key, chat, state, fields, epoch(now)),
    )


async def forget_old(tx: aiosqlite.Connection, now: datetime) -> None:
    """Side effect: forms that nobody touched for a month are gone."""
    await tx.execute("DELETE FROM forms WHERE updated_at < ?", (epoch(now - KEPT),))
