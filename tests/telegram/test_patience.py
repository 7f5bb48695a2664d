"""Handlers' answers and the Courier's letters share one allowance."""

import asyncio
from typing import Any

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    EditMessageText,
    GetFile,
    GetUpdates,
    SendChatAction,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    TelegramMethod,
)

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId
from bot.telegram.pacer import Pacer
from bot.telegram.patience import Patience, chat_of
from tests.fakes import SteeredClock, settle_down

HELLO = SendMessage(chat_id=7, text="hello")


class Line:
    """Requests through the middleware under a steered clock; `refusals` are the next 429s, in seconds."""

    def __init__(self, *refusals: int) -> None:
        self.clock = SteeredClock()
        self.pacer = Pacer(self.clock, rate=25.0)
        self.patience = Patience(self.pacer, self.clock)
        self.refusals = list(refusals)
        self.went_at: list[float] = []

    async def __call__(self, method: TelegramMethod[Any]) -> Any:
        return await self.patience(self._request, None, method)  # type: ignore[arg-type]

    async def _request(self, bot: Any, method: TelegramMethod[Any]) -> Any:
        self.went_at.append(self.clock.monotonic() - 1000)
        if self.refusals:
            raise TelegramRetryAfter(method, "Too Many Requests", self.refusals.pop(0))
        return "done"


@pytest.mark.parametrize(
    ("method", "chat"),
    [
        (HELLO, 7),
        (SendMessage(chat_id=-9, text="hello"), -9),
        (SendPhoto(chat_id=7, photo="id"), 7),
        (CopyMessage(chat_id=7, from_chat_id=8, message_id=1), 7),
        (EditMessageText(chat_id=-9, message_id=1, text="new"), -9),  # edits count in groups
        (EditMessageText(chat_id=7, message_id=1, text="new"), None),
        (EditMessageText(inline_message_id="x", text="new"), None),
        (SendChatAction(chat_id=7, action="typing"), None),
        (AnswerCallbackQuery(callback_query_id="1"), None),
        (GetFile(file_id="x"), None),
        (SetMyCommands(commands=[]), None),
        (SendMessage(chat_id="@channel", text="hello"), None),
    ],
)
def test_only_messages_keep_the_pace_of_a_chat(method: TelegramMethod[Any], chat: int | None) -> None:
    assert chat_of(method) == chat


async def test_an_answer_waits_for_the_second_of_its_chat() -> None:
    line = Line()
    async with asyncio.TaskGroup() as group:
        pacer = group.create_task(line.pacer.run())
        answers = [group.create_task(line(HELLO)) for _ in range(2)]
        await line.clock.pass_by(1.2)
        pacer.cancel()

    assert [answer.result() for answer in answers] == ["done", "done"]
    assert line.went_at == pytest.approx([0.0, 1.1])


async def test_a_429_is_waited_out_and_the_answer_sent_after_all() -> None:
    line = Line(5)
    async with asyncio.TaskGroup() as group:
        pacer = group.create_task(line.pacer.run())
        answer = group.create_task(line(HELLO))
        await settle_down()
        assert line.pacer.campaigns_held_for == 5
        await line.clock.pass_by(5.0)
        pacer.cancel()

    assert answer.result() == "done"
    assert line.went_at == [0.0, 5.0]


async def test_a_429_of_many_minutes_is_told_to_the_handler_at_once() -> None:
    line = Line(600)

    with pytest.raises(TelegramRetryAfter):
        await line(HELLO)

    assert line.pacer.campaigns_held_for == 600


async def test_polling_takes_nobodys_turn() -> None:
    line = Line()
    line.pacer.told_to_wait(60.0)

    assert await line(GetUpdates()) == "done"
    assert await line.pacer.turn(Urgency.DESK, ChatId(7), patience=1.0) == 60.0
