"""The file remembers where it lives: a copy that wakes up elsewhere sends no campaign until a person confirms."""

import hashlib
import sqlite3
from datetime import datetime
from pathlib import Path

import aiosqlite

from bot.storage.moments import epoch

MACHINE = Path("/etc/machine-id")


def mark_of(database: Path) -> str:
    """What tells this machine and this very file from a copy: a restored file is another, even in the same place."""
    machine = MACHINE.read_text().strip() if MACHINE.is_file() else ""
    where = database.resolve()
    return hashlib.sha256(f"{machine} {where} {where.stat().st_ino}".encode()).hexdigest()[:32]


def arrive(db: sqlite3.Connection, mark: str, now: datetime) -> bool:
    """Whether the file is at home. Side effect: a file that has no home yet finds it here; one that comes from
    elsewhere is not at home until `confirm`."""
    row = db.execute("SELECT mark, confirmed FROM home WHERE id = 1").fetchone()
    if row is None:
        db.execute("INSERT INTO home (id, mark, confirmed, since) VALUES (1, ?, 1, ?)", (mark, epoch(now)))
        return True
    if row["mark"] != mark:
        db.execute("UPDATE home SET mark = ?, confirmed = 0, since = ? WHERE id = 1", (mark, epoch(now)))
        return False
    return bool(row["confirmed"])


async def confirmed(db: aiosqlite.Connection) -> bool:
    """Whether campaigns may leave from here."""
    rows = await db.execute_fetchall("SELECT confirmed FROM home WHERE id = 1")
    return all(row["confirmed"] for row in rows)


async def confirm(tx: aiosqlite.Connection) -> bool:
    """Whether this was news. Side effect: the file is at home here."""
    done = await tx.execute("UPDATE home SET confirmed = 1 WHERE id = 1 AND confirmed = 0")
    return done.rowcount == 1
