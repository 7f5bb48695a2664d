"""An entry of "Questions and answers": a coordinator's Reply made useful to everybody, in both languages, nameless."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.errors import Refusal, WrongMove
from bot.domain.guide import Citation, Kind
from bot.domain.ids import ChatId, EntryId, Language, PlaceSlug, QuestionId

QUESTION_AT_MOST = 300  # UTF-16 units; with both answers and a heading one message still holds the whole entry
ANSWER_AT_MOST = 1200
HASH_LENGTH = 16


class EntryStatus(StrEnum):
    """draft → proposed → published → withdrawn; any edit of a proposed entry makes it a draft again."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


MOVES: dict[EntryStatus, frozenset[EntryStatus]] = {
    EntryStatus.DRAFT: frozenset({EntryStatus.DRAFT, EntryStatus.PROPOSED, EntryStatus.WITHDRAWN}),
    EntryStatus.PROPOSED: frozenset(
        {EntryStatus.DRAFT, EntryStatus.PROPOSED, EntryStatus.PUBLISHED, EntryStatus.WITHDRAWN}
    ),
    EntryStatus.PUBLISHED: frozenset({EntryStatus.WITHDRAWN}),
    EntryStatus.WITHDRAWN: frozenset(),
}
UNFINISHED = frozenset({EntryStatus.DRAFT, EntryStatus.PROPOSED})


class Field(StrEnum):
    """The words of an entry, in the order in which a form asks for them."""

    QUESTION_KY = "question_ky"
    ANSWER_KY = "answer_ky"
    QUESTION_RU = "question_ru"
    ANSWER_RU = "answer_ru"

    @property
    def language(self) -> Language:
        """The language these words are in."""
        return Language(self.value[-2:])

    @property
    def is_question(self) -> bool:
        """Whether it is the question and not the answer."""
        return self in (Field.QUESTION_KY, Field.QUESTION_RU)

    @property
    def at_most(self) -> int:
        """How long the words may be, in UTF-16 units."""
        return QUESTION_AT_MOST if self.is_question else ANSWER_AT_MOST


QUESTIONS = {Language.KY: Field.QUESTION_KY, Language.RU: Field.QUESTION_RU}
ANSWERS = {Language.KY: Field.ANSWER_KY, Language.RU: Field.ANSWER_RU}


class OwnEntry(Refusal):
    """Nobody gives the second yes to an entry of their own."""


class TextChanged(Refusal):
    """The words are no longer those that were shown; whoever says yes must read them as they are now."""


class NotComplete(Refusal):
    """Something of the entry is still missing."""


class TooLong(Refusal):
    """The words do not fit. `at_most` is how many characters do."""

    def __init__(self, at_most: int) -> None:
        super().__init__(f"longer than {at_most}")
        self.at_most = at_most


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer in both languages, who answered and when, and what it rests on.

    `basis` is None until chosen; `LAW` goes with the name of a citation, `PRACTICE` is advice. An entry that is not
    `everywhere` is shown only to people of its place."""

    id: EntryId
    reply_id: int
    place: PlaceSlug | None
    language: Language
    words: Mapping[Field, str]
    author: ChatId
    signed: str
    answered_at: datetime
    basis: Kind | None = None
    citation: str = ""
    everywhere: bool = False
    status: EntryStatus = EntryStatus.DRAFT
    approved_by: ChatId | None = None
    approved_hash: str = ""

    @property
    def text_hash(self) -> str:
        """The hash of all that a second coordinator says yes to."""
        parts = [self.words[field] for field in Field]
        parts += [self.basis or "", self.citation, self.place or "", str(self.everywhere)]
        return sha256("\0".join(parts).encode()).hexdigest()[:HASH_LENGTH]

    @property
    def missing(self) -> Field | None:
        """The next words that are still to be written, the original language first."""
        first = self.language
        second = Language.RU if first is Language.KY else Language.KY
        order = (QUESTIONS[first], ANSWERS[first], QUESTIONS[second], ANSWERS[second])
        return next((field for field in order if not self.words[field]), None)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, what it rests on included."""
        return self.missing is None and self.basis is not None

    def question(self, language: Language) -> str:
        """The question in one language."""
        return self.words[QUESTIONS[language]]

    def answer(self, language: Language) -> str:
        """The answer in one language."""
        return self.words[ANSWERS[language]]

    def moved_to(self, status: EntryStatus) -> "Entry":
        """The same entry in another state; raises WrongMove."""
        if status not in MOVES[self.status]:
            raise WrongMove(self.status, status)
        return replace(self, status=status)

    def with_words(self, field: Field, words: str) -> "Entry":
        """Other words: the entry is a draft again. Raises WrongMove."""
        return replace(self.moved_to(EntryStatus.DRAFT), words={**self.words, field: words})

    def resting_on(self, basis: Kind, citation: str = "") -> "Entry":
        """Another basis: the entry is a draft again. Raises WrongMove."""
        return replace(self.moved_to(EntryStatus.DRAFT), basis=basis, citation=citation)

    def shown_to(self, everywhere: bool) -> "Entry":
        """Another circle of readers: the entry is a draft again. Raises WrongMove."""
        return replace(self.moved_to(EntryStatus.DRAFT), everywhere=everywhere or self.place is None)

    def approved(self, by: ChatId, text_hash: str) -> "Entry":
        """Published, by the yes of another person to exactly this text. Raises OwnEntry, TextChanged, WrongMove."""
        if by == self.author:
            raise OwnEntry("own entry")
        if text_hash != self.text_hash:
            raise TextChanged("the text has changed")
        return replace(self.moved_to(EntryStatus.PUBLISHED), approved_by=by, approved_hash=text_hash)


@dataclass(frozen=True, slots=True)
class Shown:
    """A published entry with the citation it rests on; None when it is advice."""

    entry: Entry
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions that ask the same: the newest as an example, and how many they are."""

    example: str
    number: QuestionId
    count: int


_CONTACT = re.compile(
    r"(?<!\w)@\w{4,32}|(?<![\w.])(?:\+|0|996)[\d ()-]{7,}\d(?!\w)|https?://t\.me/\S+|(?<!\w)t\.me/\S+"
)
_INTRODUCED = re.compile(
    r"(?:меня зовут|мо[её] имя|(?:менин )?(?:атым|ысымым)|аты-жөнүм)\s*[:—–-]?\s*"
    r"([А-ЯЁӨҮҢA-Z][\w-]+(?:\s+[А-ЯЁӨҮҢA-Z][\w-]+){0,2})[,.!;]?\s*",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[А-ЯЁӨҮҢA-Z]")
_SHORTEST_NAME = 3
_ENDING = 4  # letters that a case may add to a name


def without_names(text: str, names: Iterable[str] = ()) -> str:
    """The text without these names in any case form, without names by which somebody introduces themselves, and
    without telephones and accounts. Who publishes still reads it: no rule finds every name."""
    known = [word for name in (*names, *introduced(text)) for word in re.findall(r"\w+", name)]
    bare = _INTRODUCED.sub(_without_introduction, text)
    for word in dict.fromkeys(known):
        if len(word) >= _SHORTEST_NAME:
            root = word[:-1] if len(word) > _SHORTEST_NAME + 1 else word
            bare = re.sub(rf"\b{re.escape(root)}\w{{0,{_ENDING}}}\b[,!]?", "", bare, flags=re.IGNORECASE)
    return _tidy(without_contacts(bare))


def introduced(text: str) -> tuple[str, ...]:
    """The names by which somebody introduces themselves in these words."""
    found = [word for one in _INTRODUCED.finditer(text) for word in one[1].split()]
    return tuple(word for word in found if _CAPITAL.match(word))


def without_contacts(text: str) -> str:
    """The text with an ellipsis for each telephone number, account and private link."""
    return _CONTACT.sub("…", text)


def _without_introduction(found: re.Match[str]) -> str:
    """What is left of an introduction; all of it, when no capital says that a name stands there."""
    words = found[1].split()
    rest = [word for word in words if not _CAPITAL.match(word)]
    if len(rest) == len(words):
        return found[0]
    return "".join(f"{word} " for word in rest)


def _tidy(text: str) -> str:
    lines = (re.sub(r"\s+([,.!?;:])", r"\1", " ".join(line.split())).lstrip(",.;: ") for line in text.splitlines())
    bare = "\n".join(line for line in lines if line).strip()
    return bare[:1].upper() + bare[1:]
