"""/place in words: what a coordinator enters, and what a villager is told of where the districts come from."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape as attribute
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import Place, Places
from bot.domain.quotas.districts import LONGEST_ACT, ActTrouble, Districting, DistrictsEntry, NoAiylKenesh, WrongAct
from bot.domain.quotas.reservation import Reservation
from bot.i18n import catalog, day_and_year
from bot.ports import Button, Letter
from bot.texts.quotas import percent, seats_said
from bot.texts.quotas_wrong import wrong as wrong_seats
from bot.texts.words import BUTTON, escape, shortened

SHOWN_WORDS = 40
SHOWN_NAME = 40
BRIEF_SEATS, BRIEF_ACT = 120, 60  # of what held before


def which_place(branch: Letter, language: Language) -> Letter:
    """The question of /place above a node of the tree."""
    _ = catalog(language).gettext
    head = _("<b>Seats of each district of an aiyl kenesh</b>, from the commission's decision. Of which aiyl aimak?")
    return Letter(f"{head}\n\n{branch.text}", branch.buttons)


def card(
    place: PlaceSlug, places: Places, history: Sequence[DistrictsEntry], found: Reservation | None,
    language: Language, zone: ZoneInfo,
) -> Letter:  # fmt: skip
    """What holds for a place with its reserve, and what held before; to be entered anew or withdrawn."""
    _ = catalog(language).gettext
    newest = history[0]
    lines = [f"<b>{escape(named(place, places, language))}</b>", *_entry(newest, language, zone)]
    lines += _reserve(found, language) if found is not None else []
    if earlier := history[1:]:
        lines += ["", _("<b>Before that</b>")]
        for one in earlier:
            first, *rest = _entry(one, language, zone, brief=True)
            lines += [f"• {first}", *rest]
    buttons = [(Button(_("✏️ Enter anew"), f"dtn:{place}"),)]
    if newest.known is not None:
        buttons.append((Button(_("🗑 Withdraw"), f"dtw:{place}:{newest.id}"),))
    return Letter("\n".join(lines), (*buttons, _elsewhere(place, places, language)))


def ask_seats(place: PlaceSlug, places: Places, language: Language) -> Letter:
    """The seats of each district."""
    _ = catalog(language).gettext
    text = _("How many seats does each district have? Write them in a row, for example: <code>5 6 7</code>")
    return Letter(f"<b>{escape(named(place, places, language))}</b>\n{text}", (_stop(language),))


def ask_act(language: Language) -> Letter:
    """The act that says so."""
    _ = catalog(language).gettext
    words = _("By which act? Write its name and number as they stand there; a link may stand at the end.")
    return Letter(words, (_stop(language),))


def ask_day(language: Language) -> Letter:
    """The day of the act."""
    _ = catalog(language).gettext
    return Letter(_("Of which day is the act? For example: <code>05.09.2024</code>"), (_stop(language),))


def preview(
    place: PlaceSlug, places: Places, known: Districting, found: Reservation, mark: str, language: Language
) -> Letter:
    """All of it with the reserve that comes out, before it is saved; `mark` is what the button saves."""
    _ = catalog(language).gettext
    head = [_("<b>Look at it before it is saved</b>"), escape(named(place, places, language))]
    return Letter(
        "\n".join((*head, *_known(known, language), *_reserve(found, language))),
        (
            (Button(_("✅ Save"), f"dtk:{mark}"),),
            (Button(_("✏️ Seats"), "dte:seats"), Button(_("✏️ Act"), "dte:act")),
            (Button(_("✏️ Date of the act"), "dte:day"),),
            _stop(language),
        ),
    )


def saved(card: Letter, language: Language) -> Letter:
    """The card of what has just been saved."""
    _ = catalog(language).gettext
    head = _("✅ Saved. Whoever asks for this aiyl kenesh gets the answer at once.")
    return Letter(f"{head}\n\n{card.text}", card.buttons)


def withdraw_question(place: PlaceSlug, seen: int, places: Places, language: Language) -> Letter:
    """Asked once before the districts no longer hold."""
    _ = catalog(language).gettext
    text = _("Withdraw the districts of {place}? People will be asked for the seats again; the history stays.")
    return Letter(
        text.format(place=escape(named(place, places, language))),
        ((Button(_("Yes, withdraw"), f"dty:{place}:{seen}"),), (Button(_("No"), f"dt:{place}"),)),
    )


def moved(letter: Letter, language: Language) -> Letter:
    """Somebody else was quicker: what stands now, or what is about to be saved over it."""
    _ = catalog(language).gettext
    head = _("⚠️ Meanwhile another coordinator has changed these districts; nothing of yours is saved yet.")
    return Letter(f"{head}\n\n{letter.text}", letter.buttons)


def stands_now(known: Districting | None, language: Language) -> str:
    """What another coordinator left, in a few lines."""
    _ = catalog(language).gettext
    lines = _known(known, language) if known is not None else [_("Withdrawn.")]
    return "\n".join((_("<b>Now there stands</b>"), *lines))


def wrong(error: Refusal, language: Language) -> str:
    """One plain sentence (nothing escaped): what cannot be taken, and what is expected."""
    _ = catalog(language).gettext
    if not isinstance(error, WrongAct):
        return wrong_seats(error, language)
    if error.trouble is ActTrouble.NO_ACT:
        return _("The name of the act is expected in words, up to {limit} characters.").format(limit=LONGEST_ACT)
    if error.trouble is ActTrouble.AHEAD and error.day is not None:
        return _("{day} has not come yet: the day of an act that stands is expected.").format(
            day=day_and_year(error.day, language)
        )
    return _("“{words}” is not one day: day, month and year are expected, for example 05.09.2024").format(
        words=shortened(error.words, SHOWN_WORDS)
    )


def no_kenesh(error: NoAiylKenesh, places: Places, language: Language) -> str:
    """A city, or a place that has become one (nothing escaped)."""
    _ = catalog(language).gettext
    place = named(error.place, places, language)
    return _("{place}: there is no aiyl kenesh here. Choose an aiyl aimak.").format(place=place)


def ask_kenesh(home: Place | None, near: PlaceSlug, places: Places, language: Language) -> Letter:
    """Path 1 of /quota: one's own place first, the tree, or the seats typed."""
    _ = catalog(language).gettext
    text = _(
        "Choose your place or write its name. Or write how many seats each district has, in a row: <code>5 6 7</code>"
    )
    rows = []
    home = places.get(home.slug) if home is not None else None
    if home is not None and home.elects_aiyl_kenesh:
        rows.append((Button(_on_a_button(home, places, language), f"ps:q:{home.slug}"),))
        other = Button(_("🏘 Another place"), f"p:q:{near}:1")
    else:
        other = Button(_("📍 Choose the place"), f"p:q:{near}:1")
    return Letter(text, (*rows, (other,), *_total_only(language)))


def not_known(place: PlaceSlug, places: Places, language: Language) -> Letter:
    """Nobody has entered the districts of this place: the seats are asked for, or their total."""
    _ = catalog(language).gettext
    head = _("{place}: the bot does not know its districts yet.").format(place=escape(named(place, places, language)))
    text = _("Write how many seats each district has, in a row. For example: <code>5 6 7</code>")
    return Letter(f"{head}\n{text}", _total_only(language))


def around(place: PlaceSlug, places: Places, known: Districting, language: Language) -> tuple[str, str]:
    """What stands above and below the answer for a place: its name, and what its districts rest on."""
    _ = catalog(language).gettext
    rests = _("• Districts: as the coordinator entered them from {act}, {day}").format(
        act=_act(known), day=day_and_year(known.as_of, language)
    )
    return f"🏡 <b>{escape(named(place, places, language))}</b>", rests


def named(slug: PlaceSlug, places: Places, language: Language) -> str:
    """A place with all that lies above it."""
    place = places.get(slug)
    return places.path(place, language) if place is not None else slug


def _known(known: Districting, language: Language, *, brief: bool = False) -> list[str]:
    _ = catalog(language).gettext
    total = f"{' + '.join(map(str, known.seats))} = {sum(known.seats)}" if len(known.seats) > 1 else str(*known.seats)
    if brief:
        total, known = shortened(total, BRIEF_SEATS), replace(known, act=shortened(known.act, BRIEF_ACT))
    return [
        _("Seats by district: {seats}").format(seats=total),
        _("Act: {act}, {day}").format(act=_act(known), day=day_and_year(known.as_of, language)),
    ]


def _entry(entry: DistrictsEntry, language: Language, zone: ZoneInfo, *, brief: bool = False) -> list[str]:
    _ = catalog(language).gettext
    when = day_and_year(entry.entered_at.astimezone(zone).date(), language)
    who = ", ".join(filter(None, (escape(shortened(entry.name, SHOWN_NAME)), when)))
    if entry.known is None:
        return [_("Withdrawn: {who}").format(who=who)]
    return [*_known(entry.known, language, brief=brief), _("<i>Entered: {who}</i>").format(who=who)]


def _reserve(found: Reservation, language: Language) -> list[str]:
    _ = catalog(language).gettext
    lines = [
        "",
        _("<b>Reserved for women: {reserved} of {seats}</b> ({percent})").format(
            reserved=found.reserved,
            seats=seats_said(found.seats, language),
            percent=percent(found.reserved, found.seats),
        ),
    ]
    if all(one.reserved is not None for one in found.districts):
        parts = " · ".join(f"{one.seats} → {one.reserved}" for one in found.districts)
        lines.append(_("By district: {parts}").format(parts=parts))
    return lines


def _act(known: Districting) -> str:
    return f'<a href="{attribute(known.link)}">{escape(known.act)}</a>' if known.link else escape(known.act)


def _total_only(language: Language) -> tuple[tuple[Button, ...], ...]:
    _ = catalog(language).gettext
    return (Button(_("I know the total only"), "k:range"),), (Button(_("⚖️ All calculations"), "k:"),)


def _elsewhere(place: PlaceSlug, places: Places, language: Language) -> tuple[Button, ...]:
    _ = catalog(language).gettext
    above = places.upwards(place)[1:2] or (place,)
    return (Button(_("🏘 Another place"), f"p:d:{above[0]}:1"),)


def _stop(language: Language) -> tuple[Button, ...]:
    _ = catalog(language).gettext
    return (Button(_("Stop"), "dtx"),)


def _on_a_button(place: Place, places: Places, language: Language) -> str:
    label = f"📍 {places.label(place, language)}"
    return label if len(label) <= BUTTON else f"📍 {places.short_label(place, language)}"
