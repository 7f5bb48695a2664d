"""Hearings with every revision they have had, and what came of them."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

import aiosqlite

from bot.domain.hearings import Hearing, HearingId, HearingStatus, Outcome, Terms
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.storage import terms as columns
from bot.storage.moments import epoch, moment

Connection = aiosqlite.Connection


async def add(tx: Connection, terms: Terms, author: ChatId, now: datetime, cause: UpdateId) -> HearingId:
    """Side effect: a hearing with its number and first revision. Terms without place, kind or time are not added."""
    if terms.place is None or terms.starts_at is None or terms.kind is None:
        raise ValueError("place, kind and time are needed")
    rows = await tx.execute_fetchall(
        """INSERT INTO hearings (place, kind, topic, starts_at, terms, status, revision, made_by, announced_at, cause)
           VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?) RETURNING id""",
        (
            terms.place,
            terms.kind,
            terms.topic,
            epoch(terms.starts_at),
            columns.written(terms),
            HearingStatus.ANNOUNCED,
            author,
            epoch(now),
            cause,
        ),
    )
    id = HearingId(next(iter(rows))["id"])
    await _add_revision(tx, id, 1, terms, HearingStatus.ANNOUNCED, author, now, cause)
    return id


async def save(tx: Connection, hearing: Hearing, by: ChatId, now: datetime, cause: UpdateId) -> None:
    """Side effect: the hearing stands so, and its new revision is kept beside the old ones."""
    terms = hearing.terms
    await tx.execute(
        """UPDATE hearings SET place = ?, kind = ?, topic = ?, starts_at = ?, terms = ?, status = ?, revision = ?,
                               reason = ? WHERE id = ?""",
        (
            hearing.place,
            terms.kind,
            terms.topic,
            epoch(hearing.starts_at),
            columns.written(terms),
            hearing.status,
            hearing.revision,
            hearing.reason,
            hearing.id,
        ),
    )
    await _add_revision(tx, hearing.id, hearing.revision, terms, hearing.status, by, now, cause)


async def by_id(db: Connection, id: HearingId) -> Hearing | None:
    """The hearing of this number, whatever became of it."""
    rows = await db.execute_fetchall("SELECT * FROM hearings WHERE id = ?", (id,))
    return next((_hearing(row) for row in rows), None)


async def of_cause(db: Connection, cause: UpdateId) -> Hearing | None:
    """The hearing that this very update has announced or changed, if a crash repeats it."""
    rows = await db.execute_fetchall(
        """SELECT hearings.* FROM hearing_revisions JOIN hearings ON hearings.id = hearing_revisions.hearing_id
           WHERE hearing_revisions.cause = ?""",
        (cause,),
    )
    return next((_hearing(row) for row in rows), None)


async def terms_at(db: Connection, id: HearingId, revision: int) -> Terms | None:
    """What the hearing said of itself at an earlier revision."""
    rows = await db.execute_fetchall(
        "SELECT terms FROM hearing_revisions WHERE hearing_id = ? AND revision = ?", (id, revision)
    )
    return next((columns.read(row["terms"]) for row in rows), None)


async def between(
    db: Connection, places: Sequence[PlaceSlug] | None, since: datetime, until: datetime, limit: int, *, newest: bool
) -> list[Hearing]:
    """Hearings that start within this time in these places (None: anywhere); the newest or the earliest first."""
    where = "" if places is None else f"AND place IN ({', '.join('?' * len(places))})"
    rows = await db.execute_fetchall(
        f"""SELECT * FROM hearings WHERE starts_at >= ? AND starts_at < ? {where}
            ORDER BY starts_at {"DESC" if newest else "ASC"}, id LIMIT ?""",
        (epoch(since), epoch(until), *(places or ()), limit),
    )
    return [_hearing(row) for row in rows]


async def newest(db: Connection, limit: int) -> list[Hearing]:
    """The newest hearings of all, for a search by words."""
    rows = await db.execute_fetchall("SELECT * FROM hearings ORDER BY starts_at DESC LIMIT ?", (limit,))
    return [_hearing(row) for row in rows]


async def announced_since(db: Connection, places: Sequence[PlaceSlug], since: datetime) -> int:
    """How many hearings were announced in these places since then."""
    rows = await db.execute_fetchall(
        f"""SELECT count(*) AS n FROM hearings WHERE announced_at >= ?
            AND place IN ({", ".join("?" * len(places))})""",
        (epoch(since), *places),
    )
    return int(next(iter(rows))["n"])


async def last_announced(db: Connection, places: Sequence[PlaceSlug]) -> Hearing | None:
    """The hearing announced last in these places."""
    rows = await db.execute_fetchall(
        f"""SELECT * FROM hearings WHERE place IN ({", ".join("?" * len(places))})
            ORDER BY announced_at DESC, id DESC LIMIT 1""",
        tuple(places),
    )
    return next((_hearing(row) for row in rows), None)


async def keep_outcome(tx: Connection, id: HearingId, outcome: Outcome, by: ChatId, now: datetime) -> None:
    """Side effect: this is what came of the hearing; an earlier word on it is replaced."""
    file = json.dumps(columns.material_row(outcome.file), ensure_ascii=False) if outcome.file else ""
    await tx.execute(
        """INSERT INTO hearing_outcomes (hearing_id, proposed, taken, rest, minutes, file, present, women, made_by, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (hearing_id) DO UPDATE SET proposed = excluded.proposed, taken = excluded.taken,
             rest = excluded.rest, minutes = excluded.minutes, file = excluded.file, present = excluded.present,
             women = excluded.women, made_by = excluded.made_by, at = excluded.at""",
        (
            id,
            outcome.proposed,
            outcome.taken,
            outcome.rest,
            outcome.minutes,
            file,
            outcome.present,
            outcome.women,
            by,
            epoch(now),
        ),
    )


async def outcome(db: Connection, id: HearingId) -> Outcome | None:
    """What came of the hearing, if that is known."""
    rows = await db.execute_fetchall("SELECT * FROM hearing_outcomes WHERE hearing_id = ?", (id,))
    return next((_outcome(row) for row in rows), None)


async def _add_revision(
    tx: Connection,
    id: HearingId,
    revision: int,
    terms: Terms,
    status: HearingStatus,
    by: ChatId,
    now: datetime,
    cause: UpdateId,
) -> None:
    await tx.execute(
        """INSERT INTO hearing_revisions (hearing_id, revision, terms, status, made_by, at, cause)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (id, revision, columns.written(terms), status, by, epoch(now), cause),
    )


def _hearing(row: sqlite3.Row) -> Hearing:
    return Hearing(
        id=HearingId(row["id"]),
        place=PlaceSlug(row["place"]),
        starts_at=moment(row["starts_at"]),
        terms=columns.read(row["terms"]),
        made_by=ChatId(row["made_by"]),
        announced_at=moment(row["announced_at"]),
        status=HearingStatus(row["status"]),
        revision=row["revision"],
        reason=row["reason"],
    )


def _outcome(row: sqlite3.Row) -> Outcome:
    return Outcome(
        proposed=row["proposed"],
        taken=row["taken"],
        rest=row["rest"],
        minutes=row["minutes"],
        file=columns.material(json.loads(row["file"])) if row["file"] else None,
        present=row["present"],
        women=row["women"],
    )
