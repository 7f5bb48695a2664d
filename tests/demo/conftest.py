"""A town of the demo's people, reached by HTTP only."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer

from bot.demo import characters
from bot.demo.server import build_app
from bot.demo.world import World
from tests.demo.pages import one_browser, one_demo

__all__ = ["one_browser", "one_demo"]

TOKEN = "7000000001:for-tests"


class Town:
    """What the bot does by its methods and what people do by /sim."""

    def __init__(self, client: TestClient, world: World) -> None:
        self.client = client
        self.world = world
        self.base = str(client.make_url("")).rstrip("/")
        self.offset = 0

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer to a call with a JSON body."""
        async with self.client.post(f"/bot{TOKEN}/{method}", json=params) as response:
            return await response.json()

    async def did(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """The words of a call that must be refused."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return answer["description"]

    async def form(self, method: str, files: dict[str, tuple[str, bytes]], **params: Any) -> dict[str, Any]:
        """The whole answer to a multipart call."""
        form = FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, content) in files.items():
            form.add_field(name, content, filename=filename)
        async with self.client.post(f"/bot{TOKEN}/{method}", data=form) as response:
            return await response.json()

    async def sim(self, path: str, **body: Any) -> dict[str, Any]:
        """The answer of a POST under /sim, which must succeed."""
        async with self.client.post(f"/sim{path}", json=body) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer

    async def cannot(self, path: str, **body: Any) -> str:
        """The words of a POST under /sim that must fail with 4xx."""
        async with self.client.post(f"/sim{path}", json=body) as response:
            assert 400 <= response.status < 500, await response.text()
            return (await response.json())["error"]

    async def seen(self, path: str, **query: Any) -> dict[str, Any]:
        """The answer of a GET under /sim."""
        async with self.client.get(f"/sim{path}", params=query) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def say(self, chat: int, text: str, by: int | None = None, **more: Any) -> dict[str, Any]:
        """A person says something; in a private chat its person."""
        return await self.sim(f"/chats/{chat}/send", **{"from": by or chat, "text": text}, **more)

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """The updates that wait, confirmed at the next look."""
        found = await self.did("getUpdates", offset=self.offset, **params)
        self.offset = found[-1]["update_id"] + 1 if found else self.offset
        return found

    async def started(self, person: int = characters.CANDIDATE_KY) -> int:
        """A private chat that has been started, its update confirmed; its id."""
        await self.say(person, "/start")
        await self.updates()
        await self.updates()
        return person

    async def chat(self, chat_id: int) -> dict[str, Any]:
        """A chat as /sim/state lists it."""
        return next(one for one in (await self.seen("/state"))["chats"] if one["id"] == chat_id)

    async def messages(self, chat_id: int) -> list[dict[str, Any]]:
        """What stands in a chat."""
        return (await self.seen(f"/chats/{chat_id}/messages"))["messages"]


async def opened(world: World) -> AsyncIterator[Town]:
    async with TestClient(TestServer(build_app(world))) as client:
        yield Town(client, world)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """The demo's cast."""
    async for one in opened(characters.cast()):
        yield one


@pytest.fixture
async def chat(town: Town) -> int:
    """The private chat of the candidate who writes Kyrgyz, started."""
    return await town.started()


@pytest.fixture
def group() -> int:
    """The initiative group's chat."""
    return characters.GROUP
