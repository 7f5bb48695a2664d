"""The ledger's words: one Delivery is one Letter owed to one Chat, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.domain.ids import ChatId, DeliveryId, MessageId, SourceId


class Urgency(IntEnum):
    """Smaller goes first."""

    DESK = 0
    NOTICE = 1
    CAMPAIGN = 2


class DeliveryStatus(IntEnum):
    """queued → sending → sent | refused | failed | uncertain | cancelled | expired | skipped."""

    QUEUED = 0
    SENDING = 1
    SENT = 2
    REFUSED = 3
    FAILED = 4
    UNCERTAIN = 5
    CANCELLED = 6
    EXPIRED = 7
    SKIPPED = 8


OPEN = frozenset({DeliveryStatus.QUEUED, DeliveryStatus.SENDING})
TOLD = frozenset({DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN})
SETTLED = frozenset(DeliveryStatus) - OPEN


class Reason(IntEnum):
    """Why a delivery stands or ended as it did, for the ledger's narrow column.

    REPEATED marks a row whose first letter may have arrived. A reason of `WITHDRAWN` on a row that is `sending` says
    that nobody wants the letter any more; what came of it is known when it settles."""

    NONE = 0
    BLOCKED = 1
    OUR_MISTAKE = 2
    UNKNOWN_FATE = 3
    CRASH = 4
    TOO_LATE = 5
    STOPPED = 6
    UNREACHABLE = 7
    OPTED_OUT = 8
    NOTHING_TO_SAY = 9
    REPEATED = 10
    SUPERSEDED = 11
    WEEKLY_LIMIT = 12


WITHDRAWN: Mapping[Reason, DeliveryStatus] = {
    Reason.STOPPED: DeliveryStatus.CANCELLED,
    Reason.OPTED_OUT: DeliveryStatus.SKIPPED,
    Reason.SUPERSEDED: DeliveryStatus.SKIPPED,
}


def ending(mark: Reason, to: DeliveryStatus, why: Reason) -> tuple[DeliveryStatus, Reason]:
    """How an open row stands after `to`, when `mark` is its reason so far: what may have arrived is never called
    cancelled, expired, skipped, refused or failed, and what was withdrawn while on its way does not wait again."""
    if mark is Reason.REPEATED:
        lost = to in SETTLED - TOLD
        return (DeliveryStatus.UNCERTAIN, Reason.CRASH) if lost else (to, Reason.REPEATED)
    if mark in WITHDRAWN and to not in TOLD:
        return WITHDRAWN[mark], mark
    return to, why


class SourceState(IntEnum):
    """A source that is not open sends nothing. `STOPPING`: stopped, and rows that wait are still being ended."""

    OPEN = 0
    PAUSED = 1
    STOPPING = 2
    STOPPED = 3


class SourceKind(StrEnum):
    """What a delivery is about; each kind has its own words."""

    QUESTION = "question"
    ADDITION = "addition"
    REPLY = "reply"
    DECLINED = "declined"
    FAQ_REQUEST = "faq_request"
    FAQ_OUTCOME = "faq_outcome"
    HEARING = "hearing"
    HEARING_CARD = "hearing_card"
    HEARING_REMINDER = "hearing_reminder"
    HEARING_AFTER = "hearing_after"
    HEARING_MINUTES = "hearing_minutes"
    CONTRIBUTION = "contribution"
    CONTRIBUTION_FATE = "contribution_fate"
    CONTRIBUTION_WAITS = "contribution_waits"
    QUIZ = "quiz"
    ELECTION_CHANGED = "election_changed"
    ELECTION_REMINDER = "election_reminder"
    CANDIDATE_LETTER = "candidate_letter"


@dataclass(frozen=True, slots=True)
class Source:
    """Why deliveries exist: the kind of thing, which one, the occasion, and what its letter needs."""

    id: SourceId
    kind: SourceKind
    subject: int
    occasion: str
    urgency: Urgency
    not_after: datetime | None
    state: SourceState = SourceState.OPEN
    held_until: datetime | None = None
    latest_only: bool = False
    freezing: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One Letter owed to one Chat."""

    id: DeliveryId
    source_id: SourceId
    chat_id: ChatId
    urgency: Urgency
    status: DeliveryStatus
    reason: Reason
    due_at: datetime
    not_after: datetime | None
    attempt: int
    message_id: MessageId | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery taken to be sent now, with what it is about and whether its chat can be reached."""

    delivery: Delivery
    source: Source
    reachable: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """How one delivery ended, or when it may be tried again (`queued`, perhaps with a new due time)."""

    id: DeliveryId
    status: DeliveryStatus
    reason: Reason = Reason.NONE
    message_id: MessageId | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a claimed delivery goes now, and how its source stands at this moment."""

    chat_id: ChatId
    reachable: bool
    state: SourceState
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Deliveries counted by status; a report is a Tally in words."""

    counts: Mapping[DeliveryStatus, int]

    def of(self, *statuses: DeliveryStatus) -> int:
        """How many stand in any of these statuses."""
        return sum(self.counts.get(status, 0) for status in statuses)

    @property
    def audience(self) -> int:
        """Everyone who was owed the letter; equals the sum over statuses at every moment."""
        return sum(self.counts.values())
