"""Telegram's HTML mode: text with tags into text with entities, or Telegram's own complaint.

The rules and the complaints follow the Bot API's "HTML style" and the parser of Telegram's open library: byte
offsets in complaints, `</b>` may be written `</>`, unknown entities such as `&nbsp;` stay as they are. Stricter
in one thing: a link that Telegram would silently drop is refused.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.demo.refusals import Refused, bad_request
from bot.demo.text import Entity, Formatted, utf16_length

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#(\d{1,8})|([a-zA-Z]{1,8}));?")
_SPACE = " \t\r\n\v\f\0"


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    place: int


def _character(text: str, at: int) -> tuple[str, int] | None:
    """The character that an HTML entity at this place stands for, and where it ends."""
    found = _CHARACTER.match(text, at)
    if found is None:
        return None
    if found[3] is not None:
        char = _NAMED.get(found[3])
        return (char, found.end()) if char else None
    number = int(found[1], 16) if found[1] else int(found[2])
    if number == 0 or number >= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return None
    return chr(number), found.end()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.parts: list[str] = []
        self.places = 0
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def complain(self, words: str, place: int) -> Refused:
        byte = len(self.text[:place].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {words.format(at=f'at byte offset {byte}')}")

    def add(self, piece: str) -> None:
        self.parts.append(piece)
        self.places += len(piece)
        self.offset += utf16_length(piece)

    def run(self) -> Formatted:
        text, size = self.text, len(self.text)
        while self.at < size:
            char = text[self.at]
            if char == "&" and (found := _character(text, self.at)):
                self.add(found[0])
                self.at = found[1]
            elif char == "<":
                if text.startswith("/", self.at + 1):
                    self.end_tag()
                else:
                    self.start_tag()
            else:
                stop = min((place for mark in "<&" if (place := text.find(mark, self.at + 1)) >= 0), default=size)
                self.add(text[self.at : stop])
                self.at = stop
        if self.open:
            raise self.complain(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"', 0)
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return Formatted("".join(self.parts), tuple(self.entities))

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def skip_space(self) -> None:
        while self.peek() and self.peek() in _SPACE:
            self.at += 1

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        while self.peek() and self.peek() not in _SPACE and self.peek() != ">":
            self.at += 1
        if not self.peek():
            raise self.complain("Unclosed start tag {at}", begin)
        name = self.text[begin + 1 : self.at].lower()
        if name not in KINDS:
            shown = name.replace("{", "{{").replace("}", "}}")
            raise self.complain(f'Unsupported start tag "{shown}" {{at}}', begin)
        attributes = self.attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self.complain('Tag "span" must have class "tg-spoiler" {at}', begin)
        self.open.append(_Open(name, attributes, self.offset, self.places))

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self.skip_space()
            if self.peek() == ">":
                self.at += 1
                return found
            start = self.at
            while self.peek() and self.peek() not in _SPACE and self.peek() not in "=>":
                self.at += 1
            name = self.text[start : self.at].lower()
            if not name:
                raise self.complain(f'Empty attribute name in the tag "{tag}" {{at}}', begin)
            self.skip_space()
            if not self.peek():
                raise self.complain("Unclosed start tag {at}", begin)
            if self.peek() != "=":
                found[name] = ""
                continue
            self.at += 1
            self.skip_space()
            found[name] = self.attribute_value(begin)

    def attribute_value(self, begin: int) -> str:
        quote = self.peek()
        if quote not in ("'", '"'):
            start = self.at
            while (char := self.peek()) and char.isascii() and (char.isalnum() or char in ".-"):
                self.at += 1
            if not self.peek():
                raise self.complain("Unclosed start tag {at}", begin)
            if self.peek() not in _SPACE and self.peek() != ">":
                raise self.complain("Unexpected end of name token {at}", start)
            return self.text[start : self.at].lower()
        self.at += 1
        value: list[str] = []
        while (char := self.peek()) and char != quote:
            if char == "&" and (found := _character(self.text, self.at)):
                value.append(found[0])
                self.at = found[1]
            else:
                value.append(char)
                self.at += 1
        self.at += 1
        if not self.peek():
            raise self.complain("Unclosed start tag {at}", begin)
        return "".join(value)

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self.complain("Unexpected end tag {at}", begin)
        self.at += 2
        while self.peek() and self.peek() not in _SPACE and self.peek() != ">":
            self.at += 1
        name = self.text[begin + 2 : self.at].lower()
        self.skip_space()
        if self.peek() != ">":
            raise self.complain("Unclosed end tag {at}", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            shown = name.replace("{", "{{").replace("}", "}}")
            raise self.complain(f'Unmatched end tag {{at}}, expected "</{tag.name}>", found "</{shown}>"', begin)
        if self.offset > tag.offset:
            self.close(tag, begin)

    def close(self, tag: _Open, end: int) -> None:
        entity: Entity = {"type": KINDS[tag.name], "offset": tag.offset, "length": self.offset - tag.offset}
        before = self.entities[-1] if self.entities else None
        same = before is not None and all(before[key] == entity[key] for key in ("offset", "length"))
        match tag.name:
            case "a":
                entity = self.link(tag, entity, end)
            case "pre":
                if before is not None and same and before["type"] == "code" and "language" in before:
                    before["type"] = "pre"
                    return
            case "code":
                language = tag.attributes.get("class", "").removeprefix("language-")
                if language and language != tag.attributes.get("class"):
                    if before is not None and same and before["type"] == "pre":
                        before["language"] = language
                        return
                    entity["language"] = language
            case "blockquote" if "expandable" in tag.attributes:
                entity["type"] = "expandable_blockquote"
            case "tg-emoji":
                emoji = tag.attributes.get("emoji-id", "")
                if not emoji.isdecimal():
                    raise self.complain("Invalid custom emoji identifier specified", end)
                entity["custom_emoji_id"] = emoji
            case "tg-time":
                moment = tag.attributes.get("unix", "")
                if not moment.lstrip("-").isdecimal():
                    raise self.complain('Invalid unix time in the tag "tg-time" {at}', end)
                entity["unix_time"] = int(moment)
                if shape := tag.attributes.get("format"):
                    entity["date_time_format"] = shape
        self.entities.append(entity)

    def link(self, tag: _Open, entity: Entity, end: int) -> Entity:
        url = tag.attributes.get("href") or "".join(self.parts)[tag.place :]
        if found := re.fullmatch(r"tg://user\?id=(\d+)", url):
            return entity | {"type": "text_mention", "user": int(found[1])}
        checked = link_address(url)
        if checked is None:
            shown = url[:100].replace("{", "{{").replace("}", "}}")
            raise self.complain(f'Telegram would drop the link "{shown}" {{at}}', end)
        return entity | {"url": checked}


def link_address(url: str) -> str | None:
    """The address as Telegram keeps it (`http://` added, a bare host gets its slash), or None if it is none."""
    url = url.strip()
    if any(char in _SPACE for char in url) or not url:
        return None
    if "://" not in url and not url.startswith(("mailto:", "tel:", "tg:")):
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme in ("mailto", "tel"):
        return url if parts.path else None
    if scheme in ("tg", "ton", "tonsite"):
        return url if parts.netloc or parts.path else None
    host = parts.hostname or ""
    if scheme not in ("http", "https", "ftp") or not (port is None or 0 < port < 65536):
        return None
    if "." not in host.strip(".") or not re.fullmatch(r"[\w.-]+", host) or ".." in host:
        return None
    return url if parts.path or parts.query or parts.fragment else f"{url}/"


def parse(text: str) -> Formatted:
    """Telegram's HTML as text and entities in the order of their ends; raises Refused where it does not parse.

    A mention `tg://user?id=` leaves its number in the entity's "user"; the caller puts the User there."""
    return _Parser(text).run()
