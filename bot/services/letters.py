"""What a delivery says when its turn comes: rendered from the thing as it is then, in the chat's language."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.deliveries import Source, SourceKind
from bot.domain.guide import Citation
from bot.domain.ids import ChatId, Language
from bot.domain.places import Places
from bot.domain.questions import Part, QuestionStatus
from bot.ports import Enclosure, File, Letter
from bot.services.duty import as_it_stands, can_answer
from bot.services.election_letters import ElectionLetters
from bot.services.faq_letters import outcome_letter, request_letter
from bot.services.hearings.letters import HearingLetters
from bot.services.quiz import GroupQuiz
from bot.storage import chats, questions
from bot.storage.database import Database
from bot.texts import desk as words
from bot.texts import quiz as quiz_words
from bot.texts.pieces import pieces


@dataclass(frozen=True, slots=True)
class WriteLetter:
    """The Letter that a source owes to a chat now, or None when there is nothing to say any more."""

    db: Database
    places: Places
    zone: ZoneInfo
    citation: Callable[[str], Citation | None]
    hearings: HearingLetters
    quiz: GroupQuiz
    bot_name: str
    elections: ElectionLetters

    async def __call__(self, source: Source, chat: ChatId) -> Letter | None:
        match source.kind:
            case SourceKind.QUESTION | SourceKind.ADDITION:
                return await self._question(source, chat)
            case SourceKind.REPLY | SourceKind.DECLINED:
                return await self._reply(source, chat)
            case SourceKind.FAQ_REQUEST:
                language = await self._language(chat)
                return await request_letter(self.db.read, self.places, self.citation, source, chat, language, self.zone)
            case SourceKind.FAQ_OUTCOME:
                return await outcome_letter(self.db.read, source, await self._language(chat))
            case SourceKind.QUIZ:
                return await self._quiz(source, chat)
            case SourceKind.ELECTION_CHANGED | SourceKind.ELECTION_REMINDER | SourceKind.CANDIDATE_LETTER:
                return await self.elections(source, chat)
        return await self.hearings(source, chat)

    async def _quiz(self, source: Source, chat: ChatId) -> Letter:
        group = await chats.group(self.db.read, chat)
        language = group.language if group and group.language else Language.KY
        question = self.quiz.question(source)
        if question is None:
            return quiz_words.group_end(self.bot_name, language)
        return quiz_words.question(question, len(self.quiz.questions), language)

    async def _question(self, source: Source, chat: ChatId) -> Letter | None:
        part = await questions.part(self.db.read, source.subject)
        question = None if part is None else await questions.by_id(self.db.read, part.question_id)
        if part is None or question is None or question.status is QuestionStatus.WITHDRAWN:
            return None
        if not await can_answer(self.db.read, self.places, chat, question.place):
            return None
        asker = await chats.subscriber(self.db.read, question.chat_id)
        stands = await as_it_stands(self.db.read, self.places, question)
        sight = words.Sight(stands, asker.village if asker else "", chat, await self._language(chat))
        if source.occasion.startswith("file"):
            return words.question_file(sight, _file(part.part))
        number, text = _piece(source.occasion, part.part.text)
        addition = source.kind is SourceKind.ADDITION or number > 1
        place = self.places.get(question.place) if question.place else None
        return words.question_letter(sight, text, part.at, place, self.zone, addition=addition)

    async def _reply(self, source: Source, chat: ChatId) -> Letter | None:
        reply = await questions.reply(self.db.read, source.subject)
        question = None if reply is None else await questions.by_id(self.db.read, reply.question_id)
        if reply is None or question is None or question.status is QuestionStatus.WITHDRAWN:
            return None
        parts = await questions.parts(self.db.read, question.id)
        first = (parts[0].part.message_id or None) if parts else None
        asker = await chats.subscriber(self.db.read, question.chat_id)
        language = asker.language if asker and asker.language else question.language
        if source.occasion.startswith("file"):
            return words.reply_file(question, _file(reply.part), first, language)
        _, text = _piece(source.occasion, reply.part.text)
        return words.reply_letter(question, reply, text, first, language, self.zone)

    async def _language(self, chat: ChatId) -> Language:
        person = await chats.subscriber(self.db.read, chat)
        return person.language if person and person.language else Language.KY


def _piece(occasion: str, text: str) -> tuple[int, str]:
    number = int(occasion.split()[1])
    return number, pieces(text)[number - 1]


def _file(part: Part) -> File:
    return File(Enclosure(part.file_kind), part.file_id)
