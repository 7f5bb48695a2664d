"""Hearings in numbers: in words, and as the table that annual reports print."""

from collections import Counter
from collections.abc import Sequence

from bot import sheets
from bot.domain.hearings import HearingKind, HearingNumbers, HearingStatus
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Letter
from bot.texts.hearings import Setting, kind_name


def summary(found: Sequence[HearingNumbers], language: Language) -> Letter:
    """By kind, and what came of them, over the last two years."""
    _ = catalog(language).gettext
    held = [one for one in found if one.status is not HearingStatus.CANCELLED]
    kinds = Counter(one.kind for one in held)
    counted = [one for one in held if one.present is not None]
    lines = [
        _("<b>Hearings of the last two years</b>"),
        _("Announced: {n}, cancelled: {cancelled}").format(n=len(found), cancelled=len(found) - len(held)),
        *(f"• {kind_name(kind, language)}: {kinds[kind]}" for kind in HearingKind if kinds[kind]),
        _("Chats told: {n}").format(n=sum(one.told for one in found)),
        _("Said that they come: {n}").format(n=sum(one.coming for one in held)),
        _("Present: {n}").format(n=sum(one.present or 0 for one in counted))
        + _(", of them women: {n}").format(n=sum(one.women or 0 for one in counted)),
        _("Questions and proposals: {n}, answered: {answered}").format(
            n=sum(one.words for one in found), answered=sum(one.answered for one in found)
        ),
        _("With an outcome: {n}").format(n=sum(one.status is HearingStatus.CONCLUDED for one in found)),
    ]
    return Letter("\n".join(lines))


def table(found: Sequence[HearingNumbers], setting: Setting, language: Language) -> bytes:
    """One row a hearing (Excel)."""
    _ = catalog(language).gettext
    states = {
        HearingStatus.ANNOUNCED: _("announced"),
        HearingStatus.CANCELLED: _("cancelled"),
        HearingStatus.CONCLUDED: _("outcome known"),
    }
    header = (
        "№",
        _("Date and time"),
        _("Place"),
        _("About"),
        _("Topic"),
        _("State"),
        _("Told"),
        _("Coming"),
        _("Were there"),
        _("Women"),
        _("Questions"),
        _("Answered"),
    )
    rows = [
        (
            one.id,
            f"{one.starts_at.astimezone(setting.zone):%Y-%m-%d %H:%M}",
            setting.place(one.place, language),
            kind_name(one.kind, language),
            one.topic,
            states[one.status],
            one.told,
            one.coming,
            one.present if one.present is not None else one.came,
            one.women if one.women is not None else "",
            one.words,
            one.answered,
        )
        for one in found
    ]
    return sheets.write(_("Public hearings"), header, rows)
