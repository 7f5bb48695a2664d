"""What an editor hears of a new edition of the guide."""

from collections.abc import Sequence

from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Letter
from bot.texts.words import escape, shortened

LISTED = 10


def reloaded(articles: int, facts: int, changed: Sequence[str], language: Language) -> Letter:
    """The new edition is open, and what it changed."""
    _ = catalog(language).gettext
    lines = [
        _("✅ The guide has been read anew: everybody reads the new edition now."),
        _("Article texts: {articles}. Facts: {facts}.").format(articles=articles, facts=facts),
    ]
    if changed:
        lines.append(_("Changed articles: {count}").format(count=len(changed)))
        lines += [f"• {escape(shortened(title, 80))}" for title in changed[:LISTED]]
        if len(changed) > LISTED:
            lines.append("…")
    else:
        lines.append(_("No article has changed."))
    return Letter("\n".join(lines))


def not_reloaded(first: Sequence[str], total: int, language: Language) -> Letter:
    """The old edition stays; where to look first."""
    _ = catalog(language).gettext
    lines = [
        _("❌ The new guide has mistakes, so the old one stays open. Nothing has changed for readers."),
        _("Mistakes: {total}. Mend these first, then send /reload again:").format(total=total),
    ]
    lines += [f"<code>{escape(shortened(problem, 300))}</code>" for problem in first]
    return Letter("\n".join(lines))
