"""The little world the bot lives in: people, chats, what was said in them, and the one bot."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.demo.faults import Faults
from bot.demo.files import Files
from bot.demo.journal import Journal
from bot.demo.updates import FIRST_MOMENT, Updates

POSTS_KEPT = 2_000
"""Messages kept of one chat; older ones are as good as deleted."""

CHATS_TOLD = 200
"""Up to how many chats a change of the bot's commands is told about."""


class ChatType(StrEnum):
    """Telegram's kinds of chats that this world has."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Standing(StrEnum):
    """How somebody stands in a chat; NONE is a stranger who never was in it."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"
    NONE = "none"


INSIDE = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR, Standing.MEMBER})
ADMINS = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR})


@dataclass(slots=True)
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    language_code: str = "ru"
    last_name: str | None = None
    username: str | None = None
    is_premium: bool = False
    about: dict[str, str] = field(default_factory=dict)
    deactivated: bool = False

    def user(self) -> dict[str, Any]:
        """Telegram's User."""
        shown: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            shown["last_name"] = self.last_name
        if self.username:
            shown["username"] = self.username
        if self.language_code:
            shown["language_code"] = self.language_code
        if self.is_premium:
            shown["is_premium"] = True
        return shown


@dataclass(slots=True)
class Post:
    """A message in a chat, and what Telegram remembers of it beside its JSON."""

    message: dict[str, Any]
    by_bot: bool
    by: int
    known: bool = True
    withheld: bool = False
    service: bool = False
    fixed: bool = False
    silent: bool = False
    preview: Any = None
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The message's number in its chat."""
        return int(self.message["message_id"])

    def reacted(self) -> list[dict[str, Any]]:
        """Every reaction on the message: whose and which."""
        return [{"by": who, "reaction": one} for who, chosen in self.reactions.items() for one in chosen]


@dataclass(slots=True)
class Chat:
    """A private chat of one person with the bot, or a group."""

    id: int
    type: ChatType
    title: str | None = None
    person: int | None = None
    username: str | None = None
    members: dict[int, Standing] = field(default_factory=dict)
    bot: Standing = Standing.NONE
    is_forum: bool = False
    migrated_to: int | None = None
    next_message: int = 1
    posts: dict[int, Post] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None
    unread: int = 0
    pinned: list[int] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

    @property
    def private(self) -> bool:
        """Whether it is one person's chat with the bot."""
        return self.type is ChatType.PRIVATE

    def inside(self, person: int) -> bool:
        """Whether this person is in the chat."""
        return self.members.get(person, Standing.NONE) in INSIDE

    def last(self) -> Post | None:
        """The newest message, if there is one."""
        return next(reversed(self.posts.values()), None)


@dataclass(slots=True)
class Query:
    """A pressed button that waits for its answer."""

    id: str
    person: int
    chat_id: int | None
    at: float
    answer: dict[str, Any] | None = None
    waiting: Any = None


@dataclass(slots=True)
class Bot:
    """What the bot is called and has set for itself; languages and scopes are keys."""

    id: int = 7_000_000_001
    username: str = "kenesh_demo_bot"
    names: dict[str, str] = field(default_factory=lambda: {"": "Кеңеш"})
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[tuple[Any, ...], str], list[dict[str, Any]]] = field(default_factory=dict)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    privacy: bool = True
    inline: bool = True

    def user(self) -> dict[str, Any]:
        """Telegram's User for the bot."""
        return {"id": self.id, "is_bot": True, "first_name": self.names[""], "username": self.username}


class World:
    """All there is. `clock` gives seconds since 1970, `token` (if given) is the only one let in."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        token: str | None = None,
    ) -> None:
        self.clock = clock
        self.monotonic = monotonic
        self.token = token
        self.journal = Journal()
        self.faults = Faults()
        self.updates = Updates(self.now)
        self._people_made = 0
        self._groups_made = 0
        self._queries_made = 0
        self.empty()

    def empty(self) -> None:
        """Forget everybody and everything said; numbers of events and requests go on."""
        self.bot = Bot()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.queries: dict[str, Query] = {}
        self.polls: dict[str, Any] = {}
        self.faults.release()
        self.faults = Faults()
        self.updates.clear()
        self.updates.allowed = frozenset()
        self.updates.webhook = {}

    def now(self) -> float:
        """Seconds since 1970, with the shift of the faults."""
        return self.clock() + self.faults.clock_shift_s

    def moment(self) -> int:
        """The present as Telegram's dates have it."""
        return int(self.now())

    def user(self, user_id: int) -> dict[str, Any] | None:
        """The User of a person or the bot, None for a stranger."""
        if user_id == self.bot.id:
            return self.bot.user()
        person = self.people.get(user_id)
        return person.user() if person else None

    def add_person(self, person: Person) -> Chat:
        """Somebody comes into the world, with a private chat in which nothing has been said yet."""
        self.people[person.id] = person
        chat = Chat(person.id, ChatType.PRIVATE, person=person.id, members={person.id: Standing.MEMBER})
        return self._add_chat(chat)

    def add_group(self, chat: Chat) -> Chat:
        """A group comes into the world."""
        return self._add_chat(chat)

    def _add_chat(self, chat: Chat) -> Chat:
        chat.next_message = max(1, int((self.now() - FIRST_MOMENT) * 8))
        self.chats[chat.id] = chat
        return chat

    def fresh_person_id(self) -> int:
        """An id for a person nobody has yet."""
        while True:
            self._people_made += 1
            candidate = 5_100_000_000 + self._people_made
            if candidate not in self.people:
                return candidate

    def fresh_group_id(self, kind: ChatType) -> int:
        """An id for a group nobody has yet: negative, of a supergroup -100…"""
        while True:
            self._groups_made += 1
            base = -1_002_100_000_000 if kind is ChatType.SUPERGROUP else -4_100_000_000
            if base - self._groups_made not in self.chats:
                return base - self._groups_made

    def fresh_query_id(self) -> str:
        """An id for a pressed button or a typed query."""
        self._queries_made += 1
        return str(self.bot.id * 1000 + int(self.now() * 1000) % 1_000_000_000 + self._queries_made)

    def shown(self, chat: Chat) -> dict[str, Any]:
        """Telegram's Chat."""
        if chat.private and chat.person is not None:
            user = self.people[chat.person].user()
            kept = {key: user[key] for key in ("id", "first_name", "last_name", "username") if key in user}
            return kept | {"type": "private"}
        shown: dict[str, Any] = {"id": chat.id, "title": chat.title, "type": str(chat.type)}
        if chat.username:
            shown["username"] = chat.username
        if chat.is_forum:
            shown["is_forum"] = True
        return shown

    def member(self, chat: Chat, user_id: int) -> dict[str, Any]:
        """Telegram's ChatMember for a person or the bot."""
        standing = chat.bot if user_id == self.bot.id else chat.members.get(user_id, Standing.NONE)
        return member_of_standing(self.user(user_id) or {}, standing)

    def post(self, chat: Chat, sender: int, content: dict[str, Any], **remembered: Any) -> Post:
        """Put a message into a chat and tell those who look on. Nobody's update is made here."""
        by_bot = sender == self.bot.id
        message: dict[str, Any] = {
            "message_id": chat.next_message,
            "from": self.user(sender),
            "chat": self.shown(chat),
            "date": self.moment(),
        }
        message |= content
        chat.next_message += 1
        post = Post(message, by_bot, sender, **remembered)
        chat.posts[post.id] = post
        if len(chat.posts) > POSTS_KEPT:
            del chat.posts[next(iter(chat.posts))]
        if by_bot:
            chat.unread += 1
        self.journal.tell("message", chat.id, message=self.seen(post))
        return post

    def seen(self, post: Post) -> dict[str, Any]:
        """The message as people's pages read it: with its reactions, the votes in its poll, and the word that
        privacy mode kept it from the bot."""
        shown = dict(post.message)
        if reactions := post.reacted():
            shown["reactions"] = reactions
        if (poll := post.message.get("poll")) and (kept := self.polls.get(poll["id"])):
            shown["votes"] = [{"by": who, "options": chosen} for who, chosen in kept.votes.items()]
        if post.withheld:
            shown["unseen_by_bot"] = True
        return shown

    def change(self, chat: Chat, post: Post, content: dict[str, Any], gone: tuple[str, ...] = ()) -> None:
        """Change a message in place and tell those who look on; `gone` names the fields it loses."""
        post.message = {key: value for key, value in post.message.items() if key not in gone} | content
        self.journal.tell("edited", chat.id, message=self.seen(post))

    def react(self, chat: Chat, post: Post, who: int, chosen: list[dict[str, Any]]) -> None:
        """Somebody's reactions on a message become these; those who look on are told."""
        post.reactions[who] = chosen
        self.journal.tell("reaction", chat.id, message_id=post.id, reactions=post.reacted())

    def remove(self, chat: Chat, post: Post) -> None:
        """Take a message out of a chat and tell those who look on."""
        del chat.posts[post.id]
        if post.id in chat.pinned:
            chat.pinned.remove(post.id)
        self.journal.tell("deleted", chat.id, message_id=post.id)

    def tell_chat(self, chat: Chat) -> None:
        """Tell those who look on how a chat stands now."""
        self.journal.tell("chat", chat.id, chat=outline(self, chat))

    def groups_of(self, person: int) -> Iterator[Chat]:
        """The groups this person is in."""
        return (chat for chat in self.chats.values() if not chat.private and chat.inside(person))


def outline(world: World, chat: Chat) -> dict[str, Any]:
    """A chat as people's pages list it (the shape of /sim/state)."""
    last = chat.last()
    shown: dict[str, Any] = {"id": chat.id, "type": str(chat.type)}
    if chat.title:
        shown["title"] = chat.title
    if chat.person is not None:
        phone = world.people[chat.person].language_code
        shown["description"] = in_language(world.bot.descriptions, phone)
        shown["short_description"] = in_language(world.bot.short_descriptions, phone)
    shown |= {
        "person": chat.person,
        "members": [{"id": one, "status": str(how)} for one, how in chat.members.items() if how in INSIDE],
        "bot_status": str(chat.bot),
        "blocked": chat.private and chat.bot is Standing.KICKED,
        "unread": chat.unread,
        "last": world.seen(last) if last else None,
        "commands": commands_shown(world.bot, chat, world.people.get(plain_member(chat))),
        "keyboard": chat.keyboard,
    }
    if chat.migrated_to is not None:
        shown["migrated_to"] = chat.migrated_to
    return shown


def plain_member(chat: Chat) -> int:
    """Whose phone stands for the chat: its person, in a group the first who is no administrator."""
    if chat.person is not None:
        return chat.person
    inside = [one for one, how in chat.members.items() if how in INSIDE]
    return next((one for one in inside if chat.members[one] not in ADMINS), inside[0] if inside else 0)


def in_language(texts: dict[str, str], phone: str) -> str:
    """Which of the bot's texts a phone of this language shows: its own language's, else the one for all."""
    return texts.get(phone.partition("-")[0]) or texts.get("", "")


def commands_shown(bot: Bot, chat: Chat, person: Person | None) -> list[dict[str, Any]]:
    """The commands a person's phone shows in a chat: the narrowest scope wins, in it the phone's language
    (https://core.telegram.org/bots/api#determining-list-of-commands)."""
    if not bot.commands or person is None:
        return []
    scopes: list[tuple[Any, ...]]
    if chat.private:
        scopes = [("chat", chat.id), ("all_private_chats",)]
    else:
        admin = chat.members.get(person.id) in ADMINS
        scopes = [("chat_member", chat.id, person.id)]
        scopes += [("chat_administrators", chat.id)] if admin else []
        scopes += [("chat", chat.id)]
        scopes += [("all_chat_administrators",)] if admin else []
        scopes += [("all_group_chats",)]
    scopes.append(("default",))
    language = person.language_code.partition("-")[0]
    for scope in scopes:
        for code in (language, ""):
            if found := bot.commands.get((scope, code)):
                return found
    return []


def member_of_standing(user: dict[str, Any], standing: Standing) -> dict[str, Any]:
    """Telegram's ChatMember of a user who stands so."""
    status = Standing.LEFT if standing is Standing.NONE else standing
    shown: dict[str, Any] = {"user": user, "status": str(status)}
    if standing is Standing.CREATOR:
        shown["is_anonymous"] = False
    elif standing is Standing.KICKED:
        shown["until_date"] = 0
    elif standing is Standing.ADMINISTRATOR:
        shown |= {"can_be_edited": False, "is_anonymous": False}
        shown |= dict.fromkeys(
            (
                "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
                "can_change_info", "can_invite_users", "can_pin_messages",
            ),
            True,
        )  # fmt: skip
        shown |= dict.fromkeys(
            ("can_promote_members", "can_post_stories", "can_edit_stories", "can_delete_stories"), False
        )
    return shown
