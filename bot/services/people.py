"""Coordinators are invited by a one-time link, accept it knowingly, are listed, and are revoked at once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import aiosqlite

from bot.domain.chats import ALLOWS, MAY_INVITE, Act, Grant, Invite, Role
from bot.domain.errors import InviteRefused, NotAllowed, Unknown
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.places import Places
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.duty import covers, owe_what_waits, pass_on
from bot.storage import chats, roles
from bot.storage.database import Database

STANDS_FOR = timedelta(days=7)


def new_token() -> str:
    """A secret that fits a deep link."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One standing role and the name of who holds it."""

    grant: Grant
    name: str


@dataclass(frozen=True, slots=True)
class People:
    """Roles are given, shown and taken away; each act is checked and logged."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    nudge: Nudge
    token: Callable[[], str] = new_token

    async def may_invite(self, chat: ChatId) -> frozenset[Role]:
        """The roles that this chat may offer somewhere."""
        grants = await roles.of_chat(self.db.read, chat)
        return frozenset(role for grant in grants for role in MAY_INVITE.get(grant.role, frozenset()))

    async def invite(self, chat: ChatId, role: Role, place: PlaceSlug, cause: UpdateId) -> tuple[Invite, str]:
        """A one-time invitation and its token. Raises NotAllowed; a coordinator invites only below themselves."""
        now = self.clock.now()
        invitation = Invite(0, role, place, chat, now + STANDS_FOR)
        token = self.token()
        async with self.db.transaction() as tx:
            if not await self._may_give(tx, chat, Act.INVITE, role, place):
                raise NotAllowed(f"invite {role} {place}")
            await roles.add_invite(tx, invitation, token, now, cause)
            await roles.log(tx, chat, "invite", f"{role} {place}", now, cause)
        return invitation, token

    async def offered(self, token: str) -> Invite:
        """What an invitation offers. Raises InviteRefused when it is used, expired, revoked, or its giver may no
        longer give it."""
        invitation = await roles.invite(self.db.read, token, self.clock.now())
        if invitation is None or not await self._stands(self.db.read, invitation):
            raise InviteRefused
        return invitation

    async def accept(self, chat: ChatId, name: str, token: str, cause: UpdateId) -> Invite:
        """The role is held from now on; questions that waited for it are owed. Raises InviteRefused; accepting again
        is confirmed only while the role is held."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if await roles.accepted_by(tx, token) == chat:
                accepted = await roles.accepted_invite(tx, token)
                if accepted is None or not await roles.holds(tx, chat, accepted.role, accepted.place):
                    raise InviteRefused
                return accepted
            invitation = await roles.invite(tx, token, now)
            if invitation is None or not await self._stands(tx, invitation):
                raise InviteRefused
            if not await roles.accept(tx, invitation.id, chat, now):
                raise InviteRefused
            await chats.set_name(tx, chat, name)
            await roles.grant(tx, chat, invitation.role, invitation.place, invitation.created_by, now)
            await roles.log(tx, chat, "accept", f"{invitation.role} {invitation.place}", now, cause)
            await owe_what_waits(tx, self.places, now)
        self.nudge()
        return invitation

    async def colleagues(self, chat: ChatId) -> tuple[list[Colleague], list[Invite]]:
        """The standing roles and open invitations within this chat's branches. Raises NotAllowed."""
        mine = await roles.of_chat(self.db.read, chat)
        if not any(Act.SEE_PEOPLE in ALLOWS[grant.role] for grant in mine):
            raise NotAllowed("people")
        seen = [
            one for one in await roles.standing(self.db.read) if self.authority.allowed(mine, Act.SEE_PEOPLE, one.place)
        ]
        invites = [
            one
            for one in await roles.open_invites(self.db.read, self.clock.now())
            if self.authority.allowed(mine, Act.SEE_PEOPLE, one.place) and await self._stands(self.db.read, one)
        ]
        found = []
        for grant in seen:
            person = await chats.subscriber(self.db.read, grant.chat_id)
            found.append(Colleague(grant, person.name if person else ""))
        return found, invites

    async def revoke(self, chat: ChatId, id: int, cause: UpdateId) -> Grant:
        """The role ends at once, and its questions wait for who is on duty now. Raises NotAllowed, Unknown; nobody
        revokes a role they could not give."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            grant = await roles.by_id(tx, id)
            if grant is None:
                raise Unknown(f"role {id}")
            if not await self._may_give(tx, chat, Act.REVOKE, grant.role, grant.place):
                raise NotAllowed(f"revoke role {id}")
            await roles.revoke(tx, id, chat, now)
            await roles.log(tx, chat, "revoke", f"role {id}", now, cause)
            await pass_on(tx, self.places, grant.chat_id, now)
        self.nudge()
        return grant

    async def revoke_invite(self, chat: ChatId, id: int, cause: UpdateId) -> None:
        """The invitation can no longer be accepted. Raises NotAllowed, Unknown; nobody withdraws an invitation they
        could not give."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = [one for one in await roles.open_invites(tx, now) if one.id == id]
            if not found:
                raise Unknown(f"invite {id}")
            if not await self._may_give(tx, chat, Act.REVOKE, found[0].role, found[0].place):
                raise NotAllowed(f"revoke invite {id}")
            await roles.revoke_invite(tx, id, now)
            await roles.log(tx, chat, "revoke", f"invite {id}", now, cause)

    async def language_of(self, chat: ChatId) -> Language | None:
        """The language a colleague has chosen, if they have."""
        person = await chats.subscriber(self.db.read, chat)
        return person.language if person else None

    async def _stands(self, db: aiosqlite.Connection, invitation: Invite) -> bool:
        return await self._may_give(db, invitation.created_by, Act.INVITE, invitation.role, invitation.place)

    async def _may_give(self, db: aiosqlite.Connection, chat: ChatId, act: Act, role: Role, place: PlaceSlug) -> bool:
        return any(
            covers(self.places, grant, act, place) and role in MAY_INVITE.get(grant.role, ())
            for grant in await roles.of_chat(db, chat)
        )
