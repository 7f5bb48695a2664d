"""How handlers speak: a letter as a reply, or in place of the message whose button was pressed."""

from collections.abc import Iterable

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    InaccessibleMessage,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)

from bot.domain.ids import ChatId, MessageId
from bot.ports import Button, Enclosure, Letter
from bot.telegram.keyboards import inline, markup

log = structlog.get_logger()

Buttons = tuple[tuple[Button, ...], ...]

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited")
TOO_OLD = ("query is too old", "query ID is invalid")


async def say(message: Message, letter: Letter, *, reply: bool = False) -> Message:
    """Answer in the chat of this message, as a reply to it when asked; number 0 stands in a chat that has moved."""
    stands = reply and message.message_id
    to = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True) if stands else None
    return await message.answer(
        letter.text, reply_markup=markup(letter), reply_parameters=to, link_preview_options=NO_PREVIEW
    )


async def show(query: CallbackQuery, letter: Letter, receipt: str = "") -> None:
    """Put a letter in place of the message whose button was pressed; a message that cannot be edited gets a new one."""
    message = query.message
    if isinstance(message, Message):
        try:
            await message.edit_text(letter.text, reply_markup=inline(letter), link_preview_options=NO_PREVIEW)
        except TelegramBadRequest as error:
            if any(words in error.message for words in GONE):
                await say(message, letter)
            elif UNCHANGED not in error.message:
                raise
    elif isinstance(message, InaccessibleMessage):
        await anew(query, letter)
    await receive(query, receipt)


async def wear(bot: Bot, chat: ChatId, message: MessageId, rows: Buttons) -> None:
    """Put these buttons under a message of ours; one that wears them already, or is gone, stays as it is."""
    try:
        await bot.edit_message_reply_markup(chat_id=chat, message_id=message, reply_markup=inline(Letter("", rows)))
    except AiogramError as error:
        if UNCHANGED not in str(error):
            log.warning("buttons_not_changed", cause=type(error).__name__)


async def anew(query: CallbackQuery, letter: Letter) -> None:
    """Say a letter as a new message in the chat of the pressed button."""
    if query.message is not None and query.bot is not None:
        await query.bot.send_message(
            query.message.chat.id, letter.text, reply_markup=markup(letter), link_preview_options=NO_PREVIEW
        )


async def hand_over(query: CallbackQuery, letter: Letter) -> str:
    """Send a letter with its file into the chat of the pressed button; by what id Telegram knows the file now."""
    if query.message is None or query.bot is None or letter.file is None:
        return ""
    chat, file = query.message.chat.id, letter.file
    given = file.file_id or BufferedInputFile(file.content, file.name)
    thread = query.message.message_thread_id if isinstance(query.message, Message) else None
    if file.kind is Enclosure.VOICE:
        sent = await query.bot.send_voice(chat, given, caption=letter.text, message_thread_id=thread)
    else:
        sent = await query.bot.send_photo(chat, given, caption=letter.text, message_thread_id=thread)
    if sent.photo:
        return sent.photo[-1].file_id
    return sent.voice.file_id if sent.voice else ""


async def hang_out_commands(bot: Bot, chat_id: int, commands: Iterable[tuple[str, str]]) -> None:
    """The commands menu of one chat; one that cannot be set stops nothing, the log knows."""
    shown = [BotCommand(command=name, description=meaning) for name, meaning in commands]
    try:
        await bot.set_my_commands(shown, scope=BotCommandScopeChat(chat_id=chat_id))
    except AiogramError as error:
        log.warning("commands_not_set", cause=type(error).__name__)


async def take_down_commands(bot: Bot, chat_id: int) -> None:
    """The commands menu of this chat is the ordinary one again."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat_id))
    except AiogramError as error:
        log.warning("commands_not_taken_down", cause=type(error).__name__)


async def receive(query: CallbackQuery, words: str = "", *, alert: bool = False) -> None:
    """End the waiting circle on the button, with a short word if there is one."""
    try:
        await query.answer(words or None, show_alert=alert)
    except TelegramBadRequest as error:
        if not any(old in error.message for old in TOO_OLD):
            raise


async def rewrite(bot: Bot, chat: ChatId, message: MessageId, letter: Letter) -> None:
    """Put other words into a message of ours; one that is gone, or says so already, stops nothing."""
    try:
        await bot.edit_message_text(
            letter.text,
            chat_id=chat,
            message_id=message,
            reply_markup=inline(letter),
            link_preview_options=NO_PREVIEW,
        )
    except AiogramError as error:
        if UNCHANGED not in str(error):
            log.warning("message_not_rewritten", cause=type(error).__name__)
