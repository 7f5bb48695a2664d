"""A hearing as people see it: the card, its buttons, what has changed, and what is said before and after it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.hearings import Hearing, HearingId, HearingKind, HearingStatus, Item, Material, Outcome, Shown, Terms
from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import Places
from bot.i18n import catalog
from bot.ports import Button
from bot.texts.pieces import units
from bot.texts.words import escape, in_rows, shortened

ROOM = 4000  # below 4,096 there is room for a separating line
LEVELS = range(5)  # from everything to what one cannot do without
AGENDA_AT_MOST = (1200, 350, 150, 0, 0)
OUTCOME_AT_MOST = (900, 450, 200, 100, 60)
CHANGE_AT_MOST = (400, 150, 80, 40, 25)
FACT_AT_MOST = (400, 400, 150, 90, 60)
FILES_AT_MOST = (10, 5, 3, 1, 1)
TAG = re.compile(r"<[^>]*>")
UNNUMBERED = HearingId(0)
HOW_TO_PREPARE = "prepare-for-hearing"


@dataclass(frozen=True, slots=True)
class Setting:
    """What every word about a hearing needs: the tree of places, where people live, the bot's name."""

    places: Places
    zone: ZoneInfo
    bot: str

    def place(self, slug: PlaceSlug, language: Language) -> str:
        """The name of a place."""
        place = self.places.get(slug)
        return self.places.label(place, language) if place else slug

    def link(self, payload: str) -> str:
        """A link that opens the bot at something."""
        return f"https://t.me/{self.bot}?start={payload}"


def kind_name(kind: HearingKind | None, language: Language) -> str:
    """What a hearing is about, in a word or two."""
    _ = catalog(language).gettext
    return {
        HearingKind.BUDGET: _("local budget"),
        HearingKind.PROGRAMME: _("development programme"),
        HearingKind.PLANNING: _("urban planning"),
        HearingKind.OTHER: _("other matters"),
    }[kind or HearingKind.OTHER]


def item_name(item: Item, language: Language) -> str:
    """One thing that an announcement says, by its name."""
    _ = catalog(language).gettext
    return {
        Item.PLACE: _("Place"),
        Item.KIND: _("About"),
        Item.TOPIC: _("Topic"),
        Item.STARTS: _("Date and time"),
        Item.VENUE: _("Where"),
        Item.SPOT: _("Point on the map"),
        Item.LINK: _("Link"),
        Item.AGENDA: _("Agenda"),
        Item.ORGANISER: _("Organiser"),
        Item.CONTACT: _("Contact"),
        Item.PROPOSALS: _("How to send proposals"),
        Item.DEADLINE: _("Proposals until"),
        Item.FILES: _("Files"),
    }[item]


def item_words(item: Item, terms: Terms, setting: Setting, language: Language) -> str:
    """What the terms say of this item, escaped; empty when nothing."""
    _ = catalog(language).gettext
    match item:
        case Item.PLACE:
            return escape(setting.place(terms.place, language)) if terms.place else ""
        case Item.KIND:
            return kind_name(terms.kind, language) if terms.kind else ""
        case Item.STARTS:
            return i18n.occasion(terms.starts_at, language, setting.zone) if terms.starts_at else ""
        case Item.DEADLINE:
            return i18n.moment(terms.proposals_until, language, setting.zone) if terms.proposals_until else ""
        case Item.SPOT:
            return _("given") if terms.spot else ""
        case Item.FILES:
            return ", ".join(material(one, language) for one in terms.files)
        case Item.VENUE if terms.online and not terms.venue:
            return _("online, without a hall")
    return escape(str(getattr(terms, item.value)))


def material(one: Material, language: Language) -> str:
    """A file by its name and size."""
    _ = catalog(language).gettext
    name = escape(shortened(one.name, 60)) or _("a file")
    if not one.size:
        return name
    if one.size >= 2**20:
        return name + " (" + _("{n} MB").format(n=f"{one.size / 2**20:.1f}".replace(".", ",")) + ")"
    return name + " (" + _("{n} KB").format(n=max(1, one.size // 1024)) + ")"


def title(hearing: Hearing, language: Language) -> str:
    """Number, kind, and what became of it."""
    _ = catalog(language).gettext
    head = _("Hearing № {number}").format(number=hearing.id or "…")
    return f"<b>{head}</b> · {kind_name(hearing.terms.kind, language)}"


def fitting(write: Callable[[int], str]) -> str:
    """The fullest of these texts that Telegram takes; `write` is given a level, 0 for everything."""
    for level in LEVELS:
        text = write(level)
        if units(TAG.sub("", text)) <= ROOM:
            return text
    return write(LEVELS[-1])


def card(shown: Shown, setting: Setting, language: Language, *, group: bool, level: int = 0) -> str:
    """The whole hearing as it stands now, cancelled and concluded ones too; a higher level says less."""
    _ = catalog(language).gettext
    hearing, terms = shown.hearing, shown.hearing.terms
    lines = [title(hearing, language)]
    if hearing.status is HearingStatus.CANCELLED:
        lines.append(_("❌ <b>Cancelled.</b> The reason: {reason}").format(reason=escape(hearing.reason)))
    lines.append(f"<b>{escape(terms.topic)}</b>")
    lines.append("")
    lines.extend(_facts(terms, setting, language, level))
    if hearing.status is HearingStatus.CONCLUDED and shown.outcome is not None:
        lines += ["", outcome(shown.outcome, language, level)]
    elif hearing.status is HearingStatus.ANNOUNCED and shown.coming:
        lines += ["", _coming(shown, language, group=group)]
    return "\n".join(lines)


def buttons(
    shown: Shown, setting: Setting, language: Language, *, group: bool, over: bool = False
) -> tuple[tuple[Button, ...], ...]:
    """What one can do with a hearing from its card."""
    _ = catalog(language).gettext
    hearing, id = shown.hearing, shown.hearing.id
    words = Button(_("💬 Questions ({n})").format(n=shown.words), f"hw:{id}:1")
    if hearing.status is HearingStatus.CANCELLED:
        return ((Button(_("📅 Take it out of the calendar"), f"hi:{id}"),),)
    if over or hearing.status is HearingStatus.CONCLUDED:
        files = (Button(_("📎 Files"), f"hf:{id}"),) if hearing.terms.files or _has_file(shown.outcome) else ()
        return ((*((words,) if shown.words else ()), *files),) if shown.words or files else ()
    remind = (
        Button(_("🔔 Remind me"), link=setting.link(f"hg_{id}")) if group else Button(_("🔔 Remind me"), f"hr:{id}")
    )
    rows = [
        (Button(_("✋ We come · {n}").format(n=shown.coming_here if group else shown.coming), f"hc:{id}:come"),),
        (Button("+1", f"hc:{id}:more"), Button(_("Not coming"), f"hc:{id}:away")),
        *in_rows((remind, Button(_("📅 To the calendar"), f"hi:{id}"))),
        (Button(_("✍️ Ask or propose"), f"hq:{id}"),),
    ]
    last = [words, Button(_("📘 How to prepare"), link=setting.link(f"a_{HOW_TO_PREPARE}"))]
    if hearing.terms.spot:
        last.append(Button(_("🗺 Map"), f"hm:{id}"))
    if hearing.terms.files:
        last.append(Button(_("📎 Files"), f"hf:{id}"))
    return (*rows, *in_rows(last))


def was_now(before: Terms, after: Terms, setting: Setting, language: Language, level: int = 0) -> str:
    """What has changed, each as "was → now"; long texts are only named."""
    _ = catalog(language).gettext
    lines = []
    for item in before.changed(after):
        was, now = item_words(item, before, setting, language), item_words(item, after, setting, language)
        name = item_name(item, language)
        if item is Item.FILES:
            new = [material(one, language) for one in after.files if one not in before.files][: FILES_AT_MOST[level]]
            lines.append(_("New file: {names}").format(names=", ".join(new)) if new else f"{name}: {now or '—'}")
        elif item in (Item.AGENDA, Item.SPOT):
            lines.append(_("{item}: changed, see below").format(item=name))
        else:
            lines.append(
                f"{name}: <s>{_cut(was, CHANGE_AT_MOST[level]) or '—'}</s> → <b>{_cut(now, CHANGE_AT_MOST[level]) or '—'}</b>"
            )
    return "\n".join(lines)


def changed_head(hearing: Hearing, lines: str, language: Language) -> str:
    """The head of a notice of change."""
    _ = catalog(language).gettext
    return _("⚠️ <b>Hearing № {number} has changed</b>").format(number=hearing.id) + f"\n{lines}"


def announced_head(hearing: Hearing, setting: Setting, language: Language) -> str:
    """The head of the first notice."""
    _ = catalog(language).gettext
    return _("📣 <b>A public hearing is announced: {place}</b>").format(
        place=escape(setting.place(hearing.place, language))
    )


def cancelled(hearing: Hearing, setting: Setting, language: Language) -> str:
    """The hearing will not take place."""
    _ = catalog(language).gettext
    when = i18n.occasion(hearing.starts_at, language, setting.zone)
    return "\n".join(
        (
            _("❌ <b>Hearing № {number} is cancelled</b>").format(number=hearing.id),
            f"{escape(hearing.terms.topic)} · {when}",
            _("The reason: {reason}").format(reason=escape(hearing.reason)),
        )
    )


def old_card(hearing: Hearing, setting: Setting, language: Language) -> str:
    """What stands in place of a notice that is no longer true."""
    _ = catalog(language).gettext
    if hearing.status is HearingStatus.CANCELLED:
        return cancelled(hearing, setting, language)
    when = i18n.occasion(hearing.starts_at, language, setting.zone)
    return "\n".join(
        (
            _("⚠️ <b>Hearing № {number} has changed</b>, the newer message below is right.").format(number=hearing.id),
            f"{escape(hearing.terms.topic)} · {when}",
        )
    )


def reminder(hearing: Hearing, now: datetime, setting: Setting, language: Language) -> str:
    """The true time left, and where to go."""
    _ = catalog(language).gettext
    lines = [
        _("⏰ <b>Hearing № {number}: {left} left</b>").format(
            number=hearing.id, left=time_left(hearing.starts_at - now, language)
        ),
        f"<b>{escape(hearing.terms.topic)}</b>",
        *_facts(hearing.terms, setting, language, 1, only=(Item.STARTS, Item.VENUE, Item.LINK)),
    ]
    return "\n".join(lines)


def time_left(left: timedelta, language: Language) -> str:
    """«2 days 3 hours», «1 hour 40 minutes», «35 minutes»."""
    n_ = catalog(language).ngettext
    minutes = max(1, round(left.total_seconds() / 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    found = []
    if days:
        found.append(n_("{n} day", "{n} days", days).format(n=days))
    if hours:
        found.append(n_("{n} hour", "{n} hours", hours).format(n=hours))
    if rest and not days:
        found.append(n_("{n} minute", "{n} minutes", rest).format(n=rest))
    return " ".join(found)


def outcome(found: Outcome, language: Language, level: int = 0) -> str:
    """What came of a hearing."""
    _ = catalog(language).gettext
    lines = [_("<b>What came of it</b>")]
    for name, words in (
        (_("Proposed"), found.proposed),
        (_("Taken into account"), found.taken),
        (_("Not taken, and why"), found.rest),
        (_("Minutes"), found.minutes),
    ):
        if words:
            lines.append(f"<b>{name}:</b> {escape(shortened(words, OUTCOME_AT_MOST[level]))}")
    if found.file is not None:
        lines.append("<b>" + _("Minutes") + f":</b> {material(found.file, language)}")
    if found.present is not None:
        present = _("Present: {n}").format(n=found.present)
        if found.women is not None:
            present += _(", of them women: {n}").format(n=found.women)
        lines.append(present)
    return "\n".join(lines)


def concluded_head(hearing: Hearing, language: Language) -> str:
    """The head of the notice of an outcome."""
    _ = catalog(language).gettext
    return _("📋 <b>The outcome of hearing № {number}</b>").format(number=hearing.id)


def no_minutes(hearing: Hearing, setting: Setting, language: Language) -> str:
    """A week has gone, and the organiser has not said what came of it."""
    _ = catalog(language).gettext
    return _(
        "Hearing № {number}, {topic} ({when}): no minutes yet. The organiser was asked twice; when they come, you will get them here."
    ).format(
        number=hearing.id,
        topic=escape(shortened(hearing.terms.topic, 200)),
        when=i18n.day(hearing.starts_at, language, setting.zone),
    )


def came_question(hearing: Hearing, setting: Setting, language: Language) -> str:
    """The day after: did you come?"""
    _ = catalog(language).gettext
    return _("Hearing № {number}, {topic}, was on {when}. Were you there?").format(
        number=hearing.id,
        topic=escape(shortened(hearing.terms.topic, 200)),
        when=i18n.moment(hearing.starts_at, language, setting.zone),
    )


def came_buttons(hearing: Hearing, language: Language) -> tuple[tuple[Button, ...], ...]:
    """Came or not."""
    _ = catalog(language).gettext
    return ((Button(_("I was there"), f"hp:{hearing.id}:1"), Button(_("I was not"), f"hp:{hearing.id}:0")),)


def minutes_wanted(hearing: Hearing, setting: Setting, language: Language) -> str:
    """The organiser is asked what came of the hearing."""
    _ = catalog(language).gettext
    return _(
        "Hearing № {number}, {topic}, was on {when}. What came of it? Please give the minutes and say what was proposed, what was taken into account and why not the rest: those who were told of the hearing are waiting."
    ).format(
        number=hearing.id,
        topic=escape(shortened(hearing.terms.topic, 200)),
        when=i18n.moment(hearing.starts_at, language, setting.zone),
    )


def minutes_buttons(hearing: Hearing, language: Language) -> tuple[tuple[Button, ...], ...]:
    """The form of the outcome."""
    _ = catalog(language).gettext
    return ((Button(_("📋 Give the outcome"), f"ho:{hearing.id}"),),)


def _facts(terms: Terms, setting: Setting, language: Language, level: int, only: tuple[Item, ...] = ()) -> list[str]:
    signs = {
        Item.STARTS: "📅 {}",
        Item.PLACE: "🏘 {}",
        Item.VENUE: "📍 {}",
        Item.LINK: "🔗 {}",
        Item.AGENDA: "",
        Item.ORGANISER: "",
        Item.CONTACT: "",
        Item.PROPOSALS: "",
        Item.DEADLINE: "",
        Item.FILES: "📎 {}",
    }
    lines = []
    for item, sign in signs.items():
        words = item_words(item, terms, setting, language)
        if not words or (only and item not in only):
            continue
        if item is Item.STARTS:
            words = f"<b>{words}</b>"
        elif item is Item.AGENDA:
            agenda = shortened_lines(terms.agenda, AGENDA_AT_MOST[level])
            if AGENDA_AT_MOST[level] == 0:
                continue
            words = f"<blockquote expandable>{escape(agenda)}</blockquote>"
        elif item is Item.FILES:
            names = [material(one, language) for one in terms.files]
            words = ", ".join(names[: FILES_AT_MOST[level]]) + ("…" if len(names) > FILES_AT_MOST[level] else "")
        else:
            words = _cut(words, FACT_AT_MOST[level])
        name = item_name(item, language)
        lines.append(sign.format(words) if sign else f"{name}: {words}")
    return lines


def _cut(words: str, at_most: int) -> str:
    """The beginning of escaped words; no entity is cut in two."""
    return words if len(words) <= at_most else re.sub(r"&[a-z]*$", "", words[:at_most]).rstrip() + "…"


def shortened_lines(words: str, at_most: int) -> str:
    """The beginning of a text that keeps its lines."""
    return words if len(words) <= at_most else words[:at_most].rsplit(" ", 1)[0] + "…"


def _coming(shown: Shown, language: Language, *, group: bool) -> str:
    _ = catalog(language).gettext
    if group:
        return _("✋ Coming from this group: {here}, in all: {n}").format(here=shown.coming_here, n=shown.coming)
    return _("✋ Coming: {n}").format(n=shown.coming)


def _has_file(found: Outcome | None) -> bool:
    return found is not None and found.file is not None
