"""What cannot be counted with: one sentence that names the line and what is expected."""

from bot.domain.errors import Refusal
from bot.domain.ids import Language
from bot.domain.quotas.rules import NoRule
from bot.domain.quotas.typed import Mistake, WrongInput
from bot.i18n import catalog, day_and_year
from bot.sheets import Fault, WrongSheet
from bot.texts.refusals import refusal
from bot.texts.words import shortened

LONGEST = 40


def wrong(error: Refusal, language: Language) -> str:
    """One plain sentence (nothing escaped): the line and what is expected there."""
    _ = catalog(language).gettext
    match error:
        case WrongInput():
            return _on_line(error.line, _of_input(error, language), language)
        case WrongSheet():
            return _on_line(error.line, _of_sheet(error, language), language)
        case NoRule():
            return _("No rule of reserved seats is known for {day}: the earliest is of {since}.").format(
                day=day_and_year(error.day, language), since=day_and_year(error.known_from, language)
            )
    return refusal(error, language)


def _on_line(line: int, words: str, language: Language) -> str:
    _ = catalog(language).gettext
    return _("Line {line}: {words}").format(line=line, words=words[:1].lower() + words[1:]) if line else words


def _of_input(error: WrongInput, language: Language) -> str:
    _ = catalog(language).gettext
    said = {
        Mistake.SEATS: _("“{words}” is not a number of seats: a whole number from 1 to {limit} is expected."),
        Mistake.NO_SEATS: _("The seats of each district are expected, whole numbers from 1 to {limit}, for example: 5 6 7"),
        Mistake.DISTRICTS: _("“{words}”: the seats and the number of districts are expected (districts from 1 to {limit}), for example: 21 3"),
        Mistake.TOO_MANY_DISTRICTS: _("There are too many districts: no more than {limit} are expected."),
        Mistake.FEWER_SEATS: _("Each district needs a seat: with {limit} seats no more than {limit} districts are expected, not {other}."),
        Mistake.NAME: _("“{words}” is not a name: a name is expected."),
        Mistake.SEX: _("“{words}” is not a sex: ж or м, а or э, f or m is expected after the name."),
        Mistake.VOTES: _("“{words}” is not a number of votes: a whole number from 0 to {limit} is expected."),
        Mistake.WITHDRAWN: _("“{words}” is not clear: yes or no is expected for “withdrawn”."),
        Mistake.FEATURE: _("“{words}” is not clear: yes or no is expected."),
        Mistake.TWICE: _("“{words}” stands on line {other} already: each name is expected once."),
        Mistake.NOBODY: _("There is no name in it: one name a line is expected."),
        Mistake.TOO_MANY: _("There are too many names: no more than {limit} are expected."),
        Mistake.TRIAL: _("“{words}” cannot be tried: order=1…{limit} or young, minority, disability with 1…100 percent is expected."),
    }  # fmt: skip
    missing = {
        Mistake.SEX: _("Nothing stands where ж or м, а or э, f or m is expected."),
        Mistake.VOTES: _("Nothing stands where the votes are expected: a whole number from 0 to {limit}."),
    }
    words = said[error.mistake] if error.words.strip() else missing.get(error.mistake, said[error.mistake])
    return words.format(words=shortened(error.words, LONGEST), limit=error.limit, other=error.other)


def _of_sheet(error: WrongSheet, language: Language) -> str:
    _ = catalog(language).gettext
    said = {
        Fault.TOO_LARGE: _("The file is too large: a table of up to {limit} MB is expected."),
        Fault.TOO_MANY_ROWS: _("There are too many rows: no more than {limit} are expected."),
        Fault.NOT_A_SHEET: _("This file is not a table: .csv or .xlsx is expected."),
        Fault.OLD_EXCEL: _("This is the old Excel format: .xlsx or .csv is expected. Save it anew in one of them."),
        Fault.BROKEN: _("The file is damaged here and cannot be read: a sound .csv or .xlsx is expected."),
        Fault.EMPTY: _("The file is empty: a table with the columns name and sex is expected."),
        Fault.NO_COLUMN: _("There is no column {column}: one of these headings is expected: {aliases}."),
        Fault.TWICE: _("The column {column} stands there twice: one is expected."),
    }
    column = {"name": _("“name”"), "sex": _("“sex”"), "votes": _("“votes”")}.get(error.column, error.column)
    return said[error.fault].format(limit=error.limit, column=column, aliases=", ".join(error.aliases[:6]))
