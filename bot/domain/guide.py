"""The guide's words: articles, facts and citations, and what a search makes of a person's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.ids import Language, Slug


class Reader(StrEnum):
    """For whom an article is written; a person may be several."""

    CANDIDATE = "candidate"
    DEPUTY = "deputy"
    GROUP = "group"
    VOTER = "voter"


class Kind(StrEnum):
    """`LAW` rests on citations; `PRACTICE` is advice and says so at its foot."""

    LAW = "law"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Citation:
    """An act, its article and edition, and where to read it: what an Answer rests on."""

    name: str
    act: Mapping[Language, str]
    article: str
    edition: Mapping[Language, str]
    link: str
    seen: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Who read a text, when, and the hash of what they read; empty until a real person signs."""

    by: str = ""
    on: str = ""
    text_hash: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """When a quoted fact was last checked, as said in the article's language ("" when nobody knows), and until when it
    was known to hold. `old` when the guide itself calls a fact of that age old."""

    on: str
    old: bool
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands under it, as Telegram HTML blocks that are never split inside."""

    heading: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of an article that says a time, a sum or a number, with the words of its confidence, as plain text."""

    words: str  # as shown
    heading: str  # under which it stands; "" in the lead, and then all of the lead before it is in the words
    kinds: frozenset[str]
    dated: bool  # whether it speaks of a year by name
    basis: Citation


@dataclass(frozen=True, slots=True)
class Article:
    """One page of the guide in one language; the slug is the same in both. `short` is the title on a button."""

    slug: Slug
    section: str
    language: Language
    title: str
    short: str
    kind: Kind
    readers: tuple[Reader, ...]
    next: tuple[Slug, ...]
    as_of: date
    citations: tuple[Citation, ...]
    lead: str
    chapters: tuple[Chapter, ...]
    plain: str
    sayings: tuple[Saying, ...] = field(default=(), kw_only=True)
    keywords: str
    asked: tuple[str, ...]
    language_mark: Mark
    lawyer_mark: Mark
    text_hash: str
    checked: tuple[Checked, ...] = ()
    picture: str = ""

    def aged(self, today: date) -> Checked | None:
        """The oldest of the facts quoted here that somebody should check again, or None."""
        return next((one for one in self.checked if one.old or (one.until is not None and one.until < today)), None)


class Drawing(StrEnum):
    """How a picture shows its entries."""

    SEATS = "seats"
    BARS = "bars"
    LINE = "line"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing shown: what it is, its value or moment in words, and how sure that is ("" when sources agree).

    `low` and `high` are its size: per cent for bars, reserved and all seats for seats."""

    label: str
    said: str = ""
    mark: str = ""
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a picture says, in one language, as plain words and numbers; facts are filled in already."""

    name: str
    language: Language
    drawing: Drawing
    title: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: date


class Topic(StrEnum):
    """What a person's words turn out to be, before any article is looked for."""

    FIELD = "field"
    GREETING = "greeting"
    THANKS = "thanks"
    PARLIAMENT = "parliament"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Match:
    """An article that may answer, how well (0 to 1), and the line of it that matched."""

    slug: Slug
    score: float
    line: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the guide makes of a question: an answer it is sure of, likely ones to offer, and the best matches.

    `answer` is None when the bot would not answer by itself; `offered` holds up to three, `matches` up to five.
    `said` is the answer's own sentence that a question of time, sum or number is answered by, where it has one."""

    topic: Topic
    answer: Slug | None
    offered: tuple[Match, ...]
    matches: tuple[Match, ...]
    said: Saying | None = None
