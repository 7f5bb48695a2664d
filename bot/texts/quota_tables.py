"""Answers about quotas as Excel files: the same numbers, a row each, the opening words and the basis below."""

from collections.abc import Iterable, Sequence

from bot.domain.ids import Language
from bot.domain.quotas.allocation import Allocation, Outcome
from bot.domain.quotas.lists import Verdict
from bot.domain.quotas.people import Listed, Sex
from bot.domain.quotas.reservation import Range, Reservation
from bot.domain.quotas.rules import Basis
from bot.i18n import catalog
from bot.sheets import write
from bot.texts import quotas, quotas_lists

Row = tuple[str | int, ...]


def table(found: Reservation | Range | Verdict | Allocation, names: Sequence[Listed], language: Language) -> bytes:
    """One answer as an .xlsx file; `names` are those of a list."""
    _ = catalog(language).gettext
    match found:
        case Reservation():
            return _written(_reservation(found, language), (_("District"), _("Seats"), _("Reserved")), language)
        case Range():
            return _written(_range(found, language), (_("Case"), _("Seats by district"), _("Reserved")), language)
        case Verdict():
            header = (_("Position"), _("Name"), _("Sex"), _("Note"))
            return write(_("Quota"), header, _list(found, names, language), _notes(found.rule.basis, language))
        case Allocation():
            header = (_("Name"), _("Sex"), _("Votes"), _("By this calculation"))
            return _written(_allocation(found, language), header, language)


def _written(rows: Iterable[Row], header: Sequence[str], language: Language) -> bytes:
    _ = catalog(language).gettext
    return write(_("Quota"), header, rows)


def _reservation(found: Reservation, language: Language) -> list[Row]:
    _ = catalog(language).gettext
    rows: list[Row] = [
        (number, one.seats, "" if one.reserved is None else one.reserved)
        for number, one in enumerate(found.districts, 1)
    ]
    rows.append((_("Together"), found.seats, found.reserved))
    return rows + _foot(found.rule.basis, language)


def _range(found: Range, language: Language) -> list[Row]:
    _ = catalog(language).gettext
    return [
        (_("Fewest"), " + ".join(map(str, found.least_districts)), found.least),
        (_("Most"), " + ".join(map(str, found.most_districts)), found.most),
        *_foot(found.rule.basis, language),
    ]


def _list(found: Verdict, names: Sequence[Listed], language: Language) -> list[Row]:
    notes = {change.position: quotas_lists.change_said(change, names, language) for change in found.repair[::-1]}
    return [
        (number, one.name, sex_said(one.sex, language), quotas.plain(notes.get(number, "")))
        for number, one in enumerate(names, 1)
    ]


def _allocation(found: Allocation, language: Language) -> list[Row]:
    _ = catalog(language).gettext
    rows: list[Row] = [] if found.rule.confirmed else [(quotas_lists.opening(language),)]
    rows += _outcome(found.outcome, language)
    rows += [(one.name, sex_said(one.sex, language), one.votes, _("withdrawn, not counted")) for one in found.withdrawn]
    if found.outcome.unfilled:
        rows.append((_("Empty seats"), "", found.outcome.unfilled, _("what becomes of them is not confirmed")))
    if found.other is not None:
        rows += [(), (_("Another reading"),), *_outcome(found.other, language)]
    rows += [(), *((one,) for one in quotas_lists.assumptions(found, language))]
    return rows + _foot(found.rule.basis, language)


def _outcome(outcome: Outcome, language: Language) -> list[Row]:
    _ = catalog(language).gettext
    rows: list[Row] = [
        (
            one.candidate.name,
            sex_said(one.candidate.sex, language),
            one.candidate.votes,
            _("would take a seat: {why}").format(why=quotas_lists.why(one.why, language)),
        )
        for one in outcome.would_take
    ]
    for tie in outcome.ties:
        words = _("equal votes, seats for them: {seats}; not confirmed who takes them").format(seats=tie.seats)
        rows += [(one.name, sex_said(one.sex, language), one.votes, words) for one in tie.candidates]
    return rows


def sex_said(sex: Sex, language: Language) -> str:
    """«ж», «м»; «а», «э»: as people write it in lists, so that the file can be sent back."""
    _ = catalog(language).gettext
    return _("f") if sex is Sex.WOMAN else _("m")


def _foot(basis: Basis, language: Language) -> list[Row]:
    return [(), *((line,) for line in _notes(basis, language))]


def _notes(basis: Basis, language: Language) -> list[str]:
    return quotas.plain(quotas.basis(basis, language)).split("\n")
