"""The Desk: a question goes to the coordinators of its place, and their own words come back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import aiosqlite

from bot.domain.chats import Act
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.errors import Unknown
from bot.domain.guide import Article, Match
from bot.domain.ids import CampaignId, ChatId, Language, MessageId, PlaceSlug, QuestionId, UpdateId
from bot.domain.places import Places
from bot.domain.questions import UNFINISHED, Part, Question, QuestionStatus, Reply, Settled, TakenByAnother
from bot.ports import Clock, Nudge
from bot.services.authority import Authority
from bot.services.duty import as_it_stands, can_answer, on_duty, owe_part, owe_question
from bot.storage import chats, deliveries, questions, roles, sources
from bot.storage.database import Database
from bot.texts.pieces import pieces

ABOUT_A_QUESTION = frozenset({SourceKind.QUESTION, SourceKind.ADDITION})


@dataclass(frozen=True, slots=True)
class Asked:
    """The question has a number; `on_duty` says whether anybody was told, `joined` that the number is an older one, and
    `corrected` that the words took the place of earlier ones. `beside` is what the guide has to say to the words."""

    number: QuestionId
    on_duty: bool
    joined: bool = False
    corrected: bool = False
    beside: tuple[tuple[Match, Article], ...] = ()


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters about a question in one coordinator's chat: the question as it stands, and its asker's village."""

    question: Question
    village: str
    messages: tuple[MessageId, ...]


@dataclass(frozen=True, slots=True)
class AskDesk:
    """A question is stored with its number and owed to the coordinators of its place, or neither happens."""

    db: Database
    clock: Clock
    places: Places
    nudge: Nudge

    async def __call__(
        self,
        chat: ChatId,
        language: Language,
        place: PlaceSlug | None,
        part: Part,
        cause: UpdateId,
        asker: ChatId,
        campaign: CampaignId | None = None,
    ) -> Asked:
        now = self.clock.now()
        async with self.db.transaction() as tx:
            id, _ = await questions.add(tx, chat, language, place, now, cause, campaign)
            part_id, new = await questions.add_part(tx, id, part, now, cause, asker=asker)
            coordinators = await on_duty(tx, self.places, place)
            if new:
                stored = questions.StoredPart(part_id, id, part, now, asker)
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
                stored = questions.StoredPart(part_id, question.id, part, now, asker)
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

    async def begun_by(self, chat: ChatId, part: Part) -> Asked | None:
        """The question that this message of the asker began, if it did and the message has not been corrected since."""
        question = await questions.of_message(self.db.read, chat, part.message_id)
        if question is None:
            return None
        said = await questions.parts(self.db.read, question.id)
        if said[0].part.message_id != part.message_id or not _among(said, part):
            return None
        return Asked(question.id, bool(await self._concerned(self.db.read, question)))

    async def add(self, id: QuestionId, chat: ChatId, part: Part, cause: UpdateId, asker: ChatId) -> Asked | None:
        """The words join this very question of theirs, once. None when it is finished or somebody else's."""
        question = await questions.by_id(self.db.read, id)
        if question is None or question.chat_id != chat or not await self.may_add(question, asker):
            return None
        said = await questions.parts(self.db.read, id)
        if _among(said, part):
            return Asked(id, bool(await self._concerned(self.db.read, question)), joined=True)
        return await self.join(question, part, cause, asker) if question.status in UNFINISHED else None

    async def may_add(self, question: Question, asker: ChatId) -> bool:
        """Whether more words of this person belong to the question: in a group only those of whoever asked it."""
        if question.status is QuestionStatus.WITHDRAWN:
            return False
        said = await questions.parts(self.db.read, question.id)
        return question.chat_id == asker or bool(said and said[0].asker == asker)

    async def edited(self, chat: ChatId, part: Part, cause: UpdateId, asker: ChatId) -> Asked | None:
        """The asker corrected a message: whoever is concerned is told, as an addition. None when it was no question."""
        question = await questions.of_message(self.db.read, chat, part.message_id)
        if question is None or question.status not in UNFINISHED:
            return None
        return replace(await self.join(question, part, cause, asker), corrected=True)

    async def to_join(self, chat: ChatId, since: datetime) -> Question | None:
        """The unfinished question that more words of this chat join: the one spoken of last, if it still waits."""
        question = await questions.latest_of(self.db.read, chat, since)
        return question if question is not None and question.status in UNFINISHED else None

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

    async def campaign_of(self, chat: ChatId, message: MessageId) -> CampaignId | None:
        """The campaign whose letter stands as this message in this chat."""
        source = await sources.of_letter(self.db.read, chat, message)
        return CampaignId(source.subject) if source is not None and source.kind is SourceKind.CAMPAIGN else None

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

    async def letters(self, coordinator: ChatId, id: QuestionId) -> Letters | None:
        """The letters about this question in this coordinator's chat; None when there is no such question."""
        question = await questions.by_id(self.db.read, id)
        if question is None:
            return None
        asker = await chats.subscriber(self.db.read, question.chat_id)
        messages = [
            letter.message_id
            for part in await questions.parts(self.db.read, id)
            for kind in ABOUT_A_QUESTION
            for letter in await deliveries.letters_of(self.db.read, kind, part.id)
            if letter.chat_id == coordinator and letter.message_id is not None
        ]
        stands = await as_it_stands(self.db.read, self.places, question)
        return Letters(stands, asker.village if asker else "", tuple(messages))

    async def may_answer(self, coordinator: ChatId, id: QuestionId) -> bool:
        """Whether this chat's role lets it answer this question, which is somebody else's."""
        question = await questions.by_id(self.db.read, id)
        if question is None or question.chat_id == coordinator:
            return False
        return self.authority.allowed(await roles.of_chat(self.db.read, coordinator), Act.ANSWER, question.place)

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
        """The question is this coordinator's. Raises NotAllowed, Settled, TakenByAnother, Unknown."""
        async with self.db.transaction() as tx:
            question = await self._question(tx, coordinator, id, "take")
            if question.status is QuestionStatus.TAKEN and question.taken_by == coordinator:
                return question
            self._still_open(question)
            taken = question.moved_to(QuestionStatus.TAKEN, coordinator)
            await questions.save(tx, taken)
            await roles.log(tx, coordinator, "take", f"question {id}", self.clock.now(), cause)
        return taken

    async def may_decline(self, coordinator: ChatId, id: QuestionId) -> None:
        """Asked before a reason is. Raises NotAllowed, Settled, TakenByAnother, Unknown."""
        self._still_open(await self._question(self.db.read, coordinator, id, "decline"))

    async def reply(self, coordinator: ChatId, signed: str, id: QuestionId, part: Part, cause: UpdateId) -> Question:
        """The coordinator's words are owed to the asker. Raises NotAllowed, Settled, TakenByAnother, Unknown."""
        return await self._say(coordinator, signed, id, part, cause, QuestionStatus.ANSWERED)

    async def decline(self, coordinator: ChatId, signed: str, id: QuestionId, part: Part, cause: UpdateId) -> Question:
        """The reason is owed to the asker. Raises NotAllowed, Settled, TakenByAnother, Unknown."""
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
                if declines:
                    self._still_open(question)
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
        if question is None:
            raise Unknown(f"question {id}")
        if question.status is QuestionStatus.WITHDRAWN or not question.chat_id:
            raise Settled(id, QuestionStatus.WITHDRAWN)
        await self.authority.require(tx, coordinator, Act.ANSWER, question.place, f"{act} question {id}")
        if again or question.taken_by == coordinator:
            return question
        question = await as_it_stands(tx, self.places, question)
        if question.status is QuestionStatus.TAKEN and question.taken_by is not None:
            person = await chats.subscriber(tx, question.taken_by)
            raise TakenByAnother(person.name if person else "")
        return question

    @staticmethod
    def _still_open(question: Question) -> None:
        if question.status not in UNFINISHED:
            raise Settled(question.id, question.status)


def _among(said: Iterable[questions.StoredPart], part: Part) -> bool:
    """Whether this message has been said with these very words; the id of a file differs from look to look."""
    return any((one.part.message_id, one.part.text) == (part.message_id, part.text) for one in said)
