"""A lean way to the Bot API: one session, JSON both ways, no response model. The token is in no error and no log."""

import asyncio
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

TELEGRAM = "https://api.telegram.org"
ANSWER_WITHIN = 20.0
CONNECT_WITHIN = 5.0
_OK = re.compile(rb'^\s*\{\s*"ok"\s*:\s*true\b')
_MESSAGE_ID = re.compile(rb'"result"\s*:\s*\{\s*"message_id"\s*:\s*(\d+)\s*[,}]')
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class PostError(Exception):
    """A call of the Bot API did not end well."""


class NotSent(PostError):
    """The request surely never left: refused connection, unknown host, no connection in time."""


class NoAnswer(PostError):
    """The request may have arrived: time-out, dropped connection."""


class Unreadable(PostError):
    """An answer came and could not be read. `ok` and `message_id` hold what could be made out all the same."""

    def __init__(self, status: int, ok: bool, message_id: int | None) -> None:
        super().__init__(f"unreadable answer with HTTP status {status}")
        self.status = status
        self.ok = ok
        self.message_id = message_id


class BotApiError(PostError):
    """Telegram answered `ok: false`."""

    def __init__(self, code: int, description: str, retry_after: float | None, moved_to: int | None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


class Post:
    """`await post(method, params)` returns Telegram's `result` or raises a PostError."""

    def __init__(self, token: str, base: str = TELEGRAM, *, timeout: float = ANSWER_WITHIN, connections: int = 100):
        self._prefix = f"{base.rstrip('/')}/bot{token}/"
        self._token = token
        self._timeout = timeout
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def __call__(
        self, method: str, params: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Any:
        """Call a method. `timeout` is for the whole answer, in seconds."""
        failure: PostError
        body = b""
        status = 0
        try:
            async with self._opened().post(
                self._prefix + method,
                data=orjson.dumps(params or {}),
                headers={"Content-Type": "application/json"},
                timeout=aiohttp.ClientTimeout(total=timeout or self._timeout, connect=CONNECT_WITHIN),
            ) as response:
                status = response.status
                async for piece in response.content.iter_any():
                    body += piece  # what has come is kept, should the rest never come
                return self._read(status, body)
        except PostError as error:
            failure = error
        except _NEVER_LEFT as error:
            failure = NotSent(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            cause = NoAnswer(type(error).__name__)
            failure = self._unreadable(status, body) if _OK.match(body) else cause
        raise failure  # outside the handlers: aiohttp's own errors name the address, and with it the token

    async def close(self) -> None:
        """Close the session; the next call would open another."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    def _read(self, status: int, body: bytes) -> Any:
        try:
            answer = orjson.loads(body)
        except orjson.JSONDecodeError:
            answer = None
        match answer:
            case {"ok": True, "result": result}:
                return result
            case {"ok": False}:
                raise self._rejected(status, answer)
        raise self._unreadable(status, body)

    def _rejected(self, status: int, answer: dict[str, Any]) -> BotApiError:
        code, description = answer.get("error_code"), answer.get("description")
        parameters = answer.get("parameters")
        hints = parameters if isinstance(parameters, dict) else {}
        wait, moved_to = hints.get("retry_after"), hints.get("migrate_to_chat_id")
        return BotApiError(
            code if isinstance(code, int) else status,
            str(description or "").replace(self._token, "<token>"),
            float(wait) if isinstance(wait, int | float) else None,
            moved_to if isinstance(moved_to, int) else None,
        )

    def _unreadable(self, status: int, body: bytes) -> Unreadable:
        ok = bool(_OK.match(body))
        found = _MESSAGE_ID.search(body) if ok else None
        return Unreadable(status, ok, int(found[1]) if found else None)
