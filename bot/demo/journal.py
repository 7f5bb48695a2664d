"""What happened, for those who look on: events for people's pages and the log of the bot's calls."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

EVENTS_KEPT = 5_000
REQUESTS_KEPT = 2_000
POLLS_KEPT = 200


@dataclass(slots=True)
class Journal:
    """Events and requests, numbered from 1; the oldest are forgotten."""

    last_event: int = 0
    last_request: int = 0
    events: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))
    requests: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=REQUESTS_KEPT))
    polls: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=POLLS_KEPT))
    closed: bool = False
    _readers: "set[asyncio.Future[None]]" = field(default_factory=set)

    def tell(self, kind: str, chat_id: int | None, **fields: Any) -> None:
        """Add an event and wake those who wait for one."""
        self.last_event += 1
        self.events.append({"n": self.last_event, "kind": kind, "chat_id": chat_id, **fields})
        self._wake()

    def _wake(self) -> None:
        readers, self._readers = self._readers, set()
        for reader in readers:
            if not reader.done():
                reader.set_result(None)

    def close(self) -> None:
        """No more events: everyone who waits returns at once."""
        self.closed = True
        self._wake()

    def note(self, entry: dict[str, Any]) -> None:
        """Number a call of the bot and keep it; polls are kept apart and tell nobody."""
        self.last_request += 1
        entry["n"] = self.last_request
        if entry["method"] == "getUpdates":
            self.polls.append(entry)
            return
        self.requests.append(entry)
        self.tell("request", entry.get("chat_id"), request=entry)

    def since(self, after: int) -> list[dict[str, Any]]:
        """Events later than number `after`, with a "gap" first when some of them are forgotten or never were."""
        if after > self.last_event:
            return [{"n": self.last_event, "kind": "gap", "chat_id": None}]
        missing = self.last_event - after
        if missing > len(self.events):
            first = self.last_event - len(self.events)
            return [{"n": first, "kind": "gap", "chat_id": None}, *self.events]
        if missing == 0:
            return []
        if missing < 50:
            return [self.events[place] for place in range(-missing, 0)]
        return list(self.events)[-missing:]

    async def news(self, after: int, timeout: float) -> list[dict[str, Any]]:
        """Events later than `after`, at once or as soon as there is one within `timeout` seconds."""
        found = self.since(after)
        if found or timeout <= 0 or self.closed:
            return found
        reader: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._readers.add(reader)
        try:
            await asyncio.wait_for(reader, timeout)
        except TimeoutError:
            return []
        finally:
            self._readers.discard(reader)
        return self.since(after)
