"""What people say and press: messages, files, edits, reactions, votes, buttons, queries."""

import asyncio
import re
from typing import Any

from aiohttp import web

from bot.demo import people
from bot.demo.people import Impossible, person_in
from bot.demo.sim.side import Side, answered, body_of, only
from bot.demo.world import Chat, Person, Post, Query, Standing

ANSWER_WITHIN_S = 10.0
DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
MEDIA_KINDS = frozenset({"photo", "voice", "document", "video", "audio"})


class Speaking(Side):
    """POST routes of what is said and pressed in chats."""

    async def send(self, request: web.Request) -> web.Response:
        """A person says something."""
        body = await body_of(request)
        only(body, "from", "text", "reply_to", "sticker", "contact", "location", "entities", "via_deep_link",
                 "message_thread_id", "inline_result")  # fmt: skip
        chat = self.chat(request)
        person = person_in(self.world, chat, int(body["from"]))
        content = self._content(body, person) | people.replied(chat, body.get("reply_to"))
        post, number = people.says(self.world, chat, person, content, body.get("message_thread_id"))
        return answered({"message": self.world.seen(post), "update_id": number})

    def _content(self, body: dict[str, Any], person: Person) -> dict[str, Any]:
        if (slug := body.get("via_deep_link")) is not None:
            if not DEEP_LINK.fullmatch(str(slug)):
                raise Impossible("a deep link has 1-64 of A-Z a-z 0-9 _ -")
            return people.words(f"/start {slug}", None)
        if body.get("text") is not None:
            return people.words(str(body["text"]), body.get("entities"))
        if emoji := body.get("sticker"):
            sticker = self.world.files.keep("sticker", f"sticker {emoji}".encode(), "sticker.webp")
            return {"sticker": sticker | {"emoji": emoji}}
        if (contact := body.get("contact")) is not None:
            own = {"first_name": person.first_name, "user_id": person.id}
            return {"contact": {"phone_number": str(contact["phone_number"])} | own | dict(contact)}
        if (point := body.get("location")) is not None:
            return {"location": {name: float(point[name]) for name in ("latitude", "longitude")}}
        if (result := body.get("inline_result")) is not None:
            return people.shared(self.world, result)
        raise Impossible("nothing is said")

    async def upload(self, request: web.Request) -> web.Response:
        """A person sends a photo, several of them as an album, a recording or a file."""
        form = await request.post()
        chat = self.chat(request)
        person = person_in(self.world, chat, int(str(form["from"])))
        kind = str(form.get("kind", "document"))
        if kind not in MEDIA_KINDS:
            raise Impossible(f"kind is one of {', '.join(sorted(MEDIA_KINDS))}")
        files = [one for one in form.getall("file", []) if isinstance(one, web.FileField)]
        if not files:
            raise Impossible("there is no file")
        caption = str(form.get("caption", ""))
        reply_to = form.get("reply_to")
        album = {"media_group_id": str(self.world.moment() * 1000 + self.world.journal.last_event)}
        sent, numbers = [], []
        for place, file in enumerate(files):
            kept = self.world.files.keep(kind, file.file.read(), file.filename, file.content_type)
            content = {kind: kept} | (people.words(caption, None, "caption") if caption and not place else {})
            content |= album if len(files) > 1 else {}
            content |= people.replied(chat, int(str(reply_to)) if reply_to else None)
            post, number = people.says(self.world, chat, person, content)
            sent.append(self.world.seen(post))
            numbers.append(number)
        return answered({"messages": sent, "update_ids": numbers})

    async def edit(self, request: web.Request) -> web.Response:
        """A person changes what they said."""
        body, chat = await body_of(request), self.chat(request)
        person = person_in(self.world, chat, int(body["from"]))
        post = self.post(request, chat)
        number = people.edits(self.world, chat, person, post, str(body["text"]))
        return answered({"message": self.world.seen(post), "update_id": number})

    async def react(self, request: web.Request) -> web.Response:
        """A person reacts to a message."""
        body, chat = await body_of(request), self.chat(request)
        person = person_in(self.world, chat, int(body["from"]))
        number = people.reacts(self.world, chat, person, self.post(request, chat), body.get("emoji"))
        return answered({"update_id": number})

    async def vote(self, request: web.Request) -> web.Response:
        """A person votes."""
        body, chat = await body_of(request), self.chat(request)
        person = person_in(self.world, chat, int(body["from"]))
        post = self.post(request, chat)
        number = people.votes(self.world, chat, person, post, [int(one) for one in body["options"]])
        return answered({"message": self.world.seen(post), "update_id": number})

    async def delete(self, request: web.Request) -> web.Response:
        """A person deletes a message."""
        body, chat = await body_of(request), self.chat(request)
        people.deletes(self.world, chat, person_in(self.world, chat, int(body["from"])), self.post(request, chat))
        return answered({"deleted": True})

    # pressing

    async def press(self, request: web.Request) -> web.Response:
        """A person presses a button under a message and waits for the bot's word."""
        body, chat = await body_of(request), self.chat(request)
        person = person_in(self.world, chat, int(body["from"]))
        post = self.post(request, chat)
        chat.unread = 0
        if (pressed := body.get("callback_data")) is None:
            rows = post.message.get("reply_markup", {}).get("inline_keyboard", [])
            row, column = int(body["row"]), int(body["column"])
            if not 0 <= row < len(rows) or not 0 <= column < len(rows[row]):
                raise Impossible("there is no such button", 404)
            button = rows[row][column]
            if "callback_data" not in button:
                return answered(_opened(button))
            pressed = button["callback_data"]
        if chat.bot is Standing.KICKED or chat.bot is Standing.LEFT:
            return answered({"answer": None, "update_id": None})
        return answered(await self._asked(chat, person, post, str(pressed)))

    async def _asked(self, chat: Chat, person: Person, post: Post, pressed: str) -> dict[str, Any]:
        world = self.world
        shared = "via_bot" in post.message
        content: dict[str, Any] = {
            "from": person.user(),
            "chat_instance": str(chat.id * 7919),
            "data": pressed,
            **({"inline_message_id": f"{chat.id}_{post.id}"} if shared else {"message": post.message}),
        }
        query, number = self._query("callback_query", person, chat.id, content)
        if number is not None:
            await self._wait(query)
        world.queries = {one: kept for one, kept in world.queries.items() if world.now() - kept.at < 3600}
        return {"answer": query.answer, "update_id": number}

    def _query(
        self, kind: str, person: Person, chat_id: int | None, content: dict[str, Any]
    ) -> tuple[Query, int | None]:
        world = self.world
        query = Query(world.fresh_query_id(), person.id, chat_id, world.now())
        query.waiting = asyncio.get_running_loop().create_future()
        world.queries[query.id] = query
        return query, world.updates.add(kind, {"id": query.id} | content)

    async def _wait(self, query: Query) -> None:
        try:
            await asyncio.wait_for(query.waiting, ANSWER_WITHIN_S)
        except TimeoutError:
            return

    async def inline(self, request: web.Request) -> web.Response:
        """A person types the bot's name and a query in any chat; what the bot offers."""
        body = await body_of(request)
        person = self.person(int(body["from"]))
        content = {"from": person.user(), "query": str(body.get("query", "")), "offset": str(body.get("offset", ""))}
        query, number = self._query("inline_query", person, None, content | {"chat_type": "sender"})
        if number is not None:
            await self._wait(query)
        return answered({"answer": query.answer, "update_id": number})


def _opened(button: dict[str, Any]) -> dict[str, Any]:
    """What pressing a button does that asks the bot nothing."""
    match button:
        case {"url": url} | {"web_app": {"url": url}} | {"login_url": {"url": url}}:
            return {"opened": url}
        case {"copy_text": {"text": text}}:
            return {"copied": text}
        case {"switch_inline_query": query} | {"switch_inline_query_current_chat": query}:
            return {"switch_inline": query}
        case {"switch_inline_query_chosen_chat": chosen}:
            return {"switch_inline": chosen.get("query", "")}
    return {"nothing": True}
