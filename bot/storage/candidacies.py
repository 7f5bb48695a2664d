"""Candidacies, who sees their plans, what was said of each step, and coordinators' letters to candidates."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from bot.domain.candidacy import Candidacy, Companion, Outcome, Remark, Way
from bot.domain.ids import CandidacyId, ChatId, ElectionId, PlaceSlug, UpdateId
from bot.storage.moments import epoch, perhaps


@dataclass(frozen=True, slots=True)
class CandidateLetter:
    """What a coordinator wrote to those who stand at a step in a branch of places."""

    id: int
    author: ChatId
    signed: str
    place: PlaceSlug
    step: str
    text: str


async def begin(
    tx: aiosqlite.Connection, chat: ChatId, place: PlaceSlug, way: Way, election: ElectionId | None, now: datetime
) -> CandidacyId:
    """Its number. Side effect: this chat stands here in this way; what it said of steps before stays."""
    await tx.execute(
        """INSERT INTO candidacies (chat_id, place, way, election_id, began_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (chat_id) DO UPDATE
           SET place = excluded.place, way = excluded.way, election_id = excluded.election_id, outcome = ''""",
        (chat, place, way, election, epoch(now)),
    )
    [row] = list(await tx.execute_fetchall("SELECT id FROM candidacies WHERE chat_id = ?", (chat,)))
    id = CandidacyId(row["id"])
    await add_companion(tx, id, chat)
    return id


async def by_id(db: aiosqlite.Connection, id: CandidacyId) -> Candidacy | None:
    """One candidacy with all that was said of its steps."""
    found = await _candidacies(db, "SELECT * FROM candidacies WHERE id = ?", (id,))
    return found[0] if found else None


async def of_chat(db: aiosqlite.Connection, chat: ChatId) -> Candidacy | None:
    """The candidacy of this person, if they stand."""
    found = await _candidacies(db, "SELECT * FROM candidacies WHERE chat_id = ?", (chat,))
    return found[0] if found else None


async def seen_by(db: aiosqlite.Connection, chat: ChatId) -> list[tuple[Candidacy, Companion]]:
    """The candidacies whose plan this chat sees, its own first."""
    rows = await db.execute_fetchall(
        """SELECT companions.* FROM companions JOIN candidacies ON candidacies.id = companions.candidacy_id
           WHERE companions.chat_id = ? ORDER BY candidacies.chat_id <> companions.chat_id, candidacies.id""",
        (chat,),
    )
    found = []
    for row in rows:
        candidacy = await by_id(db, CandidacyId(row["candidacy_id"]))
        if candidacy is not None:
            found.append((candidacy, _companion(row)))
    return found


async def all_of(db: aiosqlite.Connection) -> list[Candidacy]:
    """Every candidacy."""
    return await _candidacies(db, "SELECT * FROM candidacies ORDER BY id", ())


async def companions(db: aiosqlite.Connection, id: CandidacyId) -> list[Companion]:
    """Everybody who sees this plan, the candidate among them."""
    rows = await db.execute_fetchall("SELECT * FROM companions WHERE candidacy_id = ? ORDER BY chat_id", (id,))
    return [_companion(row) for row in rows]


async def add_companion(tx: aiosqlite.Connection, id: CandidacyId, chat: ChatId) -> None:
    """Side effect: this chat sees the plan and is reminded."""
    await tx.execute("INSERT INTO companions (candidacy_id, chat_id) VALUES (?, ?) ON CONFLICT DO NOTHING", (id, chat))


async def remove_companion(tx: aiosqlite.Connection, id: CandidacyId, chat: ChatId) -> None:
    """Side effect: this chat, unless it is the candidate, no longer sees the plan."""
    await tx.execute(
        """DELETE FROM companions WHERE candidacy_id = :id AND chat_id = :chat
             AND NOT EXISTS (SELECT 1 FROM candidacies WHERE id = :id AND chat_id = :chat)""",
        {"id": id, "chat": chat},
    )


async def dismiss(tx: aiosqlite.Connection, id: CandidacyId) -> None:
    """Side effect: the candidate alone sees the plan, and the link leads nowhere."""
    await tx.execute(
        """DELETE FROM companions WHERE candidacy_id = :id
             AND chat_id <> (SELECT chat_id FROM candidacies WHERE id = :id)""",
        {"id": id},
    )
    await tx.execute("UPDATE candidacies SET link_hash = NULL WHERE id = ?", (id,))


async def mute(tx: aiosqlite.Connection, id: CandidacyId, chat: ChatId, muted: bool) -> None:
    """Side effect: this chat is reminded of the plan, or not."""
    await tx.execute("UPDATE companions SET muted = ? WHERE candidacy_id = ? AND chat_id = ?", (int(muted), id, chat))


async def saw(tx: aiosqlite.Connection, id: CandidacyId, chat: ChatId, revision: int) -> None:
    """Side effect: the chat was shown the plan of this revision."""
    await tx.execute("UPDATE companions SET seen = ? WHERE candidacy_id = ? AND chat_id = ?", (revision, id, chat))


async def mark(tx: aiosqlite.Connection, id: CandidacyId, step: str, done_at: datetime | None) -> None:
    """Side effect: the step is told to be done since then, or not done."""
    await tx.execute(
        """INSERT INTO steps_done (candidacy_id, step, done_at) VALUES (?, ?, ?)
           ON CONFLICT (candidacy_id, step) DO UPDATE SET done_at = excluded.done_at""",
        (id, step, None if done_at is None else epoch(done_at)),
    )


async def note(tx: aiosqlite.Connection, id: CandidacyId, step: str, words: str) -> None:
    """Side effect: these words are the person's note to the step."""
    await tx.execute(
        """INSERT INTO steps_done (candidacy_id, step, note) VALUES (?, ?, ?)
           ON CONFLICT (candidacy_id, step) DO UPDATE SET note = excluded.note""",
        (id, step, words),
    )


async def save(tx: aiosqlite.Connection, candidacy: Candidacy) -> None:
    """Side effect: election, outcome, and what the person wants known stand as given."""
    await tx.execute(
        "UPDATE candidacies SET election_id = ?, outcome = ?, woman = ?, name = ? WHERE id = ?",
        (candidacy.election_id, candidacy.outcome, int(candidacy.woman), candidacy.name, candidacy.id),
    )


async def set_link(tx: aiosqlite.Connection, id: CandidacyId, link_hash: str) -> None:
    """Side effect: only this link invites to the plan; only its hash is kept."""
    await tx.execute("UPDATE candidacies SET link_hash = ? WHERE id = ?", (link_hash, id))


async def of_link(db: aiosqlite.Connection, link_hash: str) -> Candidacy | None:
    """The candidacy that a link invites to."""
    found = await _candidacies(db, "SELECT * FROM candidacies WHERE link_hash = ?", (link_hash,))
    return found[0] if found else None


async def without_election(db: aiosqlite.Connection) -> list[Candidacy]:
    """Candidacies that stand in no election, or in one that was cancelled."""
    return await _candidacies(
        db,
        """SELECT * FROM candidacies
           WHERE election_id IS NULL OR election_id IN (SELECT id FROM elections WHERE status = 'cancelled')
           ORDER BY id""",
        (),
    )


async def join(tx: aiosqlite.Connection, ids: Iterable[CandidacyId], election: ElectionId) -> None:
    """Side effect: these candidacies stand in this election."""
    await tx.executemany("UPDATE candidacies SET election_id = ? WHERE id = ?", [(election, id) for id in ids])


async def chats_of(db: aiosqlite.Connection, election: ElectionId, way: Way | None = None) -> list[ChatId]:
    """Everybody who sees a plan in this election, of this way only if one is given."""
    rows = await db.execute_fetchall(
        """SELECT DISTINCT companions.chat_id FROM companions
           JOIN candidacies ON candidacies.id = companions.candidacy_id
           WHERE candidacies.election_id = :election AND (:way IS NULL OR candidacies.way = :way)
           ORDER BY companions.chat_id""",
        {"election": election, "way": way},
    )
    return [ChatId(row["chat_id"]) for row in rows]


async def shown(db: aiosqlite.Connection, election: ElectionId) -> list[ChatId]:
    """The chats that were shown dates of this election in their plan."""
    rows = await db.execute_fetchall(
        """SELECT DISTINCT companions.chat_id FROM companions
           JOIN candidacies ON candidacies.id = companions.candidacy_id
           WHERE candidacies.election_id = ? AND companions.seen > 0""",
        (election,),
    )
    return [ChatId(row["chat_id"]) for row in rows]


async def add_letter(tx: aiosqlite.Connection, letter: CandidateLetter, now: datetime, cause: UpdateId) -> int:
    """Its number. Side effect: the letter is kept; the same update keeps it once."""
    await tx.execute(
        """INSERT INTO candidate_letters (author, signed, place, step, text, at, cause) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (cause) DO NOTHING""",
        (letter.author, letter.signed, letter.place, letter.step, letter.text, epoch(now), cause),
    )
    [row] = list(await tx.execute_fetchall("SELECT id FROM candidate_letters WHERE cause = ?", (cause,)))
    return int(row["id"])


async def letter(db: aiosqlite.Connection, id: int) -> CandidateLetter | None:
    """One letter to candidates by its number."""
    rows = await db.execute_fetchall("SELECT * FROM candidate_letters WHERE id = ?", (id,))
    return next((_letter(row) for row in rows), None)


async def stop(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: this person's candidacy, its notes and everybody's sight of it are gone."""
    own = "(SELECT id FROM candidacies WHERE chat_id = :chat)"
    for statement in (
        f"DELETE FROM steps_done WHERE candidacy_id IN {own}",
        f"DELETE FROM companions WHERE candidacy_id IN {own}",
        "DELETE FROM candidacies WHERE chat_id = :chat",
    ):
        await tx.execute(statement, {"chat": chat})


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: `stop`, and this person sees no other plan; the letters they wrote as a coordinator are empty."""
    await stop(tx, chat)
    for statement in (
        "DELETE FROM companions WHERE chat_id = :chat",
        "UPDATE candidate_letters SET author = 0, signed = '', text = '' WHERE author = :chat",
    ):
        await tx.execute(statement, {"chat": chat})


async def _candidacies(db: aiosqlite.Connection, statement: str, values: tuple[object, ...]) -> list[Candidacy]:
    rows = list(await db.execute_fetchall(statement, values))
    remarks: dict[int, dict[str, Remark]] = {}
    if len(rows) == 1:
        said = await db.execute_fetchall("SELECT * FROM steps_done WHERE candidacy_id = ?", (rows[0]["id"],))
    else:
        said = await db.execute_fetchall("SELECT * FROM steps_done") if rows else ()
    for row in said:
        remarks.setdefault(row["candidacy_id"], {})[row["step"]] = Remark(perhaps(row["done_at"]), row["note"])
    return [_candidacy(row, remarks.get(row["id"], {})) for row in rows]


def _candidacy(row: sqlite3.Row, remarks: dict[str, Remark]) -> Candidacy:
    return Candidacy(
        id=CandidacyId(row["id"]),
        chat_id=ChatId(row["chat_id"]),
        place=PlaceSlug(row["place"]),
        way=Way(row["way"]),
        election_id=None if row["election_id"] is None else ElectionId(row["election_id"]),
        outcome=Outcome(row["outcome"]),
        woman=bool(row["woman"]),
        name=row["name"],
        remarks=remarks,
    )


def _companion(row: sqlite3.Row) -> Companion:
    return Companion(CandidacyId(row["candidacy_id"]), ChatId(row["chat_id"]), bool(row["muted"]), row["seen"])


def _letter(row: sqlite3.Row) -> CandidateLetter:
    return CandidateLetter(
        row["id"], ChatId(row["author"]), row["signed"], PlaceSlug(row["place"]), row["step"], row["text"]
    )
