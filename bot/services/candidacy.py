"""My candidacy: begun by three answers, kept step by step, shared with companions, and gone when its owner says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain.candidacy import (
    LONGEST_NOTE,
    MOST_COMPANIONS,
    Candidacy,
    NoRoom,
    Outcome,
    Plan,
    Way,
    plan,
)
from bot.domain.elections import Election, ElectionStatus
from bot.domain.errors import InviteRefused, NotAllowed, Unknown, WrongMove
from bot.domain.ids import CandidacyId, ChatId, PlaceSlug
from bot.domain.places import Places
from bot.ports import Clock, Nudge
from bot.services.editing import OpenGuide
from bot.services.elections import the_one
from bot.services.people import new_token
from bot.services.reminding import days_to_remind, owe_morning
from bot.storage import candidacies, elections, roles
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Candidacies:
    """What a candidate and invited companions do with a plan. Only the candidate changes it."""

    db: Database
    clock: Clock
    places: Places
    guide: OpenGuide
    zone: ZoneInfo
    nudge: Nudge
    token: Callable[[], str] = new_token

    async def seen_by(self, chat: ChatId) -> list[Candidacy]:
        """The candidacies whose plan this chat may open, its own first."""
        return [candidacy for candidacy, _ in await candidacies.seen_by(self.db.read, chat)]

    async def show(self, chat: ChatId, id: CandidacyId) -> Plan:
        """The plan as it stands; it is remembered which state of the dates was shown. Raises Unknown."""
        found = await self._plan(chat, id)
        revision = found.election.revision if found.election is not None and found.election.called else 0
        if revision > found.companion.seen:
            async with self.db.transaction() as tx:
                await candidacies.saw(tx, id, chat, revision)
        return found

    async def begin(self, chat: ChatId, place: PlaceSlug, way: Way) -> CandidacyId:
        """This person stands here in this way, in the called election of the place if there is one. Reminders are owed
        for the mornings still ahead; what was said of steps before stays. Raises Unknown."""
        if self.places.get(place) is None:
            raise Unknown(f"place {place}")
        now = self.clock.now()
        async with self.db.transaction() as tx:
            called = await elections.all_of(tx, ElectionStatus.CALLED)
            election = the_one(called, place, way.kenesh, self.places, now.astimezone(self.zone).date())
            id = await candidacies.begin(tx, chat, place, way, None if election is None else election.id, now)
            if election is not None:
                everybody = [one.chat_id for one in await candidacies.companions(tx, id)]
                for day in days_to_remind(election, way, self.guide.steps, now, self.zone):
                    await owe_morning(tx, election, day, everybody, self.zone)
        self.nudge()
        return id

    async def mark(self, chat: ChatId, id: CandidacyId, key: str, done: bool) -> Plan:
        """The candidate says that a step is done, or that it is not. Raises Unknown, NotAllowed."""
        found = await self._own(chat, id)
        if found.line(key) is None:
            raise Unknown(f"step {key}")
        async with self.db.transaction() as tx:
            await candidacies.mark(tx, id, key, self.clock.now() if done else None)
        return await self._plan(chat, id)

    async def note(self, chat: ChatId, id: CandidacyId, key: str, words: str) -> Plan:
        """The candidate's note to a step; "" takes it away. Raises Unknown, NotAllowed."""
        found = await self._own(chat, id)
        if found.line(key) is None:
            raise Unknown(f"step {key}")
        async with self.db.transaction() as tx:
            await candidacies.note(tx, id, key, words[:LONGEST_NOTE])
        return await self._plan(chat, id)

    async def mute(self, chat: ChatId, id: CandidacyId, muted: bool) -> Plan:
        """This chat is reminded of deadlines, or not; changes of dates are told all the same. Raises Unknown."""
        await self._plan(chat, id)
        async with self.db.transaction() as tx:
            await candidacies.mute(tx, id, chat, muted)
        return await self._plan(chat, id)

    async def ended(self, chat: ChatId, id: CandidacyId, outcome: Outcome) -> Plan:
        """What came of the election, as the candidate tells it once voting day is over. Raises Unknown, WrongMove."""
        found = await self._own(chat, id)
        if outcome is not Outcome.OPEN and not found.voted:
            raise WrongMove("before voting day", outcome)
        return await self._save(chat, replace(found.candidacy, outcome=outcome))

    async def be_woman(self, chat: ChatId, id: CandidacyId, woman: bool) -> Plan:
        """The candidate wants the materials for women candidates kept at hand, or not. Raises Unknown, NotAllowed."""
        return await self._save(chat, replace((await self._own(chat, id)).candidacy, woman=woman))

    async def be_named(self, chat: ChatId, id: CandidacyId, name: str) -> Plan:
        """Coordinators of the place see this name; "" takes it away. Raises Unknown, NotAllowed."""
        return await self._save(chat, replace((await self._own(chat, id)).candidacy, name=name[:60]))

    async def invite(self, chat: ChatId, id: CandidacyId) -> str:
        """A token for a link by which others see the plan; an older link leads nowhere. Raises Unknown, NotAllowed."""
        await self._own(chat, id)
        token = self.token()
        async with self.db.transaction() as tx:
            await candidacies.set_link(tx, id, roles.token_hash(token))
        return token

    async def offered(self, token: str) -> Candidacy:
        """The candidacy that a link invites to. Raises InviteRefused."""
        found = await candidacies.of_link(self.db.read, roles.token_hash(token))
        if found is None:
            raise InviteRefused
        return found

    async def accept(self, chat: ChatId, token: str) -> CandidacyId:
        """This chat sees the plan and is reminded from now on. Raises InviteRefused, NoRoom."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = await candidacies.of_link(tx, roles.token_hash(token))
            if found is None:
                raise InviteRefused
            there = [one.chat_id for one in await candidacies.companions(tx, found.id)]
            if chat not in there and len(there) > MOST_COMPANIONS:
                raise NoRoom
            await candidacies.add_companion(tx, found.id, chat)
            election = await self._election(found)
            if election is not None and election.called:
                for day in days_to_remind(election, found.way, self.guide.steps, now, self.zone):
                    await owe_morning(tx, election, day, [chat], self.zone)
        self.nudge()
        return found.id

    async def leave(self, chat: ChatId, id: CandidacyId) -> None:
        """A companion no longer sees the plan, and nothing is said to them about it."""
        async with self.db.transaction() as tx:
            await candidacies.remove_companion(tx, id, chat)

    async def dismiss(self, chat: ChatId, id: CandidacyId) -> Plan:
        """The candidate alone sees the plan from now on. Raises Unknown, NotAllowed."""
        await self._own(chat, id)
        async with self.db.transaction() as tx:
            await candidacies.dismiss(tx, id)
        return await self._plan(chat, id)

    async def stop(self, chat: ChatId) -> None:
        """This person does not stand: the plan, its notes and everybody's sight of it are gone."""
        async with self.db.transaction() as tx:
            await candidacies.stop(tx, chat)

    async def _plan(self, chat: ChatId, id: CandidacyId) -> Plan:
        found = await candidacies.by_id(self.db.read, id)
        there = await candidacies.companions(self.db.read, id)
        companion = next((one for one in there if one.chat_id == chat), None)
        if found is None or companion is None:
            raise Unknown(f"candidacy {id}")
        election = await self._election(found)
        voted = election is not None and election.called and self.clock.now() >= election.ends_at(self.zone)
        return Plan(found, companion, election, plan(found, self.guide.steps, election), voted, len(there) - 1)

    async def _own(self, chat: ChatId, id: CandidacyId) -> Plan:
        found = await self._plan(chat, id)
        if not found.own:
            raise NotAllowed(f"change candidacy {id}")
        return found

    async def _save(self, chat: ChatId, candidacy: Candidacy) -> Plan:
        async with self.db.transaction() as tx:
            await candidacies.save(tx, candidacy)
        return await self._plan(chat, candidacy.id)

    async def _election(self, candidacy: Candidacy) -> Election | None:
        if candidacy.election_id is None:
            return None
        return await elections.by_id(self.db.read, candidacy.election_id)
