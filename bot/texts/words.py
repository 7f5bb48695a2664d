"""What every text needs: the escape for what people typed, and both languages in one letter."""

from collections.abc import Callable, Iterable
from html import escape as _escape

from bot.domain.ids import Language
from bot.ports import Button

LANGUAGE_NAMES = {Language.KY: "Кыргызча", Language.RU: "Русский"}
BUTTON = 34  # characters that a button as wide as a bubble shows at 360 px
HALF_BUTTON = 15  # and one of two in a row


def escape(words: str) -> str:
    """What people typed, safe inside Telegram HTML."""
    return _escape(words, quote=False)


def in_rows(buttons: Iterable[Button]) -> list[tuple[Button, ...]]:
    """Buttons two in a row where both are short enough to be read whole on a narrow telephone, else one."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        half = len(button.text) <= HALF_BUTTON
        if half and rows and len(rows[-1]) == 1 and len(rows[-1][0].text) <= HALF_BUTTON:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return rows


def numbered(number: int) -> str:
    """«№ 7» with a space at which no line breaks."""
    return f"№\N{NO-BREAK SPACE}{number}"


def capitalised(words: str) -> str:
    """The same words, their first letter a capital."""
    return words[:1].upper() + words[1:]


def both(write: Callable[[Language], str]) -> str:
    """The same words in both languages, Kyrgyz above Russian."""
    return "\n\n".join(write(language) for language in Language)


def shortened(words: str, at_most: int) -> str:
    """The beginning of a text, cut at a word, with an ellipsis when something is left out."""
    line = " ".join(words.split())
    if len(line) <= at_most:
        return line
    return line[:at_most].rsplit(" ", 1)[0] + "…"
