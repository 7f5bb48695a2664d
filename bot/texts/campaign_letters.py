"""A campaign's letter exactly as people receive it, and its length as Telegram counts it."""

import re
from html import unescape

from bot.domain.campaigns import ButtonKind, Campaign, CampaignButton
from bot.domain.ids import CampaignId, Language
from bot.i18n import catalog
from bot.ports import Button, Enclosure, File, Letter
from bot.texts.pieces import units
from bot.texts.words import escape, numbered

LONGEST, LONGEST_CAPTION = 4096, 1024
_TAG = re.compile(r"<[^>]*>")


def letter(one: Campaign, language: Language) -> Letter:
    """The Letter for a reader of this language; without words of their own they receive the other language's."""
    content = one.draft.content
    spoken, words = content.in_language(language)
    rows = tuple((_button(one.id, number, button, spoken),) for number, button in enumerate(content.buttons))
    file = File(Enclosure(content.file_kind), content.file_id) if content.file_id else None
    return Letter(f"{words}\n\n{foot(one, spoken)}", rows, file)


def foot(one: Campaign, language: Language) -> str:
    """From whom it comes, its number, and how to stop such letters."""
    _ = catalog(language).gettext
    return _("<i>From: {who}. Information {number}. No more such letters: write «stop».</i>").format(
        who=escape(one.draft.content.signed), number=numbered(one.id)
    )


def too_long_by(one: Campaign, language: Language) -> int:
    """By how many units the letter is longer than Telegram takes; 0 or less when it fits."""
    if not one.draft.content.words.get(language):
        return 0
    return length(letter(one, language).text) - (LONGEST_CAPTION if one.draft.content.file_id else LONGEST)


def length(html: str) -> int:
    """UTF-16 units after Telegram has read the tags. Source: Bot API, sendMessage and sendPhoto."""
    return units(plain(html))


def plain(html: str) -> str:
    """The words alone."""
    return unescape(_TAG.sub("", html))


def _button(id: CampaignId, number: int, button: CampaignButton, language: Language) -> Button:
    words = button.words.get(language) or next(iter(button.words.values()), "…")
    if button.kind is ButtonKind.LINK:
        return Button(words, link=button.target)
    return Button(words, press=f"ct:{id}:{number}")
