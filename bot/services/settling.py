"""The Settler writes into the ledger how letters ended: soon, and few commits for many letters."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog

from bot.clock import rung
from bot.domain.deliveries import Settlement
from bot.domain.ids import ChatId
from bot.ports import Clock
from bot.storage import chats, deliveries
from bot.storage.database import Database

EVERY = 0.1  # seconds between two commits while letters keep ending
AT_ONCE = 200  # settlements that do not wait for that
LONGEST_RETRY = 30.0
LAST_TRIES = 3

log = structlog.get_logger()


@dataclass
class Settler:
    """Every settlement handed in is written once; when the file cannot be written, it is kept and tried again."""

    db: Database
    clock: Clock
    written: Callable[[Sequence[Settlement]], None]
    _pending: list[Settlement] = field(default_factory=list)
    _unreachable: set[ChatId] = field(default_factory=set)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _full: asyncio.Event = field(default_factory=asyncio.Event)
    _closing: bool = False

    def add(self, settlement: Settlement, unreachable: ChatId | None = None) -> None:
        """Hand in how a delivery ended, and the chat that turned out unreachable by it."""
        self._pending.append(settlement)
        if unreachable is not None:
            self._unreachable.add(unreachable)
        self._bell.set()
        if len(self._pending) >= AT_ONCE:
            self._full.set()

    def close(self) -> None:
        """Write what is pending, then let `run` end."""
        self._closing = True
        self._bell.set()
        self._full.set()

    async def run(self) -> None:
        """The first settlement is written at once, those that follow every 100 ms or 200 rows. Ends after `close`."""
        failures = 0
        while self._pending or not self._closing:
            await self._bell.wait()
            self._bell.clear()
            if await self.flush():
                failures = 0
                await rung(self._full, self.clock, EVERY)
            elif self._closing and failures >= LAST_TRIES:
                log.critical("settlements_lost", rows=len(self._pending))  # the next start calls them uncertain
                return
            else:
                failures += 1
                self._bell.set()
                await self.clock.sleep(min(LONGEST_RETRY, 2.0 ** (failures - 1)))
            if not self._closing:
                self._full.clear()

    async def flush(self) -> bool:
        """Write what is pending in one transaction; false if the file would not have it."""
        batch, self._pending = self._pending, []
        gone, self._unreachable = self._unreachable, set()
        if not batch:
            return True

        def write(db: sqlite3.Connection) -> None:
            deliveries.settle(db, batch, self.clock.now())
            for chat in gone:
                chats.mark_unreachable(db, chat)

        try:
            await self.db.write(write)
        except sqlite3.Error as error:
            log.error("settlements_wait_database_refuses", cause=str(error), rows=len(batch))
            self._pending[:0] = batch
            self._unreachable |= gone
            return False
        self.written(batch)
        return True
