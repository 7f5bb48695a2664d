"""The file: one writer behind one lock, a few readers, ordered migrations, and one process that owns it."""

import asyncio
import contextlib
import fcntl
import os
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, TypeVar

import aiosqlite

from bot.domain.ids import UpdateId

MIGRATIONS = Path(__file__).with_name("migrations")
READERS = 2
CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
Result = TypeVar("Result")


class DatabaseBusy(Exception):
    """Another process owns the file. `owner` is its pid and host as it wrote them."""

    def __init__(self, path: Path, owner: str) -> None:
        super().__init__(f"{path} is in use by {owner or 'another process'}")
        self.owner = owner


class Ownership:
    """Holds `<DATABASE>.lock` by flock for as long as the process may write."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Own the file or raise DatabaseBusy; a lock left by a dead process does not count."""
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            owner = file.read().strip()
            file.close()
            raise DatabaseBusy(self._database, owner) from None
        file.truncate(0)
        file.write(f"pid {os.getpid()} on {socket.gethostname()}")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let another process own the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Database:
    """Writes go through `transaction()` or `write(fn)`, one at a time; reads through `rows()`. `forgetting` are the
    updates that asked to be forgotten: once such an update is done, `checkpoint()` takes the words out of the log."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._next_reader = 0
        self._turn = asyncio.Lock()
        self.forgetting: set[UpdateId] = set()

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Open the file, bring its tables up to date, and keep one writer and a few readers."""
        with contextlib.closing(sqlite3.connect(path)) as trial:
            trial.execute("PRAGMA schema_version")
        writer = await _connect(str(path), uri=False)
        try:
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "busy_timeout = 5000",
                "secure_delete = ON",
                "temp_store = MEMORY",
            ):
                await writer.execute(f"PRAGMA {pragma}")
            await migrate(writer, MIGRATIONS)
            await writer.execute_fetchall(CHECKPOINT)
        except BaseException:
            await writer.close()
            raise
        readers = []
        for _ in range(READERS):
            reader = await _connect(f"file:{path}?mode=ro", uri=True)
            await reader.execute("PRAGMA query_only = ON")
            await reader.execute("PRAGMA busy_timeout = 5000")
            readers.append(reader)
        return cls(path, writer, readers)

    async def close(self) -> None:
        """Close every connection; the writer last, so that it folds the WAL back."""
        for reader in self._readers:
            await reader.close()
        async with self._turn:
            with contextlib.suppress(sqlite3.Error):  # a full disk; it would only have made reading faster
                await self._writer.execute("PRAGMA optimize")
            await self._writer.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """All of the block commits, or none of it. Never await Telegram inside."""
        async with self._turn:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                await self._writer.commit()
            except BaseException:
                await asyncio.shield(self._writer.rollback())
                raise

    async def write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run a whole transaction as one function in the writer's thread: for hot paths."""

        def whole(connection: sqlite3.Connection) -> Result:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return result

        async with self._turn:
            return await asyncio.shield(_in_thread(self._writer, whole))

    async def checkpoint(self) -> bool:
        """Whether the write-ahead log is empty now. Side effect: what it holds goes into the file; while somebody reads
        an older state the log stays, and the answer is no."""
        async with self._turn:
            rows = list(await self._writer.execute_fetchall(CHECKPOINT))
        return not rows[0]["busy"]

    @property
    def read(self) -> aiosqlite.Connection:
        """A read-only connection; readers take turns."""
        self._next_reader = (self._next_reader + 1) % len(self._readers)
        return self._readers[self._next_reader]


async def migrate(db: aiosqlite.Connection, folder: Path) -> None:
    """Run each new file of `folder` in the order of names; a file and its record commit together."""
    await db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT")
    done = {row[0] for row in await db.execute_fetchall("SELECT name FROM migrations")}
    for name, statements in _files(folder):
        if name not in done:
            record = f"INSERT INTO migrations VALUES ('{name}');"
            try:
                await db.executescript(f"BEGIN IMMEDIATE;\n{statements}\n{record}\nCOMMIT;")
            except sqlite3.Error:
                await db.rollback()
                raise


def _files(folder: Path) -> list[tuple[str, str]]:
    return [(file.stem, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.sql"))]


async def _connect(path: str, *, uri: bool) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, uri=uri, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


async def within(tx: aiosqlite.Connection, work: Callable[[sqlite3.Connection], Result]) -> Result:
    """Run a function in the writer's thread, as a part of the transaction that is open."""
    return await _in_thread(tx, work)


async def _in_thread(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], Result]) -> Result:
    result: Result = await connection._execute(work, connection._conn)  # type: ignore[no-untyped-call]  # aiosqlite has no public door
    return result
