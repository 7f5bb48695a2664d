"""What anybody may look at: hearings ahead, past ones with their outcomes, a search, and the files of one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.chats import Act
from bot.domain.contributions import ContributionStatus
from bot.domain.deliveries import SourceKind
from bot.domain.errors import NotAllowed, Unknown
from bot.domain.hearings import Hearing, HearingId, HearingNumbers, HearingStatus, Shown
from bot.domain.ids import ChatId, MessageId, PlaceSlug
from bot.domain.places import COUNTRY, Places
from bot.ports import Clock
from bot.services.authority import Authority
from bot.services.hearings.follow import Follow
from bot.storage import comings, contributions, hearing_ledger, hearing_numbers, hearings, listeners, sources
from bot.storage.database import Database

TWO_YEARS = timedelta(days=730)
FAR = timedelta(days=4000)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LOOKED_THROUGH = 1000
ABOUT_A_HEARING = frozenset(
    {SourceKind.HEARING, SourceKind.HEARING_CARD, SourceKind.HEARING_REMINDER, SourceKind.HEARING_AFTER}
)


@dataclass(frozen=True, slots=True)
class ShowHearings:
    """Reads, never writes."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    follow: Follow

    async def one(self, id: HearingId, chat: ChatId) -> Shown:
        """A hearing for this chat, cancelled ones too. Raises Unknown."""
        hearing = await hearings.by_id(self.db.read, id)
        if hearing is None:
            raise Unknown(f"hearing {id}")
        coming = await comings.counted(self.db.read, id, chat)
        counts = await contributions.counts(self.db.read, id)
        outcome = await hearings.outcome(self.db.read, id)
        words = counts.get(ContributionStatus.PUBLISHED, 0)
        return Shown(hearing, outcome, coming.everywhere, coming.here, words)

    async def ahead(self, places: tuple[PlaceSlug, ...], limit: int = 12) -> list[Hearing]:
        """What comes in these places and below, the earliest first."""
        now = self.clock.now()
        found = await hearings.between(
            self.db.read, self._below(places), now - timedelta(hours=3), now + FAR, limit, newest=False
        )
        return [one for one in found if one.status is not HearingStatus.CONCLUDED]

    async def past(self, places: tuple[PlaceSlug, ...], limit: int = 12) -> list[tuple[Hearing, bool]]:
        """What was, the newest first, and whether its outcome is known."""
        now = self.clock.now()
        found = await hearings.between(self.db.read, self._below(places), LONG_AGO, now, limit, newest=True)
        return [(one, one.status is HearingStatus.CONCLUDED) for one in found]

    async def last_announced(self, places: tuple[PlaceSlug, ...]) -> Hearing | None:
        """The hearing announced last in these places and below."""
        return await hearings.last_announced(self.db.read, self._below(places))

    async def search(self, words: str, limit: int = 10) -> list[Hearing]:
        """Hearings whose number, topic, agenda or venue holds all these words, the newest first."""
        sought = words.casefold().lstrip("№ ").split()
        found = []
        for one in await hearings.newest(self.db.read, LOOKED_THROUGH):
            place = self.places.get(one.place)
            names = " ".join(place.names.values()) if place else ""
            text = f"{one.id} {one.terms.topic} {one.terms.agenda} {one.terms.venue} {names}".casefold()
            if sought and all(word in text for word in sought):
                found.append(one)
        return found[:limit]

    async def of_letter(self, chat: ChatId, message: MessageId) -> HearingId | None:
        """The hearing that a letter in this chat is about."""
        source = await sources.of_letter(self.db.read, chat, message)
        return HearingId(source.subject) if source is not None and source.kind in ABOUT_A_HEARING else None

    async def places_of(self, chat: ChatId) -> tuple[PlaceSlug, ...]:
        """The places whose hearings a chat looks at first: those it follows."""
        return tuple(await listeners.followed(self.db.read, chat))

    async def told(self, id: HearingId) -> int:
        """How many chats know of this hearing."""
        told = await hearing_ledger.told(self.db.read, id)
        return len({*told, *await listeners.keepers(self.db.read, id)})

    async def of_coordinator(self, chat: ChatId, limit: int = 15) -> list[Hearing]:
        """The hearings of the branches in which this chat announces, the newest first. Raises NotAllowed."""
        grants = await self.authority.grants(chat)
        branches = tuple(one.place for one in grants if self.authority.allowed((one,), Act.ANNOUNCE, one.place))
        if not branches:
            raise NotAllowed("hearings of a coordinator")
        now = self.clock.now()
        return await hearings.between(self.db.read, self._below(branches), LONG_AGO, now + FAR, limit, newest=True)

    async def numbers(self, chat: ChatId) -> list[HearingNumbers]:
        """The hearings of the last two years in the branches whose statistics this chat may see. Raises NotAllowed."""
        grants = await self.authority.grants(chat)
        branches = tuple(one.place for one in grants if self.authority.allowed((one,), Act.SEE_STATISTICS, one.place))
        if not branches:
            raise NotAllowed("hearings in numbers")
        now = self.clock.now()
        return await hearing_numbers.of_places(self.db.read, self._below(branches), now - TWO_YEARS, now + FAR)

    async def may_announce(self, chat: ChatId, place: PlaceSlug) -> bool:
        """Whether this chat's role lets it change hearings here."""
        return self.authority.allowed(await self.authority.grants(chat), Act.ANNOUNCE, place)

    def _below(self, places: tuple[PlaceSlug, ...]) -> tuple[PlaceSlug, ...]:
        return tuple(dict.fromkeys(slug for place in places or (COUNTRY,) for slug in self.follow.below(place)))
