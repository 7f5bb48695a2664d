"""What every text needs: the escape for what people typed, and both languages in one letter."""

from collections.abc import Callable
from html import escape as _escape

from bot.domain.ids import Language

LANGUAGE_NAMES = {Language.KY: "Кыргызча", Language.RU: "Русский"}


def escape(words: str) -> str:
    """What people typed, safe inside Telegram HTML."""
    return _escape(words, quote=False)


def both(write: Callable[[Language], str]) -> str:
    """The same words in both languages, Kyrgyz above Russian."""
    return "\n\n".join(write(language) for language in Language)


def shortened(words: str, at_most: int) -> str:
    """The beginning of a text, cut at a word, with an ellipsis when something is left out."""
    line = " ".join(words.split())
    if len(line) <= at_most:
        return line
    return line[:at_most].rsplit(" ", 1)[0] + "…"
