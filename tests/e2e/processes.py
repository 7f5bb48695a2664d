"""The whole as it is run: the bot is a process, the local Bot API server is a process, the database is a file.

Everything is driven by HTTP as people would, and seen in their chats, in the file and in the log."""

import asyncio
import json
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.town import Message, Person, text_of

ROOT = Path(__file__).parents[2]
TOKEN = "7000000001:AAsecret-of-the-tests"
ADMIN = 5_000_000_001
OURS = ("BOT_TOKEN", "BOT_API_BASE", "DATABASE", "ADMINS", "TIME_ZONE", "SEND_RATE", "LOG_LEVEL", "DEMO_PORT")
LONG = 45.0
OPEN = "status IN (0, 1)"
ROOM = 64 * 1024


@dataclass(slots=True)
class Running:
    """A process and what it has said so far."""

    pid: int
    log: Path
    ended: Callable[[], int | None]

    def said(self) -> str:
        """Standard output and error, with escaped letters made readable."""
        words = self.log.read_text(encoding="utf-8", errors="replace")
        return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), words)

    def send(self, number: int) -> None:
        """A signal, if it still runs."""
        if self.ended() is None:
            os.kill(self.pid, number)

    async def end(self, within: float = LONG) -> int:
        """How it ended, once it has."""
        await eventually(lambda: self.ended() is not None, f"process {self.pid} to end", within)
        code = self.ended()
        assert code is not None
        return code

    async def says(self, words: str, within: float = LONG, times: int = 1) -> None:
        """Wait until these words stand in what it says."""
        await eventually(lambda: self.said().count(words) >= times, f"{words!r} in the log of {self.log}", within)


class Launcher:
    """Forks bots and servers from one process that has read everything already."""

    def __init__(self, log: Path) -> None:
        self._errors = log.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("launcher.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        assert self._heard() == {"ready": True}, log.read_text()

    def start(self, arguments: list[str], folder: Path, log: Path, **environment: str) -> Running:
        """A new process; without what our settings are called in the surroundings of the tests."""
        request = {"arguments": arguments, "folder": str(folder), "log": str(log), "forget": OURS}
        pid = self._ask(do="start", environment=environment, **request)["pid"]
        log.touch()
        return Running(pid, log, lambda: self._ask(do="ended", pid=pid)["code"])

    def close(self) -> None:
        """End it and whatever it started and still runs."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()
        self._errors.close()

    def _ask(self, **request: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        return self._heard()

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        return answer


def command(arguments: list[str], folder: Path, log: Path, **environment: str) -> Running:
    """The same as somebody would type it: `python -m …`, from nothing."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            cwd=folder,
            env=kept | {"PYTHONPATH": str(ROOT)} | environment,
        )
    return Running(process.pid, log, process.poll)


@dataclass(slots=True)
class Street:
    """A server, a bot, a file, and people who write; `Person` of the town lives here too."""

    launcher: Launcher
    folder: Path
    http: aiohttp.ClientSession
    base: str = ""
    token: str = TOKEN
    typed: list[str] = field(default_factory=list)
    started: list[Running] = field(default_factory=list)
    bot: Running | None = None
    server: Running | None = None

    @property
    def database(self) -> Path:
        """The one file."""
        return self.folder / "bot.sqlite3"

    @property
    def places(self) -> Path:
        """Where a file arms a place of the bot's code."""
        return self.folder / "places"

    # processes

    async def open(self, *arguments: str, port: int = 0) -> None:
        """The local server, with nobody in it."""
        log = self.folder / "server.log"
        given = ["bot.demo", "--port", str(port), "--empty", *arguments]
        self.server = self.launcher.start(given, self.folder, log)
        self.started.append(self.server)
        await self.server.says("listening on ")
        self.base = self.server.said().split()[2]

    def begin(self, *, wait_here: bool = True, really: bool = False, **environment: str) -> Running:
        """A new bot process on our file, by fork, or `really` by its command."""
        self.places.mkdir(exist_ok=True)
        log = self.folder / f"bot{len(self.started)}.log"
        usual = {
            "BOT_TOKEN": self.token,
            "BOT_API_BASE": self.base,
            "DATABASE": str(self.database),
            "ADMINS": str(ADMIN),
            "SEND_RATE": "1000",
            "LOG_LEVEL": "INFO",
        }
        if really:
            running = command(["bot", "run"], self.folder, log, **usual | environment)
        else:
            armed = {"E2E_PLACES": str(self.places), "E2E_HURRY": "1"}
            running = self.launcher.start(["bot", "run"], self.folder, log, **usual | armed | environment)
        self.started.append(running)
        return running

    async def live(self, **more: Any) -> Running:
        """The bot, once it runs."""
        self.bot = self.begin(**more)
        await eventually(
            lambda: "bot_is_running" in self.bot.said() or self.bot.ended() is not None, "the bot to run", LONG
        )
        assert self.bot.ended() is None, self.bot.said()
        return self.bot

    async def dies(self) -> None:
        """Wait for the bot's death by its own hand."""
        assert self.bot is not None
        assert await self.bot.end() == -signal.SIGKILL, self.bot.said()

    async def kill(self) -> None:
        """kill -9."""
        assert self.bot is not None
        self.bot.send(signal.SIGKILL)
        await self.dies()

    def arm(self, place: str, how: str = "kill") -> None:
        """What happens when the bot comes to this place."""
        (self.places / place).write_text(how)

    def disarm(self, place: str) -> None:
        """Nothing happens there any more, and whoever waits there goes on."""
        (self.places / place).unlink()
        (self.places / f"{place}.reached").unlink(missing_ok=True)

    async def reaches(self, place: str) -> None:
        """Wait until the bot waits there."""
        await eventually((self.places / f"{place}.reached").exists, f"the bot to reach {place!r}")

    def end(self) -> None:
        """End every process of this street."""
        for one in self.started:
            one.send(signal.SIGKILL)

    def logs(self) -> str:
        """Everything that any bot of this street has logged."""
        return "\n".join(one.said() for one in self.started if one is not self.server)

    # people, as Person expects them

    async def person(self, name: str, language_code: str = "ru", **more: Any) -> Person:
        """Somebody new."""
        answer = await self.post("/sim/people", {"first_name": name, "language_code": language_code, **more})
        return Person(self, answer["person"]["id"])  # type: ignore[arg-type]

    async def coordinator(self) -> Person:
        """The first administrator, at the desk."""
        nurgul = await self.person("Нургүл", id=ADMIN)
        await nurgul.has("ru")
        return nurgul

    async def asker(self, name: str = "Сергей") -> Person:
        """Somebody who has chosen Russian."""
        person = await self.person(name)
        await person.has("ru")
        return person

    async def two(self) -> tuple[Person, Person]:
        """A coordinator at the desk and somebody who will ask; the bot has nothing in hand."""
        found = await asyncio.gather(self.coordinator(), self.asker())
        await self.quiet()
        return found

    async def askers(self, count: int) -> list[Person]:
        """Several at once."""
        return await asyncio.gather(*(self.asker(f"Сергей {number}") for number in range(count)))

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What people do."""
        if isinstance(body.get("text"), str):
            self.typed.append(body["text"])
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

    async def eventually(self, look: Callable[[], Awaitable[Any]]) -> Any:
        """What `look` gives once it gives something."""
        return await eventually(look, "something in a chat")

    # trouble, and what came of it

    async def faults(self, *planned: dict[str, Any], **more: Any) -> None:
        """Plan trouble for the bot's next calls."""
        await self.post("/sim/faults", {"next": list(planned), **more})

    async def held(self) -> None:
        """Wait until the server holds a call."""

        async def look() -> bool:
            return bool((await self.get("/sim/faults"))["held"])

        await eventually(look, "a call to be held")

    async def answers(self, person: Person, words: str) -> list[Message]:
        """The bot's messages in this person's chat that hold these words."""
        found = await self.messages(person.chat)
        return [one for one in found if one["from"].get("is_bot") and words in text_of(one)]

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What stands in the file."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as db:
            return db.execute(statement).fetchall()

    async def quiet(self) -> None:
        """Nothing is in hand: every update done, every letter settled."""

        def look() -> bool:
            waiting = self.rows("SELECT count(*) FROM inbox WHERE done_at IS NULL")[0][0]
            return waiting + self.rows(f"SELECT count(*) FROM deliveries WHERE {OPEN}")[0][0] == 0

        await eventually(look, "the bot to have nothing in hand")

    def fill_the_disk(self, *, log_too: bool = False) -> None:
        """From now on the bot's process can write no further into the file, and not into its log either if asked."""
        assert self.bot is not None
        journal = self.database.with_name(self.database.name + "-wal")
        assert self.bot.log.stat().st_size < ROOM < journal.stat().st_size
        resource.prlimit(self.bot.pid, resource.RLIMIT_FSIZE, (1 if log_too else ROOM, resource.RLIM_INFINITY))

    def free_the_disk(self) -> None:
        """There is room again."""
        assert self.bot is not None
        resource.prlimit(self.bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def eventually(look: Callable[[], Any], what: str, within: float = LONG) -> Any:
    """What `look` gives once it gives something true; fails after so many seconds."""
    until = time.monotonic() + within
    while True:
        found = look()
        if isinstance(found, Awaitable):
            found = await found
        if found:
            return found
        assert time.monotonic() < until, f"waited {within:.0f} s in vain for {what}"
        await asyncio.sleep(0.05)


def free_port() -> int:
    """A port on which nobody listens just now."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
