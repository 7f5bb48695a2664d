"""The tree of places as coordinators have bettered it: names confirmed, aliases added, villages found a home."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.chats import Act
from bot.domain.errors import Unknown
from bot.domain.ids import ChatId, PlaceSlug, QuestionId, UpdateId
from bot.domain.places import PlaceAlias, PlaceMatch, Places
from bot.ports import Clock
from bot.services.authority import Authority
from bot.storage import chats, place_aliases, questions, roles
from bot.storage.database import Database

Find = Callable[[str, Places, Iterable[PlaceAlias]], tuple[PlaceMatch, ...]]


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """Finds places by typed words; a coordinator confirms a name or gives a place one more."""

    db: Database
    clock: Clock
    base: Places
    look_up: Find
    authority: Authority

    async def tree(self) -> Places:
        """The tree in which confirmed names are no longer marked."""
        return self.base.with_confirmed(await place_aliases.confirmed(self.db.read))

    async def find(self, words: str) -> tuple[PlaceMatch, ...]:
        """Places the words may mean, best first; none when nothing is near."""
        return self.look_up(words, await self.tree(), await place_aliases.aliases(self.db.read))

    async def may_confirm(self, chat: ChatId, place: PlaceSlug) -> bool:
        """Whether this chat's role lets it better the names of this place."""
        return self.authority.allowed(await self.authority.grants(chat), Act.ADD_ALIAS, place)

    async def confirm_name(self, chat: ChatId, place: PlaceSlug, cause: UpdateId) -> None:
        """The Kyrgyz name is right. Raises NotAllowed."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            await self.authority.require(tx, chat, Act.ADD_ALIAS, place, f"confirm name {place}")
            await place_aliases.confirm_name(tx, place, chat, now)
            await roles.log(tx, chat, "confirm name", place, now, cause)

    async def village(self, chat: ChatId, id: QuestionId) -> tuple[str, PlaceSlug] | None:
        """The village that the asker of this question calls their own, and the rayon it lies in. Raises NotAllowed."""
        question = await questions.by_id(self.db.read, id)
        place = question.place if question else None
        await self.authority.require(self.db.read, chat, Act.ADD_ALIAS, place, f"village of question {id}")
        asker = None if question is None else await chats.subscriber(self.db.read, question.chat_id)
        if asker is None or not asker.village or asker.place is None:
            return None
        return asker.village, asker.place

    async def settle_village(self, chat: ChatId, id: QuestionId, place: PlaceSlug, cause: UpdateId) -> str:
        """The asker's own name for a village becomes an alias of a place. Raises NotAllowed, Unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            question = await questions.by_id(tx, id)
            asker = None if question is None else await chats.subscriber(tx, question.chat_id)
            if asker is None or not asker.village:
                raise Unknown(f"village of question {id}")
            await self.authority.require(tx, chat, Act.ADD_ALIAS, asker.place, f"village of question {id}")
            await self.authority.require(tx, chat, Act.ADD_ALIAS, place, f"alias of {place}")
            await place_aliases.add_alias(tx, asker.village, place, chat, now)
            await chats.set_place(tx, asker.chat_id, place, "")
            await roles.log(tx, chat, "alias", place, now, cause)
        return asker.village
