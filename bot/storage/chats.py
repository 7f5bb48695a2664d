"""Chats: people who started us and groups that invited us. Nothing else is known of anybody."""

import contextlib
import sqlite3
from datetime import datetime
from pathlib import Path

import aiosqlite

from bot.domain.chats import ChatKind, Group, Subscriber, TopicOfInterest
from bot.domain.guide import Reader
from bot.domain.ids import ChatId, Language, PlaceSlug
from bot.storage.moments import epoch

ROWS_THAT_NAME_A_CHAT = (
    ("chats", "chat_id"),
    ("forms", "chat_id"),
    ("questions", "chat_id"),
    ("asks", "chat_id"),
    ("opinions", "chat_id"),
    ("listeners", "chat_id"),
    ("follows", "chat_id"),
    ("hearing_keepers", "chat_id"),
    ("comings", "chat_id"),
    ("contributions", "chat_id"),
    ("quiz_runs", "chat_id"),
)


async def started(tx: aiosqlite.Connection, chat: ChatId, kind: ChatKind, now: datetime) -> None:
    """The chat speaks to us. Side effect: it is known and reachable again."""
    await tx.execute(
        """INSERT INTO chats (chat_id, kind, started_at, seen_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (chat_id) DO UPDATE SET reachable = 1, seen_at = excluded.seen_at""",
        (chat, kind, epoch(now), epoch(now)),
    )


async def subscriber(db: aiosqlite.Connection, chat: ChatId) -> Subscriber | None:
    """The person of this chat, if they have started us."""
    rows = await db.execute_fetchall("SELECT * FROM chats WHERE chat_id = ? AND kind = 'private'", (chat,))
    return next((_subscriber(row) for row in rows), None)


async def group(db: aiosqlite.Connection, chat: ChatId) -> Group | None:
    """The group of this chat, if it has invited us."""
    rows = await db.execute_fetchall("SELECT * FROM chats WHERE chat_id = ? AND kind = 'group'", (chat,))
    return next((_group(row) for row in rows), None)


async def set_language(tx: aiosqlite.Connection, chat: ChatId, language: Language) -> None:
    """Side effect: everything said to this chat is in this language from now on."""
    await tx.execute("UPDATE chats SET language = ? WHERE chat_id = ?", (language, chat))


async def set_place(tx: aiosqlite.Connection, chat: ChatId, place: PlaceSlug | None, village: str) -> None:
    """Side effect: the chat's place, or its own name for a village not in the tree."""
    await tx.execute("UPDATE chats SET place = ?, village = ? WHERE chat_id = ?", (place, village, chat))


async def set_readers(tx: aiosqlite.Connection, chat: ChatId, readers: frozenset[Reader]) -> None:
    """Side effect: for whom the guide is opened first."""
    await tx.execute("UPDATE chats SET readers = ? WHERE chat_id = ?", (" ".join(sorted(readers)), chat))


async def set_topics(tx: aiosqlite.Connection, chat: ChatId, topics: frozenset[TopicOfInterest]) -> None:
    """Side effect: what the chat is told of."""
    await tx.execute("UPDATE chats SET topics = ? WHERE chat_id = ?", (" ".join(sorted(topics)), chat))


async def set_name(tx: aiosqlite.Connection, chat: ChatId, name: str) -> None:
    """Side effect: the name under which a coordinator signs replies; kept for coordinators and groups only."""
    await tx.execute("UPDATE chats SET name = ? WHERE chat_id = ?", (name, chat))


async def came_back(tx: aiosqlite.Connection, chat: ChatId, now: datetime) -> bool:
    """Whether this is a person we know. Side effect: they can be reached again; an unknown one stays unknown."""
    known = await tx.execute(
        "UPDATE chats SET reachable = 1, seen_at = ? WHERE chat_id = ? AND kind = 'private'", (epoch(now), chat)
    )
    return known.rowcount == 1


def mark_unreachable(db: sqlite3.Connection, chat: ChatId) -> None:
    """The chat blocked or removed us. Side effect: nothing is sent to it until it speaks again."""
    db.execute("UPDATE chats SET reachable = 0 WHERE chat_id = ?", (chat,))


def reachable(db: sqlite3.Connection, chat: ChatId) -> bool:
    """Whether a letter to this chat may be tried: unknown chats are not."""
    row = db.execute("SELECT reachable FROM chats WHERE chat_id = ?", (chat,)).fetchone()
    return bool(row and row[0])


def move(db: sqlite3.Connection, old: ChatId, new: ChatId) -> None:
    """A group became a supergroup. Side effect: its new id stands everywhere, and the numbers of its old messages,
    which mean other messages there, are forgotten; doing it twice changes nothing."""
    db.execute("DELETE FROM chats WHERE chat_id = ? AND EXISTS (SELECT 1 FROM chats WHERE chat_id = ?)", (new, old))
    for table, column in ROWS_THAT_NAME_A_CHAT:
        db.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (new, old))
    of_any_source = "source_id IN (SELECT id FROM sources) AND chat_id = ?"  # so that the index finds them
    db.execute(f"UPDATE OR IGNORE deliveries SET chat_id = ? WHERE {of_any_source}", (new, old))
    of_chat = "SELECT id FROM questions WHERE chat_id = ?"
    db.execute(f"UPDATE parts SET message_id = 0 WHERE question_id IN ({of_chat})", (new,))
    db.execute("UPDATE contributions SET message_id = 0 WHERE chat_id = ?", (new,))
    db.execute(f"UPDATE deliveries SET message_id = NULL WHERE {of_any_source}", (new,))


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: the chat, its forms, opinions and asks are gone."""
    for table in ("chats", "forms", "opinions", "asks"):
        await tx.execute(f"DELETE FROM {table} WHERE chat_id = ?", (chat,))


async def has_served(db: aiosqlite.Connection, chat: ChatId) -> bool:
    """Whether this chat holds a role or has held one."""
    return bool(list(await db.execute_fetchall("SELECT 1 FROM roles WHERE chat_id = ? LIMIT 1", (chat,))))


async def forget_service(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: roles and invitations stay as they were given, but no longer name this chat."""
    for statement in (
        "UPDATE roles SET chat_id = 0 WHERE chat_id = ?",
        "UPDATE roles SET granted_by = NULL WHERE granted_by = ?",
        "UPDATE roles SET revoked_by = NULL WHERE revoked_by = ?",
        "UPDATE invites SET created_by = 0 WHERE created_by = ?",
        "UPDATE invites SET accepted_by = 0 WHERE accepted_by = ?",
    ):
        await tx.execute(statement, (chat,))


async def people_by_place(db: aiosqlite.Connection) -> list[tuple[PlaceSlug | None, int]]:
    """How many people of each place have started us and can be reached."""
    rows = await db.execute_fetchall(
        "SELECT place, count(*) AS n FROM chats WHERE kind = 'private' AND reachable = 1 GROUP BY place"
    )
    return [(PlaceSlug(row["place"]) if row["place"] else None, row["n"]) for row in rows]


def people_in(path: Path) -> frozenset[ChatId]:
    """Who has started us, read from the file without owning it; nobody when there is no file yet."""
    if not path.exists():
        return frozenset()
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT chat_id FROM chats WHERE kind = 'private'").fetchall()
    return frozenset(ChatId(row[0]) for row in rows)


def _subscriber(row: sqlite3.Row) -> Subscriber:
    return Subscriber(
        chat_id=ChatId(row["chat_id"]),
        language=Language(row["language"]) if row["language"] else None,
        place=PlaceSlug(row["place"]) if row["place"] else None,
        village=row["village"],
        readers=frozenset(Reader(word) for word in row["readers"].split()),
        topics=frozenset(TopicOfInterest(word) for word in row["topics"].split()),
        reachable=bool(row["reachable"]),
        name=row["name"],
    )


def _group(row: sqlite3.Row) -> Group:
    return Group(
        chat_id=ChatId(row["chat_id"]),
        title=row["name"],
        language=Language(row["language"]) if row["language"] else None,
        place=PlaceSlug(row["place"]) if row["place"] else None,
        reachable=bool(row["reachable"]),
    )
