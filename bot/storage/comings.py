"""Who says they come to a hearing, who says they came, and what they thought of it."""

from datetime import datetime
from typing import NamedTuple

import aiosqlite

from bot.domain.hearings import HearingId
from bot.domain.ids import ChatId, UpdateId
from bot.storage.moments import epoch

EXTRA_AT_MOST = 200
QUESTIONS = ("materials", "spoke", "answered")


class Coming(NamedTuple):
    """How many come: in all, and of one chat."""

    everywhere: int
    here: int


async def come(
    tx: aiosqlite.Connection, id: HearingId, person: ChatId, chat: ChatId, name: str, now: datetime, cause: UpdateId
) -> None:
    """Side effect: this person comes; the same chat is counted once."""
    await tx.execute(
        """INSERT INTO comings (hearing_id, person, chat_id, name, at, cause) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (hearing_id, person) DO UPDATE SET chat_id = excluded.chat_id, name = excluded.name""",
        (id, person, chat, name, epoch(now), cause),
    )


async def bring_one_more(tx: aiosqlite.Connection, id: HearingId, person: ChatId, cause: UpdateId) -> None:
    """Side effect: one more comes along with this person; the same update adds one."""
    await tx.execute(
        """UPDATE comings SET extra = extra + 1, cause = ? WHERE hearing_id = ? AND person = ? AND cause <> ?
           AND extra < ?""",
        (cause, id, person, cause, EXTRA_AT_MOST),
    )


async def stay_away(tx: aiosqlite.Connection, id: HearingId, person: ChatId) -> None:
    """Side effect: this person does not come."""
    await tx.execute("DELETE FROM comings WHERE hearing_id = ? AND person = ?", (id, person))


async def extra_of(db: aiosqlite.Connection, id: HearingId, person: ChatId) -> int | None:
    """How many this person brings along; None if they have not said that they come."""
    rows = await db.execute_fetchall("SELECT extra FROM comings WHERE hearing_id = ? AND person = ?", (id, person))
    return next((int(row["extra"]) for row in rows), None)


async def counted(db: aiosqlite.Connection, id: HearingId, chat: ChatId) -> Coming:
    """How many come, in all and of this chat."""
    rows = await db.execute_fetchall(
        """SELECT coalesce(sum(1 + extra), 0) AS n, coalesce(sum(iif(chat_id = ?, 1 + extra, 0)), 0) AS here
           FROM comings WHERE hearing_id = ?""",
        (chat, id),
    )
    row = next(iter(rows))
    return Coming(int(row["n"]), int(row["here"]))


async def names(db: aiosqlite.Connection, id: HearingId) -> list[tuple[str, int]]:
    """The names of those who come and how many each brings, for the organiser only."""
    rows = await db.execute_fetchall("SELECT name, extra FROM comings WHERE hearing_id = ? ORDER BY at", (id,))
    return [(row["name"], row["extra"]) for row in rows]


async def forget_names(tx: aiosqlite.Connection, before: datetime) -> None:
    """Side effect: of hearings that began before this moment only the counts of who came are kept."""
    await tx.execute(
        "UPDATE comings SET name = '' WHERE name <> '' AND hearing_id IN (SELECT id FROM hearings WHERE starts_at < ?)",
        (epoch(before),),
    )


async def attend(tx: aiosqlite.Connection, id: HearingId, person: ChatId, came: bool, now: datetime) -> None:
    """Side effect: this person says whether they came."""
    await tx.execute(
        """INSERT INTO attendances (hearing_id, person, came, at) VALUES (?, ?, ?, ?)
           ON CONFLICT (hearing_id, person) DO UPDATE SET came = excluded.came, at = excluded.at""",
        (id, person, came, epoch(now)),
    )


async def opine(tx: aiosqlite.Connection, id: HearingId, person: ChatId, number: int, yes: bool) -> None:
    """Side effect: the answer to one of the three questions of somebody who came."""
    await tx.execute(
        f"UPDATE attendances SET {QUESTIONS[number]} = ? WHERE hearing_id = ? AND person = ?", (yes, id, person)
    )


async def attended(db: aiosqlite.Connection, id: HearingId) -> dict[str, int]:
    """How many say that they came, and how many said yes and no to each question."""
    sums = ", ".join(f"coalesce(sum({one}), 0) AS {one}, count({one}) AS {one}_of" for one in QUESTIONS)
    rows = await db.execute_fetchall(
        f"SELECT coalesce(sum(came), 0) AS came, {sums} FROM attendances WHERE hearing_id = ?", (id,)
    )
    row = next(iter(rows))
    return {name: int(row[name]) for name in row.keys()}  # noqa: SIM118


async def arrive(tx: aiosqlite.Connection, id: HearingId, person: ChatId, now: datetime) -> None:
    """Somebody opened the hearing by a link or a QR code. Side effect: counted once a person."""
    await tx.execute(
        "INSERT INTO arrivals (hearing_id, person, at) VALUES (?, ?, ?) ON CONFLICT (hearing_id, person) DO NOTHING",
        (id, person, epoch(now)),
    )


async def arrived(db: aiosqlite.Connection, id: HearingId) -> int:
    """How many people opened the hearing by its link."""
    rows = await db.execute_fetchall("SELECT count(*) AS n FROM arrivals WHERE hearing_id = ?", (id,))
    return int(next(iter(rows))["n"])
