"""A party's list and the seats of a district in words; a row says "would take", never "elected"."""

from collections.abc import Sequence

from bot.domain.ids import Language
from bot.domain.quotas.allocation import Allocation, Outcome, Taken, Why
from bot.domain.quotas.lists import ORDER, Act, Change, Finding, Trial, Verdict
from bot.domain.quotas.people import Feature, Listed, Sex
from bot.domain.quotas.rules import Reading
from bot.i18n import catalog
from bot.texts.quotas import basis, decimal, percent, seats_said, step
from bot.texts.words import escape, shortened

SHOWN = 30
LONGEST = 60


def verdict(found: Verdict, names: Sequence[Listed], language: Language) -> str:
    """Which rule holds or fails, at which position, and the smallest change that would mend it."""
    _ = catalog(language).gettext
    share = found.rule.share
    most = f"{decimal(share.part * 100, share.whole)} %"
    broken = next((one for one in found.findings if one.confirmed), None)
    if broken is None:
        lines = [_("✅ <b>The rule holds:</b> no more than {share} of one sex.").format(share=most)]
    else:
        lines = [
            _("❌ <b>The rule is broken:</b> no more than {share} of one sex.").format(share=most),
            _("Position {position} ({name}) is the first too many: {have} where {limit} may be.").format(
                position=broken.position, name=_name(names, broken.position), have=broken.have, limit=broken.limit
            ),
        ]
    exact = decimal(found.length * share.part, share.whole)
    lines += [
        "",
        _("Women: {women} ({women_percent}), men: {men} ({men_percent}), in all {all}.").format(
            women=found.women,
            women_percent=percent(found.women, found.length),
            men=found.men,
            men_percent=percent(found.men, found.length),
            all=found.length,
        ),
        _("The sum: {length} × {share} = {exact}, the fraction is dropped: no more than {limit} of one sex.").format(
            length=found.length, share=most, exact=exact, limit=found.limit
        ),
    ]
    for trial in found.tried:
        lines += ["", _trial(trial, next((one for one in found.findings if one.rule == trial.rule), None), language)]
    if found.repair:
        lines += ["", _("<b>The smallest change that mends it</b>")]
        shown = found.repair[:SHOWN]
        lines += ["• " + change_said(one, names, language) for one in shown]
        lines += _more(len(found.repair) - len(shown), language)
    elif found.findings:
        lines += ["", _("No list of this length can keep these rules: it is too short.")]
    return "\n".join((*lines, "", basis(found.rule.basis, language)))


def change_said(change: Change, names: Sequence[Listed], language: Language) -> str:
    """One step of mending."""
    _ = catalog(language).gettext
    if change.act is Act.SWAP:
        return _("positions {one} ({one_name}) and {other} ({other_name}) change places").format(
            one=change.position,
            one_name=_name(names, change.position),
            other=change.other,
            other_name=_name(names, change.other),
        )
    if change.act is Act.INCLUDE and change.feature is not None:
        return _("{count} more: {feature}").format(count=change.count, feature=feature_said(change.feature, language))
    words = (
        _("position {position} ({name}): a woman instead of a man")
        if change.sex is Sex.WOMAN
        else _("position {position} ({name}): a man instead of a woman")
    )
    return words.format(position=change.position, name=_name(names, change.position))


def feature_said(feature: Feature, language: Language) -> str:
    """What a list may say of a candidate besides."""
    _ = catalog(language).gettext
    return {
        Feature.YOUNG: _("young candidates"),
        Feature.MINORITY: _("candidates of ethnic minorities"),
        Feature.DISABILITY: _("candidates with disabilities"),
    }[feature]


def opening(language: Language) -> str:
    """What every calculation of seats begins with."""
    _ = catalog(language).gettext
    return _("This is a calculation by an assumption, the text of the rule has not been checked; the TEC decides")


def allocation(found: Allocation, language: Language) -> str:
    """Who would take the seats, what stays open, and the other reading where it differs."""
    _ = catalog(language).gettext
    outcome = found.outcome
    lines = [] if found.rule.confirmed else [f"<b>{opening(language)}</b>", ""]
    sum_ = step(found.seats, found.reserve.share, found.reserved)
    lines += [
        _("{seats}, reserved for women: {reserved} ({sum})").format(
            seats=seats_said(found.seats, language), reserved=found.reserved, sum=sum_
        ),
        "",
        _("<b>Would take a seat</b>"),
    ]
    lines += [row(number, one, language) for number, one in enumerate(outcome.would_take[:SHOWN], 1)]
    lines += _more(len(outcome.would_take) - SHOWN, language)
    if not outcome.would_take:
        lines.append(_("nobody for certain"))
    lines += _open(outcome, language)
    if found.withdrawn:
        names = ", ".join(shown_name(one.name) for one in found.withdrawn[:SHOWN])
        lines += [
            "",
            _("Withdrawn, not counted: {names}. What becomes of their votes is not confirmed.").format(names=names),
        ]
    if found.other is not None:
        lines += ["", _other(outcome, found.other, language)]
    lines += ["", _("<b>Assumed</b>"), *("• " + one for one in assumptions(found, language))]
    return "\n".join((*lines, "", basis(found.rule.basis, language)))


def row(number: int, one: Taken, language: Language) -> str:
    """One line of those who would take a seat."""
    return f"{number}. {shown_name(one.candidate.name)} — {one.candidate.votes}, {why(one.why, language)}"


def why(seat: Why, language: Language) -> str:
    """On which seat."""
    _ = catalog(language).gettext
    return {Why.RESERVED: _("reserved seat"), Why.VOTES: _("by votes"), Why.EITHER: _("reserved or by votes")}[seat]


def assumptions(found: Allocation, language: Language) -> tuple[str, ...]:
    """What the model takes for granted."""
    _ = catalog(language).gettext
    first = (
        _("Reserved seats go to the women with most votes, the rest to those with most votes, whoever they are.")
        if found.rule.reading is Reading.AT_LEAST
        else _("Women compete only for the reserved seats, men for the rest.")
    )
    more = [_("Equal votes are not settled here: the rule for them is not confirmed.")]
    if found.outcome.unfilled_reserved:
        more.append(_("Reserved seats that lack women stay empty: who takes them is not confirmed."))
    if found.withdrawn:
        more.append(_("Whoever withdrew is left out as if they had not stood."))
    return (first, *more)


def shown_name(name: str) -> str:
    """A name as it was typed, safe to show."""
    return escape(shortened(name, LONGEST))


def _open(outcome: Outcome, language: Language) -> list[str]:
    _ = catalog(language).gettext
    lines = []
    for tie in outcome.ties:
        names = ", ".join(shown_name(one.name) for one in tie.candidates[:SHOWN])
        lines += [
            "",
            _("⚖️ Equal votes ({votes}) for {seats}: {names}. Who takes them is not confirmed.").format(
                votes=tie.votes, seats=seats_said(tie.seats, language), names=names
            ),
        ]
        if 0 < tie.reserved < tie.seats:
            lines.append(_("Women take at least {number} of these.").format(number=tie.reserved))
    if outcome.unfilled_reserved:
        lines += [
            "",
            _("Too few women: {seats} of the reserve are empty. What becomes of them is not confirmed.").format(
                seats=seats_said(outcome.unfilled_reserved, language)
            ),
        ]
    if vacant := outcome.unfilled - outcome.unfilled_reserved:
        lines += ["", _("Nobody is left for: {seats}.").format(seats=seats_said(vacant, language))]
    return lines


def _other(outcome: Outcome, other: Outcome, language: Language) -> str:
    _ = catalog(language).gettext
    here = [one.candidate.name for one in outcome.would_take]
    there = [one.candidate.name for one in other.would_take]
    head = (
        _("<b>Another reading</b>: women compete for the reserved seats only.")
        if other.reading is Reading.ONLY
        else _("<b>Another reading</b>: women may take more than the reserve.")
    )
    lines = [head]
    if gains := [name for name in there if name not in here]:
        lines.append(_("Would take a seat then: {names}").format(names=_names(gains)))
    if losses := [name for name in here if name not in there]:
        lines.append(_("Would not be certain of one then: {names}").format(names=_names(losses)))
    lines += [line for line in _open(other, language) if line]
    return "\n".join(lines)


def _trial(trial: Trial, broken: Finding | None, language: Language) -> str:
    _ = catalog(language).gettext
    if trial.rule == ORDER:
        rule = _("no more than {number} of one sex in a row").format(number=trial.number)
    else:
        rule = _("{feature}: at least {number} %").format(
            feature=feature_said(Feature(trial.rule), language), number=trial.number
        )
    head = _("🧪 Tried out, <i>not confirmed for local lists</i>: {rule}.").format(rule=rule)
    if broken is None:
        return f"{head} " + _("It holds.")
    if trial.rule == ORDER:
        where = _("It fails at position {position}: {have} in a row.").format(
            position=broken.position, have=broken.have
        )
    else:
        where = _("It fails: {have} of {limit} needed.").format(have=broken.have, limit=broken.limit)
    return f"{head} {where}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(shown_name(name) for name in names[:SHOWN]) + ("…" if len(names) > SHOWN else "")


def _name(names: Sequence[Listed], position: int) -> str:
    return shown_name(names[position - 1].name)


def _more(count: int, language: Language) -> list[str]:
    _ = catalog(language).gettext
    return [_("… and {n} more: the whole is in the Excel file").format(n=count)] if count > 0 else []
