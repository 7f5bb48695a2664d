"""Campaigns: drafts with their versions, how they stand, who released them, and taps on their buttons."""

import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.campaigns import Campaign, CampaignStatus, Draft, Halt
from bot.domain.ids import CampaignId, ChatId, MessageId, UpdateId
from bot.storage.moments import epoch, perhaps

_ALL = """SELECT campaigns.*, (SELECT sum(n) FROM tallies JOIN sources ON sources.id = tallies.source_id
                               WHERE sources.kind = 'campaign' AND sources.subject = campaigns.id) AS audience
          FROM campaigns"""


async def add(tx: aiosqlite.Connection, author: ChatId, draft: Draft, now: datetime, cause: UpdateId) -> CampaignId:
    """Side effect: a new draft; the same update makes it once."""
    await tx.execute(
        """INSERT INTO campaigns (author, draft, text_hash, made_at, cause) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (cause) DO NOTHING""",
        (author, draft.as_json(), draft.text_hash, epoch(now), cause),
    )
    rows = await tx.execute_fetchall("SELECT id FROM campaigns WHERE cause = ?", (cause,))
    return CampaignId(next(iter(rows))["id"])


async def save(tx: aiosqlite.Connection, one: Campaign) -> None:
    """Side effect: the campaign stands so."""
    await tx.execute(
        """UPDATE campaigns SET author = ?, draft = ?, version = ?, status = ?, halt = ?, approved_by = ?,
                                approved_hash = ?, waived = ?, text_hash = ?, launched_at = ? WHERE id = ?""",
        (
            one.author,
            one.draft.as_json(),
            one.version,
            one.status,
            one.halt,
            one.approved_by,
            one.approved_hash,
            one.waived,
            one.draft.text_hash,
            None if one.launched_at is None else epoch(one.launched_at),
            one.id,
        ),
    )


async def keep_version(tx: aiosqlite.Connection, one: Campaign, by: ChatId, now: datetime) -> None:
    """Side effect: this version of the draft can be looked up for ever."""
    await tx.execute(
        """INSERT INTO campaign_versions (campaign_id, version, draft, by, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (campaign_id, version) DO NOTHING""",
        (one.id, one.version, one.draft.as_json(), by, epoch(now)),
    )


async def by_id(db: aiosqlite.Connection, id: CampaignId) -> Campaign | None:
    """One campaign with the size of its frozen audience."""
    rows = await db.execute_fetchall(f"{_ALL} WHERE campaigns.id = ?", (id,))
    return next((_campaign(row) for row in rows), None)


async def newest(db: aiosqlite.Connection, limit: int) -> list[Campaign]:
    """The campaigns made last, newest first."""
    rows = await db.execute_fetchall(f"{_ALL} ORDER BY campaigns.id DESC LIMIT ?", (limit,))
    return [_campaign(row) for row in rows]


async def live(db: aiosqlite.Connection) -> list[Campaign]:
    """Approved, running or paused ones: those that may still send."""
    rows = await db.execute_fetchall(
        f"{_ALL} WHERE campaigns.status IN ('approved', 'running', 'paused') ORDER BY campaigns.id"
    )
    return [_campaign(row) for row in rows]


async def launched_last(db: aiosqlite.Connection, limit: int) -> list[Campaign]:
    """The campaigns launched last."""
    rows = await db.execute_fetchall(
        f"{_ALL} WHERE campaigns.launched_at IS NOT NULL ORDER BY campaigns.launched_at DESC LIMIT ?", (limit,)
    )
    return [_campaign(row) for row in rows]


async def with_text(db: aiosqlite.Connection, text_hash: str, since: datetime) -> list[CampaignId]:
    """Campaigns with these very words launched since then."""
    rows = await db.execute_fetchall(
        "SELECT id FROM campaigns WHERE text_hash = ? AND launched_at >= ?", (text_hash, epoch(since))
    )
    return [CampaignId(row["id"]) for row in rows]


async def ended(tx: aiosqlite.Connection, id: CampaignId, now: datetime) -> bool:
    """Whether this is the first word of its end. Side effect: it is written down, and its drafts stay."""
    done = await tx.execute("UPDATE campaigns SET ended_at = ? WHERE id = ? AND ended_at IS NULL", (epoch(now), id))
    return done.rowcount == 1


async def goes_on(tx: aiosqlite.Connection, id: CampaignId) -> None:
    """Side effect: its end is yet to come again."""
    await tx.execute("UPDATE campaigns SET ended_at = NULL WHERE id = ?", (id,))


async def unreported(db: aiosqlite.Connection) -> list[Campaign]:
    """Cancelled ones that had been launched and whose report is still to come."""
    rows = await db.execute_fetchall(
        f"{_ALL} WHERE campaigns.status = 'cancelled' AND launched_at IS NOT NULL AND ended_at IS NULL"
    )
    return [_campaign(row) for row in rows]


async def show_progress_in(tx: aiosqlite.Connection, id: CampaignId, chat: ChatId, message: MessageId) -> None:
    """Side effect: this message is the one that tells how far the campaign is."""
    await tx.execute("UPDATE campaigns SET progress_chat = ?, progress_id = ? WHERE id = ?", (chat, message, id))


async def progress_of(db: aiosqlite.Connection, id: CampaignId) -> tuple[ChatId, MessageId] | None:
    """The message that tells how far the campaign is."""
    rows = await db.execute_fetchall("SELECT progress_chat, progress_id FROM campaigns WHERE id = ?", (id,))
    found = next(iter(rows), None)
    if found is None or found["progress_chat"] is None:
        return None
    return ChatId(found["progress_chat"]), MessageId(found["progress_id"])


async def release(tx: aiosqlite.Connection, id: CampaignId, chat: ChatId, now: datetime) -> int:
    """How many coordinators have released it now. Side effect: this one has."""
    await tx.execute(
        """INSERT INTO campaign_releases (campaign_id, chat_id, at) VALUES (?, ?, ?)
           ON CONFLICT (campaign_id, chat_id) DO NOTHING""",
        (id, chat, epoch(now)),
    )
    return await releases(tx, id)


async def releases(db: aiosqlite.Connection, id: CampaignId) -> int:
    """How many coordinators have released it for the silence period."""
    rows = await db.execute_fetchall("SELECT count(*) AS n FROM campaign_releases WHERE campaign_id = ?", (id,))
    return int(next(iter(rows))["n"])


async def tap(tx: aiosqlite.Connection, id: CampaignId, button: int, cause: UpdateId) -> None:
    """Side effect: one more tap on this button; who tapped is not kept."""
    await tx.execute(
        "INSERT INTO campaign_taps (campaign_id, button, cause) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (id, button, cause),
    )


async def taps(db: aiosqlite.Connection, id: CampaignId) -> dict[int, int]:
    """How often each button was tapped."""
    rows = await db.execute_fetchall(
        "SELECT button, count(*) AS n FROM campaign_taps WHERE campaign_id = ? GROUP BY button", (id,)
    )
    return {row["button"]: row["n"] for row in rows}


async def known_as(db: aiosqlite.Connection, words: str) -> list[ChatId]:
    """Chats of this very id, or of this name: names are kept of coordinators and groups only."""
    if words.lstrip("-").isdecimal() and len(words) < 20:
        return [ChatId(int(words))]
    rows = await db.execute_fetchall(
        "SELECT chat_id FROM chats WHERE name <> '' AND instr(name, ?) > 0 ORDER BY name LIMIT 20", (words,)
    )
    return [ChatId(row["chat_id"]) for row in rows]


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: no campaign names this chat any more."""
    for statement in (
        "UPDATE campaigns SET author = 0 WHERE author = ?",
        "UPDATE campaigns SET approved_by = 0 WHERE approved_by = ?",
        "UPDATE campaigns SET progress_chat = NULL, progress_id = NULL WHERE progress_chat = ?",
        "UPDATE campaign_versions SET by = 0 WHERE by = ?",
        "DELETE FROM campaign_releases WHERE chat_id = ?",
    ):
        await tx.execute(statement, (chat,))


def _campaign(row: sqlite3.Row) -> Campaign:
    return Campaign(
        id=CampaignId(row["id"]),
        author=ChatId(row["author"]),
        draft=Draft.of_json(row["draft"]),
        status=CampaignStatus(row["status"]),
        version=row["version"],
        approved_by=None if row["approved_by"] is None else ChatId(row["approved_by"]),
        approved_hash=row["approved_hash"],
        waived=bool(row["waived"]),
        launched_at=perhaps(row["launched_at"]),
        halt=Halt(row["halt"]),
        audience=row["audience"] or 0,
    )
