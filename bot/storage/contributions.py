"""Questions and proposals to hearings, who supports them, and what became of each."""

import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.contributions import Contribution, ContributionId, ContributionKind, ContributionStatus
from bot.domain.hearings import HearingId
from bot.domain.ids import ChatId, Language, MessageId, UpdateId
from bot.storage.moments import epoch, moment

_WITH_SUPPORTS = """SELECT contributions.*, (SELECT count(DISTINCT person) FROM supports
                    WHERE stands = 1 AND contribution IN (SELECT id FROM contributions AS alike
                      WHERE alike.id = contributions.id OR alike.merged_into = contributions.id)) AS supported
                    FROM contributions"""


async def add(tx: aiosqlite.Connection, one: Contribution, cause: UpdateId) -> tuple[ContributionId, bool]:
    """The number of this contribution and whether it is new. Side effect: it is kept; the same update adds one."""
    cursor = await tx.execute(
        """INSERT INTO contributions (hearing_id, chat_id, asker, language, kind, text, message_id, at, cause)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO NOTHING""",
        (
            one.hearing,
            one.chat_id,
            one.asker,
            one.language,
            one.kind,
            one.text,
            one.message_id,
            epoch(one.at),
            cause,
        ),
    )
    rows = await tx.execute_fetchall("SELECT id FROM contributions WHERE cause = ?", (cause,))
    return ContributionId(next(iter(rows))["id"]), cursor.rowcount == 1


async def save(tx: aiosqlite.Connection, one: Contribution) -> None:
    """Side effect: the contribution stands so."""
    await tx.execute(
        "UPDATE contributions SET status = ?, merged_into = ?, reason = ? WHERE id = ?",
        (one.status, one.merged_into, one.reason, one.id),
    )


async def answer(tx: aiosqlite.Connection, id: ContributionId, words: str, signed: str, by: ChatId) -> None:
    """Side effect: this is the answer now."""
    await tx.execute(
        "UPDATE contributions SET answer = ?, signed = ?, answered_by = ? WHERE id = ?", (words, signed, by, id)
    )


async def by_id(db: aiosqlite.Connection, id: ContributionId) -> Contribution | None:
    """One contribution."""
    rows = await db.execute_fetchall(f"{_WITH_SUPPORTS} WHERE id = ?", (id,))
    return next((_contribution(row) for row in rows), None)


async def of_hearing(db: aiosqlite.Connection, hearing: HearingId, *statuses: ContributionStatus) -> list[Contribution]:
    """The contributions of a hearing in these states, most supported first, then the oldest."""
    rows = await db.execute_fetchall(
        f"""{_WITH_SUPPORTS} WHERE hearing_id = ? AND status IN ({", ".join("?" * len(statuses))})
            ORDER BY supported DESC, id""",
        (hearing, *statuses),
    )
    return [_contribution(row) for row in rows]


async def merged_into(db: aiosqlite.Connection, id: ContributionId) -> list[Contribution]:
    """The contributions that were merged into this one."""
    rows = await db.execute_fetchall(f"{_WITH_SUPPORTS} WHERE merged_into = ? ORDER BY id", (id,))
    return [_contribution(row) for row in rows]


async def waiting(db: aiosqlite.Connection, limit: int) -> list[Contribution]:
    """What no moderator has looked at yet, the oldest first."""
    rows = await db.execute_fetchall(f"{_WITH_SUPPORTS} WHERE status = 'waiting' ORDER BY id LIMIT ?", (limit,))
    return [_contribution(row) for row in rows]


async def said_since(db: aiosqlite.Connection, asker: ChatId, since: datetime) -> int:
    """How much this person has said since then."""
    rows = await db.execute_fetchall(
        "SELECT count(*) AS n FROM contributions WHERE asker = ? AND at >= ?", (asker, epoch(since))
    )
    return int(next(iter(rows))["n"])


async def support(tx: aiosqlite.Connection, id: ContributionId, person: ChatId, cause: UpdateId) -> bool:
    """Whether this person supports it now. Side effect: support is given, or taken back when it was given; the same
    update turns it once."""
    await tx.execute(
        """INSERT INTO supports (contribution, person, cause) VALUES (?, ?, ?)
           ON CONFLICT (contribution, person) DO UPDATE SET stands = 1 - stands, cause = excluded.cause
             WHERE cause <> excluded.cause""",
        (id, person, cause),
    )
    rows = await tx.execute_fetchall("SELECT stands FROM supports WHERE contribution = ? AND person = ?", (id, person))
    return bool(next(iter(rows))["stands"])


async def counts(db: aiosqlite.Connection, hearing: HearingId) -> dict[ContributionStatus, int]:
    """How many contributions of a hearing stand in each state."""
    rows = await db.execute_fetchall(
        "SELECT status, count(*) AS n FROM contributions WHERE hearing_id = ? GROUP BY status", (hearing,)
    )
    return {ContributionStatus(row["status"]): row["n"] for row in rows}


def _contribution(row: sqlite3.Row) -> Contribution:
    return Contribution(
        id=ContributionId(row["id"]),
        hearing=HearingId(row["hearing_id"]),
        chat_id=ChatId(row["chat_id"]),
        asker=ChatId(row["asker"]),
        language=Language(row["language"]),
        kind=ContributionKind(row["kind"]),
        text=row["text"],
        message_id=MessageId(row["message_id"]),
        at=moment(row["at"]),
        status=ContributionStatus(row["status"]),
        merged_into=None if row["merged_into"] is None else ContributionId(row["merged_into"]),
        reason=row["reason"],
        answer=row["answer"],
        signed=row["signed"],
        supports=row["supported"],
    )
