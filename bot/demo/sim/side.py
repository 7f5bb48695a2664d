"""What the routes of the people's side share: the world, what stands in an address, answers and complaints."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from bot.demo.people import Impossible, chat_at, post_at
from bot.demo.refusals import Refused
from bot.demo.world import Chat, Person, Post, World

Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answered(body: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def spoken(route: Route) -> Route:
    """What a person cannot do becomes {"error": …} with its status."""

    async def wrapped(request: web.Request) -> web.StreamResponse:
        try:
            return await route(request)
        except Impossible as impossible:
            return answered({"error": str(impossible)}, impossible.status)
        except Refused as refused:
            return answered({"error": refused.description}, refused.code)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            return answered({"error": f"this cannot be understood: {type(wrong).__name__} {wrong}"}, 400)

    return wrapped


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request; raises Impossible."""
    text = await request.read()
    body = orjson.loads(text) if text else {}
    if not isinstance(body, dict):
        raise Impossible("a JSON object is expected")
    return body


def only(body: dict[str, Any], *names: str) -> None:
    """Raises Impossible when the object has other keys than these."""
    if unknown := set(body) - set(names):
        raise Impossible(f"unknown keys: {', '.join(sorted(unknown))}")


class Side:
    """Routes under /sim for one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def chat(self, request: web.Request) -> Chat:
        """The chat in the address; raises Impossible."""
        return chat_at(self.world, int(request.match_info["chat"]))

    def post(self, request: web.Request, chat: Chat) -> Post:
        """The message in the address; raises Impossible."""
        return post_at(chat, int(request.match_info["message"]))

    def person(self, person_id: int) -> Person:
        """The person of this id; raises Impossible."""
        person = self.world.people.get(person_id)
        if person is None:
            raise Impossible("no such person", 404)
        return person


def person_shown(person: Person) -> dict[str, Any]:
    """A person as /sim/state lists them."""
    user = person.user()
    del user["is_bot"]
    shown = user | {"language_code": person.language_code, "about": person.about}
    return shown | ({"deactivated": True} if person.deactivated else {})
