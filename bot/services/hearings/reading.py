"""A pasted announcement becomes a draft: fields are recognised, and what is not beyond doubt waits for confirmation."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.announcements.dates import DateTrouble, When
from bot.domain.announcements.fields import Announcement, recognise
from bot.domain.chats import Act
from bot.domain.hearings import Draft, Item, Terms
from bot.domain.ids import ChatId, PlaceSlug, UpdateId
from bot.domain.places import Place, PlaceMatch, Places
from bot.ports import Clock
from bot.services.authority import Authority
from bot.services.hearings.drafts import Drafts
from bot.services.hearings.fill import REFUSED_DATES
from bot.services.places import PlaceBook

ENOUGH = 12
LookUp = Callable[[str], Awaitable[tuple[PlaceMatch, ...]]]


@dataclass(frozen=True, slots=True)
class ReadAnnouncement:
    """The draft that a text makes, and what was understood of its date. Raises NotAllowed."""

    clock: Clock
    drafts: Drafts
    authority: Authority
    place_book: PlaceBook

    async def __call__(self, coordinator: ChatId, text: str, cause: UpdateId) -> tuple[Draft, When]:
        found = recognise(text, self.clock.now(), self.drafts.notices.zone)
        place, sure = await narrowest(found, await self.place_book.tree(), self.place_book.find)
        grants = await self.authority.grants(coordinator)
        if place is not None and not self.authority.allowed(grants, Act.ANNOUNCE, place):
            place = None
        terms = terms_of(found, place, sure=sure)
        return await self.drafts.begin(coordinator, terms, cause), found.starts


async def narrowest(found: Announcement, tree: Places, look_up: LookUp) -> tuple[PlaceSlug | None, bool]:
    """The narrowest place that the words name, and whether no other one could be meant."""
    said: list[list[Place]] = []
    for words in found.where[:ENOUGH]:
        if exact := [one.place for one in await look_up(words) if one.exact]:
            said.append(exact)
    mentioned = [exact[0] for exact in said if len(exact) == 1]
    best: tuple[Place, bool] | None = None
    for exact in said:
        place, sure = _within(exact, mentioned, tree), len(exact) == 1
        mentioned.append(place)
        if best is None or best[0].slug in tree.upwards(place.slug)[1:]:
            best = (place, sure)
    return (None, False) if best is None else (best[0].slug, best[1])


def terms_of(found: Announcement, place: PlaceSlug | None, *, sure: bool) -> Terms:
    """What was recognised, as the terms of a draft."""
    unsure = set()
    starts = found.starts.at if found.starts.trouble not in REFUSED_DATES else None
    if starts is not None and not found.starts.sure:
        unsure.add(Item.STARTS)
    deadline = found.deadline
    until = deadline.at if deadline is not None and deadline.trouble not in REFUSED_DATES else None
    if until is not None and deadline is not None and deadline.trouble is not DateTrouble.NONE:
        unsure.add(Item.DEADLINE)
    if place is not None and not sure:
        unsure.add(Item.PLACE)
    return Terms(
        place=place,
        kind=found.kind,
        topic=found.topic,
        starts_at=starts,
        venue=found.venue,
        link=found.link,
        agenda=found.agenda,
        organiser=found.organiser,
        contact=found.contact,
        proposals=found.proposals,
        proposals_until=until,
        unsure=frozenset(unsure),
    )


def _within(same: list[Place], mentioned: list[Place], tree: Places) -> Place:
    """Of places with one name, the one within something that the text names too, before it or after."""
    for place in same:
        if any(tree.within(place.slug, above.slug) for above in mentioned):
            return place
    return same[0]
