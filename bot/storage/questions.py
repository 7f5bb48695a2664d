"""Questions, their parts and replies, and the hourly count of asks."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite

from bot.domain.ids import CampaignId, ChatId, Language, MessageId, PlaceSlug, QuestionId, UpdateId
from bot.domain.questions import UNFINISHED, Part, Question, QuestionStatus, Reply
from bot.storage.moments import epoch, moment

NOBODY = ChatId(0)
_UNFINISHED = ", ".join(f"'{status}'" for status in sorted(UNFINISHED))


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part with its own number, which names its letter in the ledger."""

    id: int
    question_id: QuestionId
    part: Part
    at: datetime
    asker: ChatId = NOBODY


async def add(
    tx: aiosqlite.Connection,
    chat: ChatId,
    language: Language,
    place: PlaceSlug | None,
    now: datetime,
    cause: UpdateId,
    campaign: CampaignId | None = None,
) -> tuple[QuestionId, bool]:
    """The number of the question this update asked, and whether it is new. Side effect: it is stored once, with the
    number of the campaign that it answers."""
    added = await tx.execute(
        """INSERT INTO questions (chat_id, language, place, asked_at, status, cause, campaign)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO NOTHING""",
        (chat, language, place, epoch(now), QuestionStatus.WAITING, cause, campaign),
    )
    rows = list(await tx.execute_fetchall("SELECT id FROM questions WHERE cause = ?", (cause,)))
    return QuestionId(rows[0]["id"]), added.rowcount == 1


async def add_part(
    tx: aiosqlite.Connection,
    question: QuestionId,
    part: Part,
    now: datetime,
    cause: UpdateId,
    *,
    asker: ChatId = NOBODY,
) -> tuple[int, bool]:
    """The number of this part, and whether it is new. Side effect: it is stored once."""
    added = await tx.execute(
        """INSERT INTO parts (question_id, message_id, text, file_kind, file_id, album, at, cause, asker)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO NOTHING""",
        (question, part.message_id, part.text, part.file_kind, part.file_id, part.album, epoch(now), cause, asker),
    )
    rows = list(await tx.execute_fetchall("SELECT id FROM parts WHERE cause = ?", (cause,)))
    return rows[0]["id"], added.rowcount == 1


async def by_id(db: aiosqlite.Connection, id: QuestionId) -> Question | None:
    """One question, or None."""
    rows = await db.execute_fetchall("SELECT * FROM questions WHERE id = ?", (id,))
    return next((_question(row) for row in rows), None)


async def save(tx: aiosqlite.Connection, question: Question) -> None:
    """Side effect: the question's state and who took it."""
    await tx.execute(
        "UPDATE questions SET status = ?, taken_by = ? WHERE id = ?",
        (question.status, question.taken_by, question.id),
    )


async def let_go(tx: aiosqlite.Connection, coordinator: ChatId) -> None:
    """Side effect: what this coordinator had taken waits for anybody again."""
    await tx.execute(
        f"""UPDATE questions SET status = '{QuestionStatus.WAITING}', taken_by = NULL
            WHERE taken_by = ? AND status = '{QuestionStatus.TAKEN}'""",
        (coordinator,),
    )


async def parts(db: aiosqlite.Connection, question: QuestionId) -> list[StoredPart]:
    """What was said under this number, oldest first."""
    rows = await db.execute_fetchall("SELECT * FROM parts WHERE question_id = ? ORDER BY id", (question,))
    return [_part(row) for row in rows]


async def part(db: aiosqlite.Connection, id: int) -> StoredPart | None:
    """One part by its number."""
    rows = await db.execute_fetchall("SELECT * FROM parts WHERE id = ?", (id,))
    return next((_part(row) for row in rows), None)


async def add_reply(tx: aiosqlite.Connection, reply: Reply, cause: UpdateId) -> tuple[int, bool]:
    """The number of this reply, and whether it is new. Side effect: it is stored once."""
    added = await tx.execute(
        """INSERT INTO replies
             (question_id, coordinator, signed, message_id, text, file_kind, file_id, declines, at, cause)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO NOTHING""",
        (
            reply.question_id,
            reply.coordinator,
            reply.signed,
            reply.part.message_id,
            reply.part.text,
            reply.part.file_kind,
            reply.part.file_id,
            reply.decline,
            epoch(reply.at),
            cause,
        ),
    )
    rows = list(await tx.execute_fetchall("SELECT id FROM replies WHERE cause = ?", (cause,)))
    return rows[0]["id"], added.rowcount == 1


async def reply(db: aiosqlite.Connection, id: int) -> Reply | None:
    """One reply by its number."""
    rows = await db.execute_fetchall("SELECT * FROM replies WHERE id = ?", (id,))
    return next((_reply(row) for row in rows), None)


async def replied_with(db: aiosqlite.Connection, coordinator: ChatId, message: MessageId) -> bool:
    """Whether this message of the coordinator is a reply."""
    statement = "SELECT 1 FROM replies WHERE coordinator = ? AND message_id = ?"
    return bool(list(await db.execute_fetchall(statement, (coordinator, message))))


async def said_by(db: aiosqlite.Connection, cause: UpdateId) -> bool:
    """Whether this update has already become a reply."""
    return bool(list(await db.execute_fetchall("SELECT 1 FROM replies WHERE cause = ?", (cause,))))


async def of_cause(db: aiosqlite.Connection, cause: UpdateId) -> tuple[Question, bool] | None:
    """The question that this update asked or joined, and whether it joined an older one."""
    rows = await db.execute_fetchall(
        """SELECT questions.*, questions.cause <> parts.cause AS joined
           FROM parts JOIN questions ON questions.id = parts.question_id WHERE parts.cause = ?""",
        (cause,),
    )
    return next(((_question(row), bool(row["joined"])) for row in rows), None)


async def latest_of(db: aiosqlite.Connection, chat: ChatId, since: datetime) -> Question | None:
    """The question of this chat that was spoken of last, if that was at or after `since`."""
    rows = await db.execute_fetchall(
        """SELECT questions.* FROM questions JOIN parts ON parts.question_id = questions.id
           WHERE questions.chat_id = ? AND parts.at >= ? ORDER BY parts.id DESC LIMIT 1""",
        (chat, epoch(since)),
    )
    return next((_question(row) for row in rows), None)


async def of_message(db: aiosqlite.Connection, chat: ChatId, message: MessageId) -> Question | None:
    """The question that this message of the asker belongs to."""
    rows = await db.execute_fetchall(
        """SELECT questions.* FROM questions JOIN parts ON parts.question_id = questions.id
           WHERE questions.chat_id = ? AND parts.message_id = ? AND parts.message_id <> 0
           ORDER BY questions.id DESC LIMIT 1""",
        (chat, message),
    )
    return next((_question(row) for row in rows), None)


async def of_album(db: aiosqlite.Connection, chat: ChatId, album: str) -> Question | None:
    """The question that the first messages of this album have asked or joined in this chat."""
    rows = await db.execute_fetchall(
        """SELECT questions.* FROM questions JOIN parts ON parts.question_id = questions.id
           WHERE parts.album <> '' AND parts.album = ? AND questions.chat_id = ? ORDER BY parts.id LIMIT 1""",
        (album, chat),
    )
    return next((_question(row) for row in rows), None)


async def of_chat(db: aiosqlite.Connection, chat: ChatId, limit: int) -> list[Question]:
    """The newest questions of this chat."""
    rows = await db.execute_fetchall(
        "SELECT * FROM questions WHERE chat_id = ? ORDER BY id DESC LIMIT ?", (chat, limit)
    )
    return [_question(row) for row in rows]


async def unfinished(db: aiosqlite.Connection, limit: int) -> list[Question]:
    """Questions that wait for a coordinator or are taken, oldest first."""
    rows = await db.execute_fetchall(
        f"SELECT * FROM questions WHERE status IN ({_UNFINISHED}) ORDER BY id LIMIT ?", (limit,)
    )
    return [_question(row) for row in rows]


async def statuses_by_place(db: aiosqlite.Connection) -> list[tuple[PlaceSlug | None, QuestionStatus, int]]:
    """How many questions of each place stand in each state."""
    rows = await db.execute_fetchall("SELECT place, status, count(*) AS n FROM questions GROUP BY place, status")
    return [
        (PlaceSlug(row["place"]) if row["place"] else None, QuestionStatus(row["status"]), row["n"]) for row in rows
    ]


async def count_ask(tx: aiosqlite.Connection, chat: ChatId, now: datetime, cause: int) -> int:
    """How many asks this chat has made within the hour, this one included. Side effect: it is counted once."""
    await forget_asks(tx, now)
    await tx.execute(
        """INSERT INTO asks (cause, chat_id, at, nth) SELECT ?, ?, ?, count(*) + 1 FROM asks WHERE chat_id = ?
           ON CONFLICT (cause) DO NOTHING""",
        (cause, chat, epoch(now), chat),
    )
    rows = list(await tx.execute_fetchall("SELECT nth FROM asks WHERE cause = ?", (cause,)))
    return int(rows[0]["nth"])


async def forget_asks(tx: aiosqlite.Connection, now: datetime) -> None:
    """Side effect: asks of more than an hour ago are gone."""
    await tx.execute("DELETE FROM asks WHERE at < ?", (epoch(now - timedelta(hours=1)),))


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: the words this person asked, here or in a group, and the replies to them are gone; the numbers stay,
    nobody's, and what was unfinished is withdrawn. The replies this person gave stay without their name."""
    begun = """SELECT id FROM questions WHERE chat_id = :chat
               UNION SELECT question_id FROM parts
               WHERE asker = :chat AND id = (SELECT min(id) FROM parts AS all_parts
                                             WHERE all_parts.question_id = parts.question_id)"""
    for statement in (
        f"UPDATE replies SET text = '', file_kind = '', file_id = '' WHERE question_id IN ({begun})",
        f"""UPDATE questions SET status = '{QuestionStatus.WITHDRAWN}'
            WHERE status IN ({_UNFINISHED}) AND id IN ({begun})""",
        """UPDATE parts SET text = '', file_kind = '', file_id = '', message_id = 0, asker = 0
           WHERE asker = :chat OR question_id IN (SELECT id FROM questions WHERE chat_id = :chat)""",
        "UPDATE questions SET chat_id = 0, place = NULL WHERE chat_id = :chat",
        "UPDATE questions SET taken_by = NULL WHERE taken_by = :chat",
        "UPDATE replies SET coordinator = 0, signed = '', message_id = 0 WHERE coordinator = :chat",
    ):
        await tx.execute(statement, {"chat": chat})


def _question(row: sqlite3.Row) -> Question:
    return Question(
        id=QuestionId(row["id"]),
        chat_id=ChatId(row["chat_id"]),
        language=Language(row["language"]),
        place=PlaceSlug(row["place"]) if row["place"] else None,
        asked_at=moment(row["asked_at"]),
        status=QuestionStatus(row["status"]),
        taken_by=None if row["taken_by"] is None else ChatId(row["taken_by"]),
        campaign=None if row["campaign"] is None else CampaignId(row["campaign"]),
    )


def _part(row: sqlite3.Row) -> StoredPart:
    return StoredPart(row["id"], QuestionId(row["question_id"]), _words(row), moment(row["at"]), ChatId(row["asker"]))


def _reply(row: sqlite3.Row) -> Reply:
    return Reply(
        id=row["id"],
        question_id=QuestionId(row["question_id"]),
        coordinator=ChatId(row["coordinator"]),
        signed=row["signed"],
        part=_words(row),
        at=moment(row["at"]),
        decline=bool(row["declines"]),
    )


def _words(row: sqlite3.Row) -> Part:
    return Part(MessageId(row["message_id"]), row["text"], row["file_kind"], row["file_id"])
