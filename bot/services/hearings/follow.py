"""Who wants to hear of hearings, of which, how often, and how a group is set up for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.hearings import HearingKind, Lead
from bot.domain.ids import ChatId, Language, PlaceSlug
from bot.domain.listening import Cadence, Listener
from bot.domain.places import Places
from bot.ports import Clock
from bot.storage import chats, hearings, listeners
from bot.storage.database import Database

A_YEAR = timedelta(days=365)
Change = Callable[[Listener], Listener]


@dataclass(frozen=True, slots=True)
class Following:
    """What a chat follows, how, and how many notices a month that has meant over the last year."""

    listener: Listener
    places: tuple[PlaceSlug, ...]
    a_month: float


@dataclass(frozen=True, slots=True)
class Follow:
    """A chat follows places; each choice is one tap and may be undone."""

    db: Database
    clock: Clock
    places: Places

    async def __call__(self, chat: ChatId, place: PlaceSlug) -> None:
        async with self.db.transaction() as tx:
            await listeners.follow(tx, chat, place, self.clock.now())

    async def stop(self, chat: ChatId, place: PlaceSlug | None = None) -> None:
        """The chat no longer follows this place, or any."""
        async with self.db.transaction() as tx:
            await listeners.unfollow(tx, chat, place)

    async def now(self, chat: ChatId) -> Following:
        """What the chat follows now."""
        followed = tuple(await listeners.followed(self.db.read, chat))
        counts = [await self.a_month(place) for place in followed]
        return Following(await listeners.listener(self.db.read, chat), followed, sum(counts))

    async def a_month(self, place: PlaceSlug) -> float:
        """How many hearings a month were announced here and below within the last year."""
        since = self.clock.now() - A_YEAR
        return await hearings.announced_since(self.db.read, self.below(place), since) / 12

    def below(self, place: PlaceSlug) -> tuple[PlaceSlug, ...]:
        """The place and everything below it."""
        found, at = [place], 0
        while at < len(found):
            found.extend(child.slug for child in self.places.children(found[at]))
            at += 1
        return tuple(found)

    async def kind(self, chat: ChatId, kind: HearingKind, on: bool) -> None:
        """One kind more or less; none chosen means every kind."""
        await self._change(chat, lambda one: replace(one, kinds=one.kinds | {kind} if on else one.kinds - {kind}))

    async def cadence(self, chat: ChatId, cadence: Cadence) -> None:
        """At once, with a daily or a weekly digest."""
        await self._change(chat, lambda one: replace(one, cadence=cadence))

    async def lead(self, chat: ChatId, lead: Lead, on: bool) -> None:
        """One reminder more or less."""
        await self._change(chat, lambda one: replace(one, leads=one.leads | {lead} if on else one.leads - {lead}))

    async def mute(self, chat: ChatId, on: bool) -> None:
        """Nothing of hearings is said unprompted while a chat is muted; what it has chosen is kept."""
        await self._change(chat, lambda one: replace(one, muted=on))

    async def group_language(self, chat: ChatId, language: Language | None, thread: int | None) -> None:
        """A group hears in one language, or (None) in both; notices go to this topic of a forum."""
        async with self.db.transaction() as tx:
            await chats.set_language(tx, chat, language or Language.KY)
            one = await listeners.listener(tx, chat)
            await listeners.save(tx, replace(one, both=language is None, thread=thread))

    async def group_place(self, chat: ChatId, place: PlaceSlug, thread: int | None) -> None:
        """A group is bound to one place, and hears of its hearings."""
        async with self.db.transaction() as tx:
            await chats.set_place(tx, chat, place, "")
            await listeners.unfollow(tx, chat)
            await listeners.follow(tx, chat, place, self.clock.now())
            one = await listeners.listener(tx, chat)
            await listeners.save(tx, replace(one, thread=thread, muted=False))

    async def _change(self, chat: ChatId, change: Change) -> None:
        async with self.db.transaction() as tx:
            await listeners.save(tx, change(await listeners.listener(tx, chat)))
