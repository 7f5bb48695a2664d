"""Updates are written down before they are acted on: the poller keeps them, the inbox acts on each once, in the order
of its chat, and empties it in the transaction that marks it done."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import Update
from pydantic import ValidationError

from bot.clock import rung
from bot.domain.ids import ChatId, UpdateId
from bot.ports import Clock
from bot.storage import forms, inbox
from bot.storage.database import Database
from bot.storage.inbox import Waiting
from bot.telegram.forms import Forms

log = structlog.get_logger()

ATTEMPTS = 5
AT_ONCE = 40
BATCH = 200
BETWEEN_ATTEMPTS = (1.0, 2.0, 5.0, 10.0)
SAY_AGAIN_AFTER = 600.0
Apology = Callable[[Update], Awaitable[None]]
Moved = Callable[[ChatId, ChatId], Awaitable[None]]
Finish = Callable[[sqlite3.Connection], None]


async def nobody_moves(old: ChatId, new: ChatId) -> None:
    """For whoever keeps no chats: there is nothing to carry over."""


async def nobody_hears(update: Update) -> None:
    """For whoever has nobody to tell."""


@dataclass(slots=True)
class Inbox:
    """Hands waiting updates to the dispatcher: chats side by side, each chat's updates one after another."""

    db: Database
    clock: Clock
    dispatcher: Dispatcher
    bot: Bot
    forms: Forms
    apologize: Apology
    moved: Moved = nobody_moves
    not_kept: Apology = nobody_hears
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _undone: dict[UpdateId, Finish] = field(default_factory=dict)
    _told_at: dict[ChatId, float] = field(default_factory=dict)
    _lines: dict[ChatId, deque[Waiting]] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def keep(self, updates: list[dict[str, Any]]) -> None:
        """Write updates down; only then may Telegram be told that they were received."""
        rows = [Waiting(UpdateId(one["update_id"]), chat_of(one), orjson.dumps(one).decode(), 0) for one in updates]
        now = self.clock.now()
        overdue = dict(self._undone)

        def work(connection: sqlite3.Connection) -> None:
            inbox.receive(connection, rows, now)
            for finish in overdue.values():
                finish(connection)

        await self.db.write(work)
        self._written(overdue)
        self.arrived.set()

    async def say_not_kept(self, updates: list[dict[str, Any]]) -> None:
        """A word to whoever waits for updates that could not be written down: to each chat once in ten minutes."""
        now = self.clock.monotonic()
        self._told_at = {chat: at for chat, at in self._told_at.items() if now - at < SAY_AGAIN_AFTER}
        for raw in updates:
            chat = chat_of(raw)
            if chat in self._told_at:
                continue
            self._told_at[chat] = now
            try:
                await self.not_kept(Update.model_validate(raw, context={"bot": self.bot}))
            except ValidationError:
                log.error("update_not_understood", update_id=raw.get("update_id"))

    async def run(self) -> None:
        """Act on what waits, what an earlier life left included, until told to stop."""
        last = 0
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping.is_set():
                self.arrived.clear()
                batch = await inbox.waiting(self.db.read, last, BATCH)
                for one in batch:
                    last = one.update_id
                    line = self._lines.get(one.chat_id)
                    if line is None:
                        self._lines[one.chat_id] = deque([one])
                        tasks.create_task(self._drain(one.chat_id))
                    else:
                        line.append(one)
                if len(batch) < BATCH and not self._stopping.is_set():
                    await self.arrived.wait()

    def stop(self) -> None:
        """Finish what is in hand, begin nothing new."""
        self._stopping.set()
        self.arrived.set()

    async def _drain(self, chat: ChatId) -> None:
        line = self._lines[chat]
        while line and not self._stopping.is_set():
            one = line.popleft()
            async with self._room:
                await self._act(one)
        del self._lines[chat]

    async def _act(self, one: Waiting) -> None:
        with structlog.contextvars.bound_contextvars(update_id=one.update_id):
            try:
                update = Update.model_validate_json(one.body, context={"bot": self.bot})
            except ValidationError as error:
                log.error("update_not_understood", problems=[problem["loc"] for problem in error.errors()[:5]])
                await self._done(one)
                return
            try:
                await self._attempts(one, update)
            except Exception as error:
                log.exception("update_failed", cause=type(error).__name__)
                await self._done(one)

    async def _attempts(self, one: Waiting, update: Update) -> None:
        for number in range(ATTEMPTS):
            try:
                await self.dispatcher.feed_update(self.bot, update)
                await self._done(one)
                return
            except TelegramRetryAfter as error:
                pause: float = error.retry_after
                cause = "too many requests"
            except TelegramEntityTooLarge:
                raise
            except TelegramMigrateToChat as error:
                new = ChatId(error.migrate_to_chat_id)
                old = _asked_chat(error) or one.chat_id
                await self.moved(old, new)
                self.forms.drop(one.chat_id)
                one = _readdressed(one, old, new)
                update = Update.model_validate_json(one.body, context={"bot": self.bot})
                pause, cause = 0.0, "the group has moved"
            except (TelegramNetworkError, TelegramServerError, ClientDecodeError, sqlite3.OperationalError) as error:
                pause = BETWEEN_ATTEMPTS[min(number, len(BETWEEN_ATTEMPTS) - 1)]
                cause = f"{type(error).__name__}: {_safe(error)}"
            except TelegramForbiddenError as error:
                log.info("answer_refused", cause=error.message)
                await self._done(one)
                return
            except (TelegramBadRequest, TelegramNotFound) as error:
                log.error("answer_refused", cause=error.message)
                await self._done(one)
                return
            except TelegramUnauthorizedError:
                log.critical("token_not_accepted")
                return
            self.forms.drop(one.chat_id)
            log.warning("update_tried_again", cause=cause, attempt=number + 1)
            if await rung(self._stopping, self.clock, pause):
                return
        log.error("update_given_up")
        await self.apologize(update)
        await self._done(one)

    async def _done(self, one: Waiting) -> None:
        chat = one.chat_id
        waiting, now = self.forms.pending(chat), self.clock.now()

        def finish(connection: sqlite3.Connection) -> None:
            for key, state, fields in waiting:
                forms.save(connection, key, chat, state, fields, now)
            inbox.done(connection, one.update_id, now)

        await self._write_done(one.update_id, finish)
        self.forms.drop(chat)
        if one.update_id in self.db.forgetting:
            for pause in (*BETWEEN_ATTEMPTS, 0.0):
                if await self.db.checkpoint():
                    self.db.forgetting.discard(one.update_id)
                    return
                await self.clock.sleep(pause)
            log.error("log_not_emptied")

    async def _write_done(self, id: UpdateId, finish: Finish) -> None:
        """What cannot be marked done now is marked with the next write that goes well: it is not acted on again."""
        for pause in (*BETWEEN_ATTEMPTS, 0.0):
            overdue = self._undone | {id: finish}

            def work(connection: sqlite3.Connection, overdue: dict[UpdateId, Finish] = overdue) -> None:
                for write in overdue.values():
                    write(connection)

            try:
                await self.db.write(work)
            except sqlite3.OperationalError as error:
                log.error("done_not_written", cause=str(error))
                if await rung(self._stopping, self.clock, pause):
                    break
            else:
                self._written(overdue)
                return
        self._undone[id] = finish

    def _written(self, done: dict[UpdateId, Finish]) -> None:
        for id in done:
            self._undone.pop(id, None)


def chat_of(update: dict[str, Any]) -> ChatId:
    """The chat whose order an update keeps; a person's own when it belongs to no chat, else 0."""
    for name, event in update.items():
        if name == "update_id" or not isinstance(event, dict):
            continue
        message = event.get("message") if name == "callback_query" else event
        chat = (message or {}).get("chat") or event.get("chat") or event.get("from") or event.get("user") or {}
        return ChatId(int(chat.get("id", 0)))
    return ChatId(0)


def _asked_chat(error: TelegramMigrateToChat) -> ChatId | None:
    """The chat that moved: the one the refused request was for, wherever the update came from."""
    chat = getattr(error.method, "chat_id", None)
    return ChatId(chat) if isinstance(chat, int) else None


def _readdressed(one: Waiting, old: ChatId, new: ChatId) -> Waiting:
    """The update as it would have come under the new id. The numbers of old messages mean other messages there: what
    was written has number 0, to which nothing replies, and the message of a button cannot be reached any more."""
    if one.chat_id != old:
        return one
    body = _with_new_ids(orjson.loads(one.body), old, new)
    for name in ("message", "edited_message"):
        if isinstance(body.get(name), dict):
            body[name]["message_id"] = 0
    if isinstance(query := body.get("callback_query"), dict) and isinstance(query.get("message"), dict):
        query["message"] = {"chat": query["message"]["chat"], "message_id": 0, "date": 0}
    return replace(one, chat_id=new, body=orjson.dumps(body).decode())


def _with_new_ids(part: Any, old: ChatId, new: ChatId) -> Any:
    if isinstance(part, list):
        return [_with_new_ids(one, old, new) for one in part]
    if isinstance(part, dict):
        return {
            name: new if name == "id" and value == old else _with_new_ids(value, old, new)
            for name, value in part.items()
        }
    return part


def _safe(error: Exception) -> str:
    return str(error) if isinstance(error, sqlite3.Error) else type(error.__cause__ or error).__name__
