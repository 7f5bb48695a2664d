"""Hearings as people look for them: ahead, past, found; what they follow and how; how a group is set up."""

from collections.abc import Sequence

from bot import i18n
from bot.domain.hearings import Hearing, HearingKind, HearingStatus, Lead
from bot.domain.ids import Language, PlaceSlug
from bot.domain.listening import Cadence, Listener
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.hearings import Setting, kind_name
from bot.texts.words import escape, shortened

CHOSEN, FREE = "✅ ", "▫️ "


def ahead(
    found: Sequence[Hearing],
    last: Hearing | None,
    places: Sequence[PlaceSlug],
    setting: Setting,
    language: Language,
    *,
    group: bool = False,
) -> Letter:
    """What comes in these places; when there is nothing, since when."""
    _ = catalog(language).gettext
    where = ", ".join(setting.place(slug, language) for slug in places) or _("the whole country")
    lines = [_("<b>Hearings: {where}</b>").format(where=escape(where))]
    lines += [_line(one, setting, language) for one in found]
    if not found and last is not None:
        lines.append(
            _("None is announced. The last one was announced on {day}: № {number}.").format(
                day=i18n.day_and_year(last.announced_at.astimezone(setting.zone).date(), language), number=last.id
            )
        )
    elif not found:
        lines.append(_("None is announced, and none has been since the bot works here."))
    rows = [tuple(_open(one) for one in found[i : i + 4]) for i in range(0, len(found), 4)]
    more = [Button(_("🕘 Past ones"), "hl:past")]
    if not group:
        more += [Button(_("🔎 Search"), "hl:find")]
        rows.append((Button(_("🔔 What I follow"), "hl:follow"),))
    return Letter("\n\n".join(lines), (*rows, tuple(more)))


def past(found: Sequence[tuple[Hearing, bool]], setting: Setting, language: Language) -> Letter:
    """What was, with or without an outcome, cancelled ones too."""
    _ = catalog(language).gettext
    lines = [_("<b>Past hearings</b>")]
    for one, known in found:
        state = _("outcome known") if known else _("no minutes yet")
        if one.status is HearingStatus.CANCELLED:
            state = _("cancelled")
        lines.append(f"{_line(one, setting, language)} · {state}")
    if not found:
        lines.append(_("There were none."))
    rows = [tuple(_open(one) for one, _known in found[i : i + 4]) for i in range(0, len(found), 4)]
    return Letter("\n\n".join(lines), (*rows, (Button(_("◀️ Back"), "hl:ahead"),)))


def search_wanted(language: Language) -> Letter:
    """What to look for."""
    _ = catalog(language).gettext
    return Letter(
        _("Write a number, a place or a word of the topic."),
        ((Button(_("◀️ Back"), "hl:ahead"),),),
    )


def found(hearings: Sequence[Hearing], words: str, setting: Setting, language: Language) -> Letter:
    """What the search met."""
    _ = catalog(language).gettext
    head = _("<b>Found for «{words}»</b>").format(words=escape(shortened(words, 60)))
    lines = [head, *(_line(one, setting, language) for one in hearings)]
    if not hearings:
        lines.append(_("No hearing holds these words."))
    rows = [tuple(_open(one) for one in hearings[i : i + 4]) for i in range(0, len(hearings), 4)]
    return Letter("\n\n".join(lines), (*rows, (Button(_("◀️ Back"), "hl:ahead"),)))


def following(
    listener: Listener,
    places: Sequence[PlaceSlug],
    a_month: float,
    own: PlaceSlug | None,
    setting: Setting,
    language: Language,
) -> Letter:
    """What a person follows, how, and how many notices a month to expect."""
    _ = catalog(language).gettext
    names = ", ".join(escape(setting.place(slug, language)) for slug in places)
    lines = [
        _("<b>What you follow</b>"),
        _("🏘 Places: {places}").format(places=names or _("none yet")),
        expected(a_month, language) if places else _("Follow a place, and you hear of its hearings in time."),
    ]
    if listener.muted:
        lines.append(_("🔕 Everything about hearings is muted."))
    rows: list[tuple[Button, ...]] = []
    if own is not None and own not in places:
        rows.append((Button(f"➕ {setting.place(own, language)}", f"hfo:{own}"),))
    rows.append((Button(_("➕ Another place"), "p:f:kg:1"),))
    rows += [(Button(f"✖️ {setting.place(slug, language)}", f"hfx:{slug}"),) for slug in places]
    rows += settings_rows(listener, language, group=False)
    rows.append((Button(_("◀️ Back"), "hl:ahead"),))
    return Letter("\n\n".join(lines), tuple(rows))


def expected(a_month: float, language: Language) -> str:
    """How many notices a month, by the last year."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    if not a_month:
        return _("There were no hearings here in the last year that the bot knows of.")
    n = max(1, round(a_month))
    return n_(
        "Expect about {n} notice a month, by the last year.", "Expect about {n} notices a month, by the last year.", n
    ).format(n=n)


def settings_rows(listener: Listener, language: Language, *, group: bool) -> list[tuple[Button, ...]]:
    """Kinds, cadence, reminders, and mute."""
    _ = catalog(language).gettext
    rows: list[tuple[Button, ...]] = []
    kinds = [
        Button(
            _mark(kind in listener.kinds) + kind_name(kind, language), f"hfk:{kind}:{int(kind not in listener.kinds)}"
        )
        for kind in HearingKind
    ]
    if not group:
        rows += [tuple(kinds[i : i + 2]) for i in range(0, len(kinds), 2)]
        rows.append(
            tuple(
                Button(_mark(cadence is listener.cadence) + cadence_name(cadence, language), f"hfc:{cadence}")
                for cadence in Cadence
            )
        )
    rows.append(
        tuple(
            Button(
                _mark(lead in listener.leads) + lead_name(lead, language),
                f"hfl:{lead}:{int(lead not in listener.leads)}",
            )
            for lead in Lead
        )
    )
    if listener.muted:
        rows.append((Button(_("🔔 Hear of hearings again"), "hfm:0"),))
    else:
        rows.append((Button(_("🔕 Mute hearings"), "hfm:1"),))
    return rows


def cadence_name(cadence: Cadence, language: Language) -> str:
    """How often."""
    _ = catalog(language).gettext
    return {
        Cadence.AT_ONCE: _("at once"),
        Cadence.DAILY: _("once a day"),
        Cadence.WEEKLY: _("once a week"),
    }[cadence]


def lead_name(lead: Lead, language: Language) -> str:
    """How long before."""
    _ = catalog(language).gettext
    return {
        Lead.THREE_DAYS: _("⏰ 3 days"),
        Lead.ONE_DAY: _("⏰ 1 day"),
        Lead.TWO_HOURS: _("⏰ 2 hours"),
    }[lead]


def followed(place: PlaceSlug, a_month: float, setting: Setting, language: Language) -> str:
    """A receipt."""
    _ = catalog(language).gettext
    return _("You follow: {place}.").format(place=setting.place(place, language)) + " " + expected(a_month, language)


def reminded(n: int, language: Language) -> str:
    """How many reminders are ahead."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    if not n:
        return _("It begins very soon: there is nothing left to remind of. You will hear of any change.")
    return n_(
        "I will remind you {n} time, and tell you of any change.",
        "I will remind you {n} times, and tell you of any change.",
        n,
    ).format(n=n)


def is_over(language: Language) -> str:
    """The hearing is over or cancelled."""
    _ = catalog(language).gettext
    return _("This hearing is over or cancelled.")


def no_files(language: Language) -> str:
    """No file came with it."""
    _ = catalog(language).gettext
    return _("There is no file.")


def opinion_question(number: int, step: int, language: Language) -> Letter:
    """One of three questions to somebody who was there."""
    _ = catalog(language).gettext
    words = (
        _("Did you have the papers in time?"),
        _("Could you speak?"),
        _("Did you get an answer?"),
    )[step]
    return Letter(
        f"{step + 1}/3 · {words}",
        ((Button(_("Yes"), f"hv:{number}:{step}:1"), Button(_("No"), f"hv:{number}:{step}:0")),),
    )


def thanks(language: Language) -> str:
    """Noted."""
    _ = catalog(language).gettext
    return _("Thank you, noted.")


def group_place_wanted(language: Language) -> str:
    """The second and last question of a group's set-up."""
    _ = catalog(language).gettext
    return _(
        "<b>For which place is this group?</b> Press below, or reply to this message with its name. Only administrators of the group can do that."
    )


def group_ready(
    listener: Listener, place: PlaceSlug, a_month: float, languages: Sequence[Language], setting: Setting
) -> Letter:
    """What the bot will send here, and how to stop it: one card."""

    def write(language: Language) -> str:
        _ = catalog(language).gettext
        lines = [
            _("<b>Ready: {place}</b>").format(place=escape(setting.place(place, language))),
            _(
                "I will write here when a public hearing is announced, moved or cancelled in this place, remind you before it, and tell you what came of it. "
                "Reply to such a message, and your question or proposal goes to the organiser."
            ),
            expected(a_month, language),
        ]
        if listener.muted:
            lines.append(_("🔕 Everything about hearings is muted."))
        lines.append(
            _(
                "To stop: press “Mute” below, or remove me from the group. /setup shows this card again; only administrators change it."
            )
        )
        return "\n\n".join(lines)

    language = languages[0]
    _ = catalog(language).gettext
    rows = [
        (Button(_("🏘 Another place"), "p:g:kg:1"), Button(_("🌐 Language"), "hgl")),
        *settings_rows(listener, language, group=True),
    ]
    return Letter("\n\n➖➖➖\n\n".join(write(one) for one in languages), tuple(rows))


def _line(one: Hearing, setting: Setting, language: Language) -> str:
    when = i18n.occasion(one.starts_at, language, setting.zone)
    place = escape(setting.place(one.place, language))
    struck = one.status is HearingStatus.CANCELLED
    topic = escape(shortened(one.terms.topic, 120))
    return f"<b>№ {one.id}</b> · {when}\n{f'<s>{topic}</s>' if struck else topic}\n<i>{place}</i>"


def _open(one: Hearing) -> Button:
    return Button(f"№ {one.id}", f"h:{one.id}")


def _mark(chosen: bool) -> str:
    return CHOSEN if chosen else FREE
