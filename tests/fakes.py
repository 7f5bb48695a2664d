"""Fakes for what a test cannot own: time and Telegram."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId, MessageId
from bot.ports import JustBefore, Letter, Outcome, Sent, nothing_before

NOON = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # noon in Bishkek


class FixedClock:
    """Stands still until the test sets `at`; sleeping only lets others run."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - NOON).total_seconds() + 1000.0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


class SteeredClock:
    """Time that moves only when the test says so; sleepers wake in order as it passes them."""

    def __init__(self, at: datetime = NOON) -> None:
        self._start = at
        self._passed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return 1000.0 + self._passed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self._passed + seconds, self._count, sleeper))
        await sleeper

    @property
    def next_waking(self) -> float | None:
        """Seconds until the next sleeper wakes; None if nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return max(0.0, self._sleepers[0][0] - self._passed) if self._sleepers else None

    async def pass_by(self, seconds: float) -> None:
        """Let so much time pass; each sleeper wakes at its moment, and others run in between."""
        end = self._passed + seconds
        await settle_down()
        while (waking := self.next_waking) is not None and self._passed + waking <= end:
            moment, _, sleeper = heapq.heappop(self._sleepers)
            self._passed = max(self._passed, moment)
            sleeper.set_result(None)
            await settle_down()
        self._passed = max(self._passed, end)
        await settle_down()

    async def jump(self, seconds: float) -> None:
        """Let time pass at once, as on a busy machine: sleepers wake late."""
        self._passed += seconds
        while (waking := self.next_waking) is not None and waking <= 0:
            heapq.heappop(self._sleepers)[2].set_result(None)
        await settle_down()


async def settle_down(turns: int = 12) -> None:
    """Let everything that can run without time passing run."""
    for _ in range(turns):
        await asyncio.sleep(0)


@dataclass
class FakeMessenger:
    """Keeps what was sent to whom and answers as told: `answers` is asked for each letter, else it is Sent."""

    answers: Callable[[ChatId, Letter, Urgency], Awaitable[Outcome] | Outcome] | None = None
    asked: list[ChatId] = field(default_factory=list)
    sent: list[tuple[ChatId, Letter, Urgency]] = field(default_factory=list)

    async def send(
        self,
        chat_id: ChatId,
        letter: Letter,
        urgency: Urgency,
        just_before: JustBefore = nothing_before,
    ) -> Outcome:
        self.asked.append(chat_id)
        await just_before()
        self.sent.append((chat_id, letter, urgency))
        outcome: Outcome | Awaitable[Outcome] = Sent(MessageId(len(self.sent)))
        if self.answers is not None:
            outcome = self.answers(chat_id, letter, urgency)
        return await outcome if isinstance(outcome, Awaitable) else outcome

    @property
    def told(self) -> list[ChatId]:
        """The chats in the order in which they were written to."""
        return [chat for chat, _, _ in self.sent]
