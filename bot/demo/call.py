"""One call of a Bot API method: its checked parameters, and the questions every method asks of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.demo import markup
from bot.demo.check import Upload
from bot.demo.entities import CAPTION_LIMIT, TEXT_LIMIT, formatted
from bot.demo.refusals import bad_request, forbidden, migrated
from bot.demo.text import Formatted
from bot.demo.world import Chat, ChatType, Post, Standing, World

Handler = Callable[["Call"], Awaitable[Any]]
METHODS: dict[str, Handler] = {}


def imitates(*names: str) -> Callable[[Handler], Handler]:
    """Registers a function as the imitation of these methods."""

    def register(handler: Handler) -> Handler:
        for name in names:
            METHODS[name] = handler
        return handler

    return register


@dataclass(frozen=True, slots=True)
class Call:
    """A method, its parameters with their true types, and the files that came along."""

    world: World
    method: str
    params: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or the default when it was not given."""
        return self.params.get(name, default)

    # chats

    def chat_of(self, given: int | str) -> Chat:
        """The chat of this id or @username; raises "chat not found" and the word of a migration."""
        chat = None
        if isinstance(given, int) or given.lstrip("-").isdecimal():
            chat = self.world.chats.get(int(given))
        elif given.startswith("@"):
            chat = next(
                (
                    one
                    for one in self.world.chats.values()
                    if not one.private and one.username and one.username.lower() == given[1:].lower()
                ),
                None,
            )
        if chat is None or (not chat.private and chat.bot is Standing.NONE):
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        return chat

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat a parameter names, whether or not the bot may speak there."""
        return self.chat_of(self.params[name])

    def place(self, editing: bool = False) -> Chat:
        """The chat of the call, in which the bot may speak now; raises the 403s and the 429."""
        self.no_business()
        chat = self.chat()
        self.may_speak(chat)
        self.world.faults.spend(chat.id, not chat.private, editing, self.world.monotonic)
        return chat

    def may_speak(self, chat: Chat) -> None:
        """Raises Telegram's 403 when the bot may not speak in this chat."""
        if chat.private and chat.person is not None:
            if self.world.people[chat.person].deactivated:
                raise forbidden("user is deactivated")
            if chat.bot is Standing.KICKED:
                raise forbidden("bot was blocked by the user")
            if chat.bot is Standing.NONE:
                raise forbidden("bot can't initiate conversation with a user")
        elif chat.bot is Standing.KICKED:
            raise forbidden(f"bot was kicked from the {chat_word(chat)} chat")
        elif chat.bot is Standing.LEFT:
            raise forbidden(f"bot is not a member of the {chat_word(chat)} chat")

    def no_business(self) -> None:
        """Business connections and paid or suggested posts have no place in this world."""
        if self.get("business_connection_id"):
            raise bad_request("business connection not found")
        if self.get("direct_messages_topic_id") is not None or self.get("suggested_post_parameters"):
            raise bad_request("the chat is not a direct messages chat")

    def post(self, chat: Chat, message_id: int, missing: str) -> Post:
        """A message of the chat; raises `missing` in Telegram's words."""
        found = chat.posts.get(message_id)
        if found is None:
            raise bad_request(missing)
        return found

    # words

    def text(self, name: str = "text", mode: str = "parse_mode", entities: str = "entities") -> Formatted:
        """The text of the call, parsed; raises when it is empty or too long."""
        done = formatted(
            self.get(name, ""), self.get(mode), self.get(entities), self.world.user, TEXT_LIMIT, "message is too long"
        )
        if not done.text:
            raise bad_request("message text is empty")
        return done

    def caption(self, given: dict[str, Any] | None = None) -> dict[str, Any]:
        """The caption of the call (or of one item of an album) as fields of a Message."""
        source = self.params if given is None else given
        words = source.get("caption")
        if not words:
            return {}
        done = formatted(
            words, source.get("parse_mode"), source.get("caption_entities"), self.world.user, CAPTION_LIMIT,
            "message caption is too long",
        )  # fmt: skip
        if not done.text:
            return {}
        shown = done.fields("caption", "caption_entities")
        if source.get("show_caption_above_media"):
            shown["show_caption_above_media"] = True
        return shown

    # sending

    def reply(self, chat: Chat) -> dict[str, Any]:
        """The message that is replied to, as fields of the new Message."""
        given = self.get("reply_parameters")
        if given is None:
            return {}
        where = chat
        if "chat_id" in given and self.chat_of(given["chat_id"]) is not chat:
            where = self.chat_of(given["chat_id"])
        post = where.posts.get(given["message_id"])
        if post is None:
            if given.get("allow_sending_without_reply") and where is chat:
                return {}
            raise bad_request("message to be replied not found")
        if where is not chat:
            return {"external_reply": {"origin": origin_of(post), "chat": self.world.shown(where),
                                       "message_id": post.id}}  # fmt: skip
        replied = {key: value for key, value in post.message.items() if key != "reply_to_message"}
        shown: dict[str, Any] = {"reply_to_message": replied}
        if quote := given.get("quote"):
            if quote not in str(replied.get("text") or replied.get("caption") or ""):
                raise bad_request("QUOTE_TEXT_INVALID")
            shown["quote"] = {"text": quote, "position": given.get("quote_position", 0), "is_manual": True}
        return shown

    def deliver(self, chat: Chat, content: dict[str, Any], **remembered: Any) -> Post:
        """Post the bot's message with what all sending methods share: reply, thread, keyboard."""
        fields = dict(content)
        thread = self.get("message_thread_id")
        if thread is not None:
            if not chat.is_forum or thread not in chat.threads:
                raise bad_request("message thread not found")
            fields |= {"message_thread_id": thread, "is_topic_message": True}
        if self.get("message_effect_id") and not chat.private:
            raise bad_request("message effects can be used in private chats only")
        fields |= self.reply(chat)
        if self.get("protect_content"):
            fields["has_protected_content"] = True
        given = self.get("reply_markup")
        keyboard, changed = chat.keyboard, False
        if given is not None:
            if "inline_keyboard" in given:
                if inline := markup.inline_of(given):
                    fields["reply_markup"] = inline
            else:
                if "keyboard" in given:
                    keyboard = markup.checked_reply(given, chat.private)
                elif "remove_keyboard" in given:
                    if not given["remove_keyboard"]:
                        raise bad_request("remove_keyboard must be True")
                    keyboard = None
                changed = keyboard != chat.keyboard
                remembered["fixed"] = True
        if self.get("disable_notification"):
            remembered["silent"] = True
        post = self.world.post(chat, self.world.bot.id, fields, **remembered)
        if changed:
            chat.keyboard = keyboard
            self.world.tell_chat(chat)
        return post


def chat_word(chat: Chat) -> str:
    """How Telegram calls a group in its refusals."""
    return "supergroup" if chat.type is ChatType.SUPERGROUP else "group"


def origin_of(post: Post) -> dict[str, Any]:
    """Telegram's MessageOrigin: who wrote it first, and when."""
    if earlier := post.message.get("forward_origin"):
        return dict(earlier)
    return {"type": "user", "sender_user": post.message["from"], "date": post.message["date"]}
