"""What a coordinator answers becomes part of a draft, or a word on why it cannot."""

from dataclasses import dataclass, replace

from bot.domain.announcements.dates import DateTrouble, When, typed_moment
from bot.domain.hearings import Draft, DraftId, HearingKind, Item, Material, Spot
from bot.domain.ids import ChatId, PlaceSlug
from bot.ports import Clock
from bot.services.hearings.drafts import Drafts
from bot.texts.hearing_form import LENGTHS

FILES_AT_MOST = 10
REFUSED_DATES = frozenset(
    {DateTrouble.NO_DATE, DateTrouble.NO_TIME, DateTrouble.NO_SUCH_DAY, DateTrouble.WEEKDAY, DateTrouble.PAST}
)


@dataclass(frozen=True, slots=True)
class Filled:
    """The draft after an answer. `when` has trouble when a date was not taken, or wants to be confirmed; `too_long`
    is the length of words that were not taken."""

    draft: Draft
    when: When | None = None
    too_long: int = 0

    @property
    def taken(self) -> bool:
        """Whether the answer is in the draft."""
        return not self.too_long and (self.when is None or self.when.trouble not in REFUSED_DATES)


@dataclass(frozen=True, slots=True)
class FillDraft:
    """One answer at a time; what was said before stays. Each raises NotAllowed and Unknown as Drafts do."""

    drafts: Drafts
    clock: Clock

    async def words(self, coordinator: ChatId, id: DraftId, item: Item, words: str) -> Filled:
        """An item that is told in words: a date is understood, other words are kept whole or refused whole."""
        draft = await self.drafts.get(coordinator, id)
        said = words.strip()
        if item in (Item.STARTS, Item.DEADLINE):
            return await self._date(coordinator, draft, item, said)
        if len(said) > LENGTHS[item]:
            return Filled(draft, too_long=len(said))
        terms = replace(draft.terms, **{item.value: said}).confirmed(item)  # type: ignore[arg-type]
        return Filled(await self.drafts.save(coordinator, id, terms))

    async def place(self, coordinator: ChatId, id: DraftId, place: PlaceSlug) -> Draft:
        """The place it is for."""
        draft = await self.drafts.get(coordinator, id)
        return await self.drafts.save(coordinator, id, replace(draft.terms, place=place).confirmed(Item.PLACE))

    async def kind(self, coordinator: ChatId, id: DraftId, kind: HearingKind) -> Draft:
        """What it is about."""
        draft = await self.drafts.get(coordinator, id)
        return await self.drafts.save(coordinator, id, replace(draft.terms, kind=kind).confirmed(Item.KIND))

    async def online(self, coordinator: ChatId, id: DraftId) -> Draft:
        """Without a hall."""
        draft = await self.drafts.get(coordinator, id)
        terms = replace(draft.terms, online=True, venue="", spot=None).confirmed(Item.VENUE)
        return await self.drafts.save(coordinator, id, terms)

    async def spot(self, coordinator: ChatId, id: DraftId, spot: Spot) -> Draft:
        """A point on the map."""
        draft = await self.drafts.get(coordinator, id)
        return await self.drafts.save(coordinator, id, replace(draft.terms, spot=spot))

    async def file(self, coordinator: ChatId, id: DraftId, file: Material) -> Draft:
        """One more file; the same one is kept once."""
        draft = await self.drafts.get(coordinator, id)
        files = (*(one for one in draft.terms.files if one.file_id != file.file_id), file)[-FILES_AT_MOST:]
        return await self.drafts.save(coordinator, id, replace(draft.terms, files=files))

    async def confirm(self, coordinator: ChatId, id: DraftId) -> Draft:
        """The coordinator has looked at everything that was not sure."""
        draft = await self.drafts.get(coordinator, id)
        return await self.drafts.save(coordinator, id, draft.terms.confirmed(*Item))

    async def _date(self, coordinator: ChatId, draft: Draft, item: Item, words: str) -> Filled:
        when = typed_moment(words, self.clock.now(), self.drafts.notices.zone)
        if when.at is None or when.trouble in REFUSED_DATES:
            return Filled(draft, when)
        terms = replace(draft.terms, **{item.value: when.at}).confirmed(item)  # type: ignore[arg-type]
        if not when.sure:
            terms = replace(terms, unsure=terms.unsure | {item})
        return Filled(await self.drafts.save(coordinator, draft.id, terms), when)
