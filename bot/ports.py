"""What the kernel asks of the world: the time, and that a letter be sent. Nothing else is a port."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId, MessageId


class Clock(Protocol):
    """Wall time is aware and UTC; monotonic time is seconds and only ever grows."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class Enclosure(StrEnum):
    """What may travel along with a letter."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram already holds, by its id; or, with no id yet, its name and bytes, which only an answer to
    somebody's press may carry: what is owed is kept as a row, and rows hold ids."""

    kind: Enclosure
    file_id: str
    name: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: either `press` (callback data, at most 64 bytes) or `link`."""

    text: str
    press: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz poll; `right` is the place of the right option, from 0. All words are plain, not HTML."""

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready words, buttons and a file for one Chat in its language.

    `text` is Telegram HTML, at most 4,096 UTF-16 units after parsing (1,024 beside a file). `keyboard` is the menu
    below the field where one writes; a message carries only one of the two, and inline buttons go first. `thread` is
    the topic of a forum; `in_place_of` is an older message of ours in the same chat that these words replace. A letter
    with a `quiz` is that quiz: its text and file are not sent."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    file: File | None = None
    reply_to: MessageId | None = None
    silent: bool = False
    keyboard: tuple[tuple[str, ...], ...] = ()
    keyboard_gone: bool = False
    thread: int | None = None
    in_place_of: MessageId | None = None
    quiz: Quiz | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it."""

    message_id: MessageId


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not delivered; may be tried again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with another id."""

    chat_id: ChatId


@dataclass(frozen=True, slots=True)
class Refused:
    """The chat cannot be reached until it speaks again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Our own mistake: this letter can never be sent so."""

    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may or may not have arrived: a time-out, a 5xx, an answer that could not be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The token is not accepted; nothing more can be sent."""


Outcome = Sent | Later | Moved | Refused | Failed | Uncertain | Unauthorized


JustBefore = Callable[[], Awaitable[None]]
"""Called at the very moment before a request begins; what it raises stops the request."""


async def nothing_before() -> None:
    """For whoever has nothing to ask at that moment."""


class Messenger(Protocol):
    """Sends one letter to one chat and says what came of it; raises nothing that it understands.

    Once the letter's turn has come, `just_before` is called; what that raises passes through, and nothing is sent."""

    async def send(
        self, chat_id: ChatId, letter: Letter, urgency: Urgency, just_before: JustBefore = nothing_before
    ) -> Outcome: ...


Nudge = Callable[[], None]
"""Wakes the Courier: called after a commit that owes a delivery."""
