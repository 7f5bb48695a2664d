"""What a delivery about a hearing says when its turn comes: from the hearing as it is then, to this chat as it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.contributions import Contribution, ContributionId, ContributionStatus
from bot.domain.deliveries import Source, SourceKind
from bot.domain.hearings import Hearing, HearingId, HearingStatus, Lead, Shown, Terms
from bot.domain.ids import ChatId, Language
from bot.domain.listening import Listener, at_night
from bot.ports import Clock, Letter
from bot.services.duty import can_answer
from bot.services.hearings.show import ShowHearings
from bot.storage import chats, contributions, hearing_ledger, hearings, listeners
from bot.storage.database import Database
from bot.texts import contributions as said
from bot.texts import hearings as words
from bot.texts.hearings import Setting

Write = Callable[[Language], str]
Head = Callable[[Language, int], str]


@dataclass(frozen=True, slots=True)
class HearingLetters:
    """The Letter about a hearing that a source owes to a chat now, or None when there is nothing to say any more."""

    db: Database
    clock: Clock
    show: ShowHearings
    setting: Setting

    async def __call__(self, source: Source, chat: ChatId) -> Letter | None:
        match source.kind:
            case SourceKind.CONTRIBUTION:
                return await self._to_moderate(ContributionId(source.subject), chat)
            case SourceKind.CONTRIBUTION_FATE:
                return await self._fate(ContributionId(source.subject), source.occasion, chat)
            case SourceKind.CONTRIBUTION_WAITS:
                return await self._waits(HearingId(source.subject), chat)
        hearing = await hearings.by_id(self.db.read, HearingId(source.subject))
        if hearing is None:
            return None
        listener = await listeners.listener(self.db.read, chat)
        letter = await self._about(source, hearing, chat, listener)
        if letter is None:
            return None
        silent = letter.silent or at_night(self.clock.now(), self.setting.zone)
        thread = None if letter.in_place_of else listener.thread
        return replace(letter, thread=thread, silent=silent)

    async def card(self, id: HearingId, chat: ChatId, language: Language | None) -> Letter:
        """The card of a hearing for this chat, as anybody may ask for it. Raises Unknown."""
        shown = await self.show.one(id, chat)
        listener = await listeners.listener(self.db.read, chat)
        languages = listener.languages(language)
        return self._card(shown, chat, languages, lambda _language, _level: "")

    async def _about(self, source: Source, hearing: Hearing, chat: ChatId, listener: Listener) -> Letter | None:
        languages = listener.languages(await self._language(chat))
        status, occasion = hearing.status, source.occasion
        match source.kind:
            case SourceKind.HEARING:
                return None if listener.muted else await self._notice(hearing, occasion, chat, languages)
            case SourceKind.HEARING_CARD:
                return await self._edit(hearing, chat, languages)
            case SourceKind.HEARING_REMINDER:
                return await self._reminder(hearing, occasion, chat, listener, languages)
            case SourceKind.HEARING_AFTER if listener.muted or status is HearingStatus.CANCELLED:
                return None
            case SourceKind.HEARING_AFTER if occasion.startswith("came"):
                return await self._came(hearing, chat, languages)
            case SourceKind.HEARING_AFTER:
                if status is HearingStatus.CONCLUDED or not await self._seen(hearing, chat):
                    return None
                return Letter(_all(languages, lambda one: words.no_minutes(hearing, self.setting, one)))
            case SourceKind.HEARING_MINUTES if status is HearingStatus.ANNOUNCED:
                if not await self.show.may_announce(chat, hearing.place):
                    return None
                text = _all(languages, lambda one: words.minutes_wanted(hearing, self.setting, one))
                return Letter(text, words.minutes_buttons(hearing, languages[0]))
        return None

    async def _notice(
        self, hearing: Hearing, occasion: str, chat: ChatId, languages: tuple[Language, ...]
    ) -> Letter | None:
        seen = await self._seen(hearing, chat)
        shown = await self.show.one(hearing.id, chat)
        if hearing.status is HearingStatus.CANCELLED:
            text = _all(languages, lambda one: words.cancelled(hearing, self.setting, one))
            buttons = words.buttons(shown, self.setting, languages[0], group=chat < 0)
            return Letter(text, buttons) if seen else None
        if hearing.status is HearingStatus.CONCLUDED:
            if not occasion.startswith("concluded"):
                return None
            return self._card(shown, chat, languages, lambda one, _level: words.concluded_head(hearing, one))
        if seen and seen < hearing.revision:
            before = await hearings.terms_at(self.db.read, hearing.id, seen)
            if before is None or not before.changed(hearing.terms):
                return None
            was = before
            return self._card(shown, chat, languages, lambda one, level: self._changed(hearing, was, one, level))
        return self._card(shown, chat, languages, lambda one, _level: words.announced_head(hearing, self.setting, one))

    def _changed(self, hearing: Hearing, before: Terms, language: Language, level: int) -> str:
        lines = words.was_now(before, hearing.terms, self.setting, language, level)
        return words.changed_head(hearing, lines, language)

    def _card(self, shown: Shown, chat: ChatId, languages: tuple[Language, ...], head: Head) -> Letter:
        group = chat < 0
        over = shown.hearing.ends_at <= self.clock.now()

        def at(level: int) -> str:
            def write(language: Language) -> str:
                above = head(language, level)
                below = words.card(shown, self.setting, language, group=group, level=level)
                return f"{above}\n\n{below}" if above else below

            return _all(languages, write)

        buttons = words.buttons(shown, self.setting, languages[0], group=group, over=over)
        return Letter(words.fitting(at), buttons)

    async def _edit(self, hearing: Hearing, chat: ChatId, languages: tuple[Language, ...]) -> Letter | None:
        cards = await hearing_ledger.cards(self.db.read, hearing.id, chat)
        old = next((message for message, revision in cards if revision < hearing.revision), None)
        if old is None or hearing.status is HearingStatus.CONCLUDED:
            return None
        text = _all(languages, lambda one: words.old_card(hearing, self.setting, one))
        return Letter(text, in_place_of=old)

    async def _reminder(
        self,
        hearing: Hearing,
        occasion: str,
        chat: ChatId,
        listener: Listener,
        languages: tuple[Language, ...],
    ) -> Letter | None:
        lead, now = Lead(occasion.split(maxsplit=1)[0]), self.clock.now()
        outdated = hearing_ledger.revision_of(occasion) != hearing.revision
        if hearing.status is not HearingStatus.ANNOUNCED or outdated or hearing.starts_at <= now:
            return None
        if listener.muted or lead not in listener.leads or lead is not hearing.latest_due(now):
            return None
        if not await self._seen(hearing, chat):
            return None
        text = _all(languages, lambda one: words.reminder(hearing, now, self.setting, one))
        shown = await self.show.one(hearing.id, chat)
        return Letter(text, words.buttons(shown, self.setting, languages[0], group=chat < 0)[:1])

    async def _came(self, hearing: Hearing, chat: ChatId, languages: tuple[Language, ...]) -> Letter | None:
        if not await self._seen(hearing, chat):
            return None
        text = _all(languages, lambda one: words.came_question(hearing, self.setting, one))
        return Letter(text, words.came_buttons(hearing, languages[0]))

    async def _seen(self, hearing: Hearing, chat: ChatId) -> int:
        """The newest revision this chat was told of or has looked at; 0 when it knows nothing."""
        told = await hearing_ledger.told_of(self.db.read, hearing.id, chat)
        return told or await listeners.kept_since(self.db.read, hearing.id, chat)

    async def _to_moderate(self, id: ContributionId, chat: ChatId) -> Letter | None:
        one, hearing = await self._contribution(id)
        if one is None or hearing is None or one.status is not ContributionStatus.WAITING:
            return None
        if not await can_answer(self.db.read, self.setting.places, chat, hearing.place):
            return None
        return said.to_moderate(one, hearing, await self._language(chat) or Language.KY, self.setting)

    async def _fate(self, id: ContributionId, occasion: str, chat: ChatId) -> Letter | None:
        one, hearing = await self._contribution(id)
        if one is None or hearing is None or one.chat_id != chat:
            return None
        language = await self._language(chat) or one.language
        answered = one
        if occasion.startswith("answered") and one.merged_into is not None:
            answered = await contributions.by_id(self.db.read, one.merged_into) or one
        letter = said.fate(one, answered, occasion.split(maxsplit=1)[0], hearing, language)
        reply_to = one.message_id or None
        thread = (await listeners.listener(self.db.read, chat)).thread
        return replace(letter, reply_to=reply_to, thread=None if reply_to else thread)

    async def _waits(self, id: HearingId, chat: ChatId) -> Letter | None:
        hearing = await hearings.by_id(self.db.read, id)
        if hearing is None or not await can_answer(self.db.read, self.setting.places, chat, hearing.place):
            return None
        waiting = await contributions.of_hearing(self.db.read, id, ContributionStatus.WAITING)
        if not waiting:
            return None
        oldest = min(one.at for one in waiting)
        language = await self._language(chat) or Language.KY
        return said.still_waits(hearing, len(waiting), oldest, language, self.setting)

    async def _contribution(self, id: ContributionId) -> tuple[Contribution | None, Hearing | None]:
        one = await contributions.by_id(self.db.read, id)
        return one, None if one is None else await hearings.by_id(self.db.read, one.hearing)

    async def _language(self, chat: ChatId) -> Language | None:
        if chat < 0:
            group = await chats.group(self.db.read, chat)
            return group.language if group else None
        person = await chats.subscriber(self.db.read, chat)
        return person.language if person else None


def _all(languages: tuple[Language, ...], write: Write) -> str:
    return "\n\n➖➖➖\n\n".join(write(language) for language in languages)
