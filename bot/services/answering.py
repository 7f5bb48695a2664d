"""A person's words become an Answer with its Citation, likely ones to choose from, or a numbered Question."""

from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.errors import TooMany
from bot.domain.guide import Article, Finding, Match, Saying, Topic
from bot.domain.ids import ChatId, Language, MessageId, PlaceSlug, QuestionId, Slug, UpdateId
from bot.domain.questions import JOINS_WITHIN, QUESTIONS_AN_HOUR, Part, Question
from bot.ports import Clock
from bot.services.desk import AskDesk, Asked
from bot.services.faq_reading import FaqAnswered, FaqOffered, ReadFaq
from bot.storage import questions
from bot.storage.database import Database


class Finder(Protocol):
    """The search of the guide."""

    def find(self, text: str, language: Language) -> Finding: ...


class Shelf(Protocol):
    """The articles of the guide."""

    def article(self, slug: Slug, language: Language) -> Article | None: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """The guide is sure: this article answers, and to "when" or "how much" this sentence of it. `waits`
    is the open question that the words may have been meant for."""

    article: Article
    said: Saying | None = None
    waits: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """The guide is not sure: these may answer."""

    choices: tuple[tuple[Match, Article], ...]


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A greeting, thanks, or a question about another election: a fixed word, no number. `waits` as in Answered."""

    topic: Topic
    waits: QuestionId | None = None


Result = Answered | Offered | FaqAnswered | FaqOffered | Courtesy | Asked


@dataclass(frozen=True, slots=True)
class Thread:
    """What else the person's message says of itself: what it replies to, the number that message names, that it is
    called a new question, and the album whose photos count as one ask."""

    replies_to: MessageId | None = None
    names: QuestionId | None = None
    fresh: bool = False
    counts_as: int | None = None


ALONE = Thread()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, where, and in which language; `person` is counted, `chat` is answered."""

    chat: ChatId
    person: ChatId
    language: Language
    place: PlaceSlug | None


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """The bot never composes law: it quotes an article with its citation, or passes the question to a person."""

    db: Database
    clock: Clock
    search: Finder
    library: Shelf
    ask_desk: AskDesk
    read_faq: ReadFaq

    async def __call__(self, asking: Asking, part: Part, cause: UpdateId, thread: Thread = ALONE) -> Result:
        """What came of the words. A file always goes to a person. Raises TooMany.

        While a question of theirs waits, words that the guide surely answers are answered, and may be added to it by a
        button; all others join it, and what the guide offers stands beside."""
        repeated = await self.ask_desk.already(cause)
        if repeated is not None:
            return repeated
        finding = self.search.find(part.text, asking.language) if part.text and not part.file_id else None
        known = self._from_the_guide(finding, asking.language)  # before any await: found and read in one edition
        if finding is not None and finding.topic in (Topic.GREETING, Topic.THANKS):
            return Courtesy(finding.topic)
        await self._count(asking, thread.counts_as or cause)
        older = await self._older(asking, thread, part.album)
        if older is not None:
            return await self.ask_desk.join(older, part, cause, asking.person)
        if thread.replies_to is not None:
            campaign = await self.ask_desk.campaign_of(asking.chat, thread.replies_to)
            if campaign is not None:
                return await self.ask_desk(
                    asking.chat, asking.language, asking.place, part, cause, asking.person, campaign
                )
        waits = await self._waits(asking, thread)
        if not isinstance(known, Courtesy):
            answered = await self._from_entries(asking, part, known)
            if isinstance(answered, FaqAnswered):
                return replace(answered, waits=waits.id if waits else None)
            if waits is None and answered is not None:
                return answered
        if waits is None:
            return known or await self.ask_a_person(asking, part, cause)
        if known is None or isinstance(known, Offered):
            joined = await self.ask_desk.join(waits, part, cause, asking.person)
            return replace(joined, beside=known.choices if known is not None else ())
        return replace(known, waits=waits.id)

    async def add(self, asking: Asking, id: QuestionId, part: Part, cause: UpdateId) -> Asked:
        """The words go to a person under this number; when it is finished, under a new one. Pressing twice adds once.
        Raises TooMany."""
        repeated = await self.ask_desk.already(cause)
        if repeated is not None:
            return repeated
        await self._count(asking, cause)
        added = await self.ask_desk.add(id, asking.chat, part, cause, asking.person)
        return added or await self.ask_a_person(asking, part, cause)

    def knows(self, words: str, language: Language) -> bool:
        """Whether the guide has something to say to these words."""
        finding = self.search.find(words, language)
        return bool(finding.answer or finding.offered) or finding.topic in (
            Topic.THANKS,
            Topic.GREETING,
            Topic.PARLIAMENT,
        )

    async def correct(self, asking: Asking, part: Part, cause: UpdateId) -> Asked | None:
        """A corrected message of a question that waits is added to it; None when it was none. Raises TooMany."""
        await self._count(asking, cause)
        return await self.ask_desk.edited(asking.chat, part, cause, asking.person)

    async def correct_or_ask(self, asking: Asking, part: Part, cause: UpdateId, thread: Thread) -> Result:
        """A corrected message of a question that waits is added to it; other corrected words are asked anew. Raises
        TooMany."""
        return await self.correct(asking, part, cause) or await self(asking, part, cause, thread)

    async def ask_a_person(self, asking: Asking, part: Part, cause: UpdateId) -> Asked:
        """The question goes to the desk whatever the guide says. Pressing twice, or a crash, asks once."""
        repeated = await self.ask_desk.already(cause) or await self.ask_desk.begun_by(asking.chat, part)
        if repeated is not None:
            return repeated
        return await self.ask_desk(asking.chat, asking.language, asking.place, part, cause, asking.person)

    async def _from_entries(
        self, asking: Asking, part: Part, found: Answered | Offered | None
    ) -> FaqAnswered | FaqOffered | None:
        """What was answered before to this very question stands before what the guide finds; what is only like it
        stands beside what the guide offers."""
        words = "" if part.file_id else part.text
        if isinstance(found, Answered):
            return await self.read_faq.surely(words, asking.place)
        return await self.read_faq.result(words, asking.place, found.choices if found else ())

    async def _waits(self, asking: Asking, thread: Thread) -> Question | None:
        """The question that plain words of a private chat may belong to."""
        if thread.fresh or asking.chat != asking.person:
            return None
        return await self.ask_desk.to_join(asking.chat, self.clock.now() - JOINS_WITHIN)

    def _from_the_guide(self, finding: Finding | None, language: Language) -> Answered | Offered | Courtesy | None:
        if finding is None:
            return None
        if finding.topic is Topic.PARLIAMENT:
            return Courtesy(Topic.PARLIAMENT)
        sure = self.library.article(finding.answer, language) if finding.answer else None
        if sure is not None:
            return Answered(sure, finding.said)
        offered = ((match, self.library.article(match.slug, language)) for match in finding.offered)
        choices = tuple((match, article) for match, article in offered if article is not None)
        return Offered(choices) if choices else None

    async def _older(self, asking: Asking, thread: Thread, album: str) -> Question | None:
        """The question that the message says it belongs to, if this person may add to it."""
        if album and (begun := await self.ask_desk.of_album(asking.chat, album)) is not None:
            return begun
        named = await questions.by_id(self.db.read, thread.names) if thread.names is not None else None
        if (named is None or named.chat_id != asking.chat) and thread.replies_to is not None:
            named = await self.ask_desk.of_message(asking.chat, thread.replies_to)
        if named is None or named.chat_id != asking.chat or not await self.ask_desk.may_add(named, asking.person):
            return None
        return named

    async def _count(self, asking: Asking, cause: int) -> None:
        async with self.db.transaction() as tx:
            asked = await questions.count_ask(tx, asking.person, self.clock.now(), cause)
        if asked > QUESTIONS_AN_HOUR:
            raise TooMany(first=asked == QUESTIONS_AN_HOUR + 1)
