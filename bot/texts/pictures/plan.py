"""A candidate's plan on one A4 page, in one language, to hang on a wall."""

from datetime import datetime

from bot.domain.candidacy import Plan
from bot.domain.ids import Language
from bot.i18n import catalog, day_and_year
from bot.texts.candidacy import election_words, way_name
from bot.texts.elections import UNSURE, mark, when
from bot.texts.hearings import Setting
from bot.texts.ics import plain
from bot.texts.pictures.paper import Paper


def plan_paper(shown: Plan, setting: Setting, language: Language, now: datetime) -> bytes:
    """The plan as a PDF file: a box to tick, what, by when, where."""
    _ = catalog(language).gettext
    foot = _("As of {day}. Check the dates with the calendar plan of the election and with your commission.").format(
        day=day_and_year(now.astimezone(setting.zone).date(), language)
    )
    paper = Paper(_("My candidacy"), foot=f"{foot} t.me/{setting.bot}", made=now)
    paper.paragraph(
        f"{setting.place(shown.candidacy.place, language)}, {way_name(shown.candidacy.way, language)}\n"
        + election_words(shown, language)
    )
    rows = []
    for number, one in enumerate(shown.lines, 1):
        date = ""
        if one.deadline is not None:
            date = when(one.deadline, language) + ("" if one.deadline.confirmed else " *")
        where = plain(one.step.where[language]) if one.step is not None else ""
        rows.append(("☑" if one.done else "☐", f"{number}. {one.title[language]}", date, where))
    paper.table(("", _("What"), _("When"), _("Where")), rows, (5, 50, 27, 36))
    marks = dict.fromkeys(
        mark(one.deadline, language) for one in shown.lines if one.deadline is not None and not one.deadline.confirmed
    )
    for one_mark in marks:
        paper.paragraph(f"* {one_mark}".replace(UNSURE, ""))
    return paper.to_pdf()
