"""Chats and their members, as far as an ordinary member may ask."""

from typing import Any

from bot.demo.call import Call, imitates
from bot.demo.refusals import bad_request, forbidden
from bot.demo.world import ADMINS, INSIDE, Chat, Standing, member_of_standing


def _known(call: Call) -> Chat:
    """The chat, if the bot may look into it."""
    chat = call.chat()
    if chat.private and chat.bot is Standing.NONE:
        raise bad_request("chat not found")
    if not chat.private and chat.bot not in INSIDE:
        call.may_speak(chat)
    return chat


@imitates("getChat")
async def get_chat(call: Call) -> Any:
    """Everything the bot may know of a chat."""
    chat = _known(call)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    shown = call.world.shown(chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if username := shown.get("username"):
        shown["active_usernames"] = [username]
    if chat.pinned and (post := chat.posts.get(chat.pinned[-1])):
        shown["pinned_message"] = post.message
    if not chat.private:
        rights = (
            "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
            "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
            "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
        )  # fmt: skip
        shown["permissions"] = dict.fromkeys(rights, True)
    return shown


@imitates("getChatMember")
async def get_chat_member(call: Call) -> Any:
    """How somebody stands in a chat."""
    chat, user_id = _known(call), call.params["user_id"]
    if call.world.user(user_id) is None:
        raise bad_request("user not found")
    if chat.private:
        if user_id not in (chat.person, call.world.bot.id):
            raise bad_request("member not found")
        return member_of_standing(call.world.user(user_id) or {}, Standing.MEMBER)
    if user_id != call.world.bot.id and user_id not in chat.members:
        raise bad_request("member not found")
    return call.world.member(chat, user_id)


@imitates("getChatAdministrators")
async def get_chat_administrators(call: Call) -> Any:
    """The administrators of a group, bots left out but for this one."""
    chat = _known(call)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    found = [call.world.member(chat, one) for one, how in chat.members.items() if how in ADMINS]
    if chat.bot is Standing.ADMINISTRATOR:
        found.append(call.world.member(chat, call.world.bot.id))
    return found


@imitates("getChatMemberCount")
async def get_chat_member_count(call: Call) -> int:
    """How many are in a chat, the bot included."""
    chat = _known(call)
    return sum(1 for how in chat.members.values() if how in INSIDE) + 1


@imitates("leaveChat")
async def leave_chat(call: Call) -> bool:
    """The bot goes."""
    chat = call.chat()
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot not in INSIDE:
        raise forbidden("bot is not a member of the group chat")
    world = call.world
    before = world.member(chat, world.bot.id)
    chat.bot = Standing.LEFT
    content = {"left_chat_member": world.bot.user()}
    world.post(chat, world.bot.id, content, service=True)
    world.updates.add(
        "my_chat_member",
        {
            "chat": world.shown(chat),
            "from": world.bot.user(),
            "date": world.moment(),
            "old_chat_member": before,
            "new_chat_member": world.member(chat, world.bot.id),
        },
    )
    world.tell_chat(chat)
    return True
