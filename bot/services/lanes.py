"""Lanes: letters to one chat go one after another, in the order in which they were owed."""

import asyncio
import math
from collections import deque
from datetime import UTC, datetime, timedelta

from bot.domain.deliveries import Claimed, Urgency
from bot.domain.ids import ChatId, DeliveryId
from bot.ports import Clock

LONGEST_LANE = 3  # letters that may wait behind one another; more go back to the ledger, so as not to fill the window
PUT_OFF = 3.0  # seconds, about what a full lane takes


class Lanes:
    """Hands out the most urgent letter whose chat is free; a chat with many letters holds up nobody else."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heads: asyncio.PriorityQueue[tuple[Urgency, datetime, DeliveryId, Claimed]] = asyncio.PriorityQueue()
        self._behind: dict[ChatId, deque[Claimed]] = {}
        self._put_off: dict[ChatId, datetime] = {}

    def add(self, claimed: Claimed) -> datetime | None:
        """Take a letter in. If its chat has too many already, return when it may come back."""
        chat, now = claimed.delivery.chat_id, self._clock.now()
        until = self._put_off.get(chat)
        if until is not None and now < until:
            return until
        self._put_off.pop(chat, None)
        behind = self._behind.get(chat)
        if behind is None:
            self._behind[chat] = deque()
            self._offer(claimed)
        elif len(behind) < LONGEST_LANE:
            behind.append(claimed)
        else:
            return self._hold(chat, whole_second(now + timedelta(seconds=PUT_OFF)))
        return None

    async def take(self) -> Claimed:
        """Wait for a letter whose chat is free; the chat is busy until `done`."""
        return (await self._heads.get())[-1]

    def done(self, chat: ChatId) -> None:
        """The chat's letter has ended: the next in its lane may go."""
        if behind := self._behind.get(chat):
            self._offer(behind.popleft())
        else:
            self._behind.pop(chat, None)

    def put_off(self, chat: ChatId, until: datetime) -> list[Claimed]:
        """Nothing goes to this chat until then; return what waited behind, so that it does not overtake."""
        self._hold(chat, until)
        behind = self._behind.get(chat)
        waited = list(behind or ())
        if behind:
            behind.clear()
        return waited

    def drain(self) -> list[Claimed]:
        """Everything that waits, taken out."""
        waiting = [one for behind in self._behind.values() for one in behind]
        while not self._heads.empty():
            waiting.append(self._heads.get_nowait()[-1])
        self._behind.clear()
        return waiting

    def _offer(self, claimed: Claimed) -> None:
        one = claimed.delivery
        self._heads.put_nowait((one.urgency, one.due_at, one.id, claimed))

    def _hold(self, chat: ChatId, until: datetime) -> datetime:
        now = self._clock.now()
        if len(self._put_off) > len(self._behind):
            self._put_off = {one: end for one, end in self._put_off.items() if end > now}
        self._put_off[chat] = until
        return until


def whole_second(moment: datetime) -> datetime:
    """The first whole second not before this moment: the ledger keeps no fractions."""
    return datetime.fromtimestamp(math.ceil(moment.timestamp()), UTC)
