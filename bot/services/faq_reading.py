"""The published entries: which of them answers a question, and the section that lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.faq import Entry, EntryStatus, Shown, without_names
from bot.domain.guide import Article, Citation, Kind, Match
from bot.domain.ids import EntryId, Language, PlaceSlug, QuestionId
from bot.domain.places import Place, Places
from bot.guide.likeness import OFFER, Said, likeness, said, same
from bot.storage import faq
from bot.storage.database import Database

OFFERED = 2


@dataclass(frozen=True, slots=True)
class FaqAnswered:
    """This very question was answered before: the entry answers by itself. `waits` is the open question of the asker's
    that the words may have been meant for."""

    shown: Shown
    waits: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class FaqOffered:
    """Entries that may answer, and beside them the articles that may."""

    entries: tuple[Shown, ...]
    choices: tuple[tuple[Match, Article], ...] = ()


@dataclass(slots=True)
class Index:
    """What published entries ask, in both languages; an entry that is new is taken in, one that is gone falls out."""

    ids: tuple[EntryId, ...] = ()
    entries: Mapping[EntryId, Entry] = field(default_factory=dict)
    asked: dict[EntryId, tuple[Said, ...]] = field(default_factory=dict)

    def take(self, entries: list[Entry]) -> None:
        """From now on these entries are searched; only those that are new cost anything."""
        self.ids = tuple(entry.id for entry in entries)
        self.entries = {entry.id: entry for entry in entries}
        self.asked = {
            entry.id: self.asked.get(entry.id) or tuple(said(entry.question(language)) for language in Language)
            for entry in entries
        }

    def ranked(self, text: str) -> list[tuple[float, bool, Entry]]:
        """Entries that are like these words, likest first: how like, and whether surely the same."""
        words = said(text)
        found = []
        for id, entry in self.entries.items():
            like = max(likeness(words, one) for one in self.asked[id])
            if like >= OFFER:
                found.append((like, any(same(words, one) for one in self.asked[id]), entry))
        return sorted(found, key=lambda one: (-one[1], -one[0], one[2].id))


@dataclass(frozen=True, slots=True)
class ReadFaq:
    """Published entries, searched from the moment of the second yes, without a restart.

    The index follows the table: at each question the numbers of what is published are compared. A published text never
    changes, so the same numbers mean the same words. An entry whose citation has left the guide is not shown."""

    db: Database
    places: Places
    citation: Callable[[str], Citation | None]
    index: Index = field(default_factory=Index)

    async def find(self, text: str, place: PlaceSlug | None) -> FaqAnswered | FaqOffered | None:
        """The entry that surely answers, those that may, or None. Two sure ones contradict: both are offered."""
        await self._refresh()
        ranked = [one for one in self.index.ranked(without_names(text)) if self._is_for(one[2], place)]
        found = [(sure, shown) for _like, sure, entry in ranked if (shown := await self._shown(entry.id))]
        if sum(sure for sure, _shown in found) == 1:
            return FaqAnswered(found[0][1])
        return FaqOffered(tuple(shown for _sure, shown in found[:OFFERED])) if found else None

    async def result(
        self, text: str, place: PlaceSlug | None, choices: tuple[tuple[Match, Article], ...]
    ) -> FaqAnswered | FaqOffered | None:
        """What the entries make of a question for which the guide only has these choices; three buttons in all."""
        found = await self.find(text, place) if text else None
        return FaqOffered(found.entries, choices[: 3 - len(found.entries)]) if isinstance(found, FaqOffered) else found

    async def surely(self, text: str, place: PlaceSlug | None) -> FaqAnswered | None:
        """The entry that surely answers, or None."""
        found = await self.find(text, place) if text else None
        return found if isinstance(found, FaqAnswered) else None

    async def published(self) -> list[Shown]:
        """What the section lists, newest first."""
        shown = [self._with_citation(entry) for entry in await faq.published(self.db.read)]
        return [one for one in shown if one is not None]

    async def any(self) -> bool:
        """Whether there is anything to list."""
        return bool(await faq.published_ids(self.db.read))

    async def one(self, id: EntryId) -> Shown | None:
        """One published entry as it stands now, or None."""
        return await self._shown(id)

    def place_of(self, entry: Entry) -> Place | None:
        """The place whose question became this entry, or None when it had none."""
        return self.places.get(entry.place) if entry.place else None

    async def _refresh(self) -> None:
        if await faq.published_ids(self.db.read) != self.index.ids:
            self.index.take(await faq.published(self.db.read))

    async def _shown(self, id: EntryId) -> Shown | None:
        entry = await faq.by_id(self.db.read, id)
        return self._with_citation(entry) if entry and entry.status is EntryStatus.PUBLISHED else None

    def _with_citation(self, entry: Entry) -> Shown | None:
        if entry.basis is Kind.PRACTICE:
            return Shown(entry, None)
        citation = self.citation(entry.citation)
        return Shown(entry, citation) if citation is not None else None

    def _is_for(self, entry: Entry, place: PlaceSlug | None) -> bool:
        if entry.everywhere or entry.place is None:
            return True
        return place is not None and self.places.within(place, entry.place)
