"""Fifty thousand letters through the whole Courier and a real file: nothing piles up, nothing is lost."""

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.domain.deliveries import DeliveryStatus, Urgency
from bot.services.courier import Courier
from tests.fakes import FakeMessenger
from tests.services.ledger import a_ledger, owe, tally, write_letter

ROWS = 50_000
SLOWEST = 300  # rows a second: ten times what Telegram allows; two cores do 4,500


@pytest.mark.timeout(200)
async def test_fifty_thousand_letters_go_out_fast_and_once(tmp_path: Path) -> None:
    def all_have_started(db: sqlite3.Connection) -> None:
        db.execute(
            """WITH RECURSIVE people (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM people WHERE id < ?)
               INSERT INTO chats (chat_id, kind, started_at, seen_at) SELECT id, 'private', 0, 0 FROM people""",
            (ROWS,),
        )

    async with a_ledger(tmp_path) as db:
        await db.write(all_have_started)
        source = await owe(db, range(1, ROWS + 1), urgency=Urgency.CAMPAIGN, known=False)
        messenger = FakeMessenger()
        courier = Courier(db, messenger, SystemClock(), write_letter, rate=5_000)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            group.create_task(courier.run())
            while courier.figures().ended.get(DeliveryStatus.SENT, 0) < ROWS:
                await asyncio.sleep(0.05)
            seconds = time.perf_counter() - began
            await courier.stop()

        assert len(messenger.told) == len(set(messenger.told)) == ROWS
        assert (await tally(db, source)).counts == {DeliveryStatus.SENT: ROWS}
    print(f"{ROWS / seconds:,.0f} rows a second")
    assert ROWS / seconds > SLOWEST
