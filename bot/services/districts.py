"""The districts of aiyl keneshes: coordinators enter, revise, withdraw them; whoever asks about a place gets them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.chats import ALLOWS, Act
from bot.domain.errors import NotAllowed, Unknown
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY, Place, Places
from bot.domain.quotas.districts import Districting, DistrictsEntry, DistrictsMoved, NoAiylKenesh
from bot.ports import Clock
from bot.services.authority import Authority
from bot.storage import chats, districts, roles
from bot.storage.database import Database

SHOWN = 6  # lines of a place's history


@dataclass(frozen=True, slots=True)
class Districts:
    """Seats per district of a place, each with the act it comes from; nothing is ever overwritten."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    zone: ZoneInfo

    async def branch(self, chat: ChatId) -> PlaceSlug:
        """Where a coordinator's own branch begins. Raises NotAllowed for everybody else."""
        for grant in await self.authority.grants(chat):
            if Act.ENTER_DISTRICTS in ALLOWS[grant.role]:
                return grant.place
        raise NotAllowed("districts")

    async def look(self, chat: ChatId, place: PlaceSlug) -> tuple[DistrictsEntry, ...]:
        """What was entered for a place, the line that holds first. Raises NotAllowed, NoAiylKenesh."""
        await self._require(self.db.read, chat, place)
        return await districts.history(self.db.read, place, SHOWN)

    async def enter(
        self, chat: ChatId, place: PlaceSlug, known: Districting | None, seen: int, cause: UpdateId
    ) -> DistrictsEntry:
        """These districts hold from now on; None withdraws what held. `seen` is the line last looked at, 0 for none.
        The same update enters once. Raises NotAllowed, NoAiylKenesh, DistrictsMoved, Unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if (entered := await districts.of_cause(tx, cause)) is not None:
                return entered
            await self._require(tx, chat, place)
            newest = await districts.history(tx, place, 1)
            if known is None and (not newest or newest[0].known is None):
                raise Unknown(f"districts of {place}")
            if (newest[0].id if newest else 0) != seen:
                raise DistrictsMoved(place)
            number = await districts.add(tx, place, known, chat, now, cause)
            act = "enter districts" if known else "withdraw districts"
            await roles.log(tx, chat, act, f"{place} {number}", now, cause)
            added = await districts.of_cause(tx, cause)
        assert added is not None
        return added

    async def entered_by(self, cause: UpdateId) -> DistrictsEntry | None:
        """What this very update entered when it was acted on before."""
        return await districts.of_cause(self.db.read, cause)

    async def known(self, place: PlaceSlug) -> Districting | None:
        """The districts of a place as they stand. Raises NoAiylKenesh."""
        self._kenesh(place)
        newest = await districts.history(self.db.read, place, 1)
        return newest[0].known if newest else None

    async def home(self, chat: ChatId) -> Place | None:
        """The place that a person named in /me, whatever its level."""
        person = await chats.subscriber(self.db.read, chat)
        return self.places.get(person.place) if person is not None and person.place else None

    def near(self, home: Place | None) -> PlaceSlug:
        """Where a search down the tree begins for somebody who lives here: what lies above an aiyl aimak."""
        if home is None:
            return COUNTRY
        return home.slug if self.places.children(home.slug) else home.parent or COUNTRY

    def today(self) -> date:
        """The day in Kyrgyzstan."""
        return self.clock.now().astimezone(self.zone).date()

    async def _require(self, db: aiosqlite.Connection, chat: ChatId, place: PlaceSlug) -> None:
        await self.authority.require(db, chat, Act.ENTER_DISTRICTS, place, f"districts of {place}")
        self._kenesh(place)

    def _kenesh(self, slug: PlaceSlug) -> None:
        place = self.places.get(slug)
        if place is None or not place.elects_aiyl_kenesh:
            raise NoAiylKenesh(slug)
