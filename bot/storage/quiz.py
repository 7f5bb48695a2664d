"""Quizzes: a person's sitting, the polls sent for it and their answers; and a group's runs, one question a day."""

from datetime import datetime

import aiosqlite

from bot.domain.ids import ChatId, UpdateId
from bot.domain.quiz import Sitting
from bot.storage.moments import epoch


async def begin(tx: aiosqlite.Connection, chat: ChatId, cause: UpdateId, now: datetime) -> None:
    """Side effect: this chat's sitting starts anew; what an earlier one left is gone. Repeating it changes nothing."""
    rows = list(await tx.execute_fetchall("SELECT began FROM quiz_sittings WHERE chat_id = ?", (chat,)))
    if rows and rows[0]["began"] == cause:
        return
    await forget(tx, chat)
    await tx.execute("INSERT INTO quiz_sittings (chat_id, began, at) VALUES (?, ?, ?)", (chat, cause, epoch(now)))


async def sent(tx: aiosqlite.Connection, poll: str, chat: ChatId, number: int) -> None:
    """Side effect: this poll asks question `number` of the chat's sitting."""
    await tx.execute(
        """INSERT INTO quiz_polls (poll_id, chat_id, began, number)
           SELECT ?, chat_id, began, ? FROM quiz_sittings WHERE chat_id = ?
           ON CONFLICT (poll_id) DO NOTHING""",
        (poll, number, chat),
    )


async def asked(db: aiosqlite.Connection, poll: str, chat: ChatId) -> int | None:
    """Which question of the sitting that still stands this poll asks, or None."""
    rows = list(
        await db.execute_fetchall(
            """SELECT number FROM quiz_polls JOIN quiz_sittings USING (chat_id, began)
               WHERE poll_id = ? AND chat_id = ?""",
            (poll, chat),
        )
    )
    return rows[0]["number"] if rows else None


async def answer(tx: aiosqlite.Connection, chat: ChatId, number: int, right: bool, cause: UpdateId) -> bool:
    """Whether this update is the first answer to the question. Side effect: the answer is kept."""
    await tx.execute(
        """INSERT INTO quiz_answers (chat_id, number, is_right, cause) VALUES (?, ?, ?, ?)
           ON CONFLICT (chat_id, number) DO NOTHING""",
        (chat, number, right, cause),
    )
    rows = await tx.execute_fetchall("SELECT cause FROM quiz_answers WHERE chat_id = ? AND number = ?", (chat, number))
    return bool(next(iter(rows))["cause"] == cause)


async def sitting(db: aiosqlite.Connection, chat: ChatId) -> Sitting:
    """How far this chat has come."""
    rows = list(
        await db.execute_fetchall(
            "SELECT number, is_right FROM quiz_answers WHERE chat_id = ? ORDER BY number", (chat,)
        )
    )
    return Sitting(len(rows), tuple(row["number"] for row in rows if not row["is_right"]))


async def begin_run(tx: aiosqlite.Connection, chat: ChatId, by: ChatId, cause: UpdateId, now: datetime) -> int:
    """The number of a group's run. Side effect: it is begun; repeating it changes nothing."""
    await tx.execute(
        """INSERT INTO quiz_runs (chat_id, started_by, started_at, cause) VALUES (?, ?, ?, ?)
           ON CONFLICT (cause) DO NOTHING""",
        (chat, by, epoch(now), cause),
    )
    rows = await tx.execute_fetchall("SELECT id FROM quiz_runs WHERE cause = ?", (cause,))
    return int(next(iter(rows))["id"])


async def begun_by(db: aiosqlite.Connection, cause: UpdateId) -> int | None:
    """The run that this update began, or None."""
    rows = list(await db.execute_fetchall("SELECT id FROM quiz_runs WHERE cause = ?", (cause,)))
    return rows[0]["id"] if rows else None


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: this chat's sitting, polls and answers are gone."""
    for table in ("quiz_sittings", "quiz_polls", "quiz_answers"):
        await tx.execute(f"DELETE FROM {table} WHERE chat_id = ?", (chat,))
    await tx.execute("UPDATE quiz_runs SET started_by = 0 WHERE started_by = ?", (chat,))


async def runs(db: aiosqlite.Connection, chat: ChatId) -> list[int]:
    """The runs of this group, oldest first."""
    rows = await db.execute_fetchall("SELECT id FROM quiz_runs WHERE chat_id = ? ORDER BY id", (chat,))
    return [row["id"] for row in rows]
