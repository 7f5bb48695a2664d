"""The Messenger over a real connection to a server that answers as badly as a network can."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId, MessageId
from bot.ports import (
    Button,
    Enclosure,
    Failed,
    File,
    Later,
    Letter,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unauthorized,
    Uncertain,
)
from bot.telegram.messenger import TelegramMessenger, outcome_of, params
from bot.telegram.pacer import Pacer
from bot.telegram.post import BotApiError, NoAnswer, NotSent, Post, PostError, Unreadable
from tests.fakes import SteeredClock

TOKEN = "42:very-secret"
PERSON = ChatId(7)

Answer = Callable[[web.Request], web.StreamResponse]


class Telegram:
    """A server that gives the next answer it was told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.base = ""
        self.answers: list[Any] = []
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, orjson.loads(await request.read())))
        answer = self.answers.pop(0) if self.answers else good(message_id=5)
        if asyncio.iscoroutinefunction(answer):
            return await answer(request)
        status, body = answer
        return web.Response(status=status, body=body)


def good(**result: Any) -> tuple[int, bytes]:
    return 200, orjson.dumps({"ok": True, "result": result})


def bad(code: int, description: str, **parameters: Any) -> tuple[int, bytes]:
    return code, orjson.dumps({"ok": False, "error_code": code, "description": description, "parameters": parameters})


async def drops(request: web.Request) -> web.StreamResponse:
    """Closes the connection without a word."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


def breaks_off_after(text: bytes) -> Callable[[web.Request], Any]:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_length = len(text) + 100
        await response.prepare(request)
        await response.write(text)
        assert request.transport is not None
        request.transport.close()
        return response

    return answer


async def hangs(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(5)
    return web.Response()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram()
    app = web.Application()
    app.router.add_post("/{rest:.*}", telegram.answer)
    async with TestServer(app) as server:
        telegram.base = str(server.make_url("")).rstrip("/")
        yield telegram


@pytest.fixture
async def post(telegram: Telegram) -> AsyncIterator[Post]:
    async with Post(TOKEN, telegram.base, timeout=0.5) as post:
        yield post


@pytest.fixture
def pacer() -> Pacer:
    return Pacer(SteeredClock())


@pytest.fixture
def messenger(post: Post, pacer: Pacer) -> TelegramMessenger:
    return TelegramMessenger(post, pacer, SteeredClock())


async def test_a_letter_arrives_as_html_without_previews(telegram: Telegram, messenger: TelegramMessenger) -> None:
    outcome = await messenger.send(PERSON, Letter("<b>Салам</b>"), Urgency.DESK)

    assert outcome == Sent(MessageId(5))
    assert telegram.asked == [
        (
            f"/bot{TOKEN}/sendMessage",
            {
                "chat_id": 7,
                "text": "<b>Салам</b>",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            },
        )
    ]


def test_a_letter_with_everything_says_all_of_it() -> None:
    letter = Letter(
        "words",
        buttons=((Button("take", press="take:1"), Button("law", link="https://cbd.minjust.gov.kg")),),
        file=File(Enclosure.VOICE, "AwAD"),
        reply_to=MessageId(9),
        silent=True,
    )

    assert params(PERSON, letter) == {
        "chat_id": 7,
        "voice": "AwAD",
        "caption": "words",
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "take", "callback_data": "take:1"}, {"text": "law", "url": "https://cbd.minjust.gov.kg"}]
            ]
        },
        "disable_notification": True,
    }


@pytest.mark.parametrize("kind", list(Enclosure))
async def test_each_file_travels_by_its_own_method(
    telegram: Telegram, messenger: TelegramMessenger, kind: Enclosure
) -> None:
    await messenger.send(PERSON, Letter("", file=File(kind, "id")), Urgency.DESK)

    [(path, call)] = telegram.asked
    assert path.endswith(f"/send{kind.value.capitalize()}")
    assert call == {"chat_id": 7, kind.value: "id"}


@pytest.mark.parametrize(
    ("code", "description", "parameters", "outcome"),
    [
        (401, "Unauthorized", {}, Unauthorized()),
        (429, "Too Many Requests: retry after 9", {"retry_after": 9}, Later(9)),
        (429, "Too Many Requests", {}, Later(1)),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009}, Moved(ChatId(-1009))),
        (403, "Forbidden: bot was blocked by the user", {}, Refused("Forbidden: bot was blocked by the user")),
        (403, "Forbidden: user is deactivated", {}, Refused("Forbidden: user is deactivated")),
        (
            403,
            "Forbidden: bot was kicked from the group chat",
            {},
            Refused("Forbidden: bot was kicked from the group chat"),
        ),
        (400, "Bad Request: chat not found", {}, Refused("Bad Request: chat not found")),
        (400, "Bad Request: PEER_ID_INVALID", {}, Refused("Bad Request: PEER_ID_INVALID")),
        (400, "Bad Request: group chat was deactivated", {}, Refused("Bad Request: group chat was deactivated")),
        (400, "Bad Request: can't parse entities", {}, Failed("400 Bad Request: can't parse entities")),
        (400, "Bad Request: TOPIC_CLOSED", {}, Failed("400 Bad Request: TOPIC_CLOSED")),
        (404, "Not Found", {}, Failed("404 Not Found")),
        (413, "Request Entity Too Large", {}, Failed("413 Request Entity Too Large")),
        (500, "Internal Server Error", {}, Uncertain("500 Internal Server Error")),
        (502, "Bad Gateway", {}, Uncertain("502 Bad Gateway")),
    ],
)
async def test_what_telegram_says_becomes_an_outcome(
    telegram: Telegram,
    messenger: TelegramMessenger,
    code: int,
    description: str,
    parameters: dict[str, Any],
    outcome: Outcome,
) -> None:
    telegram.answers = [bad(code, description, **parameters)]

    assert await messenger.send(PERSON, Letter("words"), Urgency.DESK) == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((502, b"<html>502 Bad Gateway</html>"), Uncertain),
        ((200, b"<html>maintenance</html>"), Uncertain),
        ((200, b'{"ok":true,"result":{"message_id":31,"date":17, "chat":{{{'), Sent),
        ((200, b'{"ok":true,"result":{"date":17'), Uncertain),
        ((200, b'{"ok":true,"result":true}'), Uncertain),
        ((200, b'{"ok":true,"result":{"message_id":12'), Uncertain),  # perhaps 12, perhaps the beginning of 123
        ((200, b'{"ok":false'), Uncertain),
        ((200, b"[]"), Uncertain),
        ((200, b""), Uncertain),
        (drops, Uncertain),
        (hangs, Uncertain),
        (breaks_off_after(b'{"ok":true,"result":{"message_id":31,"date"'), Sent),
        (breaks_off_after(b'{"ok":true,"result"'), Uncertain),
    ],
)
async def test_what_the_network_does_becomes_an_outcome(
    telegram: Telegram, messenger: TelegramMessenger, answer: Any, outcome: type[Outcome]
) -> None:
    telegram.answers = [answer]

    came = await messenger.send(PERSON, Letter("words"), Urgency.DESK)

    assert type(came) is outcome
    assert not isinstance(came, Sent) or came.message_id == 31


def a_closed_port() -> int:
    with contextlib.closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


async def test_a_refused_connection_was_surely_not_sent_and_is_tried_ever_more_rarely() -> None:
    clock = SteeredClock()
    async with Post(TOKEN, f"http://127.0.0.1:{a_closed_port()}") as post:
        messenger = TelegramMessenger(post, Pacer(clock), clock)
        waits = []
        for chat in range(1, 9):
            outcome = await messenger.send(ChatId(chat), Letter("words"), Urgency.NOTICE)
            assert isinstance(outcome, Later)
            waits.append(outcome.seconds)
            await clock.pass_by(outcome.seconds)

    assert waits == [1, 1, 2, 4, 8, 16, 30, 30]


async def test_an_outage_that_ended_is_forgotten(telegram: Telegram) -> None:
    clock = SteeredClock()
    async with Post(TOKEN, telegram.base) as there, Post(TOKEN, f"http://127.0.0.1:{a_closed_port()}") as nowhere:
        messenger = TelegramMessenger(nowhere, Pacer(clock), clock)
        await messenger.send(PERSON, Letter("words"), Urgency.NOTICE)
        await clock.pass_by(20)
        messenger._post = there
        assert await messenger.send(PERSON, Letter("words"), Urgency.NOTICE) == Sent(MessageId(5))
        await clock.pass_by(20)
        messenger._post = nowhere
        assert await messenger.send(PERSON, Letter("words"), Urgency.NOTICE) == Later(1)


async def test_a_429_is_told_to_the_pacer(telegram: Telegram, messenger: TelegramMessenger, pacer: Pacer) -> None:
    telegram.answers = [bad(429, "Too Many Requests: retry after 9", retry_after=9)]
    await messenger.send(PERSON, Letter("words"), Urgency.NOTICE)

    assert pacer.campaigns_held_for == 9
    assert await messenger.send(ChatId(8), Letter("words"), Urgency.CAMPAIGN) == Later(9)
    assert await messenger.send(PERSON, Letter("words"), Urgency.NOTICE) == Later(9)
    assert len(telegram.asked) == 1


async def test_what_is_called_just_before_may_stop_the_letter(telegram: Telegram, messenger: TelegramMessenger) -> None:
    class Withdrawn(Exception):
        pass

    async def just_before() -> None:
        raise Withdrawn

    with pytest.raises(Withdrawn):
        await messenger.send(PERSON, Letter("words"), Urgency.NOTICE, just_before)

    assert telegram.asked == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (bad(400, f"Bad Request: wrong url /bot{TOKEN}/x"), BotApiError),
        ((502, b"<html>"), Unreadable),
        (drops, NoAnswer),
        (hangs, NoAnswer),
        (None, NotSent),
    ],
)
async def test_the_token_stands_in_no_error_nor_in_what_led_to_it(
    telegram: Telegram, caplog: pytest.LogCaptureFixture, answer: Any, error: type[PostError]
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.answers = [answer]
    base = telegram.base if answer else f"http://127.0.0.1:{a_closed_port()}"
    async with Post(TOKEN, base, timeout=0.3) as post:
        with pytest.raises(error) as raised:
            await post("sendMessage", {"text": "words"})

    assert raised.value.__cause__ is None and raised.value.__context__ is None
    logged = [one.getMessage() for one in caplog.records if one.name != "aiohttp.access"]  # the server's, not ours
    assert "secret" not in f"{raised.value!r} {raised.value} {vars(raised.value)} {logged}"
    assert "secret" not in repr(post)


async def test_a_long_poll_may_take_longer_than_a_letter(telegram: Telegram, post: Post) -> None:
    async def takes_its_time(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.7)
        return web.json_response({"ok": True, "result": [{"update_id": 1}]})

    telegram.answers = [takes_its_time]

    assert await post("getUpdates", {"timeout": 1}, timeout=3) == [{"update_id": 1}]


def test_a_refusal_without_any_description_is_a_failure() -> None:
    assert outcome_of(BotApiError(400, "", None, None)) == Failed("400 ")
