"""A Campaign: a coordinator's message to an Audience, its moves, its approval and its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.audiences import Audience
from bot.domain.errors import Refusal, WrongMove
from bot.domain.ids import CampaignId, ChatId, Language

MOST_BUTTONS = 6
LONGEST_BUTTON = 40
LASTS_HOURS = 72
QUIET_FROM, QUIET_TO = time(21), time(8)


class CampaignStatus(StrEnum):
    """DRAFT → WAITING for another coordinator → APPROVED → RUNNING ⇄ PAUSED → DONE or CANCELLED.

    What is DONE runs once more when a coordinator sends again what failed."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


MOVES: Mapping[CampaignStatus, frozenset[CampaignStatus]] = {
    CampaignStatus.DRAFT: frozenset({CampaignStatus.WAITING, CampaignStatus.APPROVED, CampaignStatus.CANCELLED}),
    CampaignStatus.WAITING: frozenset({CampaignStatus.DRAFT, CampaignStatus.APPROVED, CampaignStatus.CANCELLED}),
    CampaignStatus.APPROVED: frozenset(
        {CampaignStatus.DRAFT, CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.CANCELLED}
    ),
    CampaignStatus.RUNNING: frozenset({CampaignStatus.PAUSED, CampaignStatus.CANCELLED, CampaignStatus.DONE}),
    CampaignStatus.PAUSED: frozenset(
        {CampaignStatus.RUNNING, CampaignStatus.APPROVED, CampaignStatus.CANCELLED, CampaignStatus.DONE}
    ),
    CampaignStatus.DONE: frozenset({CampaignStatus.RUNNING}),
    CampaignStatus.CANCELLED: frozenset(),
}
EDITABLE = frozenset({CampaignStatus.DRAFT, CampaignStatus.WAITING, CampaignStatus.APPROVED})
LIVE = frozenset({CampaignStatus.APPROVED, CampaignStatus.RUNNING, CampaignStatus.PAUSED})


class CampaignTopic(StrEnum):
    """What a campaign is about, so that people can stop that topic; only HOW_TO_VOTE may leave in a silence period."""

    HOW_TO_VOTE = "how_to_vote"
    QUOTA = "quota"
    STANDING = "standing"
    HEARINGS = "hearings"
    PROGRAMMES = "programmes"


class Halt(StrEnum):
    """Why a campaign stands still."""

    NONE = ""
    PERSON = "person"
    FAILURES = "failures"
    AUTHOR_LEFT = "author_left"
    NEW_HOME = "new_home"


class ButtonKind(StrEnum):
    """Where a button of a letter leads."""

    LINK = "link"
    ARTICLE = "article"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class CampaignButton:
    """A button with its words in each language and what it opens: an address, an article's slug, or nothing."""

    kind: ButtonKind
    words: Mapping[Language, str]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What the letter says: Telegram HTML by language, one file, buttons, a topic, and from whom it comes.

    `waived` are the languages knowingly left without words of their own: their readers receive the other language."""

    words: Mapping[Language, str] = field(default_factory=dict)
    file_kind: str = ""
    file_id: str = ""
    buttons: tuple[CampaignButton, ...] = ()
    topic: CampaignTopic | None = None
    signed: str = ""
    waived: frozenset[Language] = frozenset()

    def in_language(self, language: Language) -> tuple[Language, str]:
        """The words for a reader of this language, and the language that they really are in."""
        if self.words.get(language):
            return language, self.words[language]
        return next(((one, words) for one, words in self.words.items() if words), (language, ""))

    def as_json(self) -> dict[str, Any]:
        """The content as plain values in a fixed order."""
        return {
            "words": {str(language): self.words[language] for language in sorted(self.words)},
            "file": [self.file_kind, self.file_id],
            "buttons": [
                [one.kind, {str(language): one.words[language] for language in sorted(one.words)}, one.target]
                for one in self.buttons
            ],
            "topic": self.topic,
            "signed": self.signed,
            "waived": sorted(self.waived),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Content":
        """The content that `as_json` kept."""
        return cls(
            words={Language(language): words for language, words in kept["words"].items()},
            file_kind=kept["file"][0],
            file_id=kept["file"][1],
            buttons=tuple(
                CampaignButton(ButtonKind(kind), {Language(one): said for one, said in words.items()}, target)
                for kind, words, target in kept["buttons"]
            ),
            topic=CampaignTopic(kept["topic"]) if kept["topic"] else None,
            signed=kept["signed"],
            waived=frozenset(Language(one) for one in kept["waived"]),
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """When it begins (None: when a coordinator presses) and for how many hours letters may still leave after that."""

    begins_at: datetime | None = None
    lasts_hours: int = LASTS_HOURS

    def not_after(self, begun: datetime) -> datetime:
        """The moment after which no letter leaves."""
        return (self.begins_at or begun) + timedelta(hours=self.lasts_hours)

    def as_json(self) -> dict[str, Any]:
        """The schedule as plain values."""
        return {
            "begins_at": None if self.begins_at is None else int(self.begins_at.timestamp()),
            "lasts_hours": self.lasts_hours,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Schedule":
        """The schedule that `as_json` kept."""
        at = kept["begins_at"]
        return cls(None if at is None else datetime.fromtimestamp(at, UTC), kept["lasts_hours"])


@dataclass(frozen=True, slots=True)
class Draft:
    """What is approved: content, audience rule and schedule. One version of a campaign."""

    content: Content
    audience: Audience
    schedule: Schedule = field(default_factory=Schedule)

    def as_json(self) -> str:
        """The same draft always gives the same text."""
        parts = {
            "content": self.content.as_json(),
            "audience": self.audience.as_json(),
            "schedule": self.schedule.as_json(),
        }
        return json.dumps(parts, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of_json(cls, kept: str) -> "Draft":
        """The draft that `as_json` kept."""
        parts = json.loads(kept)
        return cls(
            Content.of_json(parts["content"]), Audience.of_json(parts["audience"]), Schedule.of_json(parts["schedule"])
        )

    @property
    def hash(self) -> str:
        """What an approval is pinned to: changes with any edit."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:16]

    @property
    def text_hash(self) -> str:
        """Of the words alone, to know the same text again."""
        words = {str(one): said for one, said in self.content.words.items()}
        return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Campaign:
    """A draft with versions, who stands behind it, and how it stands now. `author` of 0 is somebody forgotten."""

    id: CampaignId
    author: ChatId
    draft: Draft
    status: CampaignStatus = CampaignStatus.DRAFT
    version: int = 1
    approved_by: ChatId | None = None
    approved_hash: str = ""
    waived: bool = False
    launched_at: datetime | None = None
    halt: Halt = Halt.NONE
    audience: int = 0

    def moved_to(self, status: CampaignStatus, halt: Halt = Halt.NONE) -> "Campaign":
        """The same campaign in another state; raises WrongMove."""
        if status not in MOVES[self.status]:
            raise WrongMove(self.status, status)
        return replace(self, status=status, halt=halt)

    def edited(self, draft: Draft) -> "Campaign":
        """The next version; any edit voids the approval. Raises WrongMove once it has been launched."""
        if self.status not in EDITABLE:
            raise WrongMove(self.status, CampaignStatus.DRAFT)
        if draft == self.draft:
            return self
        return replace(
            self,
            draft=draft,
            version=self.version + 1,
            status=CampaignStatus.DRAFT,
            approved_by=None,
            approved_hash="",
            waived=False,
        )


class Lack(StrEnum):
    """What a draft still needs before anybody may approve it."""

    WORDS = "words"
    LANGUAGE = "language"
    TOO_LONG = "too_long"
    TOPIC = "topic"
    SIGNED = "signed"
    TOO_LATE = "too_late"


class Warning(StrEnum):
    """What a coordinator is told before approval; none of these blocks."""

    NOBODY = "nobody"
    VERY_MANY = "very_many"
    SAME_TEXT = "same_text"
    PARTY = "party"


class Incomplete(Refusal):
    """The draft still lacks something."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks


class ChangedSince(Refusal):
    """What was shown is not what stands now: somebody has edited it since."""


class OwnApproval(Refusal):
    """An approval is another coordinator's."""


class Silent(Refusal):
    """A silence period of an election stands in these places until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__("silence period")
        self.until = until


class NotAtHome(Refusal):
    """The file came from another machine; no campaign leaves until an administrator confirms."""


def quiet_until(now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours end that stand now (21:00–08:00 where people live), or None by day."""
    here = now.astimezone(zone)
    if QUIET_TO <= here.time() < QUIET_FROM:
        return None
    day = here.date() + timedelta(days=1) if here.time() >= QUIET_FROM else here.date()
    return datetime.combine(day, QUIET_TO, zone).astimezone(UTC)
