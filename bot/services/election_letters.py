"""What the ledger owes about elections, written when it goes: called, moved, cancelled, due; coordinators' letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.candidacy import Candidacy, plan, to_remind_of
from bot.domain.deliveries import Source, SourceKind
from bot.domain.elections import Election, ElectionStatus, Shift, shifts
from bot.domain.ids import ChatId, ElectionId, Language
from bot.ports import Clock, Letter
from bot.services.editing import OpenGuide
from bot.storage import candidacies, chats, election_ledger, elections
from bot.storage.database import Database
from bot.texts import candidacy as words
from bot.texts import candidate_desk
from bot.texts import elections as about
from bot.texts.hearings import Setting


@dataclass(frozen=True, slots=True)
class ElectionLetters:
    """The Letter that a source about an election owes to a chat now, or None when there is nothing to say any more."""

    db: Database
    clock: Clock
    guide: OpenGuide
    setting: Setting

    async def __call__(self, source: Source, chat: ChatId) -> Letter | None:
        """Who has left the plan, muted it or done the step hears nothing."""
        match source.kind:
            case SourceKind.ELECTION_REMINDER:
                return await self._reminder(source, chat)
            case SourceKind.ELECTION_CHANGED:
                return await self._changed(source, chat)
            case SourceKind.CANDIDATE_LETTER:
                found = await candidacies.letter(self.db.read, source.subject)
                standing = await candidacies.of_chat(self.db.read, chat)
                if found is None or not found.text or standing is None:
                    return None
                return candidate_desk.letter(found.text, found.signed, await self._language(chat))
        return None

    async def _reminder(self, source: Source, chat: ChatId) -> Letter | None:
        election = await elections.by_id(self.db.read, ElectionId(source.subject))
        if election is None or not election.called:
            return None
        now, steps = self.clock.now(), self.guide.steps
        due = []
        for candidacy, companion in await candidacies.seen_by(self.db.read, chat):
            if candidacy.election_id == election.id and not companion.muted:
                lines = to_remind_of(plan(candidacy, steps, election), now, self.setting.zone)
                if lines:
                    due.append((candidacy, lines))
        return words.reminder(due, now, self.setting, await self._language(chat)) if due else None

    async def _changed(self, source: Source, chat: ChatId) -> Letter | None:
        election = await elections.by_id(self.db.read, ElectionId(source.subject))
        mine = [
            (candidacy, companion)
            for candidacy, companion in await candidacies.seen_by(self.db.read, chat)
            if election is not None and candidacy.election_id == election.id
        ]
        if election is None or not mine:
            return None
        language, first = await self._language(chat), mine[0][0]
        if source.occasion.startswith("cancelled"):
            return words.changed(about.cancelled(election, self.setting, language), first.id, language)
        if election.status is not ElectionStatus.CALLED:
            return None
        if source.occasion.startswith("called"):
            return words.changed(about.called(election, self.setting, language), first.id, language)
        by_letter = await election_ledger.told_of(self.db.read, election.id, chat, source.id)
        told = max([by_letter, *(companion.seen for _, companion in mine)])
        moves = await self._moves(election, told, [candidacy for candidacy, _ in mine])
        if not moves:
            return None
        return words.changed(about.moved(election, moves, self.setting, language), first.id, language)

    async def _moves(self, election: Election, told: int, mine: Sequence[Candidacy]) -> list[Shift]:
        """What moved since the revision this chat was told of, of what concerns its ways."""
        if not 0 < told < election.revision:
            return []
        was = await elections.plan(self.db.read, election.id, told)
        concerned = frozenset(whom for one in mine for whom in one.way.concerned)
        return [
            one
            for one in shifts(was, election.deadlines)
            if any(end is not None and end.whom & concerned for end in (one.was, one.now))
        ]

    async def _language(self, chat: ChatId) -> Language:
        person = await chats.subscriber(self.db.read, chat)
        return person.language if person and person.language else Language.KY
