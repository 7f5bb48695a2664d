"""A Reply becomes an entry of the guide's "Questions and answers": drafted in both languages, then a second yes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import aiosqlite

from bot.domain.chats import ALLOWS, Act, Role
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.errors import NotAllowed, Unknown, WrongMove
from bot.domain.faq import (
    ANSWERS,
    QUESTIONS,
    UNFINISHED,
    Entry,
    EntryStatus,
    Field,
    NotComplete,
    OwnEntry,
    TextChanged,
    TooLong,
    introduced,
    without_names,
)
from bot.domain.guide import Citation, Kind
from bot.domain.ids import ChatId, EntryId, Language, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY, Places
from bot.domain.questions import Question, Reply
from bot.domain.speech import spoken
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.duty import covers
from bot.storage import chats, deliveries, faq, questions, roles
from bot.storage.database import Database
from bot.texts.pieces import units

NOBODY = ChatId(0)
NOT_YET = EntryId(0)
_RUSSIAN_ONLY = frozenset(("в", "на", "и", "не", "что", "для", "по", "до", "вы", "нужно", "можно", "это", "если", "с"))


@dataclass(frozen=True, slots=True)
class PublishReply:
    """Every step asks for the role anew, and goes to the audit log as numbers and hashes. Only the author changes an
    entry; another person whose role covers its place says yes to exactly the text they were shown."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    nudge: Nudge
    citation: Callable[[str], Citation | None]

    async def publishable(self, chat: ChatId, cause: UpdateId) -> int | None:
        """The number of the reply this update became, if this coordinator may publish it."""
        number = await faq.reply_of(self.db.read, cause)
        reply = None if number is None else await questions.reply(self.db.read, number)
        question = None if reply is None else await questions.by_id(self.db.read, reply.question_id)
        if reply is None or question is None or not reply.part.text:
            return None
        grants = await roles.of_chat(self.db.read, chat)
        return reply.id if self.authority.allowed(grants, Act.PUBLISH, question.place) else None

    async def begin(self, chat: ChatId, reply_id: int, cause: UpdateId) -> Entry:
        """The draft made of one's own reply, prefilled in its language without names; the one that stands, if it does.
        Raises NotAllowed, Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            reply = await questions.reply(tx, reply_id)
            question = None if reply is None else await questions.by_id(tx, reply.question_id)
            if reply is None or question is None or reply.decline:
                raise Unknown(f"reply {reply_id}")
            await self.authority.require(tx, chat, Act.PUBLISH, question.place, f"faq_draft reply {reply_id}")
            if reply.coordinator != chat:
                raise NotAllowed(f"faq_draft reply {reply_id}")
            standing = await faq.of_reply(tx, reply_id)
            if standing is not None:
                if standing.status not in UNFINISHED:
                    raise WrongMove(standing.status, EntryStatus.DRAFT)
                return standing
            parts = await questions.parts(tx, question.id)
            if not question.chat_id or not parts:
                raise Unknown(f"question {question.id}")
            asker = await chats.subscriber(tx, question.chat_id)
            names = [asker.name if asker else "", reply.signed, *introduced(parts[0].part.text)]
            draft = _draft(question, reply, parts[0].part.text, names)
            draft = replace(draft, id=await faq.add(tx, draft, now))
            await roles.log(tx, chat, "faq_draft", f"entry {draft.id} of reply {reply_id}", now, cause)
        return draft

    async def mine(self, chat: ChatId, id: EntryId) -> Entry:
        """An entry that this author may still change. Raises NotAllowed, Unknown, WrongMove."""
        return await self._own(self.db.read, chat, id, "faq_show")

    async def write(self, chat: ChatId, id: EntryId, field: Field, words: str, cause: UpdateId) -> Entry:
        """The entry with these words; whatever yes was asked for is void. Raises TooLong, NotAllowed, Unknown."""
        bare = without_names(words)
        if units(bare) > field.at_most:
            raise TooLong(field.at_most)
        return await self._change(chat, id, lambda entry: entry.with_words(field, bare), cause)

    async def rest_on(self, chat: ChatId, id: EntryId, citation: str, cause: UpdateId) -> Entry:
        """The entry rests on this citation of the guide; an empty name means advice. Raises NotAllowed, Unknown."""
        if citation and self.citation(citation) is None:
            raise Unknown(f"citation {citation}")
        basis = Kind.LAW if citation else Kind.PRACTICE
        return await self._change(chat, id, lambda entry: entry.resting_on(basis, citation), cause)

    async def show_to(self, chat: ChatId, id: EntryId, everywhere: bool, cause: UpdateId) -> Entry:
        """The entry is for the whole country, or for the place of its question only."""
        return await self._change(chat, id, lambda entry: entry.shown_to(everywhere), cause)

    async def propose(self, chat: ChatId, id: EntryId, text_hash: str, cause: UpdateId) -> tuple[Entry, int]:
        """The author says that no name is in it; a yes of another coordinator is asked for by letters. How many were
        asked. Raises NotComplete, TextChanged, NotAllowed, Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            entry = await self._own(tx, chat, id, "faq_propose")
            if text_hash != entry.text_hash:
                raise TextChanged("the draft has changed")
            if not entry.complete:
                raise NotComplete("something is missing")
            second = await self._second(tx, entry)
            if await faq.acted(tx, cause, "faq_propose"):
                return entry, len(second)
            nth = "again" if entry.status is EntryStatus.PROPOSED else str(cause)
            entry = entry.moved_to(EntryStatus.PROPOSED)
            await faq.save(tx, entry, now)
            occasion = f"proposed {text_hash} {nth}"
            await deliveries.owe(
                tx, SourceKind.FAQ_REQUEST, entry.id, occasion, second, urgency=Urgency.DESK, due_at=now
            )
            await roles.log(tx, chat, "faq_propose", f"entry {id} text {text_hash}", now, cause)
        self.nudge()
        return entry, len(second)

    async def approve(self, chat: ChatId, id: EntryId, text_hash: str, cause: UpdateId) -> Entry:
        """Published; the author is told. Pressing twice publishes once. Raises OwnEntry, TextChanged, NotAllowed,
        Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            entry = await self._to_judge(tx, chat, id, f"faq_approve entry {id}")
            if entry.status is EntryStatus.PUBLISHED and (entry.approved_by, entry.approved_hash) == (chat, text_hash):
                return entry
            if entry.status is EntryStatus.DRAFT:
                raise TextChanged("a draft again")
            entry = entry.approved(chat, text_hash)
            if entry.basis is Kind.LAW and self.citation(entry.citation) is None:
                raise NotComplete("the citation is gone")
            await faq.save(tx, entry, now)
            await self._tell_author(tx, entry, "published")
            await roles.log(tx, chat, "faq_approve", f"entry {id} text {text_hash}", now, cause)
        self.nudge()
        return entry

    async def refuse(self, chat: ChatId, id: EntryId, text_hash: str, cause: UpdateId) -> Entry:
        """Not so: a draft again, the author is told. Raises OwnEntry, TextChanged, NotAllowed, Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            entry = await self._to_judge(tx, chat, id, f"faq_refuse entry {id}")
            if entry.author == chat:
                raise OwnEntry("own entry")
            if await faq.acted(tx, cause, "faq_refuse"):
                return entry
            if entry.status is EntryStatus.DRAFT or entry.text_hash != text_hash:
                raise TextChanged("a draft again")
            if entry.status is not EntryStatus.PROPOSED:
                raise WrongMove(entry.status, EntryStatus.DRAFT)
            entry = entry.moved_to(EntryStatus.DRAFT)
            await faq.save(tx, entry, now)
            await self._tell_author(tx, entry, f"refused {text_hash} {cause}")
            await roles.log(tx, chat, "faq_refuse", f"entry {id} text {text_hash}", now, cause)
        self.nudge()
        return entry

    async def drop(self, chat: ChatId, id: EntryId, cause: UpdateId) -> None:
        """The author gives the draft up: its words are gone. Raises NotAllowed, Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if await faq.acted(tx, cause, "faq_drop"):
                return
            entry = await self._own(tx, chat, id, "faq_drop")
            bare = replace(entry, words=dict.fromkeys(Field, ""), citation="")
            await faq.save(tx, bare.moved_to(EntryStatus.WITHDRAWN), now)
            await roles.log(tx, chat, "faq_drop", f"entry {id}", now, cause)

    async def may_withdraw(self, chat: ChatId, entry: Entry) -> bool:
        """Whether an editor or administrator of the entry's place is asking."""
        grants = await roles.of_chat(self.db.read, chat)
        return self.authority.allowed(grants, Act.WITHDRAW, _reach(entry))

    async def withdraw(self, chat: ChatId, id: EntryId, cause: UpdateId) -> Entry:
        """The entry answers nobody any more. Raises NotAllowed, Unknown, WrongMove."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            entry = await faq.by_id(tx, id)
            if entry is None:
                raise Unknown(f"entry {id}")
            await self.authority.require(tx, chat, Act.WITHDRAW, _reach(entry), f"faq_withdraw entry {id}")
            if entry.status is EntryStatus.WITHDRAWN:
                return entry
            if entry.status is not EntryStatus.PUBLISHED:
                raise WrongMove(entry.status, EntryStatus.WITHDRAWN)
            entry = entry.moved_to(EntryStatus.WITHDRAWN)
            await faq.save(tx, entry, now)
            await roles.log(tx, chat, "faq_withdraw", f"entry {id} text {entry.text_hash}", now, cause)
        return entry

    async def _change(self, chat: ChatId, id: EntryId, change: Callable[[Entry], Entry], cause: UpdateId) -> Entry:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            entry = change(await self._own(tx, chat, id, "faq_edit"))
            await faq.save(tx, entry, now)
            await roles.log(tx, chat, "faq_edit", f"entry {id} text {entry.text_hash}", now, cause)
        return entry

    async def _own(self, db: aiosqlite.Connection, chat: ChatId, id: EntryId, act: str) -> Entry:
        entry = await faq.by_id(db, id)
        if entry is None:
            raise Unknown(f"entry {id}")
        await self.authority.require(db, chat, Act.PUBLISH, entry.place, f"{act} entry {id}")
        if entry.author != chat:
            raise NotAllowed(f"{act} entry {id}")
        if entry.status not in UNFINISHED:
            raise WrongMove(entry.status, EntryStatus.DRAFT)
        return entry

    async def _to_judge(self, tx: aiosqlite.Connection, chat: ChatId, id: EntryId, what: str) -> Entry:
        entry = await faq.by_id(tx, id)
        if entry is None:
            raise Unknown(f"entry {id}")
        await self.authority.require(tx, chat, Act.APPROVE, entry.place, what)
        return entry

    async def _second(self, tx: aiosqlite.Connection, entry: Entry) -> tuple[ChatId, ...]:
        """Who may say yes and can be reached: those of the nearest place above, at last the administrators."""
        able = []
        for grant in await roles.standing(tx):
            person = await chats.subscriber(tx, grant.chat_id)
            reached = person is not None and person.reachable
            if reached and grant.chat_id != entry.author and Act.APPROVE in ALLOWS[grant.role]:
                able.append(grant)
        for here in self.places.upwards(entry.place or COUNTRY):
            near = [grant for grant in able if grant.place == here and grant.role is not Role.ADMINISTRATOR]
            if near:
                return tuple(dict.fromkeys(grant.chat_id for grant in near))
        above = [grant for grant in able if covers(self.places, grant, Act.APPROVE, entry.place)]
        return tuple(dict.fromkeys(grant.chat_id for grant in above))

    async def _tell_author(self, tx: aiosqlite.Connection, entry: Entry, occasion: str) -> None:
        await deliveries.owe(
            tx,
            SourceKind.FAQ_OUTCOME,
            entry.id,
            occasion,
            (entry.author,) if entry.author else (),
            urgency=Urgency.DESK,
            due_at=self.clock.now(),
        )


def _reach(entry: Entry) -> PlaceSlug | None:
    """Where an entry is read: whoever takes it away must answer for all of that."""
    return None if entry.everywhere else entry.place


def _draft(question: Question, reply: Reply, asked: str, names: list[str]) -> Entry:
    words = dict.fromkeys(Field, "")
    told = reply.part.text
    for field, text in ((QUESTIONS[question.language], asked), (ANSWERS[_language(told, question.language)], told)):
        bare = without_names(text, names)
        if units(bare) <= field.at_most:
            words[field] = bare
    return Entry(
        NOT_YET,
        reply.id,
        question.place,
        question.language,
        words,
        reply.coordinator,
        reply.signed,
        reply.at,
        everywhere=question.place is None,
    )


def _language(text: str, otherwise: Language) -> Language:
    """The language of a reply: what only one of the two has decides, else the asker's."""
    if spoken(text) is Language.KY:
        return Language.KY
    russian = _RUSSIAN_ONLY.intersection(re.findall(r"\w+", text.casefold()))
    return Language.RU if russian else otherwise
