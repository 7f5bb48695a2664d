"""What happens without anybody asking really happens: also when it is an object that can be called."""

import asyncio
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.heartbeat import every


class Counted:
    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1


async def test_a_use_case_is_awaited_again_and_again() -> None:
    scheduler, work = AsyncIOScheduler(timezone="UTC"), Counted()
    every(scheduler, work, timedelta(milliseconds=20))
    scheduler.start()

    await asyncio.sleep(0.3)
    scheduler.shutdown(wait=False)

    assert work.times >= 3
