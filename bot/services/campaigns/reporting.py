"""What came of a campaign: a Tally that adds up, by cause, oblast and language; and what came of one chat."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.campaigns import Campaign, CampaignStatus
from bot.domain.chats import Act
from bot.domain.deliveries import SETTLED, Delivery, DeliveryStatus, Reason
from bot.domain.errors import WrongMove
from bot.domain.ids import CampaignId, ChatId, Language, MessageId, PlaceSlug, UpdateId
from bot.ports import Letter
from bot.services.campaigns.ground import Ground
from bot.services.campaigns.launching import LaunchCampaign, Standing
from bot.storage import audiences, campaigns, chats, deliveries, freezing, homes, roles
from bot.texts import campaign_reports

EDIT_EVERY = 3.0  # seconds between two edits of one message
Edit = Callable[[ChatId, MessageId, Letter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Report:
    """The tally of a campaign, and the same by cause, oblast and language; taps on its buttons."""

    standing: Standing
    causes: Mapping[tuple[DeliveryStatus, Reason], int]
    oblasts: Mapping[PlaceSlug | None, Mapping[DeliveryStatus, int]]
    languages: Mapping[Language, Mapping[DeliveryStatus, int]]
    taps: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ReportCampaign:
    """Counted by rows when it is asked for, never while letters are written."""

    ground: Ground
    launching: LaunchCampaign

    async def __call__(self, chat: ChatId, id: CampaignId) -> Report:
        """Raises NotAllowed, Unknown."""
        await self.ground.campaign(self.ground.db.read, chat, id, "report")
        return await self.of(id)

    async def of(self, id: CampaignId) -> Report:
        """The report for whoever is owed it."""
        db = self.ground.db.read
        standing = await self.launching.standing(id)
        causes: Counter[tuple[DeliveryStatus, Reason]] = Counter()
        oblasts: dict[PlaceSlug | None, Counter[DeliveryStatus]] = {}
        languages: dict[Language, Counter[DeliveryStatus]] = {}
        for row in [] if standing.source is None else await audiences.outcomes(db, standing.source.id):
            status = DeliveryStatus(row["status"])
            place = PlaceSlug(row["place"]) if row["place"] else None
            causes[status, Reason(row["reason"])] += row["n"]
            oblasts.setdefault(audiences.oblast_of(place, self.ground.places), Counter())[status] += row["n"]
            languages.setdefault(Language(row["language"]), Counter())[status] += row["n"]
        return Report(standing, causes, oblasts, languages, await campaigns.taps(db, id))

    async def did_get(self, chat: ChatId, id: CampaignId, words: str) -> list[tuple[str, Delivery | None]]:
        """Whether the chat of this id, or coordinators and groups of this name, got it. Raises NotAllowed, Unknown."""
        await self.ground.campaign(self.ground.db.read, chat, id, "did get")
        found: list[tuple[str, Delivery | None]] = []
        db = self.ground.db.read
        for one in await campaigns.known_as(db, words.strip()):
            person = await chats.subscriber(db, one)
            group = await chats.group(db, one)
            name = (person.name if person else group.title if group else "") or str(one)
            source = await self.ground.source(db, id)
            row = None if source is None else await deliveries.of_source_and_chat(db, source.id, one)
            found.append((name, row))
        return found

    async def retry(self, chat: ChatId, id: CampaignId, status: DeliveryStatus, cause: UpdateId) -> int:
        """How many go once more: the failed or the uncertain, because a coordinator says so. Raises NotAllowed,
        Unknown, WrongMove, NotAtHome; the log says so."""
        async with self.ground.db.transaction() as tx:
            await self.ground.require_home(tx)
            one = await self.ground.campaign(tx, chat, id, "retry")
            source = await self.ground.source(tx, id)
            if source is None or one.status not in (CampaignStatus.PAUSED, CampaignStatus.DONE):
                raise WrongMove(one.status, status)
            again = await freezing.requeue(tx, source.id, status, self.ground.clock.now())
            if again and one.status is CampaignStatus.DONE:
                await campaigns.save(tx, one.moved_to(CampaignStatus.RUNNING))
                await campaigns.goes_on(tx, id)
            await roles.log(tx, chat, f"retry {status.name.lower()}", f"campaign {id}", self.ground.clock.now(), cause)
        self.ground.nudge()
        return again

    async def tapped(self, id: CampaignId, button: int, cause: UpdateId) -> Campaign | None:
        """The campaign whose button was tapped; the tap is counted, who tapped is not kept."""
        async with self.ground.db.transaction() as tx:
            one = await campaigns.by_id(tx, id)
            if one is None or not 0 <= button < len(one.draft.content.buttons):
                return None
            await campaigns.tap(tx, id, button, cause)
        return one


@dataclass(frozen=True, slots=True)
class ConfirmHome:
    """An administrator says that this machine is the one; paused campaigns then go on when somebody resumes them."""

    ground: Ground

    async def __call__(self, chat: ChatId, cause: UpdateId) -> bool:
        """Whether this was news. Raises NotAllowed for whoever is not an administrator of the whole country."""
        async with self.ground.db.transaction() as tx:
            await self.ground.authority.require(tx, chat, Act.RELOAD_GUIDE, None, "confirm home")
            news = await homes.confirm(tx)
            if news:
                await roles.log(tx, chat, "confirm home", "", self.ground.clock.now(), cause)
        self.ground.nudge()
        return news

    async def at_home(self) -> bool:
        """Whether campaigns may leave from here."""
        return await homes.confirmed(self.ground.db.read)


@dataclass(slots=True)
class ShowProgress:
    """One message for each running campaign, edited at most every 3 seconds, and only when it says something new."""

    ground: Ground
    launching: LaunchCampaign
    edit: Edit
    _shown: dict[CampaignId, tuple[float, int, str]] = field(default_factory=dict)

    async def __call__(self) -> None:
        now = self.ground.clock.monotonic()
        live = await campaigns.live(self.ground.db.read)
        for one in live:
            if one.launched_at is not None:
                await self._show(one.id, now)
        for id in [id for id in self._shown if id not in {one.id for one in live}]:
            await self._show(id, now, last=True)
            del self._shown[id]

    async def _show(self, id: CampaignId, now: float, *, last: bool = False) -> None:
        where = await campaigns.progress_of(self.ground.db.read, id)
        at, before, said = self._shown.get(id, (0.0, 0, ""))
        if where is None or (not last and at and now - at < EDIT_EVERY):
            return
        standing = await self.launching.standing(id)
        settled = standing.tally.of(*SETTLED)
        speed = max(0, settled - before) / (now - at) if at and now > at else 0.0
        person = await chats.subscriber(self.ground.db.read, where[0])
        language = person.language if person and person.language else Language.KY
        letter = campaign_reports.progress(
            standing.campaign, standing.tally, standing.source, speed, language, self.ground.zone
        )
        self._shown[id] = (now, settled, letter.text)
        if letter.text != said:
            await self.edit(where[0], where[1], letter)
