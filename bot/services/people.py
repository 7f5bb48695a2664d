"""Coordinators are invited by a one-time link, accept it knowingly, are listed, and are revoked at once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.chats import ALLOWS, MAY_INVITE, Act, Grant, Invite, Role
from bot.domain.errors import InviteRefused, NotAllowed, Unknown
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.domain.places import Places
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.duty import covers, owe_what_waits
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
            what = f"invite {role} {place}"
            grants = await roles.of_chat(tx, chat)
            if not any(
                covers(self.places, grant, Act.INVITE, place) and role in MAY_INVITE.get(grant.role, ())
                for grant in grants
            ):
                raise NotAllowed(what)
            await roles.add_invite(tx, invitation, token, now, cause)
            await roles.log(tx, chat, "invite", f"{role} {place}", now, cause)
        return invitation, token

    async def offered(self, token: str) -> Invite:
        """What an invitation offers. Raises InviteRefused when it is used, expired or revoked."""
        invitation = await roles.invite(self.db.read, token, self.clock.now())
        if invitation is None:
            raise InviteRefused
        return invitation

    async def accept(self, chat: ChatId, name: str, token: str, cause: UpdateId) -> Invite:
        """The role is held from now on; questions that waited for it are owed. Raises InviteRefused."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if await roles.accepted_by(tx, token) == chat:
                invitation = await roles.accepted_invite(tx, token)
                if invitation is not None:
                    return invitation
            invitation = await roles.invite(tx, token, now)
            if invitation is None or not await roles.accept(tx, invitation.id, chat, now):
                raise InviteRefused
            await chats.set_name(tx, chat, name)
            await roles.grant(tx, chat, invitation.role, invitation.place, invitation.created_by, now)
            await roles.log(tx, chat, "accept", f"{invitation.role} {invitation.place}", now, cause)
            await owe_what_waits(tx, self.places, chat, now)
        self.nudge()
        return invitation

    async def colleagues(self, chat: ChatId) -> tuple[list[Colleague], list[Invite]]:
        """The standing roles and open invitations within this chat's branches. Raises NotAllowed."""
        mine = await roles.of_chat(self.db.read, chat)
        if not any(Act.SEE_PEOPLE in ALLOWS[grant.role] for grant in mine):
            raise NotAllowed("people")
        seen = [one for one in await roles.standing(self.db.read) if self._covered(mine, Act.SEE_PEOPLE, one.place)]
        invites = [
            one
            for one in await roles.open_invites(self.db.read, self.clock.now())
            if self._covered(mine, Act.SEE_PEOPLE, one.place)
        ]
        found = []
        for grant in seen:
            person = await chats.subscriber(self.db.read, grant.chat_id)
            found.append(Colleague(grant, person.name if person else ""))
        return found, invites

    async def revoke(self, chat: ChatId, id: int, cause: UpdateId) -> Grant:
        """The role ends at once. Raises NotAllowed, Unknown; nobody revokes a role they could not give."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            grant = await roles.by_id(tx, id)
            if grant is None:
                raise Unknown(f"role {id}")
            mine = await roles.of_chat(tx, chat)
            if not any(
                covers(self.places, one, Act.REVOKE, grant.place) and grant.role in MAY_INVITE.get(one.role, ())
                for one in mine
            ):
                raise NotAllowed(f"revoke role {id}")
            await roles.revoke(tx, id, chat, now)
            await roles.log(tx, chat, "revoke", f"role {id}", now, cause)
        return grant

    async def revoke_invite(self, chat: ChatId, id: int, cause: UpdateId) -> None:
        """The invitation can no longer be accepted. Raises NotAllowed, Unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = [one for one in await roles.open_invites(tx, now) if one.id == id]
            if not found:
                raise Unknown(f"invite {id}")
            await self.authority.require(tx, chat, Act.REVOKE, found[0].place, f"revoke invite {id}")
            await roles.revoke_invite(tx, id, now)
            await roles.log(tx, chat, "revoke", f"invite {id}", now, cause)

    def _covered(self, mine: list[Grant], act: Act, place: PlaceSlug) -> bool:
        return any(covers(self.places, grant, act, place) for grant in mine)
