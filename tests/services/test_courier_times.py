"""What falls due leaves within two seconds, and what was stopped begins no request any more, whatever else goes out."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.deliveries import DeliveryStatus, Urgency
from bot.domain.ids import ChatId, MessageId, SourceId
from bot.ports import JustBefore, Letter, Outcome, Sent, nothing_before
from bot.storage import deliveries, sources
from bot.storage.database import Database
from bot.telegram.pacer import Pacer
from tests.fakes import NOON, SteeredClock
from tests.services.ledger import a_courier, a_ledger, owe, quiet, running, steer, tally

S = DeliveryStatus


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_ledger(tmp_path) as db:
        yield db


@dataclass
class PacedMessenger:
    """Keeps the real pace of the bot, answers after 0.3 s, and knows when each request began."""

    clock: SteeredClock
    pacer: Pacer
    began: list[tuple[datetime, ChatId, str]] = field(default_factory=list)

    async def send(
        self, chat_id: ChatId, letter: Letter, urgency: Urgency, just_before: JustBefore = nothing_before
    ) -> Outcome:
        await self.pacer.turn(urgency, chat_id)
        await just_before()
        self.began.append((self.clock.now(), chat_id, letter.text))
        await self.clock.sleep(0.3)
        return Sent(MessageId(len(self.began)))

    def times(self, source: SourceId) -> list[datetime]:
        """When the requests of this source began."""
        return [at for at, _, text in self.began if text.startswith(f"source {source} ")]


async def paced(
    db: Database, clock: SteeredClock, group: asyncio.TaskGroup
) -> tuple[PacedMessenger, asyncio.Task[None]]:
    messenger = PacedMessenger(clock, Pacer(clock, 25.0))
    return messenger, group.create_task(messenger.pacer.run())


@pytest.mark.parametrize("campaign", [0, 600])
async def test_what_falls_due_leaves_within_two_seconds_also_beside_a_campaign(db: Database, campaign: int) -> None:
    clock = SteeredClock()
    due_at = NOON + timedelta(seconds=9)
    reminders = await owe(db, range(1, 11), occasion="reminder", due_at=due_at)
    if campaign:
        await owe(db, range(1001, 1001 + campaign), urgency=Urgency.CAMPAIGN)
    async with asyncio.TaskGroup() as group:
        messenger, pacing = await paced(db, clock, group)
        courier = a_courier(db, messenger, clock)

        async with running(courier):
            await steer(courier, lambda: len(messenger.times(reminders)) == 10)
        pacing.cancel()

    times = messenger.times(reminders)
    assert due_at <= min(times)
    assert max(times) <= due_at + timedelta(seconds=2)


@pytest.mark.parametrize("way", ["stop", "pause", "hold", "opt out", "cancel"])
async def test_after_the_commit_no_request_begins(db: Database, way: str) -> None:
    clock = SteeredClock()
    everyone = range(1, 201)
    campaign = await owe(db, everyone, urgency=Urgency.CAMPAIGN)
    async with asyncio.TaskGroup() as group:
        messenger, pacing = await paced(db, clock, group)
        courier = a_courier(db, messenger, clock)
        async with running(courier):
            await steer(courier, lambda: len(messenger.began) >= 30)
            async with db.transaction() as tx:
                if way == "stop":
                    await sources.stop(tx, campaign)
                elif way == "pause":
                    await sources.pause(tx, campaign)
                elif way == "hold":
                    await sources.hold(tx, campaign, clock.now() + timedelta(hours=1))
                else:
                    for chat in everyone:
                        ends = deliveries.opt_out if way == "opt out" else deliveries.cancel_owed
                        await ends(tx, ChatId(chat), clock.now())
            out = len(messenger.began)
            for _ in range(40):
                await quiet(db, 1)
                await clock.pass_by(0.1)
            in_the_end = len(messenger.began)
            counts = (await tally(db, campaign)).counts
        pacing.cancel()

    assert in_the_end == out
    rest = {"stop": S.CANCELLED, "cancel": S.CANCELLED, "opt out": S.SKIPPED}.get(way, S.QUEUED)
    assert counts == {S.SENT: out, rest: 200 - out}


async def test_a_campaign_that_was_paused_goes_on_and_nobody_is_told_twice(db: Database) -> None:
    clock = SteeredClock()
    campaign = await owe(db, range(1, 101), urgency=Urgency.CAMPAIGN)
    async with asyncio.TaskGroup() as group:
        messenger, pacing = await paced(db, clock, group)
        courier = a_courier(db, messenger, clock)
        async with running(courier):
            await steer(courier, lambda: len(messenger.began) >= 30)
            async with db.transaction() as tx:
                await sources.pause(tx, campaign)
            await clock.pass_by(5)
            async with db.transaction() as tx:
                await sources.resume(tx, campaign)
            courier.due.set()
            await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 100)
        pacing.cancel()

    assert sorted(chat for _, chat, _ in messenger.began) == list(range(1, 101))


async def test_an_idle_courier_writes_nothing_and_sleeps(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await owe(db, [1], due_at=NOON + timedelta(hours=1))
    clock, writes = SteeredClock(), 0
    courier = a_courier(db, PacedMessenger(clock, Pacer(clock)), clock)
    async with running(courier):
        await quiet(db)
        write = db.write

        async def count(work):  # type: ignore[no-untyped-def]
            nonlocal writes
            writes += 1
            return await write(work)

        with monkeypatch.context() as counting:
            counting.setattr(db, "write", count)
            for _ in range(30):
                courier.due.set()  # the beat
                await clock.pass_by(1)
                await asyncio.sleep(0.005)

    assert writes == 0
