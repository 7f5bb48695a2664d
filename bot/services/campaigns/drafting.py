"""A draft is begun, changed version by version, copied, and looked at before anybody approves it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.audiences import Audience, Headcount
from bot.domain.campaigns import Campaign, CampaignStatus, Content, Draft, Lack, Schedule, Warning
from bot.domain.chats import ALLOWS, Act
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.errors import NotAllowed
from bot.domain.ids import CampaignId, ChatId, Language, PlaceSlug, UpdateId
from bot.domain.party_names import parties_in
from bot.domain.places import COUNTRY
from bot.services.campaigns.ground import BULK_SHARE, Ground
from bot.storage import audiences, campaigns, chats, deliveries, roles, sources
from bot.texts import campaign_letters

SAME_WITHIN = timedelta(days=1)
LAST = 5
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Outlook:
    """Before approval: how many, how long, what is missing and what to look at twice."""

    headcount: Headcount
    seconds: float
    lacks: tuple[Lack, ...]
    warnings: tuple[Warning, ...]
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftCampaign:
    """A draft survives everything; each change is a version, and any change voids an approval."""

    ground: Ground

    async def __call__(self, author: ChatId, cause: UpdateId) -> Campaign:
        """A new draft for the places of one's own branch. Raises NotAllowed."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            mine = [grant.place for grant in await roles.of_chat(tx, author) if Act.CAMPAIGN in ALLOWS[grant.role]]
            if not mine:
                raise NotAllowed("campaign")
            person = await chats.subscriber(tx, author)
            place = COUNTRY if COUNTRY in mine else mine[0]
            signed = person.name if person else ""
            draft = Draft(Content(signed=signed), Audience((place,)), Schedule())
            id = await campaigns.add(tx, author, draft, now, cause)
            await roles.log(tx, author, "draft campaign", f"campaign {id}", now, cause)
            found = await self.ground.campaign(tx, author, id, "draft")
            await campaigns.keep_version(tx, found, author, now)
        return found

    async def copy(self, author: ChatId, id: CampaignId, cause: UpdateId) -> Campaign:
        """The same words and audience as a new draft without a date. Raises NotAllowed, Unknown."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            old = await self.ground.campaign(tx, author, id, "copy")
            new = await campaigns.add(tx, author, replace(old.draft, schedule=Schedule()), now, cause)
            await roles.log(tx, author, "copy campaign", f"campaign {id}", now, cause)
            found = await self.ground.campaign(tx, author, new, "copy")
            await campaigns.keep_version(tx, found, author, now)
        return found

    async def change(
        self, chat: ChatId, id: CampaignId, edit: Callable[[Draft], Draft], cause: UpdateId
    ) -> tuple[Campaign, bool]:
        """The next version, and whether an approval fell by it. Raises NotAllowed, Unknown, WrongMove."""
        now = self.ground.clock.now()
        async with self.ground.db.transaction() as tx:
            old = await self.ground.campaign(tx, chat, id, "edit")
            new = old.edited(edit(old.draft))
            for place in new.draft.audience.places:
                await self.ground.authority.require(tx, chat, Act.CAMPAIGN, place, f"audience of campaign {id}")
            if new is not old:
                await campaigns.save(tx, new)
                await campaigns.keep_version(tx, new, chat, now)
                await roles.log(tx, chat, "edit campaign", f"campaign {id} version {new.version}", now, cause)
        return new, new is not old and old.status is not CampaignStatus.DRAFT

    async def discard(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> Campaign:
        """A draft that nobody wants any more. Raises NotAllowed, Unknown, WrongMove."""
        async with self.ground.db.transaction() as tx:
            one = (await self.ground.campaign(tx, chat, id, "discard")).moved_to(CampaignStatus.CANCELLED)
            await campaigns.save(tx, one)
            await roles.log(tx, chat, "discard campaign", f"campaign {id}", self.ground.clock.now(), cause)
        return one

    async def show(self, chat: ChatId, id: CampaignId) -> Campaign:
        """The campaign as it stands. Raises NotAllowed, Unknown."""
        return await self.ground.campaign(self.ground.db.read, chat, id, "see")

    async def mine(self, chat: ChatId) -> list[Campaign]:
        """The newest campaigns that this chat may act on. Raises NotAllowed."""
        grants = await roles.of_chat(self.ground.db.read, chat)
        if not any(Act.CAMPAIGN in ALLOWS[grant.role] for grant in grants):
            raise NotAllowed("campaign")
        found = await campaigns.newest(self.ground.db.read, 100)
        return [one for one in found if self.ground.covers(grants, one)][:SHOWN]

    async def branches(self, chat: ChatId) -> tuple[PlaceSlug, ...]:
        """The branches over which this chat may send."""
        grants = await roles.of_chat(self.ground.db.read, chat)
        return tuple(dict.fromkeys(grant.place for grant in grants if Act.CAMPAIGN in ALLOWS[grant.role]))

    async def outlook(self, one: Campaign) -> Outlook:
        """Whom it would reach now, how long it would take, and what to look at twice."""
        db, draft = self.ground.db.read, one.draft
        counted = await audiences.count(db, draft.audience, draft.content.topic, self.ground.places)
        going = max(0, counted.reachable - counted.opted_out)
        parties = tuple(dict.fromkeys(name for words in draft.content.words.values() for name in parties_in(words)))
        warnings = [Warning.PARTY] if parties else []
        if counted.chosen == 0:
            warnings.append(Warning.NOBODY)
        last = sorted(other.audience for other in await campaigns.launched_last(db, LAST))
        if last and counted.chosen > 2 * last[len(last) // 2]:
            warnings.append(Warning.VERY_MANY)
        if await self._said_lately(one):
            warnings.append(Warning.SAME_TEXT)
        return Outlook(counted, going / (self.ground.send_rate * BULK_SHARE), self.lacks(one), tuple(warnings), parties)

    def lacks(self, one: Campaign) -> tuple[Lack, ...]:
        """What stands between this draft and an approval."""
        content, found = one.draft.content, []
        if not any(content.words.values()):
            found.append(Lack.WORDS)
        elif any(not content.words.get(language) and language not in content.waived for language in Language):
            found.append(Lack.LANGUAGE)
        if any(campaign_letters.too_long_by(one, language) > 0 for language in Language):
            found.append(Lack.TOO_LONG)
        if content.topic is None:
            found.append(Lack.TOPIC)
        if not content.signed:
            found.append(Lack.SIGNED)
        begins = one.draft.schedule.begins_at
        if begins is not None and one.draft.schedule.not_after(begins) <= self.ground.clock.now():
            found.append(Lack.TOO_LATE)
        return tuple(found)

    async def test(self, chat: ChatId, id: CampaignId, cause: UpdateId) -> Campaign:
        """The very letters of this moment are owed to this coordinator, in both languages. Raises NotAllowed,
        Unknown."""
        async with self.ground.db.transaction() as tx:
            one = await self.ground.campaign(tx, chat, id, "test")
            for language in Language:
                await deliveries.owe(
                    tx,
                    SourceKind.CAMPAIGN_TEST,
                    id,
                    f"{language} {cause}",
                    (chat,),
                    urgency=Urgency.DESK,
                    due_at=self.ground.clock.now(),
                )
        self.ground.nudge()
        return one

    async def _said_lately(self, one: Campaign) -> bool:
        db, since = self.ground.db.read, self.ground.clock.now() - SAME_WITHIN
        same = [id for id in await campaigns.with_text(db, one.draft.text_hash, since) if id != one.id]
        if not same:
            return False
        told = [source.id for id in same for source in await sources.of(db, SourceKind.CAMPAIGN, id)]
        return await audiences.meets(db, one.draft.audience, told, self.ground.places)
