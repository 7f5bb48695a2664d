"""Elections as people see them: the called ones with their dates, whether one may campaign today, and what moved."""

from collections.abc import Iterable, Sequence

from bot import i18n
from bot.domain.elections import Deadline, Election, ElectionKind, Kenesh, May, Shift, Whom
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.hearings import Setting
from bot.texts.words import escape

FOR_PEOPLE = frozenset({Whom.CANDIDATE, Whom.PARTY, Whom.VOTER})
MOST_SHIFTS = 25
UNSURE = "❔"


def kenesh_name(kenesh: Kenesh, language: Language) -> str:
    """Which council, in two words."""
    _ = catalog(language).gettext
    return {Kenesh.AIYL: _("aiyl kenesh"), Kenesh.CITY: _("city kenesh")}[kenesh]


def kind_name(kind: ElectionKind, language: Language) -> str:
    """Why it is held, in a word."""
    _ = catalog(language).gettext
    return {
        ElectionKind.REGULAR: _("regular election"),
        ElectionKind.EARLY: _("early election"),
        ElectionKind.REPEAT: _("repeat election"),
    }[kind]


def where(election: Election, setting: Setting, language: Language) -> str:
    """The places of an election, escaped; of many only the first."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    named = sorted(setting.place(one, language) for one in election.places)
    said = escape(", ".join(named[:4]))
    rest = len(named) - 4
    return said if rest <= 0 else said + " " + n_("and {n} more", "and {n} more", rest).format(n=rest)


def title(election: Election, setting: Setting, language: Language) -> str:
    """Which election it is, in one line."""
    _ = catalog(language).gettext
    return _("{kenesh}, {where}: voting on {day}").format(
        kenesh=kenesh_name(election.kenesh, language).capitalize(),
        where=where(election, setting, language),
        day=f"{election.voting_day:%d.%m.%Y}",
    )


def when(deadline: Deadline, language: Language) -> str:
    """«до 17.10.2024, 18:00»; a last day says that it is the last."""
    _ = catalog(language).gettext
    said = f"{deadline.day:%d.%m.%Y}" + (f", {deadline.hour}" if deadline.hour else "")
    return _("until {when}").format(when=said) if deadline.end else said


def when_long(deadline: Deadline, language: Language) -> str:
    """The day in words, and the hour if one is known."""
    _ = catalog(language).gettext
    day = i18n.day_and_year(deadline.day, language)
    said = _("{day}, hour {hour}").format(day=day, hour=deadline.hour) if deadline.hour else day
    return _("last day: {when}").format(when=said) if deadline.end else said


def mark(deadline: Deadline, language: Language) -> str:
    """Why a date is not sure yet; "" for one that a coordinator took from the plan of this election."""
    _ = catalog(language).gettext
    if deadline.confirmed:
        return ""
    if deadline.by is None:
        return _("not confirmed; check with the plan of this election")
    return _("by the calendar: {calendar}; check with the plan of this election").format(
        calendar=deadline.by.election.name[language]
    )


def legend(deadlines: Iterable[Deadline], language: Language) -> str:
    """What ❔ means, once under a list; "" when every date is confirmed."""
    marks = dict.fromkeys(mark(one, language) for one in deadlines if not one.confirmed)
    return "\n".join(f"<i>{UNSURE} {escape(one)}</i>" for one in marks)


def date_line(deadline: Deadline, language: Language) -> str:
    """One date of a list; ❔ when it is not confirmed."""
    unsure = "" if deadline.confirmed else f" {UNSURE}"
    return f"• {when(deadline, language)}{unsure} — {escape(deadline.title[language])}"


def shown(election: Election, may: May, setting: Setting, language: Language) -> Letter:
    """A called election with its dates."""
    _ = catalog(language).gettext
    dates = [one for one in election.deadlines if one.whom & FOR_PEOPLE]
    lines = [
        f"<b>{title(election, setting, language)}</b>",
        kind_name(election.kind, language).capitalize() + ". " + _("Act: {act}").format(act=escape(election.act)),
        "",
        *(date_line(one, language) for one in dates),
        "",
        legend(dates, language),
        may_sentence(election, may, language),
    ]
    rows = ((Button(question(language), "may"),), (Button(_("🗳 I am a candidate"), "cd:begin"),))
    return Letter("\n".join(line for line in lines if line is not None).strip(), rows)


def choose(found: Sequence[Election], setting: Setting, language: Language) -> Letter:
    """Several elections are called where one lives."""
    _ = catalog(language).gettext
    rows = tuple(
        (Button(f"{one.voting_day:%d.%m.%Y}, {kenesh_name(one.kenesh, language)}", f"el:see:{one.id}"),)
        for one in found[:20]
    )
    return Letter(_("Which election?"), rows)


def none_called(language: Language, *, place_known: bool) -> Letter:
    """No election is called there, so no date is said."""
    _ = catalog(language).gettext
    text = _("I know of no called election for your place. While an election is not called, I name no dates.")
    rows = [(Button(_("🗳 I am a candidate"), "cd:begin"),)]
    if not place_known:
        text += "\n" + _("You have not told me your place: it is in /me.")
    return Letter(text, tuple(rows))


def may_sentence(election: Election, may: May, language: Language) -> str:
    """Whether one may campaign now in this election, with the dates that say so."""
    _ = catalog(language).gettext
    campaign = election.campaign_days()
    begins = when(campaign[0], language) if campaign[0] else ""
    stops = when(campaign[1], language) if campaign[1] else ""
    match may:
        case May.YES:
            return _("✅ Yes: campaigning is allowed today, until {stops}.").format(stops=stops)
        case May.NOT_YET:
            return _("⛔️ Not yet: campaigning begins on {begins}.").format(begins=begins)
        case May.SILENCE:
            return _("⛔️ No: it is the silence period, since {stops}, until the end of voting day.").format(stops=stops)
        case May.OVER:
            return _("This election is over.")
    return _("The days of campaigning are not known to me: ask the commission.")


def question(language: Language) -> str:
    """The question, as people ask it."""
    _ = catalog(language).gettext
    return _("May I campaign today?")


def may_campaign(found: Sequence[tuple[Election, May]], setting: Setting, language: Language) -> Letter:
    """«May I campaign today?» for each election of the place."""
    _ = catalog(language).gettext
    lines = [f"<b>{question(language)}</b>"]
    for election, may in found[:8]:
        dates = [one for one in election.campaign_days() if one is not None]
        lines.append(f"<b>{title(election, setting, language)}</b>")
        lines.append(may_sentence(election, may, language))
        lines.append("\n".join(date_line(one, language) for one in dates))
        lines.append(legend(dates, language))
    lines.append(_("<i>What is allowed and what is not:</i>"))
    rows = (
        (Button(_("📖 When one may campaign"), "a:campaign-period:1"),),
        (Button(_("📖 What is forbidden"), "a:campaign-prohibited:1"),),
    )
    return Letter("\n\n".join(line for line in lines if line), rows)


def called(election: Election, setting: Setting, language: Language) -> str:
    """To who stands there and had no dates: now there are some."""
    _ = catalog(language).gettext
    return _("📅 <b>An election is called.</b>\n{title}\n\nYour plan has dates now.").format(
        title=title(election, setting, language)
    )


def moved(election: Election, moves: Sequence[Shift], setting: Setting, language: Language) -> str:
    """«Was → now» for each date that one was told."""
    _ = catalog(language).gettext
    lines = [_("⚠️ <b>Dates of the election have changed.</b>"), title(election, setting, language), ""]
    lines += [shift_line(one, language) for one in moves[:MOST_SHIFTS]]
    dates = [one.now for one in moves if one.now is not None]
    return "\n".join((*lines, "", legend(dates, language))).strip()


def shift_line(shift: Shift, language: Language) -> str:
    """One date: was → now."""
    _ = catalog(language).gettext
    named = shift.now or shift.was
    assert named is not None
    was = when(shift.was, language) if shift.was else _("none")
    now = when(shift.now, language) if shift.now else _("none")
    unsure = f" {UNSURE}" if shift.now is not None and not shift.now.confirmed else ""
    return f"• {escape(named.title[language])}: <s>{was}</s> → <b>{now}</b>{unsure}"


def cancelled(election: Election, setting: Setting, language: Language) -> str:
    """The election is off."""
    _ = catalog(language).gettext
    return _(
        "⚠️ <b>The election is cancelled.</b>\n{title}\n\nIts dates no longer hold; I remind you of none of them."
    ).format(title=title(election, setting, language))
