"""Entries of "Questions and answers", and the questions from which people see what the guide lacks."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite

from bot.domain.faq import Entry, EntryStatus, Field
from bot.domain.guide import Kind
from bot.domain.ids import ChatId, EntryId, Language, PlaceSlug, QuestionId, UpdateId
from bot.storage.moments import epoch, moment

KEPT = timedelta(days=30)

_ERASED = "question_ky = '', answer_ky = '', question_ru = '', answer_ru = '', citation = ''"


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What a Question began with; `text` is empty when it was erased or never had words (`has_file`)."""

    question: QuestionId
    place: PlaceSlug | None
    language: Language
    text: str
    has_file: bool


async def add(tx: aiosqlite.Connection, entry: Entry, now: datetime) -> EntryId:
    """The number of the entry that is made of this reply. Side effect: it is stored unless one stands already."""
    await tx.execute(
        """INSERT INTO faq (reply_id, place, language, question_ky, answer_ky, question_ru, answer_ru, everywhere,
                            status, author, signed, answered_at, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        (
            entry.reply_id,
            entry.place,
            entry.language,
            *(entry.words[field] for field in Field),
            entry.everywhere,
            entry.status,
            entry.author,
            entry.signed,
            epoch(entry.answered_at),
            epoch(now),
        ),
    )
    statement = f"SELECT id FROM faq WHERE reply_id = ? AND status <> '{EntryStatus.WITHDRAWN}'"
    rows = list(await tx.execute_fetchall(statement, (entry.reply_id,)))
    return EntryId(rows[0]["id"])


async def save(tx: aiosqlite.Connection, entry: Entry, now: datetime) -> None:
    """Side effect: the entry's words, basis, state and approval."""
    await tx.execute(
        """UPDATE faq SET question_ky = ?, answer_ky = ?, question_ru = ?, answer_ru = ?, basis = ?, citation = ?,
                          everywhere = ?, status = ?, approved_by = ?, approved_hash = ?, changed_at = ?
           WHERE id = ?""",
        (
            *(entry.words[field] for field in Field),
            entry.basis,
            entry.citation,
            entry.everywhere,
            entry.status,
            entry.approved_by,
            entry.approved_hash,
            epoch(now),
            entry.id,
        ),
    )


async def by_id(db: aiosqlite.Connection, id: EntryId) -> Entry | None:
    """One entry, or None."""
    rows = await db.execute_fetchall("SELECT * FROM faq WHERE id = ?", (id,))
    return next((_entry(row) for row in rows), None)


async def of_reply(db: aiosqlite.Connection, reply: int) -> Entry | None:
    """The entry that stands for this reply, unless it was withdrawn."""
    rows = await db.execute_fetchall(
        f"SELECT * FROM faq WHERE reply_id = ? AND status <> '{EntryStatus.WITHDRAWN}'", (reply,)
    )
    return next((_entry(row) for row in rows), None)


async def published_ids(db: aiosqlite.Connection) -> tuple[EntryId, ...]:
    """The numbers of what is published, newest first: the same numbers, the same words."""
    rows = await db.execute_fetchall(f"SELECT id FROM faq WHERE status = '{EntryStatus.PUBLISHED}' ORDER BY id DESC")
    return tuple(EntryId(row["id"]) for row in rows)


async def published(db: aiosqlite.Connection) -> list[Entry]:
    """What is published, newest first."""
    rows = await db.execute_fetchall(f"SELECT * FROM faq WHERE status = '{EntryStatus.PUBLISHED}' ORDER BY id DESC")
    return [_entry(row) for row in rows]


async def reply_of(db: aiosqlite.Connection, cause: UpdateId) -> int | None:
    """The number of the reply that this update became, unless it declined."""
    rows = await db.execute_fetchall("SELECT id FROM replies WHERE cause = ? AND declines = 0", (cause,))
    return next((int(row["id"]) for row in rows), None)


async def acted(db: aiosqlite.Connection, cause: UpdateId, act: str) -> bool:
    """Whether this update has already done this act, and a crash repeats it."""
    return bool(list(await db.execute_fetchall("SELECT 1 FROM audit WHERE cause = ? AND act = ?", (cause, act))))


async def first_words(db: aiosqlite.Connection, limit: int) -> list[FirstWords]:
    """What the newest questions began with, newest first."""
    rows = await db.execute_fetchall(
        """SELECT questions.id, questions.place, questions.language, parts.text, parts.file_id <> '' AS has_file
           FROM questions JOIN parts ON parts.id = (SELECT min(id) FROM parts WHERE question_id = questions.id)
           ORDER BY questions.id DESC LIMIT ?""",
        (limit,),
    )
    return [
        FirstWords(
            QuestionId(row["id"]),
            PlaceSlug(row["place"]) if row["place"] else None,
            Language(row["language"]),
            row["text"],
            bool(row["has_file"]),
        )
        for row in rows
    ]


async def forget_old(tx: aiosqlite.Connection, now: datetime) -> None:
    """Side effect: the words of what nobody finished for a month, and of what was withdrawn as long ago, are gone."""
    await tx.execute(
        f"""UPDATE faq SET status = '{EntryStatus.WITHDRAWN}', {_ERASED}
            WHERE status <> '{EntryStatus.PUBLISHED}' AND changed_at < ?""",
        (epoch(now - KEPT),),
    )


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: unfinished and withdrawn entries made of this person's questions, or written by them, lose their
    words; published ones stay and name nobody. To be called while the questions still name the person."""
    asked = """SELECT replies.id FROM replies JOIN questions ON questions.id = replies.question_id
               WHERE questions.chat_id = :chat
                  OR EXISTS (SELECT 1 FROM parts WHERE question_id = questions.id AND asker = :chat)"""
    for statement in (
        f"""UPDATE faq SET status = '{EntryStatus.WITHDRAWN}', {_ERASED}
            WHERE status <> '{EntryStatus.PUBLISHED}' AND (author = :chat OR reply_id IN ({asked}))""",
        "UPDATE faq SET author = 0, signed = '' WHERE author = :chat",
        "UPDATE faq SET approved_by = 0 WHERE approved_by = :chat",
    ):
        await tx.execute(statement, {"chat": chat})


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=EntryId(row["id"]),
        reply_id=row["reply_id"],
        place=PlaceSlug(row["place"]) if row["place"] else None,
        language=Language(row["language"]),
        words={field: row[field.value] for field in Field},
        author=ChatId(row["author"]),
        signed=row["signed"],
        answered_at=moment(row["answered_at"]),
        basis=Kind(row["basis"]) if row["basis"] else None,
        citation=row["citation"],
        everywhere=bool(row["everywhere"]),
        status=EntryStatus(row["status"]),
        approved_by=None if row["approved_by"] is None else ChatId(row["approved_by"]),
        approved_hash=row["approved_hash"],
    )
