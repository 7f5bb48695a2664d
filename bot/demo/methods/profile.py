"""The bot itself: who it is, what it is called in each language, its commands and menu button."""

import re
from typing import Any

from bot.demo.call import Call, imitates
from bot.demo.refusals import bad_request
from bot.demo.world import CHATS_TOLD

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@imitates("getMe")
async def get_me(call: Call) -> Any:
    """The bot's own User."""
    bot = call.world.bot
    return bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@imitates("logOut", "close")
async def log_out(call: Call) -> bool:
    """Nothing to log out of."""
    return True


def _language(call: Call) -> str:
    code = str(call.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _scope(call: Call) -> tuple[Any, ...]:
    scope = call.get("scope") or {"type": "default"}
    if "chat_id" not in scope:
        return (scope["type"],)
    chat = call.chat_of(scope["chat_id"])
    if chat.private and scope["type"] != "chat":
        raise bad_request("can't change commands of administrators or members in private chats")
    return (scope["type"], chat.id, *([scope["user_id"]] if "user_id" in scope else []))


def _tell(call: Call, scope: tuple[Any, ...] = ()) -> None:
    world = call.world
    chats = [world.chats[scope[1]]] if len(scope) > 1 else list(world.chats.values())
    if len(chats) <= CHATS_TOLD:
        for chat in chats:
            if chat.migrated_to is None:
                world.tell_chat(chat)


@imitates("setMyCommands")
async def set_my_commands(call: Call) -> bool:
    """The commands shown in a scope to phones of a language."""
    scope, code = _scope(call), _language(call)
    commands = call.params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not _COMMAND.fullmatch(one["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not one["description"].strip():
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if commands:
        call.world.bot.commands[scope, code] = commands
    else:
        call.world.bot.commands.pop((scope, code), None)
    _tell(call, scope)
    return True


@imitates("deleteMyCommands")
async def delete_my_commands(call: Call) -> bool:
    """No commands of its own for a scope and a language; wider ones show again."""
    scope = _scope(call)
    call.world.bot.commands.pop((scope, _language(call)), None)
    _tell(call, scope)
    return True


@imitates("getMyCommands")
async def get_my_commands(call: Call) -> Any:
    """The commands set for exactly this scope and language."""
    return call.world.bot.commands.get((_scope(call), _language(call)), [])


def _texts(call: Call) -> tuple[dict[str, str], str]:
    """Which of the bot's texts a method is about, and its parameter's name."""
    bot = call.world.bot
    if call.method.endswith("ShortDescription"):
        return bot.short_descriptions, "short_description"
    if call.method.endswith("Description"):
        return bot.descriptions, "description"
    return bot.names, "name"


@imitates("setMyName", "setMyDescription", "setMyShortDescription")
async def set_my_text(call: Call) -> bool:
    """A name or a description for phones of a language."""
    texts, name = _texts(call)
    code, value = _language(call), call.get(name, "")
    if value:
        texts[code] = value
    elif code or name != "name":
        texts.pop(code, None)
    _tell(call)
    return True


@imitates("getMyName", "getMyDescription", "getMyShortDescription")
async def get_my_text(call: Call) -> Any:
    """A name or a description as phones of a language show it."""
    texts, name = _texts(call)
    return {name: texts.get(_language(call), texts.get("", ""))}


@imitates("setChatMenuButton")
async def set_chat_menu_button(call: Call) -> bool:
    """What stands beside the input field of a private chat."""
    chat_id = call.get("chat_id")
    if chat_id is not None and not call.chat_of(chat_id).private:
        raise bad_request("chat not found")
    call.world.bot.menu_buttons[chat_id] = call.get("menu_button") or {"type": "default"}
    return True


@imitates("getChatMenuButton")
async def get_chat_menu_button(call: Call) -> Any:
    """The menu button of a private chat, or the usual one."""
    buttons = call.world.bot.menu_buttons
    usual = buttons.get(None, {"type": "commands"})
    chat_id = call.get("chat_id")
    if chat_id is not None:
        call.chat_of(chat_id)
    return buttons.get(chat_id, usual)
