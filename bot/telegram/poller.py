"""Long polling: updates are confirmed to Telegram only after the inbox has written them down."""

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import Any

import structlog

from bot.ports import Clock
from bot.telegram.inbox import Inbox
from bot.telegram.post import BotApiError, Post, PostError

log = structlog.get_logger()

WANTED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll_answer")
LONG_POLL = 25
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)


class TokenRefused(Exception):
    """Telegram does not accept the token."""


@dataclass(slots=True)
class Poller:
    """Asks for updates, keeps them, and only then moves the offset."""

    post: Post
    inbox: Inbox
    clock: Clock
    long_poll: int = LONG_POLL
    _offset: int = 0
    _troubles: int = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises TokenRefused; every other trouble is logged and waited out."""
        while True:
            try:
                updates = await self.post(
                    "getUpdates",
                    {"offset": self._offset, "timeout": self.long_poll, "limit": 100, "allowed_updates": WANTED},
                    timeout=self.long_poll + 15,
                )
                if updates:
                    await self._keep(updates)
                    self._offset = max(int(one["update_id"]) for one in updates) + 1
                self._troubles = 0
            except asyncio.CancelledError:
                raise
            except BotApiError as error:
                if error.code == 401:
                    raise TokenRefused from None
                await self._wait(error.description, error.retry_after)
            except (PostError, sqlite3.Error) as error:
                await self._wait(f"{type(error).__name__}: {error}", None)

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        """Nothing is confirmed that is not written: Telegram keeps it for a day, and whoever waits hears so."""
        try:
            await self.inbox.keep(updates)
        except sqlite3.Error:
            await self.inbox.say_not_kept(updates)
            raise

    async def _wait(self, cause: str, at_least: float | None) -> None:
        pause = at_least or PAUSES[min(self._troubles, len(PAUSES) - 1)]
        self._troubles += 1
        log.warning("polling_trouble", cause=cause, pause=pause)
        await self.clock.sleep(pause)
