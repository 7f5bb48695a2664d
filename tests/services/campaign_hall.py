"""A hall for campaigns without Telegram: the real file, the real Courier, a fake messenger, time that the test steers."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.campaigns import Campaign, CampaignTopic, Draft
from bot.domain.chats import ChatKind, Role
from bot.domain.deliveries import DeliveryStatus, Reason, Source, SourceKind, Tally
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY, Places
from bot.ports import Letter
from bot.services.authority import Authority
from bot.services.campaigns import CampaignLetters, Campaigns, Ground, WriteNews
from bot.services.courier import Courier
from bot.storage import chats, deliveries, roles
from bot.storage.database import Database
from tests.fakes import NOON, FakeMessenger, SteeredClock
from tests.services.ledger import running, steer

ZONE = ZoneInfo("Asia/Bishkek")
NURGUL, AIGUL = ChatId(1), ChatId(2)
FIRST = 100


@dataclass
class Hall:
    """Two coordinators of the country, people, and everything that sends."""

    db: Database
    clock: SteeredClock
    places: Places
    messenger: FakeMessenger
    silent_until: datetime | None = None
    a_week: int = 2
    causes: int = 0
    campaigns: Campaigns = field(init=False)
    letters: CampaignLetters = field(init=False)
    news: WriteNews = field(init=False)

    def __post_init__(self) -> None:
        async def silence(places: Iterable[PlaceSlug]) -> datetime | None:
            return self.silent_until

        authority = Authority(self.db, self.clock, self.places)
        ground = Ground(
            self.db, self.clock, self.places, authority, lambda: None, ZONE, approval_from=5, silence=silence
        )
        self.campaigns = Campaigns.on(ground)
        self.letters = CampaignLetters(self.db, self.clock, self.a_week)
        self.news = WriteNews(self.campaigns.report, self.letters)

    def cause(self) -> UpdateId:
        """The next update."""
        self.causes += 1
        return UpdateId(self.causes)

    async def write(self, source: Source, chat: ChatId) -> Letter | Reason | None:
        """What a delivery says."""
        if source.kind is SourceKind.CAMPAIGN:
            return await self.letters(source, chat)
        return await self.news(source, chat)

    async def people(self, many: int, place: PlaceSlug = COUNTRY, language: Language = Language.RU) -> list[ChatId]:
        """So many more people of a place."""
        rows = list(await self.db.read.execute_fetchall("SELECT count(*) AS n FROM chats"))
        new = [ChatId(FIRST + rows[0]["n"] + n) for n in range(many)]
        async with self.db.transaction() as tx:
            for one in new:
                await chats.started(tx, one, ChatKind.PRIVATE, self.clock.now())
                await chats.set_language(tx, one, language)
                await chats.set_place(tx, one, place, "")
        return new

    async def draft(self, ky: str = "Саламатсызбы", ru: str = "Здравствуйте") -> Campaign:
        """A complete draft of Nurgul's about the quota, for everybody."""
        one = await self.campaigns.draft(NURGUL, self.cause())

        def edit(draft: Draft) -> Draft:
            words = {Language.KY: ky, Language.RU: ru}
            content = replace(draft.content, words=words, topic=CampaignTopic.QUOTA, signed="Нургүл")
            return replace(draft, content=content)

        return await self.change(one, edit)

    async def change(self, one: Campaign, edit: object) -> Campaign:
        """The next version."""
        changed, _fell = await self.campaigns.draft.change(NURGUL, one.id, edit, self.cause())  # type: ignore[arg-type]
        return changed

    async def approved(self, one: Campaign | None = None) -> Campaign:
        """A draft that Aigul has approved."""
        one = one or await self.draft()
        await self.campaigns.approve.submit(NURGUL, one.id, one.draft.hash, self.cause())
        return await self.campaigns.approve(AIGUL, one.id, one.draft.hash, self.cause())

    async def launched(self, one: Campaign | None = None) -> Campaign:
        """A campaign that runs, its audience frozen."""
        one = await self.approved(one)
        await self.campaigns.launch(NURGUL, one.id, self.cause())
        await self.campaigns.tend()
        return one

    async def tally(self, one: Campaign) -> Tally:
        """The audience, counted."""
        return (await self.campaigns.launch.standing(one.id)).tally

    async def stands(self, one: Campaign) -> Campaign:
        """The campaign as it is now."""
        return (await self.campaigns.launch.standing(one.id)).campaign

    async def rows(self, one: Campaign) -> dict[ChatId, tuple[DeliveryStatus, Reason]]:
        """How each letter stands."""
        found = await deliveries.letters_of(self.db.read, SourceKind.CAMPAIGN, one.id)
        return {row.chat_id: (row.status, row.reason) for row in found}

    def courier(self) -> Courier:
        """The one voice."""
        return Courier(self.db, self.messenger, self.clock, self.write, 25.0, self.campaigns.pause.because_of_failures)

    async def carry(self, courier: Courier | None = None, *, seconds: float = 30.0) -> None:
        """Letters go for so long, and campaigns are looked after each second."""
        courier = courier or self.courier()
        async with running(courier):
            for _ in range(int(seconds)):
                end = self.clock.monotonic() + 1.0
                await steer(courier, lambda end=end: self.clock.monotonic() >= end, step=0.25)  # type: ignore[misc]
                await self.campaigns.tend()
                courier.due.set()

    def told(self, words: str) -> list[ChatId]:
        """Who was sent a letter with these words."""
        return [chat for chat, letter, _ in self.messenger.sent if words in letter.text]


@asynccontextmanager
async def a_hall(folder: Path, places: Places, messenger: FakeMessenger | None = None) -> AsyncIterator[Hall]:
    """An empty file with two coordinators."""
    db = await Database.open(folder / "bot.sqlite3")
    try:
        async with db.transaction() as tx:
            for chat, name in ((NURGUL, "Нургүл"), (AIGUL, "Айгүл")):
                await chats.started(tx, chat, ChatKind.PRIVATE, NOON)
                await chats.set_language(tx, chat, Language.RU)
                await chats.set_name(tx, chat, name)
                await roles.grant(tx, chat, Role.ADMINISTRATOR, COUNTRY, None, NOON)
        hall = Hall(db, SteeredClock(), places, messenger or FakeMessenger())
        await hall.campaigns.tend.arrive()
        yield hall
    finally:
        await db.close()
