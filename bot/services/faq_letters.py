"""The letters about entries: a second coordinator is asked for a yes, the author hears what came of it."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import aiosqlite

from bot.domain.chats import Act
from bot.domain.deliveries import Source
from bot.domain.faq import EntryStatus
from bot.domain.guide import Citation
from bot.domain.ids import ChatId, EntryId, Language
from bot.domain.places import Places
from bot.ports import Letter
from bot.services.duty import covers
from bot.storage import faq, roles
from bot.texts import faq as words


async def request_letter(
    db: aiosqlite.Connection,
    places: Places,
    citation: Callable[[str], Citation | None],
    source: Source,
    chat: ChatId,
    language: Language,
    zone: ZoneInfo,
) -> Letter | None:
    """The whole entry with a yes and a no; None when its text has changed since or the role is gone."""
    entry = await faq.by_id(db, EntryId(source.subject))
    if entry is None or entry.status is not EntryStatus.PROPOSED or entry.text_hash not in source.occasion:
        return None
    if not any(covers(places, grant, Act.APPROVE, entry.place) for grant in await roles.of_chat(db, chat)):
        return None
    place = places.get(entry.place) if entry.place else None
    return words.request(entry, citation(entry.citation), place, language, zone)


async def outcome_letter(db: aiosqlite.Connection, source: Source, language: Language) -> Letter | None:
    """Published, or not so; None when the entry is gone by now."""
    entry = await faq.by_id(db, EntryId(source.subject))
    if entry is None or entry.status is EntryStatus.WITHDRAWN:
        return None
    return words.outcome(entry, source.occasion == "published", language)
