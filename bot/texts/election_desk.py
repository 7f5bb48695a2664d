"""Elections as coordinators make them: a draft proposed by past calendars, confirmed line by line, called and moved."""

from collections.abc import Sequence

from bot.domain.elections import Deadline, Election, ElectionKind, ElectionStatus, Kenesh, Key, Shift
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.elections import UNSURE, date_line, kenesh_name, kind_name, legend, mark, shift_line, title, when_long
from bot.texts.hearings import Setting
from bot.texts.words import escape, in_rows

A_PAGE = 8


def listed(found: Sequence[Election], setting: Setting, language: Language) -> Letter:
    """The elections of a coordinator's branch."""
    _ = catalog(language).gettext
    lines = [_("<b>Elections of your places</b>")]
    rows = []
    for one in found[:20]:
        draft = "📝 " if one.status is ElectionStatus.DRAFT else "📅 "
        lines.append(draft + title(one, setting, language))
        rows.append((Button(f"{draft}{one.voting_day:%d.%m.%Y}, {kenesh_name(one.kenesh, language)}", _plan(one)),))
    if not found:
        lines.append(_("None yet."))
    lines.append(_("<i>📝 a draft that only coordinators see; 📅 called, people see its dates.</i>"))
    rows.append((Button(_("➕ New election"), "p:e:kg:1"),))
    return Letter("\n\n".join(lines), tuple(rows))


def ask_kenesh(place: str, language: Language) -> Letter:
    """Which council is elected there."""
    _ = catalog(language).gettext
    rows = tuple((Button(kenesh_name(one, language), f"el:kenesh:{place}:{one}"),) for one in Kenesh)
    return Letter(_("Which kenesh is elected?"), rows)


def ask_kind(place: str, kenesh: Kenesh, language: Language) -> Letter:
    """Why it is held."""
    _ = catalog(language).gettext
    rows = tuple((Button(kind_name(one, language), f"el:kind:{place}:{kenesh}:{one}"),) for one in ElectionKind)
    return Letter(_("Which election is it?"), rows)


def ask_voting_day(language: Language) -> Letter:
    """The voting day, typed."""
    _ = catalog(language).gettext
    return Letter(_("Write the voting day, for example 17.11.2030."))


def ask_act(language: Language) -> Letter:
    """What called it, typed."""
    _ = catalog(language).gettext
    return Letter(_("Write the act that called the election: its name, number and date."))


def ask_plan_name(language: Language) -> Letter:
    """The paper by which dates are confirmed."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Write the name of the calendar plan by which you confirm dates: whose it is, its number and date. "
            "It stands as the basis of each date you confirm."
        )
    )


def ask_day(deadline: Deadline, language: Language) -> Letter:
    """Another day for a deadline, typed."""
    _ = catalog(language).gettext
    return Letter(
        _("«{title}»: write the day, and the hour if the plan names one, for example 17.10.2030 18:00.").format(
            title=escape(deadline.title[language])
        )
    )


def ask_lines(language: Language) -> Letter:
    """Deadlines to bring in, typed, pasted or as a file."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Send deadlines of the plan, one on a line, with the title in both languages:\n"
            "<code>17.10.2030 18:00 — Кыргызча аталышы / Русское название</code>\n\n"
            "Or send a CSV or Excel file with the columns: date, time, title_ky, title_ru. "
            "A title that the plan has already changes its date; a new one is added."
        )
    )


def not_a_day(language: Language) -> Letter:
    """What was typed is no day ahead."""
    _ = catalog(language).gettext
    return Letter(_("I do not see a day ahead here. Write it like this: 17.11.2030."))


def too_short(language: Language) -> Letter:
    """What was typed says nothing."""
    _ = catalog(language).gettext
    return Letter(_("Please write a few words, at most 300 characters."))


def lines_refused(wrong: Sequence[str], language: Language) -> Letter:
    """Lines that are not understood; nothing was changed."""
    _ = catalog(language).gettext
    shown = "\n".join(f"• <code>{escape(one[:80])}</code>" for one in wrong[:8])
    return Letter(
        _("Nothing was changed: in these lines I do not see a day and a title in both languages.\n{lines}").format(
            lines=shown
        )
    )


def file_refused(language: Language) -> Letter:
    """The file is not the table that is expected."""
    _ = catalog(language).gettext
    return Letter(_("I cannot read this file as a table with the columns date, time, title_ky, title_ru."))


def brought_in(added: int, changed: int, language: Language) -> str:
    """How many came in."""
    _ = catalog(language).gettext
    return _("Added: {added}. Changed: {changed}.").format(added=added, changed=changed)


def plan(election: Election, page: int, setting: Setting, language: Language) -> Letter:
    """The whole plan of an election, a page at a time, with what can be done to it."""
    _ = catalog(language).gettext
    pages = max(1, -(-len(election.deadlines) // A_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * A_PAGE
    part = election.deadlines[first : first + A_PAGE]
    sure = sum(one.confirmed for one in election.deadlines)
    status = {
        ElectionStatus.DRAFT: _("📝 a draft: people do not see it"),
        ElectionStatus.CALLED: _("📅 called: people see these dates"),
        ElectionStatus.OVER: _("over"),
        ElectionStatus.CANCELLED: _("cancelled"),
    }[election.status]
    lines = [
        f"<b>{title(election, setting, language)}</b>",
        f"{status}. {kind_name(election.kind, language).capitalize()}.",
        _("Act: {act}").format(act=escape(election.act)),
        _("Confirmed by: {plan}").format(plan=escape(election.plan_name) or _("not named yet")),
        _("Dates confirmed: {sure} of {all}").format(sure=sure, all=len(election.deadlines))
        + (f" · {page}/{pages}" if pages > 1 else ""),
        "",
        *(f"{first + n}. {date_line(one, language)[2:]}" for n, one in enumerate(part, 1)),
        "",
        legend(part, language),
    ]
    rows: list[tuple[Button, ...]] = []
    if election.status in (ElectionStatus.DRAFT, ElectionStatus.CALLED):
        numbers = [Button(str(first + n), f"el:line:{election.id}:{one.key}") for n, one in enumerate(part, 1)]
        rows += [tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)]
    turn = [Button("◀️", f"el:plan:{election.id}:{page - 1}")] if page > 1 else []
    turn += [Button("▶️", f"el:plan:{election.id}:{page + 1}")] if page < pages else []
    rows += [tuple(turn)] if turn else []
    rows += _acts(election, language)
    return Letter("\n".join(lines).strip(), tuple(rows))


def line(election: Election, deadline: Deadline, language: Language) -> Letter:
    """One deadline and what can be done to it."""
    _ = catalog(language).gettext
    basis = _("Confirmed: {basis}").format(basis=escape(deadline.basis)) if deadline.confirmed else ""
    text = "\n".join(
        filter(
            None,
            (
                f"<b>{escape(deadline.title[Language.KY])}</b>",
                f"<b>{escape(deadline.title[Language.RU])}</b>",
                when_long(deadline, language),
                basis or f"{UNSURE} {escape(mark(deadline, language))}",
                _source(deadline, language),
            ),
        )
    )
    buttons = []
    if deadline.key == Key.VOTING:
        buttons.append(Button(_("Move the voting day"), f"el:day:{election.id}:{deadline.key}"))
    else:
        if not deadline.confirmed:
            buttons.append(Button(_("✅ Confirm"), f"el:sure:{election.id}:{deadline.key}"))
        buttons.append(Button(_("Change the day"), f"el:day:{election.id}:{deadline.key}"))
        buttons.append(Button(_("Take it out"), f"el:drop:{election.id}:{deadline.key}"))
    buttons.append(Button(_("◀️ Back"), f"el:plan:{election.id}:1"))
    return Letter(text, tuple(in_rows(buttons)))


def moving(election: Election, day: str, moves: Sequence[Shift], language: Language) -> Letter:
    """What moves with the voting day, before it does."""
    _ = catalog(language).gettext
    lines = [_("<b>This moves with the voting day</b>"), *(shift_line(one, language) for one in moves[:25])]
    lines.append(_("<i>No date stays confirmed. Who was told of the dates hears “was → now”.</i>"))
    rows = ((Button(_("Yes, move"), f"el:moved:{election.id}:{day}"), Button(_("No"), f"el:plan:{election.id}:1")),)
    return Letter("\n".join(lines), rows)


def call_question(election: Election, setting: Setting, language: Language) -> Letter:
    """Asked once before people see it."""
    _ = catalog(language).gettext
    unsure = sum(not one.confirmed for one in election.deadlines)
    text = _("Show this election to people?\n{title}").format(title=title(election, setting, language))
    if unsure:
        text += "\n\n" + _("Dates not confirmed yet: {n}. People see them with ❔ and the words to check them.").format(
            n=unsure
        )
    rows = ((Button(_("Yes, show"), f"el:called:{election.id}"), Button(_("No"), f"el:plan:{election.id}:1")),)
    return Letter(text, rows)


def cancel_question(election: Election, setting: Setting, language: Language) -> Letter:
    """Asked once before it is off."""
    _ = catalog(language).gettext
    rows = ((Button(_("Yes, cancel it"), f"el:off:{election.id}"), Button(_("No"), f"el:plan:{election.id}:1")),)
    return Letter(
        _("Cancel this election? Who was told of its dates is told.\n{title}").format(
            title=title(election, setting, language)
        ),
        rows,
    )


def done(language: Language) -> str:
    """A short receipt."""
    _ = catalog(language).gettext
    return _("Done.")


def _acts(election: Election, language: Language) -> list[tuple[Button, ...]]:
    _ = catalog(language).gettext
    if election.status not in (ElectionStatus.DRAFT, ElectionStatus.CALLED):
        return []
    buttons = []
    if any(not one.confirmed for one in election.deadlines):
        buttons.append(Button(_("✅ Confirm all"), f"el:sure:{election.id}:-"))
    buttons.append(Button(_("📄 Name the plan"), f"el:name:{election.id}"))
    buttons.append(Button(_("➕ Deadlines"), f"el:add:{election.id}"))
    if election.status is ElectionStatus.DRAFT:
        buttons.append(Button(_("📍 One more place"), f"p:e.{election.id}:kg:1"))
        buttons.append(Button(_("📣 Show to people"), f"el:call:{election.id}"))
    buttons.append(Button(_("🗑 Cancel it"), f"el:cancel:{election.id}"))
    buttons.append(Button(_("◀️ Back"), "el:all"))
    return in_rows(buttons)


def _plan(election: Election) -> str:
    return f"el:plan:{election.id}:1"


def _source(deadline: Deadline, language: Language) -> str:
    if deadline.by is None or deadline.confirmed:
        return ""
    citation = deadline.by.citation
    return f'<a href="{escape(citation.link)}">{escape(citation.act[language])}</a>'
