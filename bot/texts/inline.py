"""What is offered and sent when somebody types the bot's name in another chat."""

from collections.abc import Sequence

from bot.domain.guide import Article
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.texts.answers import first_source
from bot.texts.words import escape, shortened

DESCRIPTION = 180


def description(lead: str) -> str:
    """The line under the title in the list."""
    return shortened(lead, DESCRIPTION)


def message(article: Article, html: str, whole: bool, address: str) -> str:
    """The article as it is sent: title, text, what it rests on, and where the rest of it is."""
    _ = catalog(article.language).gettext
    words = _("Read the whole article in the bot")
    link = f'<a href="{escape(address)}">{escape(words)}</a>'
    parts = [f"<b>{escape(article.title)}</b>", html + ("" if whole else "\n…"), first_source(article), link]
    return "\n\n".join(parts)


def open_bot(languages: Sequence[Language]) -> str:
    """The button above the list."""
    return " · ".join(_open_bot(language) for language in languages)


def _open_bot(language: Language) -> str:
    _ = catalog(language).gettext
    return _("Ask the bot a question")
