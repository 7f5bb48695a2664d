"""Half-filled forms on SQLite: what a handler writes is kept together with "this update is done", or not at all."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from bot.domain.ids import ChatId
from bot.storage import forms
from bot.storage.database import Database

Form = tuple[str | None, dict[str, Any]]


class Forms(BaseStorage):
    """Writes wait in memory, by chat, until the inbox commits them (`pending`) or drops them.

    Updates of one chat are handled one after another, so what waits for a chat belongs to the update in hand."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._keys = DefaultKeyBuilder(with_bot_id=False, with_destiny=True)
        self._waiting: dict[ChatId, dict[str, Form]] = {}

    def pending(self, chat: ChatId) -> list[tuple[str, str | None, str]]:
        """Key, state and fields (JSON) of each form that the update in hand has changed."""
        return [
            (key, state, json.dumps(fields, ensure_ascii=False))
            for key, (state, fields) in self._waiting.get(chat, {}).items()
        ]

    def drop(self, chat: ChatId) -> None:
        """Forget what waits for this chat: it is committed, or its update is tried again."""
        self._waiting.pop(chat, None)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        _old, fields = await self._form(key)
        self._put(key, state.state if isinstance(state, State) else state, fields)

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._form(key))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        if not isinstance(data, dict):
            raise DataNotDictLikeError(f"Data must be a dict, not {type(data).__name__}")
        state, _old = await self._form(key)
        self._put(key, state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict((await self._form(key))[1])

    async def close(self) -> None:
        """The database closes later than the dispatcher; nothing to do here."""

    def _put(self, key: StorageKey, state: str | None, fields: dict[str, Any]) -> None:
        self._waiting.setdefault(ChatId(key.chat_id), {})[self._keys.build(key)] = (state, fields)

    async def _form(self, key: StorageKey) -> Form:
        name = self._keys.build(key)
        waiting = self._waiting.get(ChatId(key.chat_id), {}).get(name)
        if waiting is not None:
            return waiting
        stored = await forms.form(self._db.read, name)
        return (None, {}) if stored is None else (stored[0], json.loads(stored[1]))
