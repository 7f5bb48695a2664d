"""What the bot costs: a /start update beside a bare echo, and resident memory beside bare aiogram.

python -m tests.bench.cost
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
UPDATES = 2000
RSS = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"


def an_update(number: int) -> Any:
    from aiogram.types import Update

    return Update.model_validate(
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1,
                "chat": {"id": 5, "type": "private"},
                "from": {"id": 5, "is_bot": False, "first_name": "Айгерим"},
                "text": "/start",
                "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
            },
        }
    )


async def microseconds(feed: Callable[[Any], Awaitable[Any]]) -> float:
    for number in range(100):
        await feed(an_update(number))
    updates = [an_update(1000 + number) for number in range(UPDATES)]
    begun = time.perf_counter()
    for update in updates:
        await feed(update)
    return (time.perf_counter() - begun) / UPDATES * 1e6


async def measure() -> None:
    from aiogram import Bot, Dispatcher, Router
    from aiogram.client.session.base import BaseSession
    from aiogram.filters import CommandStart
    from aiogram.types import Message

    from bot.app import Kernel, build_dispatcher, build_services
    from bot.clock import SystemClock
    from bot.domain.ids import ChatId, Language
    from bot.settings import Settings
    from bot.storage.database import Database
    from bot.telegram.forms import Forms

    class Silent(BaseSession):
        """Answers every method at once."""

        async def close(self) -> None: ...

        async def make_request(self, bot: Any, method: Any, timeout: Any = None) -> Any:
            return True

        async def stream_content(self, *args: Any, **kwargs: Any) -> Any:
            yield b""

    bot = Bot("7000000001:for-the-bench", Silent())
    echo = Router()

    async def answer(message: Message) -> None:
        await message.answer(message.text or "")

    echo.message.register(answer, CommandStart())
    bare = Dispatcher()
    bare.include_router(echo)
    print(f"bare echo: {await microseconds(lambda update: bare.feed_update(bot, update)):.0f} µs an update")

    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(Path(folder) / "bot.sqlite3")
        settings = Settings(_env_file=None)
        services = build_services(db, SystemClock(), Kernel.load(), settings, "bench_bot", lambda: None)
        ours = build_dispatcher(services, Forms(db))
        await services.start_chat(ChatId(5), "")
        await services.describe.language(ChatId(5), Language.KY)
        print(f"our /start: {await microseconds(lambda update: ours.feed_update(bot, update)):.0f} µs an update")
        await db.close()


def memory() -> None:
    bare = "import aiogram, aiogram.types; from aiogram import Bot, Dispatcher; Dispatcher()"
    ours = "from bot.app import Kernel; kernel = Kernel.load()"
    for name, code in (("bare aiogram", bare), ("the bot with its guide and places", ours)):
        done = subprocess.run(
            [sys.executable, "-c", f"{code}\n{RSS}"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        print(f"{name}: {done.stdout.strip()} MB resident at most")


if __name__ == "__main__":
    memory()
    asyncio.run(measure())
