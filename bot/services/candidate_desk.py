"""What coordinators see of the candidates of their places: how many stand at which step; and a letter to those."""

from collections.abc import Mapping
from dataclasses import dataclass

import aiosqlite

from bot.domain.candidacy import Candidacy, Stage, plan, stands_at
from bot.domain.chats import Act
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.elections import Election, ElectionStatus
from bot.domain.errors import NotAllowed
from bot.domain.ids import ChatId, ElectionId, Language, PlaceSlug, UpdateId
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.editing import OpenGuide
from bot.storage import candidacies, chats, deliveries, elections, roles
from bot.storage.database import Database

ALL_DONE = "-"


@dataclass(frozen=True, slots=True)
class CandidateDesk:
    """Counts by step, never who, unless the person agreed; letters as information, signed and logged."""

    db: Database
    clock: Clock
    authority: Authority
    guide: OpenGuide
    nudge: Nudge

    async def stages(self, chat: ChatId) -> tuple[Stage, ...]:
        """How many candidates of this chat's places stand at which step, in the order of steps. Raises NotAllowed."""
        order = {step.key: number for number, step in enumerate(self.guide.steps)}
        found: dict[str, Stage] = {}
        for candidacy, key, title in await self._candidates(self.db.read, chat):
            before = found.get(key, Stage(key, title, 0, ()))
            names = (*before.names, candidacy.name) if candidacy.name else before.names
            found[key] = Stage(key, title, before.count + 1, names)
        return tuple(sorted(found.values(), key=lambda one: (one.key == ALL_DONE, order.get(one.key, 999), one.key)))

    async def write(self, chat: ChatId, key: str, text: str, cause: UpdateId) -> int:
        """How many candidates are owed the letter: those of this chat's places who stand at the step now. Logged; the
        same update writes once. Raises NotAllowed."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            to = [one.chat_id for one, at, _ in await self._candidates(tx, chat) if at == key and one.chat_id != chat]
            author = await chats.subscriber(tx, chat)
            grants = await roles.of_chat(tx, chat)
            letter = candidacies.CandidateLetter(0, chat, author.name if author else "", grants[0].place, key, text)
            id = await candidacies.add_letter(tx, letter, now, cause)
            await deliveries.owe(tx, SourceKind.CANDIDATE_LETTER, id, "letter", to, urgency=Urgency.NOTICE, due_at=now)
            await roles.log(tx, chat, "write to candidates", f"letter {id}", now, cause)
        self.nudge()
        return len(to)

    async def _candidates(
        self, db: aiosqlite.Connection, chat: ChatId
    ) -> list[tuple[Candidacy, str, Mapping[Language, str] | None]]:
        grants = await roles.of_chat(db, chat)
        if not any(self.authority.allowed([one], Act.SERVE_CANDIDATES, one.place) for one in grants):
            raise NotAllowed("candidates")
        steps = self.guide.steps
        called: dict[ElectionId, Election] = {
            one.id: one for one in await elections.all_of(db, ElectionStatus.CALLED, ElectionStatus.OVER)
        }
        mine: dict[PlaceSlug, bool] = {}
        found: list[tuple[Candidacy, str, Mapping[Language, str] | None]] = []
        for one in await candidacies.all_of(db):
            if one.place not in mine:
                mine[one.place] = self.authority.allowed(grants, Act.SERVE_CANDIDATES, one.place)
            if mine[one.place]:
                election = called.get(one.election_id) if one.election_id is not None else None
                line = stands_at(plan(one, steps, election))
                found.append((one, ALL_DONE, None) if line is None else (one, line.key, line.title))
        return found
