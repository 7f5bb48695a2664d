"""Handlers' answers ask the same Pacer as the Courier: one bot, one allowance."""

import math
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId
from bot.ports import Clock
from bot.telegram.pacer import Pacer

FREE = frozenset({"getUpdates", "getMe", "setWebhook", "deleteWebhook", "getWebhookInfo", "close", "logOut"})
MESSAGES = ("send", "copyMessage", "forwardMessage")
COUNTED_IN_GROUPS = ("editMessage", "stopPoll")
NOT_MESSAGES = frozenset({"sendChatAction"})
TRIES = 3
LONGEST_WAIT = 60.0  # a person who has waited longer has gone; the handler hears of the 429 instead


class Patience(BaseRequestMiddleware):
    """Every request of a session waits for its turn; a 429 is told to the Pacer and the request tried again."""

    def __init__(self, pacer: Pacer, clock: Clock) -> None:
        self._pacer = pacer
        self._clock = clock

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        if method.__api_method__ in FREE:
            return await make_request(bot, method)
        chat = chat_of(method)
        for tries_left in reversed(range(TRIES)):
            await self._pacer.turn(Urgency.DESK, chat)
            asked_at = self._clock.monotonic()
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._pacer.told_to_wait(error.retry_after, chat, asked_at=asked_at)
                if not tries_left or error.retry_after > LONGEST_WAIT:
                    raise
        raise AssertionError(math.inf)


def chat_of(method: TelegramMethod[Any]) -> ChatId | None:
    """The chat whose pace this call must keep; None for what is not a message there."""
    name = method.__api_method__
    chat = getattr(method, "chat_id", None)
    if not isinstance(chat, int) or name in NOT_MESSAGES:
        return None
    if name.startswith(MESSAGES) or (chat < 0 and name.startswith(COUNTED_IN_GROUPS)):
        return ChatId(chat)
    return None
