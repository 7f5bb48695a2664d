"""The sending half against the local Bot API server: what it delivered to whom, beside what the ledger says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.demo.server import build_app
from bot.demo.world import World
from bot.domain.chats import ChatKind
from bot.domain.deliveries import DeliveryStatus, Source, SourceKind, Urgency
from bot.domain.ids import ChatId
from bot.ports import Button, Letter
from bot.services.courier import Courier
from bot.storage import chats, deliveries
from bot.storage.database import Database
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pacer import Pacer
from bot.telegram.post import Post

S = DeliveryStatus


async def until(enough: Callable[[], bool]) -> None:
    """Wait, not for ever, until it is so."""
    async with asyncio.timeout(8):
        while not enough():
            await asyncio.sleep(0.01)


@dataclass
class Town:
    """People who have started the bot, a ledger, and a Courier that writes to them by HTTP."""

    client: TestClient
    db: Database
    courier: Courier
    people: list[int]

    async def sim(self, path: str, **body: Any) -> Any:
        """A POST under /sim that must succeed."""
        async with self.client.post(f"/sim{path}", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def faults(self, *planned: dict[str, Any]) -> None:
        """Plan trouble for the next sends."""
        await self.sim("/faults", next=[{"method": "sendMessage"} | one for one in planned])

    async def owe(self, *people: int, occasion: str = "first") -> None:
        """Owe a letter to these chats and ring."""
        everyone = [ChatId(one) for one in people]
        async with self.db.transaction() as tx:
            for chat in everyone:
                await chats.started(tx, chat, ChatKind.PRIVATE if chat > 0 else ChatKind.GROUP, SystemClock().now())
            now = SystemClock().now()
            await deliveries.owe(tx, SourceKind.QUESTION, 1, occasion, everyone, urgency=Urgency.NOTICE, due_at=now)
        self.courier.due.set()

    async def ended(self, rows: int) -> dict[int, DeliveryStatus]:
        """Wait until so many letters have ended; how each chat's stands."""
        await until(lambda: sum(self.courier.figures().ended.values()) >= rows)
        letters = await deliveries.letters_of(self.db.read, SourceKind.QUESTION, 1)
        return {int(one.chat_id): one.status for one in letters}

    async def read_by(self, chat: int) -> list[str]:
        """What the bot's letters in this chat say, as the person sees them."""
        async with self.client.get(f"/sim/chats/{chat}/messages") as response:
            messages = (await response.json())["messages"]
        return [one["text"] for one in messages if one["from"]["is_bot"]]


async def write_letter(source: Source, chat: ChatId) -> Letter:
    return Letter(f"<b>{source.occasion}</b> letter", buttons=((Button("yes", press="yes"),),))


@asynccontextmanager
async def a_town(folder: Path) -> AsyncIterator[Town]:
    world = World()
    async with (
        TestClient(TestServer(build_app(world))) as client,
        Post("7000000001:for-tests", str(client.make_url("")), timeout=0.6) as post,
        asyncio.TaskGroup() as group,
    ):
        db = await Database.open(folder / "bot.sqlite3")
        clock = SystemClock()
        pacer = Pacer(clock)
        courier = Courier(db, TelegramMessenger(post, pacer, clock), clock, write_letter)
        town = Town(client, db, courier, [])
        for number in range(6):
            person = (await town.sim("/people", first_name=f"Person {number}"))["person"]["id"]
            await town.sim(f"/chats/{person}/send", **{"from": person, "text": "/start"})
            town.people.append(person)
        granting = group.create_task(pacer.run())
        group.create_task(courier.run())
        try:
            yield town
        finally:
            await town.sim("/release")
            await courier.stop()
            granting.cancel()
            await db.close()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as town:
        yield town


async def test_letters_arrive_once_formatted_and_the_ledger_agrees(town: Town) -> None:
    await town.owe(*town.people)

    assert set((await town.ended(6)).values()) == {S.SENT}
    for person in town.people:
        assert await town.read_by(person) == ["first letter"]


@pytest.mark.parametrize(
    ("trouble", "status", "seen"),
    [
        ("403_blocked", S.REFUSED, []),
        ("400_chat_not_found", S.REFUSED, []),
        ("500", S.UNCERTAIN, []),
        ("502html", S.UNCERTAIN, []),
        ("drop_before", S.UNCERTAIN, []),
        ("timeout_before", S.UNCERTAIN, []),
        ("drop_after", S.UNCERTAIN, ["first letter"]),
        ("timeout_after", S.UNCERTAIN, ["first letter"]),
    ],
)
async def test_trouble_with_one_chat_ends_its_letter_honestly_and_no_other(
    town: Town, trouble: str, status: DeliveryStatus, seen: list[str]
) -> None:
    troubled, *others = town.people
    await town.faults({"do": trouble, "chat_id": troubled, "times": -1})
    await town.owe(*town.people)

    ended = await town.ended(6)

    assert ended.pop(troubled) is status
    assert set(ended.values()) == {S.SENT}
    assert await town.read_by(troubled) == seen
    for person in others:
        assert await town.read_by(person) == ["first letter"]


async def test_an_answer_that_cannot_be_read_is_never_sent_again(town: Town) -> None:
    person = town.people[0]
    await town.faults({"do": "bad_json", "chat_id": person})
    await town.owe(person)

    [status] = (await town.ended(1)).values()

    assert status in (S.SENT, S.UNCERTAIN)
    assert await town.read_by(person) == ["first letter"]


async def test_a_429_is_waited_out_and_nobody_is_lost_or_told_twice(town: Town) -> None:
    await town.faults({"do": "429", "retry_after": 1, "chat_id": town.people[0]})
    await town.owe(*town.people)

    assert set((await town.ended(6)).values()) == {S.SENT}
    assert town.courier.figures().put_off == 1
    for person in town.people:
        assert await town.read_by(person) == ["first letter"]


async def test_the_pacer_keeps_within_what_the_server_allows(town: Town) -> None:
    asker = town.people[0]
    group = (await town.sim("/groups", title="Group", members=town.people, admins=[asker], type="supergroup"))["chat"]
    await town.sim(f"/chats/{group['id']}/bot", by=asker, status="member")
    await town.sim("/faults", rate_limits=True)
    await town.owe(*town.people, group["id"])
    await town.owe(*town.people, group["id"], occasion="second")

    await town.ended(14)

    for chat in (*town.people, group["id"]):
        assert sorted(await town.read_by(chat)) == ["first letter", "second letter"]
    async with town.client.get("/sim/requests") as response:
        refused = [one for one in (await response.json())["requests"] if not one["ok"]]
    assert refused == []


async def test_a_person_who_really_blocked_the_bot_is_unreachable_afterwards(town: Town) -> None:
    person = town.people[0]
    await town.sim(f"/chats/{person}/bot", by=person, status="kicked")
    await town.owe(person)

    assert await town.ended(1) == {person: S.REFUSED}
    subscriber = await chats.subscriber(town.db.read, ChatId(person))
    assert subscriber is not None and not subscriber.reachable


async def test_a_group_that_migrated_gets_its_letter_under_its_new_id(town: Town) -> None:
    asker = town.people[0]
    group = (await town.sim("/groups", title="Group", members=town.people, admins=[asker], type="group"))["chat"]
    await town.sim(f"/chats/{group['id']}/bot", by=asker, status="member")
    moved = await town.sim(f"/chats/{group['id']}/migrate")
    await town.owe(group["id"])

    ended = await town.ended(1)

    [(chat, status)] = ended.items()
    assert status is S.SENT and chat != group["id"], moved
    assert await town.read_by(chat) == ["first letter"]


async def test_a_refused_token_stops_the_courier_and_keeps_the_rows(town: Town) -> None:
    await town.faults({"do": "401", "times": -1})
    await town.owe(*town.people)

    await until(lambda: town.courier.figures().stopped_by_telegram and not town.courier.figures().claimed)

    assert set((await town.ended(0)).values()) == {S.QUEUED}
