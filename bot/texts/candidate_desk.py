"""What coordinators see of candidates: counts by step, and the letter they may write to those who stand at one."""

from collections.abc import Sequence

from bot.domain.candidacy import Stage
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.words import escape, shortened

LONGEST_LETTER = 2_000


def stages(found: Sequence[Stage], language: Language) -> Letter:
    """How many stand at which step; a number opens the letter to them."""
    _ = catalog(language).gettext
    lines = [_("<b>Candidates of your places, by the step they stand at</b>")]
    lines.append(_("All: {n}").format(n=sum(one.count for one in found)))
    buttons = []
    for number, one in enumerate(found[:30], 1):
        lines.append(f"{number}. {_title(one, language)} — <b>{one.count}</b>")
        if one.names:
            lines.append("    " + escape(shortened(", ".join(one.names), 200)))
        buttons.append(Button(f"✉️ {number}", f"cs:write:{one.key}"))
    if not found:
        lines.append(_("Nobody yet."))
    lines.append(_("<i>By what they told us themselves. Names only of those who agreed.</i>"))
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    return Letter("\n".join(lines), rows)


def ask_letter(stage: Stage, language: Language) -> Letter:
    """The words to those at a step are awaited."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Write to those who stand at «{title}» ({n}). Information only, no campaigning. Your name stands below. "
            "I show you the letter before it goes."
        ).format(title=_title(stage, language), n=stage.count)
    )


def too_long(language: Language) -> Letter:
    """The letter does not fit, or says nothing."""
    _ = catalog(language).gettext
    return Letter(_("Please write at most 2,000 characters, in words."))


def preview(text: str, signed: str, count: int, language: Language) -> Letter:
    """The letter as it will come, and to how many."""
    _ = catalog(language).gettext
    rows = ((Button(_("Send to {n}").format(n=count), "cs:send"), Button(_("No"), "cs:all")),)
    return Letter(letter(text, signed, language).text, rows)


def letter(text: str, signed: str, language: Language) -> Letter:
    """A coordinator's words to candidates, signed."""
    _ = catalog(language).gettext
    foot = _("Information from a coordinator: {name}. It is not a decision of the commission.").format(
        name=escape(signed) or _("no name")
    )
    return Letter(f"{escape(text)}\n\n<i>{foot}</i>")


def sent(count: int, language: Language) -> Letter:
    """To how many it is owed now."""
    _ = catalog(language).gettext
    return Letter(_("The letter goes to {n}.").format(n=count))


def _title(stage: Stage, language: Language) -> str:
    _ = catalog(language).gettext
    return escape(stage.title[language]) if stage.title is not None else _("all steps are done")
