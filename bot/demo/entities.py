"""Text with entities as Telegram stores it: found in what people type, trimmed, merged, sorted, counted."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

from bot.demo import html
from bot.demo.refusals import bad_request
from bot.demo.text import Entity, Formatted, offsets, part_of, units, utf16_length

Users = Callable[[int], dict[str, Any] | None]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

_ZONES = "com|org|net|info|biz|edu|gov|int|me|io|app|dev|kg|ru|kz|uz|su|tj|tr|eu|uk|de|рф|ws|tv|ai|co"
_FINDERS = (
    ("url", "://", re.compile(r"(?i)(?<![\w@.])(?:https?|ftp|tg|ton)://[^\s<>«»\"']+")),
    ("url", ".", re.compile(
        rf"(?i)(?<![\w@./-])(?:[\w-]+\.)+(?:{_ZONES})(?![\w.-]*@)\b(?::\d+)?(?:[/?#][^\s<>«»\"']*)?")),
    ("email", "@", re.compile(r"(?<![\w.+-])[a-zA-Z0-9][\w.+-]*@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}\b")),
    ("mention", "@", re.compile(r"(?<![\w@])@[a-zA-Z0-9_]{3,32}\b")),
    ("bot_command", "/", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", "#", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
    ("cashtag", "$", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?![\w$])")),
    ("phone_number", "+", re.compile(r"(?<![\w+])\+\d(?:[ ()-]?\d){8,14}(?!\w)")),
)  # fmt: skip
"""What Telegram finds by itself: the kind, a mark without which it need not be looked for, and its form."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_MERGED = ("bold", "italic", "underline", "strikethrough", "spoiler")
_OPAQUE = frozenset({"pre", "code", "text_link", "text_mention", "custom_emoji", "date_time"})
_ORDER = {
    kind: place
    for place, kind in enumerate(
        ("blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention", "bold", "italic",
         "underline", "strikethrough", "spoiler")
    )
}  # fmt: skip


def found_in(text: str) -> list[Entity]:
    """Commands, mentions, links, addresses, hashtags and numbers that Telegram finds by itself."""
    where = offsets(text)
    found: list[Entity] = []
    taken: list[tuple[int, int]] = []
    for kind, mark, finder in _FINDERS:
        for match in finder.finditer(text) if mark in text else ():
            start, end = match.span()
            if kind == "url":
                end = start + len(match[0].rstrip(".,:;!?)…»"))
            if end <= start or any(start < stop and begin < end for begin, stop in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": where[start], "length": where[end] - where[start]})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def _merged(entities: list[Entity]) -> list[Entity]:
    """Bold that touches bold is one bold; likewise the other plain styles."""
    kept = [entity for entity in entities if entity["type"] not in _MERGED]
    for kind in _MERGED:
        spans = sorted((one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] == kind)
        joined: list[list[int]] = []
        for start, end in spans:
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        kept += [{"type": kind, "offset": start, "length": end - start} for start, end in joined]
    return kept


def _sorted(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(
        sorted(entities, key=lambda one: (one["offset"], -one["length"], _ORDER.get(one["type"], len(_ORDER))))
    )


def _cleaned(char: str) -> str:
    return "" if char == "\r" else " " if char < " " and char != "\n" else char


def settled(formatted: Formatted, find: bool = True) -> Formatted:
    """Text and entities as Telegram would store them.

    Spaces and line ends are cut at the end, and at the beginning up to the first entity; control characters
    become spaces; entities of nothing but spaces go; touching styles join; what Telegram finds by itself is added
    unless it stands in code or in a link."""
    text, entities = formatted.text, [dict(entity) for entity in formatted.entities]
    if _CONTROL.search(text):
        text, entities = _without_controls(text, entities)
    first = min((one["offset"] for one in entities), default=len(text))
    lead = 0
    while lead < len(text) and lead < first and text[lead] in " \n":
        lead += 1
    text = text[lead:].rstrip(" \n\t")
    end = utf16_length(text)
    kept: list[Entity] = []
    encoded = units(text)
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] - lead + entity["length"], end)
        moved = entity | {"offset": start, "length": stop - start}
        if start < stop and not part_of(encoded, moved).isspace():
            kept.append(moved)
    kept = _merged(kept) if len(kept) > 1 else kept
    if find:
        kept += [one for one in found_in(text) if _fits(one, kept)]
    return Formatted(text, _sorted(kept))


def _without_controls(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    where = offsets(text)
    gone = [where[place] for place, char in enumerate(text) if char == "\r"]
    moved = [
        one | {"offset": one["offset"] - bisect_left(gone, one["offset"]),
               "length": one["length"] - bisect_left(gone, one["offset"] + one["length"])
               + bisect_left(gone, one["offset"])}
        for one in entities
    ]  # fmt: skip
    return "".join(map(_cleaned, text)), moved


def _fits(found: Entity, kept: list[Entity]) -> bool:
    start, end = found["offset"], found["offset"] + found["length"]
    for entity in kept:
        begin, stop = entity["offset"], entity["offset"] + entity["length"]
        if not (start < stop and begin < end):
            continue
        nested = (begin <= start and end <= stop) or (start <= begin and stop <= end)
        if entity["type"] in _OPAQUE or entity["type"] == found["type"] or not nested:
            return False
    return True


def _given(text: str, entities: list[Entity], users: Users) -> Formatted:
    """Entities that the bot gave itself, checked."""
    end = utf16_length(text)
    kept: list[Entity] = []
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > end:
            raise bad_request(f"can't parse entities: entity {entity['type']} is outside the text")
        if entity["type"] == "text_link":
            address = html.link_address(entity.get("url", ""))
            if address is None:
                raise bad_request("can't parse entities: text_link without a valid url")
            kept.append(entity | {"url": address})
        elif entity["type"] == "text_mention":
            if user := users(int(entity.get("user", {}).get("id", 0))):
                kept.append(entity | {"user": user})
        else:
            kept.append(entity)
    return Formatted(text, tuple(kept))


def formatted(
    text: str, parse_mode: str | None, entities: list[Entity] | None, users: Users, limit: int, too_long: str
) -> Formatted:
    """What a bot wrote, parsed and settled; raises Refused with Telegram's words.

    `limit` is in UTF-16 units after parsing. More than 100 entities of its own, of which Telegram would silently
    drop the rest, are refused."""
    if parse_mode and entities:
        raise bad_request("can't use both parse_mode and entities")
    if parse_mode:
        if parse_mode.lower() != "html":
            known = parse_mode.lower() in ("markdown", "markdownv2")
            raise bad_request("parse mode Markdown is not imitated" if known else "unsupported parse_mode")
        parsed = html.parse(text)
        parsed = Formatted(parsed.text, tuple(_mentions(parsed.entities, users)))
    else:
        parsed = _given(text, entities or [], users)
    done = settled(parsed)
    if utf16_length(done.text) > limit:
        raise bad_request(too_long)
    if len(parsed.entities) > ENTITY_LIMIT:
        raise bad_request(f"more than {ENTITY_LIMIT} entities, Telegram would drop the formatting of the rest")
    return done


def _mentions(entities: Iterable[Entity], users: Users) -> Iterable[Entity]:
    for entity in entities:
        if entity["type"] != "text_mention":
            yield entity
        elif user := users(entity["user"]):
            yield entity | {"user": user}
