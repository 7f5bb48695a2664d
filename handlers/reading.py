"""What an update says, as typed values: parts of questions, pressed buttons, menu keys, invitations."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, MessageEntity

from bot.domain.ids import Language, MessageId, Slug
from bot.domain.questions import Part
from bot.ports import Enclosure
from bot.texts import menu

Parsed = dict[str, Any] | bool
LARGEST = 2**53
NUMBER = re.compile(r"№\s?(\d{1,15})")  # of a question, as our words say it


def pressed(name: str, **fields: Callable[[str], Any]) -> Callable[[CallbackQuery], Awaitable[Parsed]]:
    """A filter: a button whose data is `name:value:…`; each value arrives under its field, read by its type."""

    async def parse(query: CallbackQuery) -> Parsed:
        words = (query.data or "").split(":")
        head, values = ":".join(words[: name.count(":") + 1]), words[name.count(":") + 1 :]
        if head != name or len(values) != len(fields):
            return False
        try:
            found = {field: read(value) for (field, read), value in zip(fields.items(), values, strict=True)}
        except ValueError:
            return False
        if any(type(value) is int and not 0 <= value <= LARGEST for value in found.values()):
            return False
        return found or True

    return parse


def menu_key(key: str) -> Callable[[Message], Awaitable[bool]]:
    """A filter: a key of the menu below the field, in either language."""
    labels = frozenset(menu.menu_labels(language)[key] for language in Language)

    async def is_pressed(message: Message) -> bool:
        return message.text in labels

    return is_pressed


def awaits(form: State) -> Callable[[Message, FSMContext], Awaitable[bool]]:
    """A filter: the form is at this step now, also after a command or a key of the menu has closed it."""

    async def is_open(message: Message, state: FSMContext) -> bool:
        return await state.get_state() == form.state

    return is_open


def flag(value: str) -> bool:
    """`1` or `0` of a button."""
    return bool(int(value))


def part_of(message: Message, bot_name: str = "") -> Part | None:
    """The words and the file of a message, without the mention of the bot; None when it carries neither."""
    words = message.text or message.caption or ""
    mention = f"@{bot_name}".casefold()
    for entity in reversed(message.entities or message.caption_entities or ()):
        if bot_name and entity.type == "mention" and entity.extract_from(words).casefold() == mention:
            words = _without(words, entity)
    kind, file_id = _file(message)
    if not words.strip() and not file_id:
        return None
    return Part(MessageId(message.message_id), words.strip(), kind, file_id, message.media_group_id or "")


def mentions(message: Message, bot_name: str) -> bool:
    """Whether the message names the bot."""
    words = message.text or message.caption or ""
    entities: Sequence[MessageEntity] = message.entities or message.caption_entities or ()
    return any(
        entity.type == "mention" and entity.extract_from(words).casefold() == f"@{bot_name}".casefold()
        for entity in entities
    )


def article_link(words: str) -> Slug | None:
    """`a_quota-aiyl` of a deep link names an article."""
    return Slug(words.removeprefix("a_")) if words.startswith("a_") else None


def invite_link(words: str) -> str | None:
    """`inv_…` of a deep link carries an invitation."""
    return words.removeprefix("inv_") if words.startswith("inv_") else None


class Lately:
    """Remembers the last keys it was given, each with a value, and forgets older ones."""

    def __init__(self, at_most: int = 500) -> None:
        self._seen: OrderedDict[Hashable, int] = OrderedDict()
        self._at_most = at_most

    def __contains__(self, key: Hashable) -> bool:
        return key in self._seen

    def __getitem__(self, key: Hashable) -> int:
        return self._seen[key]

    def add(self, key: Hashable, value: int = 0) -> None:
        """From now on this key is known."""
        self._seen[key] = value
        if len(self._seen) > self._at_most:
            self._seen.popitem(last=False)


class Albums:
    """Remembers which albums have already been answered: their photos arrive one by one."""

    def __init__(self, at_most: int = 500) -> None:
        self._seen = Lately(at_most)

    def __contains__(self, message: Message) -> bool:
        return message.media_group_id in self._seen

    def first(self, message: Message) -> bool:
        """Whether this is the first message of its album, or of none; so it is still when it is tried again."""
        album = message.media_group_id
        if album is None:
            return True
        if album in self._seen:
            return self._seen[album] == message.message_id
        self._seen.add(album, message.message_id)
        return True


def _file(message: Message) -> tuple[str, str]:
    if message.photo:
        return Enclosure.PHOTO, message.photo[-1].file_id
    for kind in (Enclosure.VOICE, Enclosure.DOCUMENT, Enclosure.VIDEO, Enclosure.AUDIO):
        file = getattr(message, kind)
        if file is not None:
            return kind, file.file_id
    return "", ""


def _without(words: str, entity: MessageEntity) -> str:
    raw = words.encode("utf-16-le")
    return (raw[: entity.offset * 2] + raw[(entity.offset + entity.length) * 2 :]).decode("utf-16-le")
