"""What people see: chats and messages, events as they happen, and what the bot sent."""

from contextlib import suppress

import orjson
from aiohttp import web

from bot.demo.people import Impossible, person_in
from bot.demo.sim.side import Side, answered, person_shown
from bot.demo.world import commands_shown, outline

BEAT_S = 15.0
"""How often a silent stream of events says that it is still there."""


class Looking(Side):
    """GET routes: nothing changes but what counts as read."""

    async def state(self, request: web.Request) -> web.Response:
        """Everything at a glance."""
        world = self.world
        user = world.bot.user()
        return answered({
            "n": world.journal.last_event,
            "bot": {key: user[key] for key in ("id", "username", "first_name")},
            "people": [person_shown(person) for person in world.people.values()],
            "chats": [outline(world, chat) for chat in world.chats.values() if chat.migrated_to is None],
            "faults": world.faults.as_json(),
            "now": world.now(),
        })  # fmt: skip

    async def messages(self, request: web.Request) -> web.Response:
        """What was said in a chat, oldest first; looking at the newest makes them read."""
        chat = self.world.chats.get(int(request.match_info["chat"]))
        if chat is None:
            raise Impossible("no such chat", 404)
        before = int(request.query.get("before", 0))
        limit = max(0, min(int(request.query.get("limit", 100)), 1000))
        found = [post for post in chat.posts.values() if not before or post.id < before]
        if not before:
            chat.unread = 0
        return answered({"messages": [self.world.seen(post) for post in found[len(found) - min(limit, len(found)) :]]})

    async def commands(self, request: web.Request) -> web.Response:
        """The commands menu as one person's phone shows it."""
        chat = self.chat(request)
        person = person_in(self.world, chat, int(request.query["person"]))
        return answered({"commands": commands_shown(self.world.bot, chat, person)})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-Sent Events from number `after`, or from now."""
        journal = self.world.journal
        given = request.headers.get("Last-Event-ID") or request.query.get("after")
        after = int(given) if given not in (None, "") else journal.last_event
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        with suppress(ConnectionResetError):  # the page was closed
            await response.prepare(request)
            await response.write(b": hello\n\n")
            while not journal.closed:
                found = await journal.news(after, BEAT_S)
                after = found[-1]["n"] if found else after
                lines = b"".join(b"id: %d\ndata: %b\n\n" % (event["n"], orjson.dumps(event)) for event in found)
                await response.write(lines or b": still here\n\n")
        return response

    async def poll(self, request: web.Request) -> web.Response:
        """Events from number `after`, waiting up to `timeout` seconds for the first."""
        journal = self.world.journal
        after = int(request.query.get("after", journal.last_event))
        return answered({"events": await journal.news(after, min(float(request.query.get("timeout", 0)), 60))})

    async def requests(self, request: web.Request) -> web.Response:
        """Every call of the bot: what did it send?"""
        journal = self.world.journal
        after = int(request.query.get("after", 0))
        method, chat_id = request.query.get("method", ""), request.query.get("chat_id")
        kept = journal.polls if method.lower() == "getupdates" else journal.requests
        found = [
            entry
            for entry in kept
            if entry["n"] > after
            and (not method or entry["method"].lower() == method.lower())
            and (chat_id is None or entry["chat_id"] == int(chat_id))
        ]
        return answered({"requests": found})

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        stored = self.world.files.by_id(request.match_info["file"])
        if stored is None:
            raise Impossible("no such file", 404)
        return web.Response(body=stored.content, content_type=stored.mime_type)
