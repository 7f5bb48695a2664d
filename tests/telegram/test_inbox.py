"""An update is written down before it is acted on, acted on once, in the order of its chat, and then emptied."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import TelegramMigrateToChat, TelegramNetworkError
from aiogram.fsm.context import FSMContext
from aiogram.methods import GetMe, SendMessage
from aiogram.types import Message, Update

from bot.domain.ids import ChatId
from bot.storage.database import Database
from bot.telegram.forms import Forms
from bot.telegram.inbox import ATTEMPTS, Inbox, chat_of
from tests.fakes import FixedClock


def an_update(number: int, text: str = "салам", chat: int = 5) -> dict[str, Any]:
    message = {
        "message_id": number,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": False, "first_name": "Айгерим"},
        "text": text,
    }
    return {"update_id": number, "message": message}


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "bot.sqlite3")
    yield opened
    await opened.close()


@asynccontextmanager
async def an_inbox(db: Database, handle: Callable[..., Any]) -> AsyncIterator[Inbox]:
    router = Router()
    router.message.register(handle)
    storage = Forms(db)
    dispatcher = Dispatcher(storage=storage)
    dispatcher.include_router(router)
    bot = Bot("7000000001:for-tests")

    async def apologize(update: Update) -> None:
        raise AssertionError("nobody should be told of a trouble")

    inbox = Inbox(db, FixedClock(), dispatcher, bot, storage, apologize)
    life = asyncio.ensure_future(inbox.run())
    try:
        yield inbox
    finally:
        inbox.stop()
        await life
        await bot.session.close()


async def rows(db: Database, statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await db.read.execute_fetchall(statement)]


async def until_done(db: Database, how_many: int) -> None:
    for _ in range(500):
        if await rows(db, "SELECT count(*) FROM inbox WHERE done_at IS NOT NULL") == [(how_many,)]:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(await rows(db, "SELECT * FROM inbox"))


async def test_the_same_update_twice_is_acted_on_once_and_emptied(db: Database) -> None:
    seen: list[str] = []

    async def handle(message: Message) -> None:
        seen.append(message.text or "")

    async with an_inbox(db, handle) as inbox:
        await inbox.keep([an_update(1)])
        await until_done(db, 1)
        await inbox.keep([an_update(1), an_update(2, "экинчи")])
        await until_done(db, 2)

    assert seen == ["салам", "экинчи"]
    assert await rows(db, "SELECT body, chat_id FROM inbox") == [("", 0), ("", 0)]


async def test_a_chat_keeps_its_order_while_others_go_on(db: Database) -> None:
    seen: list[tuple[int, str]] = []
    gate = asyncio.Event()

    async def handle(message: Message) -> None:
        if message.text == "slow":
            await gate.wait()
        seen.append((message.chat.id, message.text or ""))

    async with an_inbox(db, handle) as inbox:
        await inbox.keep([an_update(1, "slow"), an_update(2, "after"), an_update(3, "other", chat=6)])
        await until_done(db, 1)
        gate.set()
        await until_done(db, 3)

    assert seen == [(6, "other"), (5, "slow"), (5, "after")]


async def test_what_an_earlier_life_left_is_acted_on_at_the_start(db: Database) -> None:
    async def handle(message: Message) -> None:
        seen.append(message.text or "")

    seen: list[str] = []
    async with an_inbox(db, handle) as inbox:
        inbox.stop()
        await inbox.keep([an_update(1, "left behind")])
    async with an_inbox(db, handle):
        await until_done(db, 1)

    assert seen == ["left behind"]


async def test_a_form_is_kept_only_together_with_its_update(db: Database) -> None:
    tries = 0

    async def handle(message: Message, state: FSMContext) -> None:
        nonlocal tries
        tries += 1
        assert await state.get_state() == (None if message.text == "one" else "step:2")
        await state.set_state("step:2")
        await state.update_data(words=message.text)
        if tries == 1:
            raise TelegramNetworkError(GetMe(), "gone")

    async with an_inbox(db, handle) as inbox:
        await inbox.keep([an_update(1, "one"), an_update(2, "two")])
        await until_done(db, 2)

    assert tries == 3
    assert await rows(db, "SELECT state, fields FROM forms") == [("step:2", '{"words": "two"}')]


async def test_an_update_that_always_fails_is_given_up_with_a_word_to_the_person(db: Database) -> None:
    tries = 0
    told: list[int] = []

    async def handle(message: Message) -> None:
        nonlocal tries
        tries += 1
        raise sqlite3.OperationalError("database or disk is full")

    async def apologize(update: Update) -> None:
        told.append(update.update_id)

    async with an_inbox(db, handle) as inbox:
        inbox.apologize = apologize
        await inbox.keep([an_update(1)])
        await until_done(db, 1)

    assert tries == ATTEMPTS
    assert told == [1]


async def test_when_another_chat_moves_it_is_that_chat_which_gets_the_new_id(db: Database) -> None:
    seen: list[tuple[int, int]] = []
    moves: list[tuple[int, int]] = []

    async def handle(message: Message) -> None:
        seen.append((message.chat.id, message.message_id))
        if len(seen) == 1:
            raise TelegramMigrateToChat(SendMessage(chat_id=-7, text="салам"), "moved", migrate_to_chat_id=-1007)

    async def moved(old: ChatId, new: ChatId) -> None:
        moves.append((old, new))

    async with an_inbox(db, handle) as inbox:
        inbox.moved = moved
        await inbox.keep([an_update(11)])
        await until_done(db, 1)

    assert moves == [(-7, -1007)]
    assert seen == [(5, 11), (5, 11)]


async def test_in_a_group_that_moved_nothing_replies_to_an_old_number(db: Database) -> None:
    seen: list[tuple[int, int]] = []

    async def handle(message: Message) -> None:
        seen.append((message.chat.id, message.message_id))
        if len(seen) == 1:
            raise TelegramMigrateToChat(SendMessage(chat_id=-7, text="салам"), "moved", migrate_to_chat_id=-1007)

    async with an_inbox(db, handle) as inbox:
        await inbox.keep([an_update(11, chat=-7)])
        await until_done(db, 1)

    assert seen == [(-7, 11), (-1007, 0)]


async def test_an_update_that_cannot_be_read_does_not_stop_the_others(db: Database) -> None:
    seen: list[str] = []

    async def handle(message: Message) -> None:
        seen.append(message.text or "")

    async with an_inbox(db, handle) as inbox:
        await inbox.keep([{"update_id": 1, "message": {"message_id": "not a number"}}, an_update(2)])
        await until_done(db, 2)

    assert seen == ["салам"]


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        (an_update(1, chat=-7), -7),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 9}, "message": {"chat": {"id": -8}}}}, -8),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -3}, "from": {"id": 9}}}, -3),
        ({"update_id": 1, "poll_answer": {"poll_id": "1", "user": {"id": 4}}}, 4),
        ({"update_id": 1}, 0),
    ],
)
def test_the_chat_of_an_update_is_found_in_its_raw_form(update: dict[str, Any], chat: int) -> None:
    assert chat_of(update) == ChatId(chat)
