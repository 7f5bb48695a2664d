"""Contributions: questions and proposals to a hearing, moderated, numbered, supported, answered."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.errors import Refusal, WrongMove
from bot.domain.hearings import HearingId
from bot.domain.ids import ChatId, Language, MessageId

ContributionId = NewType("ContributionId", int)
AN_HOUR_AT_MOST = 10


class ContributionKind(StrEnum):
    QUESTION = "question"
    PROPOSAL = "proposal"


class ContributionStatus(StrEnum):
    WAITING = "waiting"
    PUBLISHED = "published"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES: dict[ContributionStatus, frozenset[ContributionStatus]] = {
    ContributionStatus.WAITING: frozenset(
        {ContributionStatus.PUBLISHED, ContributionStatus.MERGED, ContributionStatus.DECLINED}
    ),
    ContributionStatus.PUBLISHED: frozenset({ContributionStatus.MERGED, ContributionStatus.DECLINED}),
    ContributionStatus.MERGED: frozenset(),
    ContributionStatus.DECLINED: frozenset({ContributionStatus.PUBLISHED}),
    ContributionStatus.WITHDRAWN: frozenset(),
}


class NoMoreWords(Refusal):
    """The hearing is over, cancelled, or past the deadline of its proposals."""


class TooManyWords(Refusal):
    """One person says a lot within an hour."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A question or proposal. `chat_id` is where it was said and where its fate is told, `asker` who said it."""

    id: ContributionId
    hearing: HearingId
    chat_id: ChatId
    asker: ChatId
    language: Language
    kind: ContributionKind
    text: str
    message_id: MessageId
    at: datetime
    status: ContributionStatus = ContributionStatus.WAITING
    merged_into: ContributionId | None = None
    reason: str = ""
    answer: str = ""
    signed: str = ""
    supports: int = 0

    def moved_to(
        self, status: ContributionStatus, *, reason: str = "", into: ContributionId | None = None
    ) -> "Contribution":
        """The same words in another state; raises WrongMove."""
        if status not in MOVES[self.status] or into == self.id:
            raise WrongMove(self.status, status)
        return replace(self, status=status, reason=reason, merged_into=into)
