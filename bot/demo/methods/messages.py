"""Sending words and places, forwarding, copying, deleting, pinning, reacting."""

from typing import Any

from bot.demo import markup
from bot.demo.call import Call, imitates, origin_of
from bot.demo.refusals import NOT_MODIFIED, Refused, bad_request
from bot.demo.world import Chat, Post, Standing

DELETABLE_S = 48 * 3600

_COPIED = (
    "text", "entities", "caption", "caption_entities", "photo", "document", "video", "audio", "voice", "sticker",
    "location", "venue", "contact", "poll", "link_preview_options", "show_caption_above_media",
)  # fmt: skip
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


@imitates("sendMessage")
async def send_message(call: Call) -> Any:
    """Words."""
    chat = call.place()
    words = call.text()
    content = words.fields()
    if preview := call.get("link_preview_options"):
        content["link_preview_options"] = preview
    return call.deliver(chat, content).message


@imitates("sendLocation")
async def send_location(call: Call) -> Any:
    """A point on the map."""
    chat = call.place()
    names = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    return call.deliver(chat, {"location": _location(call, names)}).message


@imitates("sendVenue")
async def send_venue(call: Call) -> Any:
    """A point on the map with a name and an address."""
    chat = call.place()
    point = _location(call, ("latitude", "longitude"))
    names = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    venue = {"location": point} | {name: call.params[name] for name in names if name in call.params}
    if not call.params["title"] or not call.params["address"]:
        raise bad_request("venue title and address must be non-empty")
    return call.deliver(chat, {"location": point, "venue": venue}).message


@imitates("sendContact")
async def send_contact(call: Call) -> Any:
    """A name and a telephone number."""
    chat = call.place()
    names = ("phone_number", "first_name", "last_name", "vcard")
    return call.deliver(chat, {"contact": {name: call.params[name] for name in names if call.get(name)}}).message


def _location(call: Call, names: tuple[str, ...]) -> dict[str, Any]:
    point = {name: call.params[name] for name in names if name in call.params}
    if not -90 <= point["latitude"] <= 90 or not -180 <= point["longitude"] <= 180:
        raise bad_request("wrong latitude or longitude")
    return point


@imitates("sendChatAction")
async def send_chat_action(call: Call) -> bool:
    """The bot is typing."""
    call.no_business()
    chat = call.chat()
    call.may_speak(chat)
    if call.params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.journal.tell("action", chat.id, action=call.params["action"])
    return True


# forwarding and copying


def _source(call: Call, message_id: int, word: str) -> Post:
    source = call.chat("from_chat_id")
    post = call.post(source, message_id, f"message to {word} not found")
    if not post.known:
        raise bad_request(f"message to {word} not found")
    if post.service or post.message.get("has_protected_content"):
        raise bad_request(f"the message can't be {'forwarded' if word == 'forward' else 'copied'}")
    return post


def _forwarded(call: Call, chat: Chat, post: Post) -> Post:
    content = {name: post.message[name] for name in _COPIED if name in post.message}
    return call.deliver(chat, content | {"forward_origin": origin_of(post)})


def _copied(call: Call, chat: Chat, post: Post) -> Post:
    content = {name: post.message[name] for name in _COPIED if name in post.message}
    if call.get("caption") is not None and "text" not in content:
        for name in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(name, None)
        content |= call.caption()
    return call.deliver(chat, content)


@imitates("forwardMessage")
async def forward_message(call: Call) -> Any:
    """A message as it is, with the name of who wrote it."""
    chat = call.place()
    return _forwarded(call, chat, _source(call, call.params["message_id"], "forward")).message


@imitates("copyMessage")
async def copy_message(call: Call) -> Any:
    """A message without the name of who wrote it."""
    chat = call.place()
    return {"message_id": _copied(call, chat, _source(call, call.params["message_id"], "copy")).id}


@imitates("forwardMessages", "copyMessages")
async def send_many_again(call: Call) -> Any:
    """Several messages at once; those that are not there are left out."""
    chat = call.place()
    ids = call.params["message_ids"]
    if ids != sorted(set(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    forward = call.method == "forwardMessages"
    sent = []
    for message_id in ids:
        try:
            post = _source(call, message_id, "forward" if forward else "copy")
        except Refused:
            continue
        sent.append(_forwarded(call, chat, post) if forward else _copied(call, chat, post))
    if not sent:
        raise bad_request("there are no messages to forward" if forward else "there are no messages to copy")
    return [{"message_id": post.id} for post in sent]


# deleting


def _may_delete(call: Call, chat: Chat, post: Post) -> None:
    if not chat.private and not post.by_bot and chat.bot is not Standing.ADMINISTRATOR:
        raise bad_request("message can't be deleted")
    if call.world.now() - post.message["date"] > DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")


@imitates("deleteMessage")
async def delete_message(call: Call) -> bool:
    """Takes a message away for everybody, within 48 hours."""
    chat = call.chat()
    call.may_speak(chat)
    post = call.post(chat, call.params["message_id"], "message to delete not found")
    _may_delete(call, chat, post)
    call.world.remove(chat, post)
    return True


@imitates("deleteMessages")
async def delete_messages(call: Call) -> bool:
    """Takes several messages away; those that are not there are left out."""
    chat = call.chat()
    call.may_speak(chat)
    posts = [post for one in dict.fromkeys(call.params["message_ids"]) if (post := chat.posts.get(one))]
    for post in posts:
        _may_delete(call, chat, post)
    for post in posts:
        call.world.remove(chat, post)
    return True


# pins and reactions


@imitates("pinChatMessage")
async def pin_chat_message(call: Call) -> bool:
    """Pins a message; in groups for administrators only. People see a service message."""
    call.no_business()
    chat = call.chat()
    call.may_speak(chat)
    _may_pin(chat)
    post = call.post(chat, call.params["message_id"], "message to pin not found")
    if post.id not in chat.pinned:
        chat.pinned.append(post.id)
        pinned = {key: value for key, value in post.message.items() if key != "reply_to_message"}
        call.world.post(chat, call.world.bot.id, {"pinned_message": pinned}, service=True)
    return True


@imitates("unpinChatMessage", "unpinAllChatMessages")
async def unpin_chat_message(call: Call) -> bool:
    """Unpins a message, the newest pinned one, or all."""
    call.no_business()
    chat = call.chat()
    call.may_speak(chat)
    _may_pin(chat)
    if call.method == "unpinAllChatMessages":
        chat.pinned.clear()
    elif (message_id := call.get("message_id")) is not None:
        if message_id not in chat.pinned:
            raise bad_request("message to unpin not found")
        chat.pinned.remove(message_id)
    elif chat.pinned:
        chat.pinned.pop()
    return True


def _may_pin(chat: Chat) -> None:
    if not chat.private and chat.bot is not Standing.ADMINISTRATOR:
        raise bad_request("not enough rights to manage pinned messages in the chat")


@imitates("setMessageReaction")
async def set_message_reaction(call: Call) -> bool:
    """The bot's own reaction on a message: one emoji or none."""
    chat = call.chat()
    call.may_speak(chat)
    post = call.post(chat, call.params["message_id"], "message to react not found")
    chosen = call.get("reaction") or []
    if len(chosen) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one["type"] != "emoji" for one in chosen) or post.service:
        raise bad_request("REACTION_INVALID")
    call.world.react(chat, post, call.world.bot.id, chosen)
    return True


# edits


def edited(call: Call) -> tuple[Chat, Post]:
    """The message of an edit, which the bot may edit; raises in Telegram's words."""
    if call.get("inline_message_id") is not None:
        raise bad_request("MESSAGE_ID_INVALID")
    if call.get("chat_id") is None:
        raise bad_request("chat identifier is not specified")
    if call.get("message_id") is None:
        raise bad_request("message identifier is not specified")
    chat = call.place(editing=True)
    post = call.post(chat, call.params["message_id"], "message to edit not found")
    if not post.by_bot or post.service or post.fixed or "forward_origin" in post.message:
        raise bad_request("message can't be edited")
    return chat, post


def settle_edit(call: Call, chat: Chat, post: Post, content: dict[str, Any], gone: tuple[str, ...]) -> Any:
    """Put an edit into effect unless it changes nothing."""
    if inline := markup.inline_of(call.get("reply_markup")):
        content["reply_markup"] = inline
    before = {key: post.message[key] for key in (*gone, "reply_markup") if key in post.message}
    if before == content:
        raise bad_request(NOT_MODIFIED)
    keyboard_only = {**before, "reply_markup": None} == {**content, "reply_markup": None}
    if not keyboard_only:
        content["edit_date"] = call.world.moment()
    call.world.change(chat, post, content, (*gone, "reply_markup"))
    return post.message


@imitates("editMessageText")
async def edit_message_text(call: Call) -> Any:
    """New words in place of the old."""
    if call.get("rich_message") is not None:
        raise bad_request("rich messages are not imitated by this server")
    chat, post = edited(call)
    words = call.text()
    if "text" not in post.message:
        raise bad_request("there is no text in the message to edit")
    content = words.fields()
    if preview := call.get("link_preview_options"):
        content["link_preview_options"] = preview
    return settle_edit(call, chat, post, content, ("text", "entities", "link_preview_options"))


@imitates("editMessageCaption")
async def edit_message_caption(call: Call) -> Any:
    """New words under a photo or a file."""
    chat, post = edited(call)
    if not any(kind in post.message for kind in ("photo", "document", "video", "audio", "voice")):
        raise bad_request("there is no caption in the message to edit")
    gone = ("caption", "caption_entities", "show_caption_above_media")
    return settle_edit(call, chat, post, call.caption(), gone)


@imitates("editMessageReplyMarkup")
async def edit_message_reply_markup(call: Call) -> Any:
    """New buttons under a message, or none."""
    chat, post = edited(call)
    return settle_edit(call, chat, post, {}, ())
