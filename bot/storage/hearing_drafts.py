"""Announcements in the making: silent until published."""

import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.hearings import Draft, DraftId, HearingId, Terms
from bot.domain.ids import ChatId, UpdateId
from bot.storage import terms as columns
from bot.storage.moments import epoch


async def begin(
    tx: aiosqlite.Connection,
    author: ChatId,
    terms: Terms,
    now: datetime,
    cause: UpdateId,
    hearing: HearingId | None = None,
    base: int = 0,
) -> DraftId:
    """Side effect: a draft; the same update begins it once."""
    await tx.execute(
        """INSERT INTO hearing_drafts (author, hearing_id, base, terms, updated_at, cause) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (cause) DO NOTHING""",
        (author, hearing, base, columns.written(terms), epoch(now), cause),
    )
    rows = await tx.execute_fetchall("SELECT id FROM hearing_drafts WHERE cause = ?", (cause,))
    return DraftId(next(iter(rows))["id"])


async def save(tx: aiosqlite.Connection, id: DraftId, terms: Terms, now: datetime) -> None:
    """Side effect: the draft says this now."""
    await tx.execute(
        "UPDATE hearing_drafts SET terms = ?, updated_at = ? WHERE id = ?", (columns.written(terms), epoch(now), id)
    )


async def by_id(db: aiosqlite.Connection, id: DraftId) -> Draft | None:
    """One draft, or None when it is published or thrown away."""
    rows = await db.execute_fetchall("SELECT * FROM hearing_drafts WHERE id = ?", (id,))
    return next((_draft(row) for row in rows), None)


async def of_author(db: aiosqlite.Connection, author: ChatId, limit: int) -> list[Draft]:
    """The drafts of a coordinator, the newest first."""
    rows = await db.execute_fetchall(
        "SELECT * FROM hearing_drafts WHERE author = ? ORDER BY updated_at DESC, id DESC LIMIT ?", (author, limit)
    )
    return [_draft(row) for row in rows]


async def drop(tx: aiosqlite.Connection, id: DraftId) -> None:
    """Side effect: the draft is gone."""
    await tx.execute("DELETE FROM hearing_drafts WHERE id = ?", (id,))


def _draft(row: sqlite3.Row) -> Draft:
    return Draft(
        id=DraftId(row["id"]),
        author=ChatId(row["author"]),
        terms=columns.read(row["terms"]),
        hearing=None if row["hearing_id"] is None else HearingId(row["hearing_id"]),
        base=row["base"],
    )
