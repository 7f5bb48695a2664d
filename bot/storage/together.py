"""What many ask for at the same moment is read in one statement: at a thousand letters a second a look for each would
cost more than the letters."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=int)
Found = TypeVar("Found")


class _LetDown(Exception):
    """Whoever was to read for the others was cancelled."""


class Together(Generic[Key, Found]):
    """`await together(key)` reads now, never from a memory; all who ask in the same turn of the loop share a query."""

    def __init__(self, read: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Found]]]) -> None:
        self._read = read
        self._asking: dict[Key, asyncio.Future[Found | None]] = {}

    async def __call__(self, key: Key) -> Found | None:
        """What stands under this key now, or None. Raises what reading raises."""
        while self._asking:
            answer = self._asking.setdefault(key, asyncio.get_running_loop().create_future())
            try:
                return await asyncio.shield(answer)
            except _LetDown:
                continue
        self._asking[key] = asyncio.get_running_loop().create_future()
        return await self._read_for_all(key)

    async def _read_for_all(self, key: Key) -> Found | None:
        asked = self._asking
        try:
            await asyncio.sleep(0)  # everybody whose turn it is now joins
            self._asking = {}
            found = await self._read(tuple(asked))
        except BaseException as error:
            self._asking = {} if self._asking is asked else self._asking
            why = _LetDown() if isinstance(error, asyncio.CancelledError) else error
            for one, answer in asked.items():
                if one != key and not answer.done():
                    answer.set_exception(why)
            raise
        for one, answer in asked.items():
            if not answer.done():
                answer.set_result(found.get(one))
        return found.get(key)
