"""What coordinators add to the tree of places: more names for a place, and their word that a Kyrgyz name is right."""

import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.ids import ChatId, PlaceSlug
from bot.domain.places import PlaceAlias

_NOBODY = ChatId(0)


async def add_alias(tx: aiosqlite.Connection, alias: str, place: PlaceSlug, by: ChatId, now: datetime) -> bool:
    """Keep one more name for a place. Side effect: a new alias, unless the place already has it; says which."""
    cursor = await tx.execute(
        """INSERT INTO place_aliases (alias, place, added_by, added_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (alias, place) DO NOTHING""",
        (" ".join(alias.split()), place, by, int(now.timestamp())),
    )
    return cursor.rowcount > 0


async def aliases(db: aiosqlite.Connection) -> tuple[PlaceAlias, ...]:
    """Every alias that coordinators added, oldest first."""
    rows = await db.execute_fetchall("SELECT alias, place FROM place_aliases ORDER BY added_at, alias, place")
    return tuple(_alias(row) for row in rows)


async def confirm_name(tx: aiosqlite.Connection, place: PlaceSlug, by: ChatId, now: datetime) -> bool:
    """The Kyrgyz name of a place is right. Side effect: its confirmation, unless it stands already; says which."""
    cursor = await tx.execute(
        """INSERT INTO place_names_confirmed (place, confirmed_by, confirmed_at) VALUES (?, ?, ?)
           ON CONFLICT (place) DO NOTHING""",
        (place, by, int(now.timestamp())),
    )
    return cursor.rowcount > 0


async def confirmed(db: aiosqlite.Connection) -> frozenset[PlaceSlug]:
    """The places whose Kyrgyz names coordinators confirmed."""
    rows = await db.execute_fetchall("SELECT place FROM place_names_confirmed")
    return frozenset(PlaceSlug(row["place"]) for row in rows)


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """A coordinator leaves. Side effect: names and confirmations stay, who gave them is no longer known."""
    await tx.execute("UPDATE place_aliases SET added_by = ? WHERE added_by = ?", (_NOBODY, chat))
    await tx.execute("UPDATE place_names_confirmed SET confirmed_by = ? WHERE confirmed_by = ?", (_NOBODY, chat))


def _alias(row: sqlite3.Row) -> PlaceAlias:
    return PlaceAlias(row["alias"], PlaceSlug(row["place"]))
