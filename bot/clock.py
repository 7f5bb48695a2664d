"""The real clock, and how to wait for a bell no longer than so many seconds."""

import asyncio
import time
from datetime import UTC, datetime

from bot.ports import Clock


class SystemClock:
    """The time of this machine; the only place that reads it."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let others run for so long."""
        await asyncio.sleep(seconds)


async def rung(bell: asyncio.Event, clock: Clock, seconds: float | None) -> bool:
    """Wait until the bell rings, at most so many seconds (None: for ever); true if it rang."""
    if bell.is_set():
        return True
    if seconds is None:
        return await bell.wait()
    ring = asyncio.ensure_future(bell.wait())
    nap = asyncio.ensure_future(clock.sleep(max(0.0, seconds)))
    try:
        await asyncio.wait({ring, nap}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ring.cancel()
        nap.cancel()
    return bell.is_set()
