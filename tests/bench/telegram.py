"""A Bot API server that is quick enough to be measured against: one process, its own record of what it delivered.

python -m tests.bench.telegram '{"allow": 30, "blocked": 0.02, …}'; says on its first line where it listens."""

import array
import asyncio
import contextlib
import math
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import orjson
import uvloop

ASKERS = 9_000_000_000  # chats that ask and are not in the audience
GREETING = "саламатсызбы"
MEDIAN, SPREAD, LONGEST = 0.060, 1.118, 0.8  # seconds; a lognormal whose mean is 112 ms


@dataclass(slots=True)
class Sky:
    """What the server allows and spoils, and its record."""

    allow: float = 30.0
    blocked: float = 0.0
    too_many: float = 0.0
    timeouts: float = 0.0
    drops: float = 0.0
    errors: float = 0.0
    latency: bool = True
    ask_every: float = 0.0
    record: "array.array[int]" = field(default_factory=lambda: array.array("q"))
    refused: int = 0
    limited: "array.array[float]" = field(default_factory=lambda: array.array("d"))
    first_at: float = 0.0
    last_at: float = 0.0
    answers: list[float] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _tokens: float = 0.0
    _at: float = 0.0
    _next_message: int = 1
    _next_update: int = 1

    def blocks(self, chat: int) -> bool:
        """Whether this chat has blocked the bot: the same chats always have."""
        return self.blocked > 0 and chat % 1000 < self.blocked * 1000

    def spend(self, now: float) -> float:
        """A token of the bucket (one second deep), or the seconds to wait for it."""
        self._tokens = min(self.allow, self._tokens + (now - self._at) * self.allow)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return max(1.0, math.ceil((1 - self._tokens) / self.allow))

    def deliver(self, chat: int, now: float) -> bytes:
        """The message stands in the chat from now on."""
        self._next_message += 1
        if chat >= ASKERS:
            if (begun := self.asked.pop(chat, None)) is not None:
                self.answers.append(now - begun)
        else:
            self.record.append(chat)
            self.first_at = self.first_at or now
            self.last_at = now
        return b'{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private","first_name":"A"}}}' % (
            self._next_message,
            chat,
        )

    def ask(self, chat: int, now: float) -> None:
        """Somebody writes to the bot."""
        person = {"id": chat, "is_bot": False, "first_name": "Айгүл"}
        self._next_update += 1
        self.asked[chat] = now
        self.updates.append(
            {
                "update_id": self._next_update,
                "message": {
                    "message_id": self._next_update,
                    "date": 1,
                    "chat": {"id": chat, "type": "private", "first_name": "Айгүл"},
                    "from": person,
                    "text": GREETING,
                },
            }
        )
        self.news.set()


class Line(asyncio.Protocol):
    """One keep-alive connection: a request, its answer, the next."""

    def __init__(self, sky: Sky, loop: asyncio.AbstractEventLoop) -> None:
        self.sky, self.loop = sky, loop
        self.buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            low = head.lower()
            at = low.find(b"content-length:")
            length = int(low[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self.request(head.split(b" ", 2)[1].decode(), rest[:length])

    def request(self, path: str, body: bytes) -> None:
        """Answer one call, in its time."""
        sky, now = self.sky, self.loop.time()
        method = path.rsplit("/", 1)[-1].partition("?")[0]
        if method == "sendMessage":
            self.send_message(body, now)
        elif method == "getUpdates":
            self.loop.create_task(self.poll(orjson.loads(body) if body[:1] == b"{" else {}))
        elif method == "getMe":
            self.say(b'{"ok":true,"result":{"id":7000000001,"is_bot":true,"first_name":"B","username":"bench_bot"}}')
        elif method == "record":
            self.say(sky.record.tobytes())
        elif method == "figures":
            self.say(orjson.dumps(figures(sky, now)))
        else:
            self.say(b'{"ok":true,"result":true}')

    def send_message(self, body: bytes, now: float) -> None:
        """Token bucket, faults, and a delivery that is written down at the moment when it happens."""
        sky = self.sky
        chat = chat_in(body)
        if sky.blocks(chat):
            wait = sky.spend(now)
            if not wait:
                sky.refused += 1
                answer = b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}'
                self.later(lambda: self.say(answer, b"403 Forbidden"))
                return
        else:
            wait = sky.spend(now)
        luck = random.random() if chat < ASKERS else 1.0
        if wait or (luck := luck - sky.too_many) < 0:
            sky.limited.append(now)
            seconds = int(wait or 1)
            answer = b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after %d","parameters":{"retry_after":%d}}'
            self.say(answer % (seconds, seconds), b"429 Too Many Requests")
            return
        if (luck := luck - sky.timeouts) < 0:
            sky.deliver(chat, now)  # delivered, and nobody hears of it
            return
        if (luck := luck - sky.drops) < 0:
            if random.random() < 0.5:
                sky.deliver(chat, now)
            if self.transport:
                self.transport.close()
            return
        if (luck := luck - sky.errors) < 0:
            if random.random() < 0.5:
                sky.deliver(chat, now)
            self.say(b'{"ok":false,"error_code":502,"description":"Bad Gateway"}', b"502 Bad Gateway")
            return
        answer = sky.deliver(chat, now)
        self.later(lambda: self.say(answer))

    def later(self, act: Callable[[], None]) -> None:
        """After the time that Telegram takes."""
        if not self.sky.latency:
            act()
            return
        self.loop.call_later(min(LONGEST, random.lognormvariate(math.log(MEDIAN), SPREAD)), act)

    async def poll(self, given: dict[str, Any]) -> None:
        """Long polling with true offsets."""
        sky = self.sky
        offset = int(given.get("offset") or 0)
        sky.updates = [one for one in sky.updates if one["update_id"] >= offset]
        if not sky.updates:
            sky.news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(sky.news.wait(), min(20, float(given.get("timeout") or 0)) or 0.01)
        self.say(orjson.dumps({"ok": True, "result": sky.updates[:100]}))

    def say(self, body: bytes, status: bytes = b"200 OK") -> None:
        """An answer in HTTP."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
                + body
            )


def chat_in(body: bytes) -> int:
    """The chat of a call, whether it came as JSON or as a form."""
    if body[:1] == b"{":
        return int(orjson.loads(body)["chat_id"])
    at = body.find(b"chat_id")
    digits = bytes(one for one in body[at + 7 : at + 40] if one in b"-0123456789&\n")
    return int(next(part for part in digits.replace(b"\n", b"&").split(b"&") if part.strip(b"-")))


def figures(sky: Sky, now: float) -> dict[str, Any]:
    """What the server has seen."""
    late = [at - sky.first_at for at in sky.limited] if sky.first_at else []
    return {
        "delivered": len(sky.record),
        "refused": sky.refused,
        "seconds": sky.last_at - sky.first_at,
        "limited": len(sky.limited),
        "limited_after_the_first_minute": sum(at > 60 for at in late),
        "answers": sorted(sky.answers),
        "asked": len(sky.asked),
    }


async def serve(sky: Sky) -> None:
    """Serve until SIGTERM."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    server = await loop.create_server(lambda: Line(sky, loop), "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    asker = 0
    while not stopped.is_set():
        try:
            await asyncio.wait_for(stopped.wait(), sky.ask_every or 3600)
        except TimeoutError:
            if sky.first_at:
                sky.ask(ASKERS + asker % 1000, loop.time())
                asker += 1


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Sky(**orjson.loads(sys.argv[1]))))
