"""When each chat may be written to again. A chat is remembered only while that binds."""

import heapq
from collections import deque

from bot.domain.ids import ChatId

MARGIN = 0.1  # the network may carry the second of two messages faster than the first
BETWEEN_MESSAGES = 1.0 + MARGIN  # core.telegram.org/bots/faq: no more than one message a second in one chat
GROUP_MINUTE = 60.0 + MARGIN
GROUP_MESSAGES = 20  # the same page: no more than 20 messages a minute in one group


class ChatTimes:
    """One message a second to a chat, twenty in a sliding minute to a group, and what a 429 asked for."""

    def __init__(self) -> None:
        self._people: dict[ChatId, float] = {}
        self._groups: dict[ChatId, deque[float]] = {}
        self._holds: dict[ChatId, float] = {}
        self._hold_ends: list[tuple[float, ChatId]] = []

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._people) + len(self._groups) + len(self._holds)

    def free_at(self, chat: ChatId) -> float:
        """The moment from which this chat may be written to; long past if it may be at once."""
        free = self._holds.get(chat, 0.0)
        if chat > 0:
            last = self._people.get(chat)
            return free if last is None else max(free, last + BETWEEN_MESSAGES)
        times = self._groups.get(chat)
        if times:
            free = max(free, times[-1] + BETWEEN_MESSAGES)
            if len(times) >= GROUP_MESSAGES:
                free = max(free, times[-GROUP_MESSAGES] + GROUP_MINUTE)
        return free

    def note(self, chat: ChatId, now: float) -> None:
        """A message goes to this chat now."""
        if chat > 0:
            self._people.pop(chat, None)  # so that the dictionary stays in the order of time
            self._people[chat] = now
            return
        times = self._groups.pop(chat, None) or deque(maxlen=GROUP_MESSAGES)
        times.append(now)
        self._groups[chat] = times

    def take_back(self, chat: ChatId) -> None:
        """The last noted message was not sent after all."""
        if chat > 0:
            self._people.pop(chat, None)
        elif times := self._groups.get(chat):
            times.pop()
            if not times:
                del self._groups[chat]

    def hold(self, chat: ChatId, until: float) -> None:
        """Nothing goes to this chat until then."""
        if until > self._holds.get(chat, 0.0):
            self._holds[chat] = until
            heapq.heappush(self._hold_ends, (until, chat))

    def forget(self, now: float) -> None:
        """Drop what no longer binds; each remembered time is looked at once."""
        _drop_old(self._people, now - BETWEEN_MESSAGES)
        while self._groups:
            chat, times = next(iter(self._groups.items()))
            if times[-1] + GROUP_MINUTE > now:
                break
            del self._groups[chat]
        while self._hold_ends and self._hold_ends[0][0] <= now:
            until, chat = heapq.heappop(self._hold_ends)
            if self._holds.get(chat) == until:
                del self._holds[chat]


def _drop_old(times: dict[ChatId, float], before: float) -> None:
    while times:
        chat = next(iter(times))
        if times[chat] > before:
            return
        del times[chat]
