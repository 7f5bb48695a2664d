"""Elections: proposed by past calendars, confirmed by the plan, called, moved, cancelled; each act checked, logged."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.candidacy import OWN
from bot.domain.chats import Act
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.elections import (
    Deadline,
    Election,
    ElectionKind,
    ElectionStatus,
    Kenesh,
    Key,
    May,
    NoPlanName,
    NoSuchDay,
    Shift,
    TooManyDeadlines,
    Whom,
    in_order,
    moved,
    propose,
    shifts,
)
from bot.domain.errors import NotAllowed, Unknown, WrongMove
from bot.domain.ids import ChatId, ElectionId, Language, PlaceSlug, UpdateId
from bot.domain.places import Places
from bot.domain.plan_lines import PlanLine, TypedDay
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.editing import OpenGuide
from bot.services.reminding import OweReminders
from bot.storage import candidacies, deliveries, election_ledger, elections, roles
from bot.storage.database import Database

GATHER = timedelta(minutes=2)  # several changes made one after another are told in one letter
STAYS_FOR = timedelta(days=120)  # how long an election stays the one of its place after voting day
MOST_DEADLINES = 60


def held_in(election: Election, place: PlaceSlug, places: Places) -> bool:
    """Whether people of this place elect there: it is one of the election's places or lies below one."""
    return any(places.within(place, one) for one in election.places)


def the_one(
    found: Iterable[Election], place: PlaceSlug, kenesh: Kenesh, places: Places, today: date
) -> Election | None:
    """The called election for a candidate of this place: the nearest that is not long over."""
    fitting = [
        one
        for one in found
        if one.called and one.kenesh is kenesh and one.voting_day + STAYS_FOR >= today and held_in(one, place, places)
    ]
    return min(fitting, key=lambda one: (one.voting_day < today, one.voting_day, one.id), default=None)


@dataclass(frozen=True, slots=True)
class Elections:
    """What coordinators do with elections of their branch, and what everybody may know of the called ones."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    guide: OpenGuide
    zone: ZoneInfo
    owe_reminders: OweReminders
    nudge: Nudge

    async def may_run(self, chat: ChatId) -> bool:
        """Whether this chat may call elections somewhere."""
        grants = await self.authority.grants(chat)
        return any(self.authority.allowed([one], Act.RUN_ELECTIONS, one.place) for one in grants)

    async def run_by(self, chat: ChatId) -> list[Election]:
        """Elections this chat may change, by voting day; cancelled ones are left out."""
        grants = await self.authority.grants(chat)
        found = await elections.all_of(self.db.read, ElectionStatus.DRAFT, ElectionStatus.CALLED)
        return [
            one
            for one in found
            if all(self.authority.allowed(grants, Act.RUN_ELECTIONS, place) for place in one.places)
        ]

    async def one(self, chat: ChatId, id: ElectionId) -> Election:
        """An election for who may change it. Raises NotAllowed, Unknown."""
        return await self._own(self.db.read, chat, id, f"see election {id}")

    async def of_place(self, place: PlaceSlug | None) -> list[Election]:
        """The called elections that people of this place, or of the whole country, should know of."""
        today = self.clock.now().astimezone(self.zone).date()
        found = await elections.all_of(self.db.read, ElectionStatus.CALLED, ElectionStatus.OVER)
        return [
            one
            for one in found
            if one.voting_day + STAYS_FOR >= today and (place is None or held_in(one, place, self.places))
        ]

    async def may_campaign(self, place: PlaceSlug | None) -> list[tuple[Election, May]]:
        """Each called election of the place, and whether one may campaign there at this moment."""
        now = self.clock.now()
        return [(one, one.campaign(self.zone).on(now)) for one in await self.of_place(place)]

    async def draft(
        self,
        chat: ChatId,
        place: PlaceSlug,
        kenesh: Kenesh,
        kind: ElectionKind,
        voting_day: date,
        act: str,
        cause: UpdateId,
    ) -> Election:
        """A draft with the plan that past calendars propose; nobody else sees it. Raises NotAllowed, NoSuchDay."""
        now = self.clock.now()
        if voting_day <= now.astimezone(self.zone).date():
            raise NoSuchDay
        plan = _voting_by(act, propose(self.guide.usual, kenesh, voting_day))
        new = Election(
            ElectionId(0), frozenset({place}), kenesh, kind, voting_day, act, ElectionStatus.DRAFT, plan, chat
        )
        async with self.db.transaction() as tx:
            await self.authority.require(tx, chat, Act.RUN_ELECTIONS, place, f"draft an election in {place}")
            id = await elections.add(tx, new, now, cause)
            if await elections.write_plan(tx, id, plan, now, cause) is not None:
                await elections.add_place(tx, id, place)
                await roles.log(tx, chat, "draft election", f"election {id}", now, cause)
        return await self.one(chat, id)

    async def add_place(self, chat: ChatId, id: ElectionId, place: PlaceSlug, cause: UpdateId) -> Election:
        """One more place for a draft. Raises NotAllowed, Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = await self._own(tx, chat, id, f"add a place to election {id}")
            await self.authority.require(tx, chat, Act.RUN_ELECTIONS, place, f"add {place} to election {id}")
            if found.status is not ElectionStatus.DRAFT:
                raise WrongMove(found.status, "another place")
            await elections.add_place(tx, id, place)
            await roles.log(tx, chat, "add place", f"election {id} {place}", now, cause)
        return await self.one(chat, id)

    async def name_plan(self, chat: ChatId, id: ElectionId, name: str, cause: UpdateId) -> Election:
        """The paper by which dates are confirmed from now on. Raises NotAllowed, Unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = await self._own(tx, chat, id, f"name the plan of election {id}")
            await elections.save(tx, replace(found, plan_name=name))
            await roles.log(tx, chat, "name plan", f"election {id}", now, cause)
        return await self.one(chat, id)

    async def confirm(self, chat: ChatId, id: ElectionId, key: str, cause: UpdateId) -> Election:
        """This deadline, or every one when `key` is "", stands as the plan of this election has it.

        Raises NotAllowed, Unknown, NoPlanName, WrongMove."""

        def change(election: Election) -> list[Deadline]:
            _named(election)
            return [
                one.confirm(election.plan_name) if key in ("", one.key) and not one.confirmed else one
                for one in election.deadlines
            ]

        return await self._edit(chat, id, "confirm deadlines", change, cause)

    async def change(self, chat: ChatId, id: ElectionId, key: str, to: TypedDay, cause: UpdateId) -> Election:
        """The plan of this election has another day or hour: it is confirmed with it. The voting day moves everything.

        Raises NotAllowed, Unknown, NoPlanName, WrongMove."""
        if key == Key.VOTING:
            return await self.move(chat, id, to.day, cause)

        def change(election: Election) -> list[Deadline]:
            _named(election)
            if election.deadline(key) is None:
                raise Unknown(f"deadline {key} of election {id}")
            return [
                replace(one.confirm(election.plan_name, to.day, to.hour), by=None) if one.key == key else one
                for one in election.deadlines
            ]

        return await self._edit(chat, id, "change deadline", change, cause)

    async def drop(self, chat: ChatId, id: ElectionId, key: str, cause: UpdateId) -> Election:
        """The plan of this election has no such deadline; voting day stays. Raises NotAllowed, Unknown, WrongMove."""

        def change(election: Election) -> list[Deadline]:
            return [one for one in election.deadlines if one.key != key or key == Key.VOTING]

        return await self._edit(chat, id, "drop deadline", change, cause)

    async def bring_in(
        self, chat: ChatId, id: ElectionId, lines: Iterable[PlanLine], cause: UpdateId
    ) -> tuple[Election, int, int]:
        """The election, how many deadlines were added, and how many got the day of the plan: a line whose title is
        known changes that deadline. Raises NotAllowed, Unknown, NoPlanName, WrongMove, TooManyDeadlines."""
        counted = [0, 0]

        def change(election: Election) -> list[Deadline]:
            _named(election)
            plan = list(election.deadlines)
            for line in lines:
                titles = {line.title_ky.casefold(), line.title_ru.casefold()} - {""}
                at = next((n for n, one in enumerate(plan) if titles & _titles(one)), None)
                if at is None:
                    counted[0] += 1
                    plan.append(_own_deadline(plan, line, election.plan_name))
                elif plan[at].key != Key.VOTING:
                    counted[1] += 1
                    taken = plan[at].confirm(election.plan_name, line.when.day, line.when.hour)
                    plan[at] = replace(taken, by=None)
            if len(plan) > MOST_DEADLINES:
                raise TooManyDeadlines
            return plan

        return await self._edit(chat, id, "bring in deadlines", change, cause), counted[0], counted[1]

    async def call(self, chat: ChatId, id: ElectionId, cause: UpdateId) -> Election:
        """From now on people see the election; who stands in its places and had no dates is told that there are some.

        Raises NotAllowed, Unknown, WrongMove, NoSuchDay."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = await self._own(tx, chat, id, f"call election {id}")
            if found.voting_day < now.astimezone(self.zone).date():
                raise NoSuchDay
            called = found.moved_to(ElectionStatus.CALLED)
            await elections.save(tx, called)
            joining = [
                one.id
                for one in await candidacies.without_election(tx)
                if one.way.kenesh is called.kenesh and held_in(called, one.place, self.places)
            ]
            await candidacies.join(tx, joining, id)
            await self._owe(tx, id, f"called r{called.revision}", await candidacies.chats_of(tx, id), timedelta(0))
            await roles.log(tx, chat, "call election", f"election {id}", now, cause)
        await self.owe_reminders()
        self.nudge()
        return called

    async def moving(self, chat: ChatId, id: ElectionId, day: date) -> tuple[Shift, ...]:
        """What would move if voting were on this day. Raises NotAllowed, Unknown."""
        found = await self.one(chat, id)
        return shifts(found.deadlines, self._on(found, day))

    async def move(self, chat: ChatId, id: ElectionId, day: date, cause: UpdateId) -> Election:
        """Voting is on another day: all moves with it, nothing stays confirmed, and who was told hears "was → now".

        Raises NotAllowed, Unknown, WrongMove, NoSuchDay."""
        if day <= self.clock.now().astimezone(self.zone).date():
            raise NoSuchDay
        return await self._edit(
            chat, id, "move voting day", lambda election: self._on(election, day), cause, voting_day=day
        )

    async def cancel(self, chat: ChatId, id: ElectionId, cause: UpdateId) -> Election:
        """There is no such election any more; who was told of its dates is told so. Raises NotAllowed, Unknown,
        WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = await self._own(tx, chat, id, f"cancel election {id}")
            cancelled = found.moved_to(ElectionStatus.CANCELLED)
            await elections.save(tx, cancelled)
            if found.called:
                await election_ledger.gather(tx, id, now)
                await self._owe(tx, id, f"cancelled r{found.revision}", await self._told(tx, id), timedelta(0))
            await roles.log(tx, chat, "cancel election", f"election {id}", now, cause)
        self.nudge()
        return cancelled

    async def _edit(
        self,
        chat: ChatId,
        id: ElectionId,
        what: str,
        change: Callable[[Election], Iterable[Deadline]],
        cause: UpdateId,
        voting_day: date | None = None,
    ) -> Election:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            found = await self._own(tx, chat, id, f"{what} of election {id}")
            if found.status not in (ElectionStatus.DRAFT, ElectionStatus.CALLED):
                raise WrongMove(found.status, what)
            plan = in_order(change(found))
            revision = await elections.write_plan(tx, id, plan, now, cause)
            if revision is not None:
                await elections.save(tx, replace(found, voting_day=voting_day or found.voting_day))
                await roles.log(tx, chat, what, f"election {id}", now, cause)
                if found.called and shifts(found.deadlines, plan):
                    await election_ledger.gather(tx, id, now)
                    await self._owe(tx, id, f"moved r{revision}", await self._told(tx, id), GATHER)
        await self.owe_reminders()
        self.nudge()
        return await self.one(chat, id)

    async def _owe(
        self, tx: aiosqlite.Connection, id: ElectionId, occasion: str, chats: Iterable[ChatId], after: timedelta
    ) -> None:
        await deliveries.owe(
            tx,
            SourceKind.ELECTION_CHANGED,
            id,
            occasion,
            chats,
            urgency=Urgency.NOTICE,
            due_at=self.clock.now() + after,
            latest_only=True,
        )

    async def _told(self, tx: aiosqlite.Connection, id: ElectionId) -> list[ChatId]:
        """Who was told of dates: in a plan they opened, or by a letter that reached them."""
        here = set(await candidacies.chats_of(tx, id))
        return sorted(here & {*await candidacies.shown(tx, id), *await election_ledger.told(tx, id)})

    async def _own(self, db: aiosqlite.Connection, chat: ChatId, id: ElectionId, what: str) -> Election:
        found = await elections.by_id(db, id)
        if found is None:
            raise Unknown(f"election {id}")
        grants = await roles.of_chat(db, chat)
        if not all(self.authority.allowed(grants, Act.RUN_ELECTIONS, place) for place in found.places):
            raise NotAllowed(what)
        return found

    def _on(self, election: Election, day: date) -> tuple[Deadline, ...]:
        usual = {one.key: one for one in self.guide.usual}
        return _voting_by(election.act, moved(election.deadlines, usual, election.voting_day, day))


def _voting_by(act: str, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Voting day is known from the act that called it, not from a calendar."""
    return tuple(replace(one, basis=act, by=None) if one.key == Key.VOTING else one for one in deadlines)


def _named(election: Election) -> None:
    if not election.plan_name:
        raise NoPlanName


def _titles(deadline: Deadline) -> set[str]:
    return {deadline.title[language].casefold() for language in Language}


def _own_deadline(plan: list[Deadline], line: PlanLine, basis: str) -> Deadline:
    number = 1 + max((int(one.key.removeprefix(OWN)) for one in plan if one.key.startswith(OWN)), default=0)
    return Deadline(
        key=f"{OWN}{number}",
        title={Language.KY: line.title_ky or line.title_ru, Language.RU: line.title_ru or line.title_ky},
        day=line.when.day,
        hour=line.when.hour,
        whom=frozenset({Whom.CANDIDATE, Whom.PARTY}),
        end=True,
        basis=basis,
    )
