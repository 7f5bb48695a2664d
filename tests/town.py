"""The front door: the real bot in this process, the real SQLite, our local Bot API server reached by HTTP; people in it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.app import Kernel, run
from bot.clock import SystemClock
from bot.demo.server import build_app
from bot.demo.world import World
from bot.domain.ids import ChatId
from bot.settings import Settings

TOKEN = "7000000001:for-tests"
PATIENCE = 15.0
Message = dict[str, Any]


class HurriedClock(SystemClock):
    """Waiting is fifty times shorter than it says, and the wall clock can be moved on."""

    SPEED = 50.0

    def __init__(self) -> None:
        self.shift = timedelta()

    def now(self) -> datetime:
        return super().now() + self.shift

    def monotonic(self) -> float:
        return super().monotonic() * self.SPEED

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / self.SPEED)


@dataclass(slots=True)
class Person:
    """Somebody with a telephone. `chat` is where they write; their own chat with the bot unless it is a group."""

    town: "Town"
    id: int
    chat: int = 0
    seen: int = 0

    def __post_init__(self) -> None:
        self.chat = self.chat or self.id

    def within(self, group: int) -> "Person":
        """The same person, writing in a group."""
        return Person(self.town, self.id, group, self.seen)

    async def say(self, text: str, **more: Any) -> Message:
        """Write, and receive the bot's next message here."""
        await self.write(text, **more)
        return await self.hears()

    async def write(self, text: str, **more: Any) -> Message:
        """Write, and do not wait."""
        self.seen = await self.town.newest(self.chat)
        answer = await self.town.post(f"/sim/chats/{self.chat}/send", {"from": self.id, "text": text, **more})
        message: Message = answer["message"]
        return message

    async def come_by(self, link: str) -> Message:
        """Open the bot by a deep link."""
        self.seen = await self.town.newest(self.chat)
        await self.town.post(f"/sim/chats/{self.chat}/send", {"from": self.id, "via_deep_link": link})
        return await self.hears()

    async def send_file(
        self, kind: str, name: str, content: bytes, caption: str = "", count: int = 1, reply_to: int | None = None
    ) -> list[Message]:
        """Send a file, or an album of equal ones, and do not wait."""
        self.seen = await self.town.newest(self.chat)
        form = aiohttp.FormData({"from": str(self.id), "kind": kind, "caption": caption})
        if reply_to is not None:
            form.add_field("reply_to", str(reply_to))
        for _ in range(count):
            form.add_field("file", content, filename=name)
        async with self.town.http.post(f"{self.town.base}/sim/chats/{self.chat}/upload", data=form) as response:
            answer = await response.json()
            assert response.status == 200, answer
        messages: list[Message] = answer["messages"]
        return messages

    async def hears(self, words: str = "") -> Message:
        """The bot's next message here, or the first that holds these words."""
        return await self.town.eventually(lambda: self._heard(words))

    async def hears_nothing(self, within: float = 0.7) -> None:
        """Nothing comes."""
        await asyncio.sleep(within)
        assert await self._heard("") is None

    async def press(self, message: Message, words: str) -> dict[str, Any]:
        """Press the button whose text holds these words; what the bot answered to the press."""
        now = await self.message(message["message_id"])
        for number, row in enumerate(now.get("reply_markup", {}).get("inline_keyboard", ())):
            for column, button in enumerate(row):
                if words in button["text"].replace("\N{NO-BREAK SPACE}", " "):
                    self.seen = await self.town.newest(self.chat)
                    where = f"/sim/chats/{self.chat}/messages/{message['message_id']}/press"
                    body = {"from": self.id, "row": number, "column": column}
                    answer: dict[str, Any] = (await self.town.post(where, body))["answer"]
                    return answer
        raise AssertionError(f"no button {words!r} in {buttons(now)}")

    async def message(self, id: int) -> Message:
        """A message as it stands now."""
        return next(one for one in await self.town.messages(self.chat) if one["message_id"] == id)

    async def becomes(self, message: Message, words: str) -> Message:
        """The message once it has been edited to hold these words."""

        async def look() -> Message | None:
            now = await self.message(message["message_id"])
            return now if words in text_of(now) else None

        return await self.town.eventually(look)

    async def has(self, language: str, link: str = "") -> Message:
        """Press Start, choose a language, and receive what comes then."""
        first = await (self.come_by(link) if link else self.say("/start"))
        await self.press(first, {"ky": "Кыргызча", "ru": "Русский"}[language])
        return await self.hears()

    async def _heard(self, words: str) -> Message | None:
        for one in await self.town.messages(self.chat):
            new = one["message_id"] > self.seen and one["from"].get("is_bot")
            if new and words in text_of(one):
                self.seen = one["message_id"]
                return one
        return None


@dataclass(slots=True)
class Town:
    """The server's people and the bot among them."""

    base: str
    http: aiohttp.ClientSession
    database: Path
    world: World
    clock: HurriedClock
    kernel: Kernel
    admins: tuple[int, ...]
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _life: "asyncio.Future[None] | None" = None

    async def person(self, name: str, language_code: str = "ru") -> Person:
        """Somebody new."""
        answer = await self.post("/sim/people", {"first_name": name, "language_code": language_code})
        return Person(self, answer["person"]["id"])

    async def admin(self, name: str = "Нургүл") -> Person:
        """The first administrator, who has not pressed Start yet."""
        await self.post("/sim/people", {"first_name": name, "language_code": "ky", "id": self.admins[0]})
        return Person(self, self.admins[0])

    async def group(self, title: str, members: list[Person], admins: list[Person], kind: str = "group") -> int:
        """A new group without the bot."""
        body = {
            "title": title,
            "members": [one.id for one in members],
            "admins": [one.id for one in admins],
            "type": kind,
        }
        answer = await self.post("/sim/groups", body)
        number: int = answer["chat"]["id"]
        return number

    async def start(self) -> None:
        """The bot comes to life on its file."""
        begun = asyncio.Event()

        async def ready(_services: object) -> None:
            begun.set()

        self._stop = asyncio.Event()
        settings = Settings(
            _env_file=None,
            bot_token=SecretStr(TOKEN),
            bot_api_base=self.base,
            database=self.database,
            admins=tuple(ChatId(one) for one in self.admins),
            send_rate=1000,
        )
        life = run(settings, self.kernel, ready=ready, stop=self._stop, clock=self.clock)
        self._life = asyncio.ensure_future(life)
        waiting = asyncio.ensure_future(begun.wait())
        await asyncio.wait({waiting, self._life}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._life.done():
            self._life.result()

    async def stop(self) -> None:
        """The bot ends in order."""
        self._stop.set()
        if self._life is not None:
            await self._life

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What people do."""
        async with self.http.post(self.base + path, json=body) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

    async def get(self, path: str) -> dict[str, Any]:
        """What people and developers see."""
        async with self.http.get(self.base + path) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == 200, answer
            return answer

    async def messages(self, chat: int) -> list[Message]:
        """What stands in a chat."""
        found: list[Message] = (await self.get(f"/sim/chats/{chat}/messages"))["messages"]
        return found

    async def newest(self, chat: int) -> int:
        """The number of the newest message of a chat."""
        return max((one["message_id"] for one in await self.messages(chat)), default=0)

    async def faults(self, **faults: Any) -> None:
        """Switch troubles on."""
        await self.post("/sim/faults", faults)

    async def requests(self, method: str = "") -> list[dict[str, Any]]:
        """What the bot asked of the Bot API."""
        found: list[dict[str, Any]] = (await self.get(f"/sim/requests?method={method}"))["requests"]
        return found

    async def eventually(self, look: Any) -> Any:
        """What `look` gives once it gives something."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < until:
            found = await look()
            if found:
                return found
            await asyncio.sleep(0.02)
        raise AssertionError("it did not happen in time")


def text_of(message: Message) -> str:
    """The words of a message as the eye reads them: a space is a space, whether or not a line may break at it."""
    return str(message.get("text") or message.get("caption") or "").replace("\N{NO-BREAK SPACE}", " ")


def buttons(message: Message) -> list[str]:
    """The texts of the inline buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [one["text"].replace("\N{NO-BREAK SPACE}", " ") for row in rows for one in row]


def number_in(message: Message) -> int:
    """The number that stands after № in a message."""
    found = re.search(r"№ (\d+)", text_of(message))
    assert found, text_of(message)
    return int(found[1])


@asynccontextmanager
async def a_town(folder: Path, kernel: Kernel, *, begin: bool = True) -> AsyncIterator[Town]:
    """An empty world and a bot that has just come to it."""
    world = World()
    runner = web.AppRunner(build_app(world), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession() as http:
        town = Town(base, http, folder / "bot.sqlite3", world, HurriedClock(), kernel, (5_000_000_001,))
        try:
            if begin:
                await town.start()
            yield town
        finally:
            await town.stop()
            await runner.cleanup()
