"""How handlers speak: a letter as a reply, or in place of the message whose button was pressed."""

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InaccessibleMessage, LinkPreviewOptions, Message, ReplyParameters

from bot.ports import Letter
from bot.telegram.keyboards import inline, markup

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited")
TOO_OLD = ("query is too old", "query ID is invalid")


async def say(message: Message, letter: Letter, *, reply: bool = False) -> Message:
    """Answer in the chat of this message, as a reply to it when asked."""
    to = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True) if reply else None
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
    elif isinstance(message, InaccessibleMessage) and query.bot is not None:
        await query.bot.send_message(
            message.chat.id, letter.text, reply_markup=markup(letter), link_preview_options=NO_PREVIEW
        )
    await receive(query, receipt)


async def receive(query: CallbackQuery, words: str = "", *, alert: bool = False) -> None:
    """End the waiting circle on the button, with a short word if there is one."""
    try:
        await query.answer(words or None, show_alert=alert)
    except TelegramBadRequest as error:
        if not any(old in error.message for old in TOO_OLD):
            raise
