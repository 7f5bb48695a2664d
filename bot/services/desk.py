"""The Desk: a question goes to the coordinators of its place, and their own words come back."""

from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from bot.domain.chats import Act
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.errors import Refusal, Unknown
from bot.domain.ids import ChatId, Language, MessageId, PlaceSlug, QuestionId, UpdateId
from bot.domain.places import Places
from bot.domain.questions import UNFINISHED, Part, Question, QuestionStatus, Reply
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.duty import can_answer, on_duty, owe_part, owe_question
from bot.storage import chats, deliveries, questions, roles, sources
from bot.storage.database import Database
from bot.texts.pieces import pieces

ABOUT_A_QUESTION = frozenset({SourceKind.QUESTION, SourceKind.ADDITION})


@dataclass(frozen=True, slots=True)
class Asked:
    """The question has a number; `on_duty` says whether anybody was told, `joined` that the number is an older one."""

    number: QuestionId
    on_duty: bool
    joined: bool = False


class TakenByAnother(Refusal):
    """Another coordinator has the question. `who` is their name."""

    def __init__(self, who: str) -> None:
        super().__init__("taken by another coordinator")
        self.who = who


@dataclass(frozen=True, slots=True)
class AskDesk:
    """A question is stored with its number and owed to the coordinators of its place, or neither happens."""

    db: Database
    clock: Clock
    places: Places
    nudge: Nudge

    async def __call__(
        self, chat: ChatId, language: Language, place: PlaceSlug | None, part: Part, cause: UpdateId, asker: ChatId
    ) -> Asked:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            id, _ = await questions.add(tx, chat, language, place, now, cause)
            part_id, new = await questions.add_part(tx, id, part, now, cause, asker=asker)
            coordinators = await on_duty(tx, self.places, place)
            if new:
                stored = questions.StoredPart(part_id, id, part)
                await owe_part(tx, SourceKind.QUESTION, stored, coordinators, now)
        self.nudge()
        return Asked(id, bool(coordinators))

    async def join(self, question: Question, part: Part, cause: UpdateId, asker: ChatId) -> Asked:
        """More words under the same number; whoever took the question is told, else everyone on duty."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            part_id, new = await questions.add_part(tx, question.id, part, now, cause, asker=asker)
            coordinators = await self._concerned(tx, question)
            if new:
                stored = questions.StoredPart(part_id, question.id, part)
                await owe_part(tx, SourceKind.ADDITION, stored, coordinators, now)
                if question.status not in UNFINISHED:
                    await questions.save(tx, question.moved_to(QuestionStatus.WAITING))
        self.nudge()
        return Asked(question.id, bool(coordinators), joined=True)

    async def already(self, cause: UpdateId) -> Asked | None:
        """What this very update has already asked or joined, if a crash repeats it."""
        found = await questions.of_cause(self.db.read, cause)
        if found is None:
            return None
        question, joined = found
        return Asked(question.id, bool(await self._concerned(self.db.read, question)), joined)

    async def begun_by(self, chat: ChatId, message: MessageId) -> Asked | None:
        """The question that this message of the asker began, if it did."""
        question = await questions.of_message(self.db.read, chat, message)
        if question is None:
            return None
        first = (await questions.parts(self.db.read, question.id))[0]
        if first.part.message_id != message:
            return None
        return Asked(question.id, bool(await self._concerned(self.db.read, question)))

    async def edited(self, chat: ChatId, part: Part, cause: UpdateId, asker: ChatId) -> Asked | None:
        """The asker corrected a message: whoever is concerned is told, as an addition. None when it was no question."""
        question = await questions.of_message(self.db.read, chat, part.message_id)
        if question is None or question.status not in UNFINISHED:
            return None
        return await self.join(question, part, cause, asker)

    async def to_join(self, chat: ChatId, since: datetime) -> Question | None:
        """The unfinished question that more words of this chat join."""
        return await questions.latest_of(self.db.read, chat, since)

    async def of_album(self, chat: ChatId, album: str) -> Question | None:
        """The question that this album has begun or joined."""
        return await questions.of_album(self.db.read, chat, album)

    async def of_message(self, chat: ChatId, message: MessageId) -> Question | None:
        """The question that a message of this chat belongs to: the asker's own, or the reply they received."""
        own = await questions.of_message(self.db.read, chat, message)
        if own is not None:
            return own
        source = await sources.of_letter(self.db.read, chat, message)
        if source is None or source.kind not in (SourceKind.REPLY, SourceKind.DECLINED):
            return None
        reply = await questions.reply(self.db.read, source.subject)
        return None if reply is None else await questions.by_id(self.db.read, reply.question_id)

    async def mine(self, chat: ChatId) -> list[tuple[Question, str]]:
        """The newest questions of this chat with their first words."""
        found = await questions.of_chat(self.db.read, chat, 10)
        return [(question, await self.first_words(question.id)) for question in found]

    async def first_words(self, id: QuestionId) -> str:
        """The first words of a question."""
        parts = await questions.parts(self.db.read, id)
        return parts[0].part.text if parts else ""

    async def _concerned(self, tx: aiosqlite.Connection, question: Question) -> tuple[ChatId, ...]:
        if question.taken_by is not None and await can_answer(tx, self.places, question.taken_by, question.place):
            return (question.taken_by,)
        return await on_duty(tx, self.places, question.place)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a coordinator does with a question; the role is checked at the moment of acting."""

    db: Database
    clock: Clock
    places: Places
    authority: Authority
    nudge: Nudge

    async def question_of_letter(self, chat: ChatId, message: MessageId) -> QuestionId | None:
        """The question that a letter in a coordinator's chat is about."""
        source = await sources.of_letter(self.db.read, chat, message)
        if source is None or source.kind not in ABOUT_A_QUESTION:
            return None
        part = await questions.part(self.db.read, source.subject)
        return None if part is None else part.question_id

    async def said_with(self, coordinator: ChatId, message: MessageId) -> bool:
        """Whether this message of the coordinator has already gone out as a reply."""
        return await questions.replied_with(self.db.read, coordinator, message)

    async def waiting(self, coordinator: ChatId) -> list[tuple[Question, str]]:
        """Questions of this coordinator's places that wait or are taken, oldest first."""
        grants = await roles.of_chat(self.db.read, coordinator)
        found = [
            question
            for question in await questions.unfinished(self.db.read, 200)
            if self.authority.allowed(grants, Act.ANSWER, question.place)
        ]
        asking = [(question, await questions.parts(self.db.read, question.id)) for question in found]
        return [(question, parts[0].part.text if parts else "") for question, parts in asking]

    async def send_again(self, coordinator: ChatId, id: QuestionId, cause: UpdateId) -> None:
        """The whole question is owed once more to this coordinator, to reply to. Raises NotAllowed, Unknown."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            await self._question(tx, coordinator, id, "show", again=True)
            await owe_question(tx, id, (coordinator,), now, again=f" again {cause}")
        self.nudge()

    async def take(self, coordinator: ChatId, id: QuestionId, cause: UpdateId) -> Question:
        """The question is this coordinator's. Raises NotAllowed, TakenByAnother, Unknown, WrongMove."""
        async with self.db.transaction() as tx:
            question = await self._question(tx, coordinator, id, "take")
            if question.taken_by == coordinator:
                return question
            taken = question.moved_to(QuestionStatus.TAKEN, coordinator)
            await questions.save(tx, taken)
            await roles.log(tx, coordinator, "take", f"question {id}", self.clock.now(), cause)
        return taken

    async def may_decline(self, coordinator: ChatId, id: QuestionId) -> None:
        """Asked before a reason is. Raises NotAllowed, TakenByAnother, Unknown, WrongMove."""
        question = await self._question(self.db.read, coordinator, id, "decline")
        question.moved_to(QuestionStatus.DECLINED)

    async def reply(self, coordinator: ChatId, signed: str, id: QuestionId, part: Part, cause: UpdateId) -> Question:
        """The coordinator's words are owed to the asker. Raises NotAllowed, TakenByAnother, Unknown."""
        return await self._say(coordinator, signed, id, part, cause, QuestionStatus.ANSWERED)

    async def decline(self, coordinator: ChatId, signed: str, id: QuestionId, part: Part, cause: UpdateId) -> Question:
        """The reason is owed to the asker. Raises NotAllowed, TakenByAnother, Unknown, WrongMove."""
        return await self._say(coordinator, signed, id, part, cause, QuestionStatus.DECLINED)

    async def _say(
        self, coordinator: ChatId, signed: str, id: QuestionId, part: Part, cause: UpdateId, status: QuestionStatus
    ) -> Question:
        now = self.clock.now()
        declines = status is QuestionStatus.DECLINED
        act, kind = ("decline", SourceKind.DECLINED) if declines else ("reply", SourceKind.REPLY)
        async with self.db.transaction() as tx:
            question = await self._question(tx, coordinator, id, act, again=await questions.said_by(tx, cause))
            reply = Reply(0, id, coordinator, signed, part, now, declines)
            reply_id, new = await questions.add_reply(tx, reply, cause)
            if new:
                question = question.moved_to(status, coordinator)
                await questions.save(tx, question)
                for number, _ in enumerate(pieces(part.text), start=1):
                    await deliveries.owe(
                        tx, kind, reply_id, f"words {number}", (question.chat_id,), urgency=Urgency.DESK, due_at=now
                    )
                if part.file_id:
                    await deliveries.owe(
                        tx, kind, reply_id, "file", (question.chat_id,), urgency=Urgency.DESK, due_at=now
                    )
                await roles.log(tx, coordinator, act, f"question {id}", now, cause)
        self.nudge()
        return question

    async def _question(
        self, tx: aiosqlite.Connection, coordinator: ChatId, id: QuestionId, act: str, again: bool = False
    ) -> Question:
        question = await questions.by_id(tx, id)
        if question is None or question.status is QuestionStatus.WITHDRAWN or not question.chat_id:
            raise Unknown(f"question {id}")
        await self.authority.require(tx, coordinator, Act.ANSWER, question.place, f"{act} question {id}")
        holder = question.taken_by
        if holder is None or holder == coordinator or question.status is not QuestionStatus.TAKEN or again:
            return question
        if await can_answer(tx, self.places, holder, question.place):
            person = await chats.subscriber(tx, holder)
            raise TakenByAnother(person.name if person else "")
        return question.moved_to(QuestionStatus.WAITING)
