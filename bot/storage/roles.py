"""Roles bound to places, invitations, and the audit log that only grows."""

import hashlib
import sqlite3
from datetime import datetime

import aiosqlite

from bot.domain.chats import Grant, Invite, Role
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.storage.moments import epoch, moment


async def grant(
    tx: aiosqlite.Connection, chat: ChatId, role: Role, place: PlaceSlug, by: ChatId | None, now: datetime
) -> None:
    """Side effect: the chat holds this role here; holding it already changes nothing."""
    await tx.execute(
        """INSERT INTO roles (chat_id, role, place, granted_by, granted_at)
           SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS
             (SELECT 1 FROM roles WHERE chat_id = ? AND role = ? AND place = ? AND revoked_at IS NULL)""",
        (chat, role, place, by, epoch(now), chat, role, place),
    )


async def of_chat(db: aiosqlite.Connection, chat: ChatId) -> list[Grant]:
    """The roles this chat holds now."""
    rows = await db.execute_fetchall(
        "SELECT * FROM roles WHERE chat_id = ? AND revoked_at IS NULL ORDER BY id", (chat,)
    )
    return [_grant(row) for row in rows]


async def holds(db: aiosqlite.Connection, chat: ChatId, role: Role, place: PlaceSlug) -> bool:
    """Whether this chat holds this role here now."""
    return any(grant.role is role and grant.place == place for grant in await of_chat(db, chat))


async def standing(db: aiosqlite.Connection) -> list[Grant]:
    """Every role held now, oldest first."""
    rows = await db.execute_fetchall("SELECT * FROM roles WHERE revoked_at IS NULL ORDER BY id")
    return [_grant(row) for row in rows]


async def by_id(db: aiosqlite.Connection, id: int) -> Grant | None:
    """One standing role."""
    rows = await db.execute_fetchall("SELECT * FROM roles WHERE id = ? AND revoked_at IS NULL", (id,))
    return next((_grant(row) for row in rows), None)


async def revoke(tx: aiosqlite.Connection, id: int, by: ChatId, now: datetime) -> None:
    """Side effect: the role ends at once."""
    await tx.execute(
        "UPDATE roles SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL", (epoch(now), by, id)
    )


async def revoke_all(tx: aiosqlite.Connection, chat: ChatId, now: datetime) -> None:
    """Side effect: whoever is forgotten holds no role."""
    await tx.execute(
        "UPDATE roles SET revoked_at = ?, revoked_by = chat_id WHERE chat_id = ? AND revoked_at IS NULL",
        (epoch(now), chat),
    )


async def add_invite(tx: aiosqlite.Connection, invite: Invite, token: str, now: datetime, cause: UpdateId) -> None:
    """Side effect: the invitation stands; only the hash of its token is kept."""
    await tx.execute(
        """INSERT INTO invites (token_hash, role, place, created_by, created_at, expires_at, cause)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (cause) DO UPDATE SET token_hash = excluded.token_hash WHERE accepted_at IS NULL""",
        (
            token_hash(token),
            invite.role,
            invite.place,
            invite.created_by,
            epoch(now),
            epoch(invite.expires_at),
            cause,
        ),
    )


async def invite(db: aiosqlite.Connection, token: str, now: datetime) -> Invite | None:
    """The invitation of this token, unless it is used, revoked or expired."""
    rows = await db.execute_fetchall(
        "SELECT * FROM invites WHERE token_hash = ? AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?",
        (token_hash(token), epoch(now)),
    )
    return next((_invite(row) for row in rows), None)


async def accepted_by(db: aiosqlite.Connection, token: str) -> ChatId | None:
    """Who accepted this invitation, if anybody."""
    rows = await db.execute_fetchall("SELECT accepted_by FROM invites WHERE token_hash = ?", (token_hash(token),))
    return next((ChatId(row["accepted_by"]) for row in rows if row["accepted_by"] is not None), None)


async def accepted_invite(db: aiosqlite.Connection, token: str) -> Invite | None:
    """The invitation of this token once it is accepted."""
    rows = await db.execute_fetchall(
        "SELECT * FROM invites WHERE token_hash = ? AND accepted_at IS NOT NULL", (token_hash(token),)
    )
    return next((_invite(row) for row in rows), None)


async def open_invites(db: aiosqlite.Connection, now: datetime) -> list[Invite]:
    """Invitations that nobody has accepted yet."""
    rows = await db.execute_fetchall(
        "SELECT * FROM invites WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ? ORDER BY id",
        (epoch(now),),
    )
    return [_invite(row) for row in rows]


async def accept(tx: aiosqlite.Connection, id: int, chat: ChatId, now: datetime) -> bool:
    """Whether this chat was the one to accept. Side effect: the invitation is used."""
    used = await tx.execute(
        "UPDATE invites SET accepted_by = ?, accepted_at = ? WHERE id = ? AND accepted_at IS NULL",
        (chat, epoch(now), id),
    )
    return used.rowcount == 1


async def revoke_invite(tx: aiosqlite.Connection, id: int, now: datetime) -> None:
    """Side effect: the invitation can no longer be accepted."""
    await tx.execute("UPDATE invites SET revoked_at = ? WHERE id = ? AND accepted_at IS NULL", (epoch(now), id))


async def log(
    tx: aiosqlite.Connection,
    actor: ChatId,
    act: str,
    subject: str,
    now: datetime,
    cause: UpdateId,
    *,
    allowed: bool = True,
) -> None:
    """Side effect: one line of the audit log, ids and hashes only; the same act of the same update is logged once."""
    await tx.execute(
        """INSERT INTO audit (at, actor, act, subject, allowed, cause) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (cause, act, subject) DO NOTHING""",
        (epoch(now), actor, act, subject, allowed, cause),
    )


def token_hash(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _grant(row: sqlite3.Row) -> Grant:
    return Grant(
        id=row["id"],
        chat_id=ChatId(row["chat_id"]),
        role=Role(row["role"]),
        place=PlaceSlug(row["place"]),
        granted_at=moment(row["granted_at"]),
        granted_by=None if row["granted_by"] is None else ChatId(row["granted_by"]),
    )


def _invite(row: sqlite3.Row) -> Invite:
    return Invite(
        id=row["id"],
        role=Role(row["role"]),
        place=PlaceSlug(row["place"]),
        created_by=ChatId(row["created_by"]),
        expires_at=moment(row["expires_at"]),
    )
