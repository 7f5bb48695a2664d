"""The guide on the screen: sections, articles, pages with their foot."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.guide import Article, Checked, Kind, Mark
from bot.domain.ids import Language
from bot.i18n import catalog, day_and_year
from bot.ports import Button, Letter
from bot.texts.answers import sources
from bot.texts.pieces import units
from bot.texts.quotas_asking import way_of
from bot.texts.words import escape

ROOM = 3600  # with a title and entities there is still room below 4,096
TAG = re.compile(r"<[^>]*>")


def section_title(section: str, language: Language) -> str:
    """The name of a section; a section that has none yet is shown by its own word."""
    _ = catalog(language).gettext
    titles = {
        "basics": _("🏛 Keneshes and elections: the basics"),
        "standing": _("📝 Becoming a candidate"),
        "quota": _("⚖️ The 30 % quota"),
        "campaign": _("📣 Campaign and money"),
        "election-day": _("🗳 Voting day"),
        "deputy": _("🤝 You are elected"),
        "participation": _("👥 Hearings and participation"),
    }
    return titles.get(section, section)


def sections(names: Sequence[str], language: Language) -> Letter:
    """The table of contents."""
    _ = catalog(language).gettext
    buttons = tuple((Button(section_title(name, language), f"g:{name}"),) for name in names)
    return Letter(
        _(
            "<b>The guide</b>\nFor candidates, deputies, initiative groups and voters. Choose a section, or just write your question."
        ),
        buttons,
    )


def section(name: str, articles: Sequence[Article], language: Language) -> Letter:
    """The articles of one section."""
    _ = catalog(language).gettext
    buttons = tuple((Button(article.short, f"a:{article.slug}:1"),) for article in articles)
    return Letter(f"<b>{section_title(name, language)}</b>", (*buttons, (Button(_("⬆️ All sections"), "g:"),)))


def with_foot(pages: Sequence[str], article: Article, language: Language, today: date) -> tuple[str, ...]:
    """The pages with the article's foot at the end, on a page of its own when the last has no room for it."""
    below = foot(article, language, today)
    if units(TAG.sub("", pages[-1])) + units(TAG.sub("", below)) > ROOM:
        return (*pages, below)
    return (*pages[:-1], f"{pages[-1]}\n\n{below}")


def page(
    article: Article,
    html: str,
    number: int,
    of: int,
    following: Sequence[Article],
    language: Language,
    *,
    pictured: bool = False,
    spoken: bool = False,
) -> Letter:
    """One page of an article; the first one offers its picture and its recording, the last one asks whether it was
    useful and names what to read next."""
    _ = catalog(language).gettext
    head = f"<b>{escape(article.title)}</b>"
    if of > 1:
        head += f" · {number}/{of}"
    last = number == of
    buttons: list[tuple[Button, ...]] = []
    turn = []
    if number > 1:
        turn.append(Button(_("◀️ Back"), f"a:{article.slug}:{number - 1}"))
    if number < of:
        turn.append(Button(_("Next ▶️"), f"a:{article.slug}:{number + 1}"))
    if turn:
        buttons.append(tuple(turn))
    beside = []
    if number == 1 and pictured:
        beside.append(Button(_("🖼 Picture"), f"look:{article.slug}"))
    if number == 1 and spoken:
        beside.append(Button(_("🔊 Listen"), f"listen:{article.slug}"))
    if beside:
        buttons.append(tuple(beside))
    if last:
        if (way := way_of(article.slug)) is not None:
            buttons.append((Button(_("🧮 Calculate it"), f"kn:{way}"),))
        buttons.append(
            (Button(_("👍 Useful"), f"u:{article.slug}:1"), Button(_("👎 Not useful"), f"u:{article.slug}:0"))
        )
        buttons.extend((Button("➡️ " + other.short, f"a:{other.slug}:1"),) for other in following)
    buttons.append((Button(_("⬆️ Section"), f"g:{article.section}"), Button(_("🏠 Contents"), "g:")))
    return Letter(f"{head}\n\n{html}", tuple(buttons))


def foot(article: Article, language: Language, today: date) -> str:
    """What the text rests on, its edition date, how old its figures are, and whether a lawyer has read it."""
    _ = catalog(language).gettext
    lines = []
    if article.citations:
        lines.append(sources(article, language))
    lines.append(_("Edition: {date}").format(date=day_and_year(article.as_of, language)))
    if aged := article.aged(today):
        lines.append(_aged(aged, language, today))
    if article.kind is Kind.PRACTICE:
        lines.append(_("<i>Advice, not a rule of law.</i>"))
    if article.language_mark.by and article.language_mark.text_hash == article.text_hash:
        mark = article.language_mark
        lines.append(_("Read by: {who}, {date}").format(who=escape(mark.by), date=escape(mark.on)))
    lines.append(_mark(article.lawyer_mark, article.text_hash, language))
    return "\n".join(lines)


def thanks_for_opinion(language: Language) -> str:
    """A quiet receipt for "was this useful?"."""
    _ = catalog(language).gettext
    return _("Thank you, noted.")


def nothing_beside(language: Language) -> str:
    """A button of a picture or a recording that is there no more."""
    _ = catalog(language).gettext
    return _("It is no longer here. The article itself is in the guide: /guide")


def no_such_article(language: Language) -> Letter:
    """A link to an article that does not stand here."""
    _ = catalog(language).gettext
    return Letter(_("There is no such article. Here is the guide: /guide"))


def _aged(aged: Checked, language: Language, today: date) -> str:
    """«Checked on …»: in no case of any noun, so that a year, a month and a day all fit."""
    _ = catalog(language).gettext
    if aged.until is not None and aged.until < today:
        until = day_and_year(aged.until, language)
        return _("⏳ Some of this was known to hold until: {until}. Ask the commission.").format(until=until)
    if not aged.on:
        return _("⏳ Nobody knows when some of this was checked. Ask the commission.")
    return _("⏳ The oldest figure here was checked on: {when}. Ask the commission.").format(when=aged.on)


def _mark(lawyer: Mark, text_hash: str, language: Language) -> str:
    _ = catalog(language).gettext
    if lawyer.by and lawyer.text_hash == text_hash:
        return _("Read by a lawyer: {who}, {date}").format(who=escape(lawyer.by), date=escape(lawyer.on))
    return _("<i>Not yet checked by a lawyer.</i>")
