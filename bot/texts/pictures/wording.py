"""What a picture says in words: its foot, its footnotes, and the text beside it that says the same."""

from collections.abc import Sequence

from bot.domain.guide import Article, Drawing, Entry, Picture
from bot.i18n import catalog, day_and_year
from bot.texts.pieces import units
from bot.texts.words import escape

SIGNS = "¹²³⁴⁵⁶⁷⁸⁹"
CAPTION = 1024


def spoken(article: Article) -> str:
    """The words beside an article read aloud."""
    return f"<b>{escape(article.title)}</b>"


def footnotes(entries: Sequence[Entry]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sign of each entry ("" when it needs none) and the notes below, equal marks sharing one sign."""
    marks = list(dict.fromkeys(entry.mark for entry in entries if entry.mark))
    signs = tuple(SIGNS[marks.index(entry.mark)] if entry.mark else "" for entry in entries)
    return signs, tuple(f"{SIGNS[place]} {mark}" for place, mark in enumerate(marks))


def source(picture: Picture) -> str:
    """«Источник: …», or nothing."""
    _ = catalog(picture.language).gettext
    return _("Source: {source}").format(source="; ".join(picture.sources)) if picture.sources else ""


def as_of(picture: Picture) -> str:
    """The date of the text."""
    _ = catalog(picture.language).gettext
    return _("Edition: {date}").format(date=day_and_year(picture.as_of, picture.language))


def seats_heads(picture: Picture) -> tuple[str, str]:
    """What stands above the two columns of districts."""
    _ = catalog(picture.language).gettext
    return _("District"), _("Kept for women")


def text(picture: Picture) -> list[str]:
    """Everything the picture shows, line by line, for those who cannot see it."""
    if picture.drawing is Drawing.SEATS:
        left, right = seats_heads(picture)
        lines = [f"{left} → {right}:"]
        lines += [f"{entry.label} → {entry.said}, {entry.mark}" for entry in picture.entries]
        return [*lines, *picture.notes]
    if picture.drawing is Drawing.STEPS:
        lines = [f"{place}. {entry.label}. {entry.said}" for place, entry in enumerate(picture.entries, start=1)]
        return [*lines, *picture.notes]
    signs, below = footnotes(picture.entries)
    pairs = zip(picture.entries, signs, strict=True)
    if picture.drawing is Drawing.BARS:
        lines = [f"• {entry.label}: {entry.said}{sign}" for entry, sign in pairs]
    else:
        lines = [f"• {entry.said}: {entry.label}{sign}" for entry, sign in pairs]
    return [*lines, *below, *picture.notes]


def caption(picture: Picture) -> str:
    """The words beside the picture as Telegram HTML, within a caption's 1,024 units; what has no room falls off the end,
    the date first, and an ellipsis says so."""
    lines = [*text(picture), "", as_of(picture)]
    room = CAPTION - units(picture.title) - 4
    if units("\n".join(lines)) > room:
        lines = lines[:-2]
    shown = list(lines)
    while shown and units("\n".join(shown)) > room:
        shown.pop()
    if len(shown) < len(lines):
        shown.append("…")
    return f"<b>{escape(picture.title)}</b>\n\n" + escape("\n".join(shown))
