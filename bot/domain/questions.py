"""A Question: a person's words, numbered, kept until answered; and how it may change."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import Refusal, WrongMove
from bot.domain.ids import CampaignId, ChatId, Language, MessageId, PlaceSlug, QuestionId

JOINS_WITHIN = timedelta(minutes=10)
QUESTIONS_AN_HOUR = 10


class QuestionStatus(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES: dict[QuestionStatus, frozenset[QuestionStatus]] = {
    QuestionStatus.WAITING: frozenset({QuestionStatus.TAKEN, QuestionStatus.ANSWERED, QuestionStatus.DECLINED}),
    QuestionStatus.TAKEN: frozenset({QuestionStatus.WAITING, QuestionStatus.ANSWERED, QuestionStatus.DECLINED}),
    QuestionStatus.ANSWERED: frozenset({QuestionStatus.ANSWERED, QuestionStatus.WAITING}),
    QuestionStatus.DECLINED: frozenset({QuestionStatus.WAITING, QuestionStatus.ANSWERED}),
    QuestionStatus.WITHDRAWN: frozenset(),
}
UNFINISHED = frozenset({QuestionStatus.WAITING, QuestionStatus.TAKEN})


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a Question: its words and perhaps a file; `album` is the same in all messages of one album."""

    message_id: MessageId
    text: str
    file_kind: str = ""
    file_id: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A person's words, kept until answered; `campaign` is the one whose letter they answer."""

    id: QuestionId
    chat_id: ChatId
    language: Language
    place: PlaceSlug | None
    asked_at: datetime
    status: QuestionStatus = QuestionStatus.WAITING
    taken_by: ChatId | None = None
    campaign: CampaignId | None = None

    def moved_to(self, status: QuestionStatus, by: ChatId | None = None) -> "Question":
        """The same question in another state; raises WrongMove."""
        if status not in MOVES[self.status]:
            raise WrongMove(self.status, status)
        return replace(self, status=status, taken_by=by)


class TakenByAnother(Refusal):
    """Another coordinator has the question. `who` is their name."""

    def __init__(self, who: str) -> None:
        super().__init__("taken by another coordinator")
        self.who = who


class Settled(Refusal):
    """The question has got its answer or its refusal, or is withdrawn: nobody takes or declines it any more."""

    def __init__(self, number: QuestionId, status: QuestionStatus) -> None:
        super().__init__(f"question {number} is {status}")
        self.number = number
        self.status = status


@dataclass(frozen=True, slots=True)
class Reply:
    """A coordinator's own words to a Question, signed and dated; not a decision of the commission."""

    id: int
    question_id: QuestionId
    coordinator: ChatId
    signed: str
    part: Part
    at: datetime
    decline: bool = False
