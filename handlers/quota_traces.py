"""Updates that carry names of candidates: once done they leave nothing behind, not even in the write-ahead log."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, TelegramObject

from bot.domain.quotas.typed import holds_names
from bot.services import Services

OURS = ("kp:", "kx:")


class LeaveNoTrace(BaseMiddleware):
    """A list, a reply to an answer of ours, a button below one: whoever handles it, its body is emptied for good."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if carries_names(event):
            self._services.quotas.leave_no_trace(data["cause"])
        return await handler(event, data)


def carries_names(event: TelegramObject) -> bool:
    """Whether the words or what they answer may hold names of a list."""
    message = event.message if isinstance(event, CallbackQuery) else event
    if not isinstance(message, Message):
        return False
    told = (message, message.reply_to_message, message.reply_to_message and message.reply_to_message.reply_to_message)
    return any(one is not None and (_is_answer(one) or _holds(one)) for one in told)


def _is_answer(message: Message) -> bool:
    keyboard = message.reply_markup
    rows = keyboard.inline_keyboard if isinstance(keyboard, InlineKeyboardMarkup) else ()
    return any((button.callback_data or "").startswith(OURS) for row in rows for button in row)


def _holds(message: Message) -> bool:
    return holds_names(message.text or message.caption or "")
