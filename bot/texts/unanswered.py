"""What the guide does not know, as coordinators see it: groups of questions, nobody's name."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.faq import Alike
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.words import escape, shortened

A_PAGE = 8
EXAMPLE = 200


def unanswered(
    found: Sequence[Alike], erased: int, files: int, page: int, language: Language, *, known: bool
) -> Letter:
    """A page of groups, the most frequent first; `known` are those for which the guide finds something by now."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    pages = max(1, -(-len(found) // A_PAGE))
    number = min(max(page, 1), pages)
    if known:
        head = _("<b>The guide finds something, but a coordinator was asked</b>, for your places")
    else:
        head = _("<b>Questions that found nothing in the guide</b>, for your places")
    lines = [head + (f" · {number}/{pages}" if pages > 1 else "")]
    for group in found[(number - 1) * A_PAGE : number * A_PAGE]:
        times = n_("{n} time", "{n} times", group.count).format(n=group.count)
        lines.append(f"<b>{times}</b> · № {group.number}\n{escape(shortened(group.example, EXAMPLE))}")
    if not found:
        lines.append(_("There are none."))
    if not known and (erased or files):
        lines.append(
            _("Not grouped: {erased} whose words were erased at the asker's wish, {files} with a file.").format(
                erased=erased, files=files
            )
        )
    view = int(known)
    turn = [Button("◀️", f"unp:{view}:{number - 1}")] if number > 1 else []
    turn += [Button("▶️", f"unp:{view}:{number + 1}")] if number < pages else []
    other = _("Found nothing") if known else _("Found something, but not that")
    rows = [tuple(turn)] if turn else []
    return Letter("\n\n".join(lines), (*rows, (Button(other, f"unp:{1 - view}:1"),)))


def with_button(letter: Letter, allowed: bool, language: Language) -> Letter:
    """A letter of coordinators with the way to this list, for whose role allows it."""
    _ = catalog(language).gettext
    if not allowed:
        return letter
    return replace(letter, buttons=(*letter.buttons, (Button(_("🔎 What the guide does not know"), "un"),)))
