"""Counts in words."""

from collections.abc import Mapping, Sequence

from bot.domain.ids import Language
from bot.domain.questions import QuestionStatus
from bot.i18n import catalog
from bot.ports import Letter
from bot.texts.desk import state_names
from bot.texts.words import escape

SHOWN = 15


def statistics(
    people: int | None,
    questions: Mapping[QuestionStatus, int] | None,
    opinions: Sequence[tuple[str, int, int]],
    language: Language,
) -> Letter:
    """How many people, questions and opinions; `opinions` holds an article's title, its yeses and its noes."""
    _ = catalog(language).gettext
    parts = [_("<b>In numbers</b>, for your places")]
    if people is not None:
        parts.append(_("People who can be reached: {n}").format(n=people))
    if questions is not None:
        names = state_names(language)
        lines = [f"• {names[status]}: {questions[status]}" for status in QuestionStatus if questions.get(status)]
        parts.append(
            _("Questions to coordinators: {n}").format(n=sum(questions.values())) + "".join(f"\n{x}" for x in lines)
        )
    if opinions:
        worst = sorted(opinions, key=lambda one: (-one[2], one[0]))[:SHOWN]
        rows = "\n".join(f"👍 {yes} 👎 {no} · {escape(title)}" for title, yes, no in worst)
        parts.append(_("Was the article useful?") + "\n" + rows)
    else:
        parts.append(_("Nobody has said yet whether an article was useful."))
    return Letter("\n\n".join(parts))
