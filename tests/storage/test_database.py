"""One writer, one lock, and a way out for everyone who is cancelled; one process owns the file."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.chats import ChatKind
from bot.domain.ids import ChatId
from bot.storage import chats
from bot.storage.database import Database, DatabaseBusy, Ownership, migrate
from tests.fakes import NOON


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "bot.sqlite3")
    yield opened
    await opened.close()


async def people(db: Database) -> int:
    return sum(n for _place, n in await chats.people_by_place(db.read))


async def test_all_of_a_transaction_commits_or_none_of_it(db: Database) -> None:
    with pytest.raises(KeyError):
        async with db.transaction() as tx:
            await chats.started(tx, ChatId(1), ChatKind.PRIVATE, NOON)
            raise KeyError

    assert await people(db) == 0


async def test_the_writer_survives_three_hundred_cancelled_transactions(db: Database) -> None:
    chance = random.Random(7)

    async def write(number: int) -> None:
        async with db.transaction() as tx:
            await chats.started(tx, ChatId(number), ChatKind.PRIVATE, NOON)
            await chats.set_name(tx, ChatId(number), "whole")

    for number in range(1, 301):
        task = asyncio.ensure_future(write(number))
        for _ in range(chance.randrange(8)):
            await asyncio.sleep(chance.choice((0, 0, 0.0005)))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await write(301)

    assert (await chats.subscriber(db.read, ChatId(301))) is not None
    names = {row[0] for row in await db.read.execute_fetchall("SELECT name FROM chats")}
    assert names == {"whole"}


async def test_a_write_in_the_writers_thread_commits_or_rolls_back(db: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO chats (chat_id, kind, started_at, seen_at) VALUES (1, 'private', 0, 0)")
        raise ValueError

    with pytest.raises(ValueError):
        await db.write(half)
    assert await people(db) == 0

    await db.write(lambda connection: chats.move(connection, ChatId(1), ChatId(2)))
    assert await people(db) == 0


async def test_readers_cannot_write(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await db.read.execute("DELETE FROM chats")


async def test_a_power_cut_forgets_nothing_that_was_committed(db: Database) -> None:
    async with db.transaction() as tx:
        await chats.started(tx, ChatId(5), ChatKind.PRIVATE, NOON)
        settings = {
            name: next(iter(await tx.execute_fetchall(f"PRAGMA {name}")))[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_a_broken_migration_leaves_no_trace_and_the_next_start_tries_again(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "9001_broken.sql").write_text(
        "CREATE TABLE half (a INTEGER) STRICT; CREATE TABLE half (a INTEGER) STRICT;"
    )
    async with db.transaction() as tx:
        writer = tx

    with pytest.raises(sqlite3.OperationalError):
        await migrate(writer, folder)
    (folder / "9001_broken.sql").write_text("CREATE TABLE half (a INTEGER) STRICT;")
    await migrate(writer, folder)
    await migrate(writer, folder)

    tables = {row[0] for row in await db.read.execute_fetchall("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "half" in tables


def test_one_process_owns_the_file(tmp_path: Path) -> None:
    first, second = Ownership(tmp_path / "bot.sqlite3"), Ownership(tmp_path / "bot.sqlite3")
    first.take()

    with pytest.raises(DatabaseBusy, match="pid"):
        second.take()

    first.release()
    second.take()
    second.release()


async def test_a_group_that_moves_has_its_new_number_everywhere(db: Database) -> None:
    old, new = ChatId(-5), ChatId(-1005)
    async with db.transaction() as tx:
        await chats.started(tx, old, ChatKind.GROUP, NOON)
        await chats.set_name(tx, old, "Топ")
        await chats.started(tx, new, ChatKind.GROUP, NOON)

    for _twice in range(2):
        await db.write(lambda connection: chats.move(connection, old, new))

    assert await chats.group(db.read, old) is None
    moved = await chats.group(db.read, new)
    assert moved is not None and moved.title == "Топ"
