"""Who is there: people and groups appear, come and go; trouble is switched on; the world is emptied."""

from aiohttp import web

from bot.demo import people
from bot.demo.people import Impossible, person_in
from bot.demo.sim.side import Side, answered, body_of, only, person_shown
from bot.demo.world import Chat, ChatType, Person, Standing, outline


class Moving(Side):
    """POST routes of coming and going, and of the server itself."""

    async def add_person(self, request: web.Request) -> web.Response:
        """Somebody new."""
        body = await body_of(request)
        only(body, "first_name", "last_name", "language_code", "id", "username", "is_premium", "about")
        person_id = int(body.pop("id", None) or self.world.fresh_person_id())
        if person_id in self.world.people or person_id <= 0:
            raise Impossible("this id is taken", 409)
        person = Person(id=person_id, **body)
        chat = self.world.add_person(person)
        self.world.tell_chat(chat)
        return answered({"person": person_shown(person), "chat": outline(self.world, chat)})

    async def change_person(self, request: web.Request) -> web.Response:
        """Another name, another language of the phone, or an account that is no more."""
        body = await body_of(request)
        only(body, "first_name", "last_name", "language_code", "username", "is_premium", "deactivated")
        person = self.person(int(request.match_info["person"]))
        for name, value in body.items():
            setattr(person, name, value)
        self.world.tell_chat(self.world.chats[person.id])
        return answered({"person": person_shown(person)})

    async def add_group(self, request: web.Request) -> web.Response:
        """A new group; the bot is not in it yet."""
        body = await body_of(request)
        only(body, "title", "members", "admins", "type", "is_forum", "id", "username")
        kind = ChatType(body.get("type", "group"))
        if kind is ChatType.PRIVATE:
            raise Impossible("a group is a group or a supergroup")
        admins = [self.person(int(one)).id for one in body.get("admins", ())]
        members = {self.person(int(one)).id: Standing.MEMBER for one in body.get("members", ())}
        members |= dict.fromkeys(admins[1:], Standing.ADMINISTRATOR) | dict.fromkeys(admins[:1], Standing.CREATOR)
        if not members:
            raise Impossible("a group has members")
        chat_id = int(body.get("id") or self.world.fresh_group_id(kind))
        if chat_id in self.world.chats or chat_id >= 0:
            raise Impossible("this id is taken", 409)
        forum = bool(body.get("is_forum")) and kind is ChatType.SUPERGROUP
        chat = self.world.add_group(
            Chat(chat_id, kind, title=str(body["title"]), members=members, is_forum=forum,
                 username=body.get("username"))
        )  # fmt: skip
        self.world.tell_chat(chat)
        return answered({"chat": outline(self.world, chat)})

    async def move_bot(self, request: web.Request) -> web.Response:
        """The bot is added, promoted, removed; in a private chat blocked or unblocked."""
        body, chat = await body_of(request), self.chat(request)
        actor = person_in(self.world, chat, int(body["by"]))
        number = people.moves_bot(self.world, chat, actor, Standing(body["status"]))
        return answered({"chat": outline(self.world, chat), "update_id": number})

    async def move_person(self, request: web.Request) -> web.Response:
        """Somebody joins, leaves, is promoted."""
        body, chat = await body_of(request), self.chat(request)
        actor, person = self.person(int(body["by"])), self.person(int(body["person"]))
        number = people.moves_person(self.world, chat, actor, person, Standing(body["status"]))
        return answered({"chat": outline(self.world, chat), "update_id": number})

    async def migrate(self, request: web.Request) -> web.Response:
        """A group becomes a supergroup."""
        return answered({"chat": outline(self.world, people.migrates(self.world, self.chat(request)))})

    # trouble

    async def faults(self, request: web.Request) -> web.Response:
        """The trouble that is switched on."""
        if request.method == "POST":
            self.world.faults.change(await body_of(request))
        return answered(self.world.faults.as_json())

    async def release(self, request: web.Request) -> web.Response:
        """Held calls go on."""
        return answered({"released": self.world.faults.release()})

    async def reset(self, request: web.Request) -> web.Response:
        """An empty world."""
        self.world.empty()
        self.world.journal.tell("gap", None)
        return answered({"n": self.world.journal.last_event})
