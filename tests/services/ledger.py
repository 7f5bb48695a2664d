"""A ledger in a temporary file and the few questions that the Courier's tests put to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.domain.chats import ChatKind
from bot.domain.deliveries import Delivery, DeliveryStatus, Source, SourceKind, Tally, Urgency
from bot.domain.ids import ChatId, SourceId
from bot.ports import Letter, Messenger
from bot.services.courier import Courier
from bot.storage import chats, deliveries
from bot.storage.database import Database
from tests.fakes import NOON, SteeredClock, settle_down


async def write_letter(source: Source, chat: ChatId) -> Letter | None:
    """A letter that names its source."""
    return Letter(f"source {source.id} {source.occasion}")


def a_courier(db: Database, messenger: Messenger, clock: SteeredClock, **changes: object) -> Courier:
    """A Courier at the usual rate."""
    return Courier(db, messenger, clock, **{"write_letter": write_letter, **changes})  # type: ignore[arg-type]


@asynccontextmanager
async def a_ledger(folder: Path) -> AsyncIterator[Database]:
    """A fresh file, closed at the end."""
    db = await Database.open(folder / "bot.sqlite3")
    try:
        yield db
    finally:
        await db.close()


async def owe(
    db: Database,
    people: Iterable[int],
    *,
    urgency: Urgency = Urgency.NOTICE,
    occasion: str = "",
    due_at: datetime = NOON,
    not_after: datetime | None = None,
    known: bool = True,
) -> SourceId:
    """Owe a letter to these chats, which have started the bot if `known`."""
    everyone = [ChatId(one) for one in people]
    async with db.transaction() as tx:
        if known:
            for chat in everyone:
                await chats.started(tx, chat, ChatKind.PRIVATE if chat > 0 else ChatKind.GROUP, NOON)
        return await deliveries.owe(
            tx,
            SourceKind.QUESTION,
            1,
            f"{urgency.name} {occasion}",
            everyone,
            urgency=urgency,
            due_at=due_at,
            not_after=not_after,
        )


async def letters(db: Database) -> list[Delivery]:
    """Every row, in the order in which they were owed."""
    return await deliveries.letters_of(db.read, SourceKind.QUESTION, 1)


async def statuses(db: Database) -> list[DeliveryStatus]:
    """How every row stands, in the order in which they were owed."""
    return [one.status for one in await letters(db)]


async def tally(db: Database, source: SourceId) -> Tally:
    """The rows of one source, counted."""
    return await deliveries.tally(db.read, source)


@asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[asyncio.Task[None]]:
    """The Courier runs beside the test; the test steers its clock and stops it."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(courier.run())
        try:
            yield task
        finally:
            await steer(courier, group.create_task(courier.stop()).done)


async def steer(courier: Courier, enough: Callable[[], bool], step: float = 0.05, patience: int = 4000) -> None:
    """Let time pass in small steps until it is enough; between steps the file's threads finish their work."""
    clock = courier.clock
    assert isinstance(clock, SteeredClock)
    for _ in range(patience):
        await quiet(courier.db)
        if enough():
            return
        await clock.pass_by(step)
    raise AssertionError("it never was enough")


async def quiet(db: Database, rounds: int = 3) -> None:
    """Let what the database's threads hold, and what follows from it, finish."""
    for _ in range(rounds):
        await settle_down()
        await db.write(lambda _: None)
        for _ in range(2):
            await db.read.execute_fetchall("SELECT 1")
    await settle_down()
