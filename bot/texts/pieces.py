"""Lengths as Telegram counts them, and long words cut into pieces that fit."""

PIECE = 3000


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as the Bot API counts it."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, size: int = PIECE) -> tuple[str, ...]:
    """The text in pieces of at most `size` UTF-16 units, cut at a space where there is one. Joined they are the text;
    an empty text has none."""
    found: list[str] = []
    rest = text
    while units(rest) > size:
        cut = len(rest.encode("utf-16-le")[: size * 2].decode("utf-16-le", errors="ignore"))
        space = rest.rfind(" ", cut // 2, cut)
        cut = space + 1 if space > 0 else cut
        found.append(rest[:cut])
        rest = rest[cut:]
    return (*found, rest) if rest else tuple(found)
