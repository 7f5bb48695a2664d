"""A chat begins, chooses its language, tells of itself, goes silent, and is forgotten."""

from dataclasses import dataclass

from bot.domain.chats import ChatKind, Group, Role, Subscriber, TopicOfInterest
from bot.domain.guide import Reader
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY, Places
from bot.ports import Clock, Nudge
from bot.services.duty import owe_what_waits, pass_on
from bot.storage import (
    candidacies,
    chats,
    deliveries,
    districts,
    elections,
    faq,
    inbox,
    listeners,
    place_aliases,
    questions,
    quiz,
    roles,
)
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class StartChat:
    """A person pressed /start: known and reachable from now on. The first administrators receive their role."""

    db: Database
    clock: Clock
    places: Places
    admins: tuple[ChatId, ...]
    nudge: Nudge

    async def __call__(self, chat: ChatId, name: str) -> Subscriber:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            await chats.started(tx, chat, ChatKind.PRIVATE, now)
            if chat in self.admins:
                await chats.set_name(tx, chat, name)
                await roles.grant(tx, chat, Role.ADMINISTRATOR, COUNTRY, None, now)
            if await roles.of_chat(tx, chat):
                await owe_what_waits(tx, self.places, now)
        self.nudge()
        return await self.subscriber(chat) or Subscriber(chat)

    async def came_back(self, chat: ChatId) -> None:
        """A person unblocked the bot: if we know them, letters reach them again; an unknown one stays unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if await chats.came_back(tx, chat, now) and await roles.of_chat(tx, chat):
                await owe_what_waits(tx, self.places, now)
        self.nudge()

    async def subscriber(self, chat: ChatId) -> Subscriber | None:
        """The person of this chat, if they have started us."""
        return await chats.subscriber(self.db.read, chat)

    async def unreached_admins(self) -> tuple[ChatId, ...]:
        """The first administrators who have not pressed /start: a bot cannot write first."""
        known = [await chats.subscriber(self.db.read, admin) for admin in self.admins]
        return tuple(admin for admin, person in zip(self.admins, known, strict=True) if person is None)


@dataclass(frozen=True, slots=True)
class JoinGroup:
    """The bot was added to a group, or the group came back: known and reachable from now on."""

    db: Database
    clock: Clock

    async def __call__(self, chat: ChatId, title: str) -> Group:
        async with self.db.transaction() as tx:
            await chats.started(tx, chat, ChatKind.GROUP, self.clock.now())
            await chats.set_name(tx, chat, title)
        return await self.group(chat) or Group(chat, title)

    async def group(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it has invited us."""
        return await chats.group(self.db.read, chat)


@dataclass(frozen=True, slots=True)
class LoseChat:
    """A person blocked the bot, or a group removed it: nothing is sent there until it speaks again."""

    db: Database

    async def __call__(self, chat: ChatId) -> None:
        await self.db.write(lambda connection: chats.mark_unreachable(connection, chat))


@dataclass(frozen=True, slots=True)
class MoveChat:
    """A group became a supergroup: its new id stands everywhere, in one transaction."""

    db: Database

    async def __call__(self, old: ChatId, new: ChatId) -> None:
        await self.db.write(lambda connection: chats.move(connection, old, new))


@dataclass(frozen=True, slots=True)
class Describe:
    """A chat tells of itself: language, place, for whom it reads, which topics. Each is one tap and may be undone."""

    db: Database

    async def language(self, chat: ChatId, language: Language) -> None:
        async with self.db.transaction() as tx:
            await chats.set_language(tx, chat, language)

    async def place(self, chat: ChatId, place: PlaceSlug | None, village: str = "") -> None:
        async with self.db.transaction() as tx:
            await chats.set_place(tx, chat, place, village)

    async def readers(self, chat: ChatId, readers: frozenset[Reader]) -> None:
        async with self.db.transaction() as tx:
            await chats.set_readers(tx, chat, readers)

    async def topics(self, chat: ChatId, topics: frozenset[TopicOfInterest]) -> None:
        async with self.db.transaction() as tx:
            await chats.set_topics(tx, chat, topics)


@dataclass(frozen=True, slots=True)
class Forget:
    """Chat id and words go at once, what is owed is stopped, counts stay; a coordinator's roles end, and what they had
    taken waits for others."""

    db: Database
    clock: Clock
    places: Places
    nudge: Nudge

    async def __call__(self, chat: ChatId, cause: UpdateId) -> None:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if await roles.of_chat(tx, chat):
                await roles.log(tx, chat, "forget", "", now, cause)
                await roles.revoke_all(tx, chat, now)
            await deliveries.cancel_owed(tx, chat, now)
            await deliveries.forget(tx, chat)
            if await chats.has_served(tx, chat):
                await pass_on(tx, self.places, chat, now)
                await chats.forget_service(tx, chat)
            await faq.forget(tx, chat)
            await questions.forget(tx, chat)
            await place_aliases.forget(tx, chat)
            await districts.forget(tx, chat)
            await listeners.forget(tx, chat)
            await quiz.forget(tx, chat)
            await candidacies.forget(tx, chat)
            await elections.forget(tx, chat)
            await chats.forget(tx, chat)
            await inbox.erase(tx, chat, cause, now)
        self.db.forgetting.add(cause)
        self.nudge()
