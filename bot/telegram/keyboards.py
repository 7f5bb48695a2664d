"""Our buttons as Telegram's keyboards."""

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.ports import Letter

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


def inline(letter: Letter) -> InlineKeyboardMarkup | None:
    """The inline keyboard of a letter, or None."""
    if not letter.buttons:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=one.text, callback_data=one.press or None, url=one.link or None) for one in row]
            for row in letter.buttons
        ]
    )


def markup(letter: Letter) -> Markup:
    """The one keyboard a message may carry: inline buttons before the menu below the field."""
    if letter.buttons:
        return inline(letter)
    if letter.keyboard:
        rows = [[KeyboardButton(text=text) for text in row] for row in letter.keyboard]
        return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)
    return ReplyKeyboardRemove(remove_keyboard=True) if letter.keyboard_gone else None
