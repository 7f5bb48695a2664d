"""Elections and the states of their plans: each change is a new revision, so that it can be said what was and is."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import aiosqlite

from bot.domain.elections import (
    Deadline,
    Election,
    ElectionKind,
    ElectionStatus,
    Kenesh,
    PastElection,
    Seen,
    Whom,
    in_order,
)
from bot.domain.guide import Citation
from bot.domain.ids import ChatId, ElectionId, Language, PlaceSlug, Slug, UpdateId
from bot.storage.moments import epoch


async def add(tx: aiosqlite.Connection, election: Election, now: datetime, cause: UpdateId) -> ElectionId:
    """Its number. Side effect: the election is written without a plan; the same update writes it once."""
    await tx.execute(
        """INSERT INTO elections (kenesh, kind, voting_day, act, status, created_by, created_at, cause)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO NOTHING""",
        (
            election.kenesh,
            election.kind,
            election.voting_day.isoformat(),
            election.act,
            election.status,
            election.created_by,
            epoch(now),
            cause,
        ),
    )
    [row] = list(await tx.execute_fetchall("SELECT id FROM elections WHERE cause = ?", (cause,)))
    return ElectionId(row["id"])


async def add_place(tx: aiosqlite.Connection, id: ElectionId, place: PlaceSlug) -> None:
    """Side effect: the election is held in this place too."""
    await tx.execute("INSERT INTO election_places VALUES (?, ?) ON CONFLICT DO NOTHING", (id, place))


async def remove_place(tx: aiosqlite.Connection, id: ElectionId, place: PlaceSlug) -> None:
    """Side effect: the election is not held in this place."""
    await tx.execute("DELETE FROM election_places WHERE election_id = ? AND place = ?", (id, place))


async def save(tx: aiosqlite.Connection, election: Election) -> None:
    """Side effect: status, voting day, act and the name of the plan stand as given; the plan itself is `write_plan`."""
    await tx.execute(
        "UPDATE elections SET status = ?, voting_day = ?, act = ?, plan_name = ? WHERE id = ?",
        (election.status, election.voting_day.isoformat(), election.act, election.plan_name, election.id),
    )


async def write_plan(
    tx: aiosqlite.Connection, id: ElectionId, deadlines: Iterable[Deadline], now: datetime, cause: UpdateId
) -> int | None:
    """The new revision, or None when this update has written one already. Side effect: the plan stands as given."""
    written = await tx.execute(
        """INSERT INTO plans (election_id, revision, at, cause)
           SELECT id, revision + 1, ?, ? FROM elections WHERE id = ? ON CONFLICT (cause) DO NOTHING""",
        (epoch(now), cause, id),
    )
    if written.rowcount != 1:
        return None
    await tx.execute("UPDATE elections SET revision = revision + 1 WHERE id = ?", (id,))
    [row] = list(await tx.execute_fetchall("SELECT revision FROM elections WHERE id = ?", (id,)))
    revision = int(row["revision"])
    await tx.executemany(
        "INSERT INTO deadlines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(id, revision, one) for one in deadlines],
    )
    return revision


async def by_id(db: aiosqlite.Connection, id: ElectionId) -> Election | None:
    """One election with its plan as it stands."""
    found = await _elections(db, "SELECT * FROM elections WHERE id = ?", (id,))
    return found[0] if found else None


async def of_cause(db: aiosqlite.Connection, cause: UpdateId) -> ElectionId | None:
    """The election that this update has written, if it did."""
    rows = await db.execute_fetchall("SELECT id FROM elections WHERE cause = ?", (cause,))
    return next((ElectionId(row["id"]) for row in rows), None)


async def all_of(db: aiosqlite.Connection, *statuses: ElectionStatus) -> list[Election]:
    """Every election in one of these statuses, by voting day."""
    marks = ", ".join("?" * len(statuses))
    return await _elections(
        db, f"SELECT * FROM elections WHERE status IN ({marks}) ORDER BY voting_day, id", tuple(statuses)
    )


async def plan(db: aiosqlite.Connection, id: ElectionId, revision: int) -> tuple[Deadline, ...]:
    """The deadlines as they stood at this revision."""
    rows = await db.execute_fetchall("SELECT * FROM deadlines WHERE election_id = ? AND revision = ?", (id, revision))
    return in_order(_deadline(row) for row in rows)


async def to_remind(db: aiosqlite.Connection) -> list[Election]:
    """Called elections whose reminders are not yet owed to everybody by the plan as it stands."""
    return await _elections(
        db, "SELECT * FROM elections WHERE status = ? AND reminded < revision ORDER BY id", (ElectionStatus.CALLED,)
    )


async def reminded(tx: aiosqlite.Connection, id: ElectionId, revision: int) -> None:
    """Side effect: the reminders of this revision are owed to everybody who stands in the election."""
    await tx.execute("UPDATE elections SET reminded = max(reminded, ?) WHERE id = ?", (revision, id))


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: an election no longer names who wrote it."""
    await tx.execute("UPDATE elections SET created_by = 0 WHERE created_by = ?", (chat,))


async def _elections(db: aiosqlite.Connection, statement: str, values: Sequence[object]) -> list[Election]:
    found = []
    for row in await db.execute_fetchall(statement, tuple(values)):
        id = ElectionId(row["id"])
        places = await db.execute_fetchall("SELECT place FROM election_places WHERE election_id = ?", (id,))
        found.append(
            Election(
                id=id,
                places=frozenset(PlaceSlug(one["place"]) for one in places),
                kenesh=Kenesh(row["kenesh"]),
                kind=ElectionKind(row["kind"]),
                voting_day=date.fromisoformat(row["voting_day"]),
                act=row["act"],
                status=ElectionStatus(row["status"]),
                deadlines=await plan(db, id, row["revision"]),
                created_by=ChatId(row["created_by"]),
                revision=row["revision"],
                plan_name=row["plan_name"],
            )
        )
    return found


def _row(id: ElectionId, revision: int, one: Deadline) -> tuple[object, ...]:
    return (
        id,
        revision,
        one.key,
        one.title[Language.KY],
        one.title[Language.RU],
        one.day.isoformat(),
        one.hour,
        " ".join(sorted(one.whom)),
        one.end,
        one.article or "",
        one.basis,
        "" if one.by is None else _written(one.by),
    )


def _deadline(row: sqlite3.Row) -> Deadline:
    return Deadline(
        key=row["key"],
        title={Language.KY: row["title_ky"], Language.RU: row["title_ru"]},
        day=date.fromisoformat(row["day"]),
        hour=row["hour"],
        whom=frozenset(Whom(word) for word in row["whom"].split()),
        end=bool(row["ends"]),
        article=Slug(row["article"]) if row["article"] else None,
        by=_seen(row["calendar"]) if row["calendar"] else None,
        basis=row["basis"],
    )


def _written(seen: Seen) -> str:
    past, cited = seen.election, seen.citation
    return json.dumps(
        {
            "election": [past.key, past.voting_day.isoformat(), dict(past.name)],
            "citation": [
                cited.name,
                dict(cited.act),
                cited.article,
                dict(cited.edition),
                cited.link,
                cited.seen.isoformat() if cited.seen else "",
            ],
            "row": [seen.days, seen.hour, seen.confidence, seen.line],
        },
        ensure_ascii=False,
    )


def _seen(written: str) -> Seen:
    kept = json.loads(written)
    key, voting_day, name = kept["election"]
    cited, act, article, edition, link, when = kept["citation"]
    days, hour, confidence, line = kept["row"]
    return Seen(
        PastElection(key, date.fromisoformat(voting_day), _both(name)),
        days,
        hour,
        Citation(cited, _both(act), article, _both(edition), link, date.fromisoformat(when) if when else None),
        confidence,
        line,
    )


def _both(words: dict[str, str]) -> dict[Language, str]:
    return {Language(language): said for language, said in words.items()}
