"""What Telegram's HTML parse mode accepts, written from its documentation and not from our renderer."""

import re
from html import unescape

MARKUP = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"}
_TOKEN = re.compile(r"<(/?)([a-z]+)([^<>]*)>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<>&]", re.DOTALL)
_ATTRIBUTES = {"a": re.compile(r' href="[^"<>]+"'), "blockquote": re.compile(r"(?: expandable)?")}


class NotTelegram(AssertionError):
    """Telegram would answer 400: can't parse entities."""


def length(html: str) -> int:
    """UTF-16 units, as Telegram counts them after parsing."""
    return len(text(html).encode("utf-16-le")) // 2


def words(html: str) -> list[str]:
    """The words a person sees."""
    return text(html).split()


def text(html: str) -> str:
    """What a person sees; NotTelegram when Telegram would refuse the text or drop a part of it."""
    seen, opened, place = "", [], 0
    while place < len(html):
        token = _TOKEN.match(html, place)
        if token is None:
            raise NotTelegram(f"unexpected {html[place : place + 20]!r}")
        place = token.end()
        closing, tag, attributes = token.groups()
        if tag is None:
            seen += unescape(token[0])
        elif tag not in MARKUP:
            raise NotTelegram(f"unknown tag {token[0]}")
        elif closing:
            if attributes or not opened or opened.pop() != tag:
                raise NotTelegram(f"{token[0]} closes nothing")
        else:
            if not _ATTRIBUTES.get(tag, re.compile("")).fullmatch(attributes):
                raise NotTelegram(f"attributes of {token[0]}")
            if tag in opened or {"code", "pre"} & set(opened):
                raise NotTelegram(f"{token[0]} inside {opened}")
            if tag in ("code", "pre") and set(opened) - {"blockquote"}:
                raise NotTelegram(f"{token[0]} inside {opened}")
            opened.append(tag)
    if opened:
        raise NotTelegram(f"unclosed {opened}")
    return seen
