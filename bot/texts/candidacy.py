"""My candidacy in words: three questions, the plan with its dates, one step, reminders, companions, what comes after."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.candidacy import Candidacy, Line, Outcome, Plan, Way
from bot.domain.elections import ElectionStatus
from bot.domain.ids import CandidacyId, Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.elections import UNSURE, legend, mark, when, when_long
from bot.texts.hearings import Setting
from bot.texts.words import escape, in_rows


def way_name(way: Way, language: Language) -> str:
    """How one stands, in a few words."""
    _ = catalog(language).gettext
    return {
        Way.AIYL_SELF: _("aiyl kenesh, nominating myself"),
        Way.AIYL_PARTY: _("aiyl kenesh, from a party"),
        Way.CITY_LIST: _("city kenesh, on a party's list"),
    }[way]


def begin(place: str, words: str, language: Language) -> Letter:
    """The first question: where. `words` name the place from /me, "" when none is known."""
    _ = catalog(language).gettext
    text = _("<b>My candidacy</b>\nThree questions, and you get your steps with their dates. Where do you stand?")
    rows = [(Button(_("📍 Another place") if words else _("📍 Choose the place"), "p:c:kg:1"),)]
    if words:
        text += "\n\n" + escape(words)
        rows.insert(0, (Button(_("✅ Here"), f"cd:at:{place}"),))
    return Letter(text, tuple(rows))


def ask_way(place: str, ways: Sequence[Way], language: Language) -> Letter:
    """Which kenesh, and by a party or by oneself."""
    _ = catalog(language).gettext
    rows = tuple((Button(way_name(one, language), f"cd:way:{place}:{one}"),) for one in ways)
    return Letter(
        _("How do you stand?\n<i>A city kenesh is elected by party lists, so nobody nominates themselves there.</i>"),
        rows,
    )


def several(found: Sequence[Candidacy], setting: Setting, language: Language) -> Letter:
    """Whose plan to open."""
    _ = catalog(language).gettext
    rows = [
        (Button(f"{setting.place(one.place, language)}, {way_name(one.way, language)}"[:60], f"cd:plan:{one.id}"),)
        for one in found[:20]
    ]
    return Letter(_("Which plan?"), (*rows, (Button(_("🗳 I am a candidate"), "cd:begin"),)))


def plan(shown: Plan, now: datetime, setting: Setting, language: Language) -> Letter:
    """The whole plan: every line with its date, and what can be done."""
    _ = catalog(language).gettext
    done = sum(one.done for one in shown.lines)
    lines = [
        f"<b>{_heading(shown, language)}</b>",
        f"{escape(setting.place(shown.candidacy.place, language))}, {way_name(shown.candidacy.way, language)}",
        election_words(shown, language),
        _("Done as you told: {done} of {all}").format(done=done, all=len(shown.lines)),
        "",
        *(_line(n, one, now, setting.zone, language) for n, one in enumerate(shown.lines, 1)),
        "",
        legend([one.deadline for one in shown.lines if one.deadline is not None], language),
    ]
    id = shown.candidacy.id
    numbers = [Button(str(n), f"cd:step:{id}:{one.key}") for n, one in enumerate(shown.lines, 1)]
    rows = [tuple(numbers[at : at + 5]) for at in range(0, len(numbers), 5)]
    return Letter("\n".join(lines).strip(), (*rows, *_acts(shown, language)))


def election_words(shown: Plan, language: Language) -> str:
    """What is known of the election."""
    _ = catalog(language).gettext
    if shown.election is None or shown.election.status is ElectionStatus.DRAFT:
        return _("The election of your place is not called yet, so there are no dates. Once it is, I will tell you.")
    if shown.election.status is ElectionStatus.CANCELLED:
        return _("The election is cancelled. Once another is called, I will tell you.")
    return _("Voting on {day}").format(day=i18n.day_and_year(shown.election.voting_day, language))


def step(shown: Plan, one: Line, now: datetime, zone: ZoneInfo, language: Language, article: str = "") -> Letter:
    """One step whole: what, by when, papers, where, and the person's own note."""
    _ = catalog(language).gettext
    parts = [f"<b>{escape(one.title[language])}</b>"]
    if one.deadline is not None:
        gone = "" if one.ahead(now, zone) else " — " + _("this date has gone")
        parts.append("📅 " + when_long(one.deadline, language) + gone)
        if not one.deadline.confirmed:
            parts.append(f"<i>{UNSURE} {escape(mark(one.deadline, language))}</i>")
    if one.step is not None:
        parts.append(one.step.what[language])
        if one.step.papers[language]:
            parts.append(_("<b>Papers:</b> {papers}").format(papers=one.step.papers[language]))
        parts.append(_("<b>Where:</b> {where}").format(where=one.step.where[language]))
    if one.remark.done_at is not None:
        parts.append(
            "✅ "
            + _("You told us on {day} that it is done. The commission may see it otherwise.").format(
                day=i18n.day(one.remark.done_at, language, zone)
            )
        )
    if one.remark.note:
        parts.append(_("📝 Your note: {note}").format(note=escape(one.remark.note)))
    id, buttons = shown.candidacy.id, []
    if shown.own:
        if one.done:
            buttons.append(Button(_("↩️ Not done"), f"cd:undo:{id}:{one.key}"))
        else:
            buttons.append(Button(_("✅ Done"), f"cd:done:{id}:{one.key}"))
        buttons.append(Button(_("📝 Note"), f"cd:note:{id}:{one.key}"))
    rows = in_rows(buttons)
    if one.step is not None and article:
        rows.append((Button("📖 " + article, f"a:{one.step.article}:1"),))
    rows.append((Button(_("◀️ Back"), f"cd:plan:{id}"),))
    return Letter("\n\n".join(parts), tuple(rows))


def ask_note(one: Line, language: Language) -> Letter:
    """Words to oneself are awaited."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Write a note to «{title}», at most 300 characters. Only you and those you invited see it. «-» takes it away."
        ).format(title=escape(one.title[language]))
    )


def reminder(
    due: Sequence[tuple[Candidacy, Sequence[Line]]], now: datetime, setting: Setting, language: Language
) -> Letter:
    """What is due in three days, tomorrow or today and is not done yet."""
    _ = catalog(language).gettext
    today = now.astimezone(setting.zone).date()
    parts = [_("⏰ <b>Dates of your candidacy</b>")]
    buttons = []
    for candidacy, lines in due:
        if len(due) > 1:
            parts.append(escape(setting.place(candidacy.place, language)))
        for one in lines:
            assert one.deadline is not None
            days = (one.deadline.day - today).days
            lead = {0: _("today"), 1: _("tomorrow"), 3: _("in 3 days")}.get(days, "")
            unsure = f"\n<i>{UNSURE} {escape(mark(one.deadline, language))}</i>" if not one.deadline.confirmed else ""
            parts.append(
                f"<b>{lead.capitalize()}</b> — {escape(one.title[language])}\n📅 {when_long(one.deadline, language)}{unsure}"
            )
        buttons.append(Button(_("Open the plan"), f"cd:new:{candidacy.id}"))
    parts.append(_("<i>Done already? Mark it in the plan, and I will be silent about it.</i>"))
    return Letter("\n\n".join(parts), tuple((one,) for one in buttons[:5]))


def changed(words: str, candidacy: CandidacyId | None, language: Language) -> Letter:
    """A change of the election, with the way to one's plan."""
    _ = catalog(language).gettext
    return Letter(words, ((Button(_("Open the plan"), f"cd:new:{candidacy}"),),) if candidacy is not None else ())


def companions(shown: Plan, link: str, language: Language) -> Letter:
    """Who else sees the plan, and the link by which they come."""
    _ = catalog(language).gettext
    text = _("People you invite see your plan and get its reminders; they change nothing. Invited: {n}.").format(
        n=shown.companions
    )
    id, rows = shown.candidacy.id, []
    if link:
        text += "\n\n" + _("Send them this link. An older link no longer works.\n{link}").format(link=escape(link))
    rows.append((Button(_("🔗 A new link"), f"cd:link:{id}"),))
    if shown.companions:
        rows.append((Button(_("Let nobody else see it"), f"cd:alone:{id}"),))
    rows.append((Button(_("◀️ Back"), f"cd:plan:{id}"),))
    return Letter(text, tuple(rows))


def offer(candidacy: Candidacy, token: str, setting: Setting, language: Language) -> Letter:
    """What the link offers, before it is accepted."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "<b>You are invited to accompany a candidate.</b>\n{where}\n\nYou will see the steps, dates and notes and get "
            "reminders. You can leave at any time."
        ).format(where=f"{escape(setting.place(candidacy.place, language))}, {way_name(candidacy.way, language)}"),
        ((Button(_("Accept"), f"cd:join:{token}"), Button(_("No, thank you"), "refuse")),),
    )


def women(shown: Plan, language: Language) -> Letter:
    """Materials for women candidates; the question is optional and says why it is asked."""
    _ = catalog(language).gettext
    id = shown.candidacy.id
    text = _(
        "<b>Materials for women candidates</b>\nSeats reserved for women, pressure and family, campaigning with little money."
        "\n\n<i>Are you a woman candidate? You need not answer. If you say yes, these materials stay on your plan; nobody "
        "sees the answer.</i>"
    )
    keep = (
        Button(_("Take them off my plan"), f"cd:woman:{id}:0")
        if shown.candidacy.woman
        else Button(_("Yes, keep them on my plan"), f"cd:woman:{id}:1")
    )
    quota = "quota-city" if shown.candidacy.way is Way.CITY_LIST else "quota-aiyl"
    rows = (
        (Button(_("📖 Women candidates"), "a:women-candidates:1"),),
        (Button(_("📖 The quota of seats"), f"a:{quota}:1"),),
        (keep,),
        (Button(_("◀️ Back"), f"cd:plan:{id}"),),
    )
    return Letter(text, rows)


def more(shown: Plan, language: Language) -> Letter:
    """What else can be done with a plan."""
    _ = catalog(language).gettext
    id, muted = shown.candidacy.id, shown.companion.muted
    buttons = [
        Button(_("🔔 Remind me again"), f"cd:mute:{id}:0") if muted else Button(_("🔕 No reminders"), f"cd:mute:{id}:1")
    ]
    text = _("<b>More about this plan</b>") + "\n\n"
    text += _("Reminders: 3 days before, 1 day before and on the morning of each date, at 9:00. Now: {state}.").format(
        state=_("off; changes of dates are told all the same") if muted else _("on")
    )
    if shown.own:
        named = bool(shown.candidacy.name)
        text += "\n\n" + _(
            "Coordinators of your place see how many candidates stand at which step. Your name: {state}."
        ).format(state=escape(shown.candidacy.name) if named else _("not shown"))
        buttons += [
            Button(_("👥 Companions"), f"cd:with:{id}"),
            Button(_("Hide my name"), f"cd:name:{id}:0") if named else Button(_("Show my name"), f"cd:name:{id}:1"),
            Button(_("Change place or way"), "cd:begin"),
            Button(_("I do not stand"), f"cd:stop:{id}"),
        ]
    else:
        buttons.append(Button(_("Leave this plan"), f"cd:leave:{id}"))
    buttons.append(Button(_("◀️ Back"), f"cd:plan:{id}"))
    return Letter(text, tuple(in_rows(buttons)))


def stop_question(id: CandidacyId, language: Language) -> Letter:
    """Asked once before the plan goes."""
    _ = catalog(language).gettext
    return Letter(
        _("Erase your plan, its notes and everybody's sight of it?"),
        ((Button(_("Yes, erase"), f"cd:gone:{id}"), Button(_("No"), f"cd:plan:{id}")),),
    )


def gone(language: Language) -> Letter:
    """The plan is gone."""
    _ = catalog(language).gettext
    return Letter(_("Done. If you stand again: /candidate"))


def calendar_caption(language: Language) -> str:
    """What is said beside the file for one's calendar."""
    _ = catalog(language).gettext
    return _("Open the file to put these dates into your calendar. If they change, take the file anew.")


def paper_caption(language: Language) -> str:
    """What is said beside the plan to print."""
    _ = catalog(language).gettext
    return _("Your plan on one page, to print.")


def no_dates(language: Language) -> str:
    """There is nothing to put into a calendar."""
    _ = catalog(language).gettext
    return _("There are no dates ahead in your plan.")


def done(language: Language) -> str:
    """A short receipt."""
    _ = catalog(language).gettext
    return _("Done.")


def _heading(shown: Plan, language: Language) -> str:
    _ = catalog(language).gettext
    if shown.candidacy.outcome is Outcome.WON:
        return _("You won a seat: to the first session and through the first hundred days")
    if shown.candidacy.outcome is Outcome.NOT_WON:
        return _("Thank you for standing. What remains, and what you can still do")
    return _("My candidacy") if shown.own else _("The plan of a candidate")


def _line(number: int, one: Line, now: datetime, zone: ZoneInfo, language: Language) -> str:
    sign = "✅" if one.done else "▫️"
    if one.deadline is not None and not one.done and not one.ahead(now, zone):
        sign = "⌛️"
    date = ""
    if one.deadline is not None:
        date = f" · <b>{when(one.deadline, language)}</b>" + ("" if one.deadline.confirmed else f" {UNSURE}")
    return f"{number}. {sign} {escape(one.title[language])}{date}"


def _acts(shown: Plan, language: Language) -> list[tuple[Button, ...]]:
    _ = catalog(language).gettext
    id, outcome = shown.candidacy.id, shown.candidacy.outcome
    buttons = [Button(_("📅 Calendar"), f"cd:ics:{id}"), Button(_("🖨 To print"), f"cd:pdf:{id}")]
    buttons.append(Button(_("❓ May I campaign?"), "may"))
    if shown.own and outcome is Outcome.OPEN and shown.voted:
        buttons.append(Button(_("🏅 I won a seat"), f"cd:end:{id}:won"))
        buttons.append(Button(_("I did not win"), f"cd:end:{id}:not_won"))
    elif shown.own and outcome is not Outcome.OPEN:
        buttons.append(Button(_("↩️ Correct that"), f"cd:end:{id}:open"))
    if shown.own:
        mine = "♀️ " if shown.candidacy.woman else ""
        buttons.append(Button(mine + _("For women"), f"cd:women:{id}"))
    buttons.append(Button(_("⚙️ More"), f"cd:more:{id}"))
    return in_rows(buttons)
