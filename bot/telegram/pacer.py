"""The one patience of the whole bot: who may speak to Telegram now, and who waits."""

import asyncio
import heapq
import math
from collections import Counter
from dataclasses import dataclass, field

from bot.clock import rung
from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId
from bot.ports import Clock
from bot.telegram.chat_times import BETWEEN_MESSAGES, ChatTimes

CAMPAIGN_SHARE = 0.85  # of the allowance, while people are writing
PEOPLE_ARE_WRITING = 5.0  # seconds after the last answer
RESERVE = 5  # turns that answers to people may take ahead of the rate: 25 a second becomes at most 30
CATCH_UP = 0.1  # seconds by which a late waking may be made good
LOWER = 0.8  # what a 429 leaves of the rate
LOWEST = 0.1
CLIMB = 0.01  # of the full rate, each second


@dataclass(slots=True, eq=False)
class _Waiter:
    urgency: Urgency
    chat: ChatId | None
    leaves_at: float
    turn: asyncio.Future[float] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


_Line = list[tuple[int, _Waiter]]


class Pacer:
    """Grants turns by urgency, first come first served within one, never faster than Telegram allows.

    `turn()` is granted at once when nothing stands in the way; `run()` is the one loop that grants the others."""

    def __init__(self, clock: Clock, rate: float = 25.0) -> None:
        self.rate = rate
        self._full = rate
        self._clock = clock
        self._ready: dict[Urgency, _Line] = {urgency: [] for urgency in Urgency}
        self._parked: list[tuple[float, int, _Waiter]] = []
        self._waiting_for: Counter[ChatId] = Counter()
        self._arrivals = 0
        self._waiting = 0
        self._bell = asyncio.Event()
        self._times = ChatTimes()
        self._next_at = -math.inf
        self._next_campaign_at = -math.inf
        self._held_until = -math.inf
        self._campaigns_held_until = -math.inf
        self._hold_began = -math.inf
        self._held_for: ChatId | None = None
        self._people_wrote_at = -math.inf
        self._climbed_at = clock.monotonic()

    async def turn(self, urgency: Urgency, chat: ChatId | None = None, *, patience: float = math.inf) -> float:
        """Wait for a turn and return 0.0. If a hold will outlast `patience`, take none and return the seconds it lasts.

        `chat` is None for what is not a message: it needs a turn of the whole bot, but none of a chat's."""
        now = self._clock.monotonic()
        expected = self._expected(urgency, chat) - now
        if expected > patience:
            return expected
        waiter = _Waiter(urgency, chat, now + patience)
        heapq.heappush(self._ready[urgency], (self._arrivals, waiter))
        self._arrivals += 1
        self._waiting += 1
        if chat is not None:
            self._waiting_for[chat] += 1
        self._grant()
        if not waiter.turn.done():
            self._bell.set()
        try:
            return await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled() and waiter.turn.result() == 0.0:
                self._take_back(waiter)
            else:
                self._leave(waiter)
                self._sweep()
            self._bell.set()
            raise

    def told_to_wait(self, seconds: float, chat: ChatId | None = None, *, asked_at: float | None = None) -> None:
        """Telegram answered 429. Campaigns wait, and everything for that chat; all waits if no chat is the cause.

        A chat is not the cause if a request that began (`asked_at`) during a hold for another chat is refused too."""
        now = self._clock.monotonic()
        until = now + seconds
        if now >= self._campaigns_held_until:
            self._climb(now)
            self.rate = max(self._full * LOWEST, self.rate * LOWER)
            self._hold_began, self._held_for = now, chat
        elif asked_at is not None and asked_at > self._hold_began and chat != self._held_for:
            chat = None
        self._campaigns_held_until = max(self._campaigns_held_until, until)
        self._climbed_at = self._campaigns_held_until
        if chat is None:
            self._held_until = max(self._held_until, until)
        else:
            self._times.hold(chat, until)
        self._send_the_impatient_away(now)
        self._bell.set()

    async def run(self) -> None:
        """Grant turns as they fall due. Runs until cancelled; sleeps while nobody waits."""
        while True:
            self._bell.clear()
            at = self._grant()
            await rung(self._bell, self._clock, None if at is None else at - self._clock.monotonic())

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return self._waiting

    @property
    def remembered(self) -> int:
        """How many chats' times still bind."""
        return len(self._times)

    @property
    def campaigns_held_for(self) -> float:
        """Seconds for which a 429 still holds campaigns."""
        return max(0.0, self._campaigns_held_until - self._clock.monotonic())

    def _grant(self) -> float | None:
        """Give every turn that may be given now; return when to look again, None if nobody waits."""
        now = self._clock.monotonic()
        self._climb(now)
        self._times.forget(now)
        while self._parked and self._parked[0][0] <= now:
            _, arrival, waiter = heapq.heappop(self._parked)
            heapq.heappush(self._ready[waiter.urgency], (arrival, waiter))
        look_again = math.inf
        for urgency, line in self._ready.items():
            while line:
                if line[0][1].turn.done():
                    heapq.heappop(line)
                    continue
                if (gate := self._gate(urgency, now)) > now:
                    look_again = min(look_again, gate)
                    break
                arrival, waiter = heapq.heappop(line)
                free_at = now if waiter.chat is None else self._times.free_at(waiter.chat)
                if free_at > now:
                    heapq.heappush(self._parked, (free_at, arrival, waiter))
                else:
                    self._give(waiter, now)
        if self._parked:
            look_again = min(look_again, self._parked[0][0])
        return None if look_again == math.inf else look_again

    def _gate(self, urgency: Urgency, now: float) -> float:
        """The moment from which this urgency may have the next turn."""
        if urgency is Urgency.DESK:
            return max(self._held_until, self._next_at - min(RESERVE / self.rate, 0.2))
        if urgency is Urgency.NOTICE:
            return max(self._held_until, self._next_at)
        shared = now < self._people_wrote_at + PEOPLE_ARE_WRITING
        own = self._next_campaign_at if shared else -math.inf
        return max(self._held_until, self._next_at, self._campaigns_held_until, own)

    def _give(self, waiter: _Waiter, now: float) -> None:
        step = 1 / self.rate
        self._next_at = _after(self._next_at, now, step, CATCH_UP)
        if waiter.urgency is Urgency.DESK:
            self._people_wrote_at = now
        elif waiter.urgency is Urgency.CAMPAIGN:
            step /= CAMPAIGN_SHARE
            self._next_campaign_at = _after(self._next_campaign_at, now, step, max(step, CATCH_UP))
        if waiter.chat is not None:
            self._times.note(waiter.chat, now)
        self._leave(waiter)
        waiter.turn.set_result(0.0)

    def _take_back(self, waiter: _Waiter) -> None:
        self._next_at -= 1 / self.rate
        if waiter.urgency is Urgency.CAMPAIGN:
            self._next_campaign_at -= 1 / self.rate / CAMPAIGN_SHARE
        if waiter.chat is not None:
            self._times.take_back(waiter.chat)

    def _leave(self, waiter: _Waiter) -> None:
        self._waiting -= 1
        if waiter.chat is not None:
            self._waiting_for[waiter.chat] -= 1
            if self._waiting_for[waiter.chat] <= 0:
                del self._waiting_for[waiter.chat]

    def _expected(self, urgency: Urgency, chat: ChatId | None) -> float:
        """When holds and this chat's own pace would let a new arrival through."""
        moment = self._held_until
        if urgency is Urgency.CAMPAIGN:
            moment = max(moment, self._campaigns_held_until)
        if chat is not None:
            ahead = self._waiting_for.get(chat, 0)
            moment = max(moment, self._times.free_at(chat) + ahead * BETWEEN_MESSAGES)
        return moment

    def _send_the_impatient_away(self, now: float) -> None:
        """A hold has begun: those whom it outlasts learn it now."""
        lines = [waiter for line in self._ready.values() for _, waiter in line]
        for waiter in [*lines, *(waiter for _, _, waiter in self._parked)]:
            if not waiter.turn.done() and waiter.leaves_at < math.inf:
                ends_at = self._expected(waiter.urgency, None)
                if waiter.chat is not None:
                    ends_at = max(ends_at, self._times.free_at(waiter.chat))
                if ends_at > waiter.leaves_at:
                    self._leave(waiter)
                    waiter.turn.set_result(ends_at - now)

    def _sweep(self) -> None:
        """Somebody gave up waiting; when those are many, take them out of the lines."""
        entries = sum(map(len, self._ready.values())) + len(self._parked)
        if entries < 2 * self._waiting + 64:
            return
        for urgency, line in self._ready.items():
            self._ready[urgency] = [entry for entry in line if not entry[1].turn.done()]
            heapq.heapify(self._ready[urgency])
        self._parked = [entry for entry in self._parked if not entry[2].turn.done()]
        heapq.heapify(self._parked)

    def _climb(self, now: float) -> None:
        if self.rate < self._full and now > self._climbed_at:
            self.rate = min(self._full, self.rate + self._full * CLIMB * (now - self._climbed_at))
        self._climbed_at = max(self._climbed_at, now)


def _after(due: float, now: float, step: float, catch_up: float) -> float:
    """The turn after one given now that was due earlier: a late waking is made good, idleness is not."""
    return (due if due > now - catch_up else now) + step
