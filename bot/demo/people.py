"""What people do: speak, edit, delete, react, vote, come and go. And what of it the bot gets to know."""

from typing import Any

from bot.demo.entities import settled
from bot.demo.methods.queries import offered
from bot.demo.text import Formatted, slice_of, utf16_length
from bot.demo.world import (
    ADMINS,
    INSIDE,
    Chat,
    ChatType,
    Person,
    Post,
    Standing,
    World,
    member_of_standing,
)

SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "group_chat_created",
    "pinned_message", "new_chat_title",
})  # fmt: skip


class Impossible(Exception):
    """A person cannot do this; `status` is the HTTP status to say so with."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


def chat_at(world: World, chat_id: int) -> Chat:
    """The chat of this id; raises Impossible."""
    chat = world.chats.get(chat_id)
    if chat is None:
        raise Impossible("no such chat", 404)
    if chat.migrated_to is not None:
        raise Impossible(f"the group has become the supergroup {chat.migrated_to}", 410)
    return chat


def person_in(world: World, chat: Chat, person_id: int) -> Person:
    """The person, if in this chat; raises Impossible."""
    person = world.people.get(person_id)
    if person is None:
        raise Impossible("no such person", 404)
    if not chat.inside(person_id):
        raise Impossible("this person is not in the chat", 403)
    if person.deactivated:
        raise Impossible("this person's account is deactivated", 403)
    return person


def post_at(chat: Chat, message_id: int) -> Post:
    """The message of this number; raises Impossible."""
    post = chat.posts.get(message_id)
    if post is None:
        raise Impossible("no such message", 404)
    return post


def reaches_bot(world: World, chat: Chat, message: dict[str, Any]) -> bool:
    """Whether a person's message comes to the bot: in groups privacy mode keeps most of them back
    (https://core.telegram.org/bots/features#privacy-mode)."""
    if chat.bot not in INSIDE:
        return False
    if chat.private or chat.bot is Standing.ADMINISTRATOR or not world.bot.privacy:
        return True
    if any(name in message for name in SERVICE):
        return True
    replied = message.get("reply_to_message")
    if replied and replied["from"]["id"] == world.bot.id:
        return True
    if message.get("via_bot", {}).get("id") == world.bot.id:
        return True
    return _speaks_to_bot(world, message)


def _speaks_to_bot(world: World, message: dict[str, Any]) -> bool:
    own = world.bot.username.lower()
    text = message.get("text") or message.get("caption") or ""
    for entity in message.get("entities") or message.get("caption_entities") or ():
        part = slice_of(text, entity).lower()
        match entity["type"]:
            case "bot_command":
                _, at, name = part.partition("@")
                if not at or name == own:
                    return True
            case "mention" if part == f"@{own}":
                return True
            case "text_mention" if entity.get("user", {}).get("id") == world.bot.id:
                return True
    return False


def words(text: str, entities: list[dict[str, Any]] | None, name: str = "text") -> dict[str, Any]:
    """A person's text as fields of a Message; raises Impossible when it is empty or too long."""
    done = settled(Formatted(text, tuple(entities or ())), find=not entities)
    limit = 4096 if name == "text" else 1024
    if not done.text:
        raise Impossible("nothing is said")
    if utf16_length(done.text) > limit:
        raise Impossible(f"a {name} has at most {limit} UTF-16 units")
    return done.fields(name, "entities" if name == "text" else "caption_entities")


def shared(world: World, result: dict[str, Any]) -> dict[str, Any]:
    """A result of an inline query that a person has chosen, as fields of a Message; raises Impossible."""
    content = offered(world, result)
    if "text" not in content:
        raise Impossible("only results with a message_text are imitated")
    return content


def replied(chat: Chat, message_id: int | None) -> dict[str, Any]:
    """What a reply carries of the message it answers."""
    if message_id is None:
        return {}
    post = post_at(chat, message_id)
    return {"reply_to_message": {key: value for key, value in post.message.items() if key != "reply_to_message"}}


def says(
    world: World, chat: Chat, person: Person, content: dict[str, Any], thread: int | None = None
) -> tuple[Post, int | None]:
    """A person puts a message into a chat; the update's number, or None when the bot does not get it."""
    if chat.private:
        if chat.bot is Standing.KICKED:
            raise Impossible("the bot is blocked here; unblock it first", 409)
        if chat.bot is Standing.NONE:
            chat.bot = Standing.MEMBER
            world.tell_chat(chat)
    if thread is not None:
        if not chat.is_forum:
            raise Impossible("the chat has no topics")
        chat.threads.add(thread)
        content = content | {"message_thread_id": thread, "is_topic_message": True}
    chat.unread = 0
    known = reaches_bot(world, chat, content)
    post = world.post(chat, person.id, content, known=known, withheld=not known and chat.bot in INSIDE)
    return post, world.updates.add("message", post.message) if post.known else None


def serves(world: World, chat: Chat, actor: int, content: dict[str, Any]) -> int | None:
    """A service message; the bot gets it when it is in the chat."""
    post = world.post(chat, actor, content, service=True)
    post.known = chat.bot in INSIDE
    return world.updates.add("message", post.message) if post.known else None


def edits(world: World, chat: Chat, person: Person, post: Post, text: str) -> int | None:
    """A person changes a message of theirs; the update's number or None."""
    if post.by != person.id:
        raise Impossible("one can edit only one's own message", 403)
    name = "text" if "text" in post.message else "caption"
    if name == "caption" and not any(kind in post.message for kind in ("photo", "document", "video", "audio", "voice")):
        raise Impossible("this message has no words to edit")
    content = words(text, None, name)
    gone = ("entities",) if name == "text" else ("caption_entities",)
    if post.message.get(name) == content[name]:
        raise Impossible("the words are the same")
    known = reaches_bot(world, chat, {key: post.message[key] for key in post.message if key not in gone} | content)
    post.known, post.withheld = post.known or known, post.withheld and not known
    world.change(chat, post, content | {"edit_date": world.moment()}, gone)
    return world.updates.add("edited_message", post.message) if known else None


def deletes(world: World, chat: Chat, person: Person, post: Post) -> None:
    """A person deletes a message; the bot is not told."""
    if not chat.private and post.by != person.id and chat.members.get(person.id) not in ADMINS:
        raise Impossible("one can delete only one's own message", 403)
    world.remove(chat, post)


def reacts(world: World, chat: Chat, person: Person, post: Post, emoji: str | None) -> int | None:
    """A person sets or takes back a reaction; the bot is told if it asked and, in groups, is an administrator."""
    before = post.reactions.get(person.id, [])
    after: list[dict[str, Any]] = [{"type": "emoji", "emoji": emoji}] if emoji else []
    world.react(chat, post, person.id, after)
    if chat.bot not in INSIDE or (not chat.private and chat.bot is not Standing.ADMINISTRATOR):
        return None
    return world.updates.add(
        "message_reaction",
        {
            "chat": world.shown(chat),
            "message_id": post.id,
            "user": person.user(),
            "date": world.moment(),
            "old_reaction": before,
            "new_reaction": after,
        },
    )


def votes(world: World, chat: Chat, person: Person, post: Post, options: list[int]) -> int | None:
    """A person votes in a poll (or takes the vote back with no options); the poll_answer's number or None."""
    poll = post.message.get("poll")
    kept = world.polls.get(poll["id"]) if poll else None
    if poll is None or kept is None:
        raise Impossible("this message has no poll")
    if poll["is_closed"]:
        raise Impossible("the poll is closed")
    if any(not 0 <= one < len(poll["options"]) for one in options) or len(set(options)) != len(options):
        raise Impossible("no such option")
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        raise Impossible("only one answer is allowed")
    if person.id in kept.votes and not poll["allows_revoting"]:
        raise Impossible("the vote cannot be changed")
    kept.vote(person.id, options)
    changed = kept.tallied(poll)
    world.change(chat, post, {"poll": changed})
    number = None
    if not poll["is_anonymous"]:
        number = world.updates.add(
            "poll_answer",
            {
                "poll_id": poll["id"],
                "user": person.user(),
                "option_ids": options,
                "option_persistent_ids": [poll["options"][one]["persistent_id"] for one in options],
            },
        )
    told = world.updates.add("poll", changed)
    return number if number is not None else told


# coming and going


def _membership(
    world: World, kind: str, chat: Chat, actor: Person, before: dict[str, Any], after: dict[str, Any]
) -> int | None:
    return world.updates.add(
        kind,
        {
            "chat": world.shown(chat),
            "from": actor.user(),
            "date": world.moment(),
            "old_chat_member": before,
            "new_chat_member": after,
        },
    )


def moves_bot(world: World, chat: Chat, actor: Person, standing: Standing) -> int | None:
    """Somebody adds, promotes or removes the bot, or blocks it in their own chat; the my_chat_member's number."""
    if chat.private and standing not in (Standing.MEMBER, Standing.KICKED):
        raise Impossible("in a private chat the bot can be blocked (kicked) or unblocked (member)")
    if chat.private and chat.bot is Standing.NONE:
        raise Impossible("this person has not started the bot")
    if not chat.private and standing in (Standing.CREATOR, Standing.NONE):
        raise Impossible("a bot can be member, administrator, left or kicked")
    if chat.bot is standing:
        return None
    bot = world.bot.user()
    old = chat.bot
    before = world.member(chat, world.bot.id)
    if standing not in INSIDE and not chat.private:
        world.post(chat, actor.id, {"left_chat_member": bot}, service=True, known=False)
    chat.bot = standing
    after = world.member(chat, world.bot.id)
    number = _membership(world, "my_chat_member", chat, actor, before, after)
    if not chat.private and old not in INSIDE and standing in INSIDE:
        serves(world, chat, actor.id, {"new_chat_members": [bot]})
    world.tell_chat(chat)
    return number


def moves_person(world: World, chat: Chat, actor: Person, person: Person, standing: Standing) -> int | None:
    """Somebody joins, leaves, is added, removed or promoted; the chat_member's number when the bot gets one."""
    if chat.private:
        raise Impossible("nobody joins a private chat")
    if standing is Standing.NONE:
        raise Impossible("a person can be member, administrator, creator, left or kicked")
    old = chat.members.get(person.id, Standing.NONE)
    if old is standing:
        return None
    before = member_of_standing(person.user(), old)
    chat.members[person.id] = standing
    after = member_of_standing(person.user(), standing)
    if old not in INSIDE and standing in INSIDE:
        serves(world, chat, actor.id, {"new_chat_members": [person.user()]})
    elif old in INSIDE and standing not in INSIDE:
        serves(world, chat, actor.id, {"left_chat_member": person.user()})
    number = None
    if chat.bot is Standing.ADMINISTRATOR:
        number = _membership(world, "chat_member", chat, actor, before, after)
    world.tell_chat(chat)
    return number


def migrates(world: World, chat: Chat) -> Chat:
    """A basic group becomes a supergroup with a new id and an empty history."""
    if chat.type is not ChatType.GROUP:
        raise Impossible("only a basic group becomes a supergroup")
    fresh = world.add_group(
        Chat(
            world.fresh_group_id(ChatType.SUPERGROUP),
            ChatType.SUPERGROUP,
            title=chat.title,
            members=dict(chat.members),
            bot=chat.bot,
            keyboard=chat.keyboard,
        )
    )
    owner = next((one for one, how in chat.members.items() if how in ADMINS), next(iter(chat.members)))
    serves(world, chat, owner, {"migrate_to_chat_id": fresh.id})
    chat.migrated_to = fresh.id
    serves(world, fresh, owner, {"migrate_from_chat_id": chat.id})
    world.tell_chat(chat)
    world.tell_chat(fresh)
    return fresh
