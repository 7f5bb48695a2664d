"""The bot's updates: kept 24 hours until confirmed, handed to one poller at a time."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.refusals import POLLED_ELSEWHERE, conflict

KEPT_S = 24 * 3600
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Update types that come only to a bot that names them in allowed_updates."""

FIRST_MOMENT = 1_767_225_600
"""Numbers are counted from the year 2026, a thousand to the second, so that no later server repeats them."""


@dataclass(frozen=True, slots=True)
class _Update:
    number: int
    at: float
    body: dict[str, Any]


@dataclass(slots=True)
class Updates:
    """The queue of updates and whoever waits for them."""

    now: Callable[[], float]
    allowed: frozenset[str] = frozenset()
    webhook: dict[str, Any] = field(default_factory=dict)
    _next: int = 0
    _queue: deque[_Update] = field(default_factory=deque)
    _waiting: "asyncio.Future[bool] | None" = None

    def __post_init__(self) -> None:
        self._next = max(1, int((self.now() - FIRST_MOMENT) * 1000))

    def wanted(self, kind: str) -> bool:
        """Whether the bot's last allowed_updates (or the default) take this kind."""
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update; its number, or None when the bot does not want this kind."""
        if not self.wanted(kind):
            return None
        number = self._next
        self._next += 1
        self._queue.append(_Update(number, self.now(), {"update_id": number, kind: content}))
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(True)
        return number

    @property
    def pending(self) -> int:
        """How many updates wait to be confirmed."""
        self._forget_the_old()
        return len(self._queue)

    def _forget_the_old(self) -> None:
        oldest = self.now() - KEPT_S
        while self._queue and self._queue[0].at < oldest:
            self._queue.popleft()

    def confirm(self, offset: int) -> None:
        """Drop what comes before `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and self._queue[0].number < offset:
            self._queue.popleft()

    def clear(self) -> None:
        """Drop everything that waits (drop_pending_updates)."""
        self._queue.clear()

    def interrupt(self, words: str = POLLED_ELSEWHERE) -> None:
        """End the call that waits now with a conflict."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(conflict(words))

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """Updates from `offset`, at once or as soon as there is one within `timeout` seconds.

        A poller that waits already is ended with 409: Telegram serves the newest."""
        self.interrupt()
        self._forget_the_old()
        self.confirm(offset)
        if not self._queue and timeout > 0:
            mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            self._waiting = mine
            try:
                await asyncio.wait_for(mine, timeout)
            except TimeoutError:
                return []
            finally:
                if self._waiting is mine:
                    self._waiting = None
        return [update.body for _, update in zip(range(limit), self._queue, strict=False)]
