"""What every handler is given by name: who speaks, in which language, and the update that is the cause."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from bot.domain.chats import Group, Subscriber
from bot.domain.ids import ChatId, Language, UpdateId
from bot.domain.speech import plainly, spoken
from bot.services import Services
from bot.texts import menu
from handlers.reading import Albums
from handlers.speaking import anew, receive

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class WhoSpeaks(BaseMiddleware):
    """Puts `person`, `group`, `language` and `cause` beside each update; reads, never writes."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        update: Update = data["event_update"]
        data["cause"] = UpdateId(update.update_id)
        sender, chat = data.get("event_from_user"), data.get("event_chat")
        person = await self._services.start_chat.subscriber(ChatId(sender.id)) if sender else None
        group = None
        if chat is not None and chat.type != "private":
            group = await self._services.join_group.group(ChatId(chat.id))
        data["person"] = person
        data["group"] = group
        data["language"] = _language(person, group)
        if isinstance(event, CallbackQuery) and chat is not None and chat.type != "private":
            data["language"] = await self._of_question(event, group) or data["language"]
        return await handler(event, data)

    async def _of_question(self, query: CallbackQuery, group: Group | None) -> Language | None:
        """The buttons under an answer in a group speak as the answer does."""
        asked = query.message.reply_to_message if isinstance(query.message, Message) else None
        if asked is None:
            return None
        asker = await self._services.start_chat.subscriber(ChatId(asked.from_user.id)) if asked.from_user else None
        return heard(asked.text or asked.caption or "", _language(asker, group))


class KnownLanguage(BaseMiddleware):
    """In a private chat nothing is said before the language is chosen: the first screen comes instead."""

    def __init__(self, first: Callable[[Message], Awaitable[Any]]) -> None:
        self._first = first
        self._albums = Albums()

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        if data["language"] is None and isinstance(event, Message) and event.chat.type == "private":
            return await self._first(event) if self._albums.first(event) else None
        if data["language"] is None and isinstance(event, CallbackQuery) and _is_private(event):
            await anew(event, menu.first_screen())
            await receive(event)
            return None
        if data["language"] is None:
            data["language"] = Language.KY
        if data["person"] is None and isinstance(event, Message | CallbackQuery) and event.from_user is not None:
            data["person"] = Subscriber(ChatId(event.from_user.id), data["language"])
        return await handler(event, data)


def heard(words: str, usual: Language | None) -> Language:
    """The language of an answer in a group: of the question where that is plain, else what is usual there."""
    return plainly(words) or usual or spoken(words)


def _is_private(query: CallbackQuery) -> bool:
    return query.message is not None and query.message.chat.type == "private"


def _language(person: Subscriber | None, group: Group | None) -> Language | None:
    if group is not None and group.language is not None:
        return group.language
    return person.language if person is not None else None
