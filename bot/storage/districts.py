"""The districts of places as coordinators entered them: a history that only grows, its newest line holds."""

import sqlite3
from datetime import date, datetime

import aiosqlite

from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.domain.quotas.districts import Districting, DistrictsEntry
from bot.storage.moments import epoch, moment

_NOBODY = ChatId(0)
_ENTRY = """SELECT districts.*, coalesce(chats.name, '') AS name
            FROM districts LEFT JOIN chats ON chats.chat_id = districts.entered_by"""


async def add(
    tx: aiosqlite.Connection,
    place: PlaceSlug,
    known: Districting | None,
    by: ChatId,
    now: datetime,
    cause: UpdateId,
) -> int:
    """The number of the new line; None as `known` withdraws. Side effect: it holds from now on."""
    rows = await tx.execute_fetchall(
        """INSERT INTO districts (place, seats, act, as_of, link, entered_by, entered_at, cause)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
        (
            place,
            " ".join(map(str, known.seats)) if known else None,
            known.act if known else "",
            known.as_of.isoformat() if known else "",
            known.link if known else "",
            by,
            epoch(now),
            cause,
        ),
    )
    return next(int(row["id"]) for row in rows)


async def history(db: aiosqlite.Connection, place: PlaceSlug, at_most: int) -> tuple[DistrictsEntry, ...]:
    """The newest lines of a place, the one that holds first; empty when nobody has entered anything."""
    rows = await db.execute_fetchall(
        f"{_ENTRY} WHERE districts.place = ? ORDER BY districts.id DESC LIMIT ?", (place, at_most)
    )
    return tuple(_entry(row) for row in rows)


async def of_cause(db: aiosqlite.Connection, cause: UpdateId) -> DistrictsEntry | None:
    """The line that this update wrote, if it did."""
    rows = await db.execute_fetchall(f"{_ENTRY} WHERE districts.cause = ?", (cause,))
    return next((_entry(row) for row in rows), None)


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """A coordinator leaves. Side effect: the districts stay, who entered them is no longer known."""
    await tx.execute("UPDATE districts SET entered_by = ? WHERE entered_by = ?", (_NOBODY, chat))


def _entry(row: sqlite3.Row) -> DistrictsEntry:
    known = None
    if row["seats"] is not None:
        seats = tuple(int(each) for each in row["seats"].split())
        known = Districting(seats, row["act"], date.fromisoformat(row["as_of"]), row["link"])
    return DistrictsEntry(
        id=row["id"],
        place=PlaceSlug(row["place"]),
        known=known,
        entered_by=ChatId(row["entered_by"]),
        entered_at=moment(row["entered_at"]),
        name=row["name"],
    )
