"""Who hears of hearings: places that are followed, how a chat wants to hear, and who keeps an eye on one hearing."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import aiosqlite

from bot.domain.hearings import HearingId, HearingKind, Lead
from bot.domain.ids import ChatId, PlaceSlug
from bot.domain.listening import Cadence, Listener
from bot.storage.moments import epoch

OF_A_PERSON = (
    "DELETE FROM listeners WHERE chat_id = ?",
    "DELETE FROM follows WHERE chat_id = ?",
    "DELETE FROM hearing_keepers WHERE chat_id = ?",
    "DELETE FROM comings WHERE person = ?",
    "DELETE FROM attendances WHERE person = ?",
    "DELETE FROM supports WHERE person = ?",
    "DELETE FROM arrivals WHERE person = ?",
    "DELETE FROM hearing_drafts WHERE author = ?",
    "UPDATE hearings SET made_by = 0 WHERE made_by = ?",
    "UPDATE hearing_revisions SET made_by = 0 WHERE made_by = ?",
    "UPDATE hearing_outcomes SET made_by = 0 WHERE made_by = ?",
    "UPDATE contributions SET answered_by = 0, signed = '' WHERE answered_by = ?",
    """UPDATE contributions SET asker = 0, chat_id = iif(chat_id = asker, 0, chat_id), text = '', reason = '',
                                answer = '', status = 'withdrawn' WHERE asker = ?""",
)


async def listener(db: aiosqlite.Connection, chat: ChatId) -> Listener:
    """How this chat wants to hear; the usual way when it has said nothing."""
    rows = await db.execute_fetchall("SELECT * FROM listeners WHERE chat_id = ?", (chat,))
    return next((_listener(row) for row in rows), Listener(chat))


async def save(tx: aiosqlite.Connection, one: Listener) -> None:
    """Side effect: the chat hears so from now on."""
    await tx.execute(
        """INSERT INTO listeners (chat_id, kinds, cadence, leads, both, thread, muted) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (chat_id) DO UPDATE SET kinds = excluded.kinds, cadence = excluded.cadence,
             leads = excluded.leads, both = excluded.both, thread = excluded.thread, muted = excluded.muted""",
        (
            one.chat_id,
            " ".join(sorted(one.kinds)),
            one.cadence,
            " ".join(lead for lead in Lead if lead in one.leads),
            one.both,
            one.thread,
            one.muted,
        ),
    )


async def follow(tx: aiosqlite.Connection, chat: ChatId, place: PlaceSlug, now: datetime) -> None:
    """Side effect: the chat follows this place; following it already changes nothing."""
    await tx.execute(
        "INSERT INTO follows (chat_id, place, at) VALUES (?, ?, ?) ON CONFLICT (chat_id, place) DO NOTHING",
        (chat, place, epoch(now)),
    )


async def unfollow(tx: aiosqlite.Connection, chat: ChatId, place: PlaceSlug | None = None) -> None:
    """Side effect: the chat no longer follows this place, or any."""
    await tx.execute("DELETE FROM follows WHERE chat_id = ? AND place = coalesce(?, place)", (chat, place))


async def followed(db: aiosqlite.Connection, chat: ChatId) -> list[PlaceSlug]:
    """The places this chat follows, in the order in which it began."""
    rows = await db.execute_fetchall("SELECT place FROM follows WHERE chat_id = ? ORDER BY at, place", (chat,))
    return [PlaceSlug(row["place"]) for row in rows]


async def audience(
    db: aiosqlite.Connection, upwards: Sequence[PlaceSlug], kind: HearingKind | None
) -> list[tuple[Listener, bool]]:
    """Who follows any of these places, can be reached and wants this kind; and whether it is a group."""
    rows = await db.execute_fetchall(
        f"""SELECT chats.chat_id, chats.kind AS chat_kind, coalesce(kinds, '') AS kinds,
                   coalesce(cadence, 'now') AS cadence, coalesce(leads, '3d 1d 2h') AS leads,
                   coalesce(both, 0) AS both, thread, coalesce(muted, 0) AS muted
            FROM chats LEFT JOIN listeners ON listeners.chat_id = chats.chat_id
            WHERE chats.reachable = 1 AND chats.chat_id IN
              (SELECT chat_id FROM follows WHERE place IN ({", ".join("?" * len(upwards))}))
            ORDER BY chats.chat_id""",
        tuple(upwards),
    )
    found = [(_listener(row), row["chat_kind"] == "group") for row in rows]
    return [(one, group) for one, group in found if one.wants(kind)]


async def keep(tx: aiosqlite.Connection, hearing: HearingId, chat: ChatId, revision: int) -> None:
    """Side effect: the chat keeps an eye on this hearing, which it saw at this revision."""
    await tx.execute(
        """INSERT INTO hearing_keepers (hearing_id, chat_id, revision) VALUES (?, ?, ?)
           ON CONFLICT (hearing_id, chat_id) DO NOTHING""",
        (hearing, chat, revision),
    )


async def keepers(db: aiosqlite.Connection, hearing: HearingId) -> dict[ChatId, int]:
    """The chats that keep an eye on this hearing, and the revision each saw first."""
    rows = await db.execute_fetchall("SELECT chat_id, revision FROM hearing_keepers WHERE hearing_id = ?", (hearing,))
    return {ChatId(row["chat_id"]): row["revision"] for row in rows}


async def kept_since(db: aiosqlite.Connection, hearing: HearingId, chat: ChatId) -> int:
    """The revision at which this chat began to keep an eye on the hearing; 0 when it does not."""
    rows = await db.execute_fetchall(
        "SELECT revision FROM hearing_keepers WHERE hearing_id = ? AND chat_id = ?", (hearing, chat)
    )
    return next((int(row["revision"]) for row in rows), 0)


async def forget(tx: aiosqlite.Connection, person: ChatId) -> None:
    """A person asks to be forgotten. Side effect: nothing about hearings names them, and their words are gone."""
    for statement in OF_A_PERSON:
        await tx.execute(statement, (person,))


def _listener(row: sqlite3.Row) -> Listener:
    return Listener(
        chat_id=ChatId(row["chat_id"]),
        kinds=frozenset(HearingKind(word) for word in row["kinds"].split()),
        cadence=Cadence(row["cadence"]),
        leads=frozenset(Lead(word) for word in row["leads"].split()),
        both=bool(row["both"]),
        thread=row["thread"],
        muted=bool(row["muted"]),
    )
