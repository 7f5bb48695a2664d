"""The quiz: a person's way through twelve questions, and a group's one question a day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from bot.domain.deliveries import DeliveryStatus, Source, SourceKind, SourceState, Urgency
from bot.domain.errors import Refusal
from bot.domain.ids import ChatId, UpdateId
from bot.domain.quiz import QuizQuestion, Sitting
from bot.ports import Clock, Nudge
from bot.storage import deliveries, quiz, sources
from bot.storage.database import Database

HOUR = time(12)
LASTS = timedelta(hours=8)
"""A group's question goes at noon, or not at all once it is evening."""

ENDS = "end"


class RunsAlready(Refusal):
    """The group already has a quiz that has not ended. `left` questions are still to come."""

    def __init__(self, left: int) -> None:
        super().__init__("a quiz is running in this group")
        self.left = left


@dataclass(frozen=True, slots=True)
class Step:
    """Where a sitting stands: the question to ask now, or None once all are answered."""

    question: QuizQuestion | None
    sitting: Sitting


@dataclass(frozen=True, slots=True)
class TakeQuiz:
    """One person goes through the questions in their order; each first answer counts, once."""

    db: Database
    clock: Clock
    questions: tuple[QuizQuestion, ...]

    async def begin(self, chat: ChatId, cause: UpdateId) -> Step:
        """The first question; an earlier sitting is given up."""
        async with self.db.transaction() as tx:
            await quiz.begin(tx, chat, cause, self.clock.now())
        return await self._step(chat)

    async def sent(self, chat: ChatId, poll: str, question: QuizQuestion) -> None:
        """This poll asks the question, so its answer will be understood."""
        async with self.db.transaction() as tx:
            await quiz.sent(tx, poll, chat, question.number)

    async def answer(self, chat: ChatId, poll: str, chosen: int, cause: UpdateId) -> Step | None:
        """What comes after this answer; None when the poll is of no standing sitting or was answered before."""
        number = await quiz.asked(self.db.read, poll, chat)
        if number is None:
            return None
        right = self.questions[number - 1].right == chosen
        async with self.db.transaction() as tx:
            first = await quiz.answer(tx, chat, number, right, cause)
        return await self._step(chat) if first else None

    async def _step(self, chat: ChatId) -> Step:
        sitting = await quiz.sitting(self.db.read, chat)
        done = sitting.answered >= len(self.questions)
        return Step(None if done else self.questions[sitting.answered], sitting)


@dataclass(frozen=True, slots=True)
class GroupQuiz:
    """One question a day in a group, at noon; every one is a delivery of the ledger from the start."""

    db: Database
    clock: Clock
    questions: tuple[QuizQuestion, ...]
    zone: tzinfo
    nudge: Nudge

    async def start(self, chat: ChatId, by: ChatId, cause: UpdateId) -> None:
        """The first question goes now, the others each following noon, and a last word. Raises RunsAlready."""
        now = self.clock.now()
        async with self.db.transaction() as tx:
            if await quiz.begun_by(tx, cause) is None and (left := await self._left(chat)):
                raise RunsAlready(left)
            run = await quiz.begin_run(tx, chat, by, cause, now)
            occasions = [*(f"question {one.number}" for one in self.questions), ENDS]
            for day, occasion in enumerate(occasions):
                due = now if day == 0 else self._noon(now, day)
                await deliveries.owe(
                    tx,
                    SourceKind.QUIZ,
                    run,
                    occasion,
                    [chat],
                    urgency=Urgency.NOTICE,
                    due_at=due,
                    not_after=due + LASTS,
                )
        self.nudge()

    async def stop(self, chat: ChatId) -> int:
        """How many questions will not come any more."""
        left = 0
        async with self.db.transaction() as tx:
            for run in await quiz.runs(tx, chat):
                for source in await sources.of(tx, SourceKind.QUIZ, run):
                    waits = (await deliveries.tally(tx, source.id)).of(DeliveryStatus.QUEUED)
                    if waits and await sources.stop(tx, source.id) and source.occasion != ENDS:
                        left += waits
        self.nudge()
        return left

    def question(self, source: Source) -> QuizQuestion | None:
        """The question that this delivery brings; None for the last word."""
        number = source.occasion.removeprefix("question ")
        return self.questions[int(number) - 1] if number.isdecimal() else None

    async def _left(self, chat: ChatId) -> int:
        left = 0
        for run in await quiz.runs(self.db.read, chat):
            for source in await sources.of(self.db.read, SourceKind.QUIZ, run):
                if source.state is SourceState.OPEN and source.occasion != ENDS:
                    left += (await deliveries.tally(self.db.read, source.id)).of(DeliveryStatus.QUEUED)
        return left

    def _noon(self, now: datetime, day: int) -> datetime:
        return datetime.combine(now.astimezone(self.zone).date() + timedelta(days=day), HOUR, self.zone)
