"""What a coordinator hands on: plain words for other messengers, a square picture, a sheet for the notice board."""

from datetime import datetime

from bot import i18n
from bot.domain.hearings import Hearing, Item, Terms
from bot.domain.ids import Language
from bot.domain.places import DERIVED_MARK
from bot.i18n import catalog
from bot.texts.hearings import Setting, item_name, kind_name, shortened_lines
from bot.texts.words import shortened

PLAIN_AT_MOST = 1000


def plain(hearing: Hearing, setting: Setting, language: Language) -> str:
    """Words without any markup, at most 1,000 characters, to forward anywhere; the link stands whole at the end."""
    _ = catalog(language).gettext
    link = setting.link(f"h_{hearing.id}")
    head = _("A public hearing: {topic}").format(topic=shortened(hearing.terms.topic, 200))
    lines = [head, *_facts(hearing, setting, language)]
    words = shortened_lines("\n".join(lines), PLAIN_AT_MOST - len(link) - 40)
    return f"{words}\n" + _("Ask, propose, be reminded: {link}").format(link=link)


def square(hearing: Hearing, setting: Setting, language: Language) -> bytes:
    """A square picture (PNG) with what one must know, and a QR code."""
    from bot.texts.pictures.canvas import SQUARE, Box, Canvas, Colour, to_png
    from bot.texts.pictures.paper import qr_png

    _ = catalog(language).gettext
    page = Canvas(SQUARE, shortened(hearing.terms.topic, 120), source=_source(hearing, language))
    body, side = page.body, 240
    terms = hearing.terms
    top = page.write(kind_name(terms.kind, language), body.left, body.top, body.width, size=36, colour=Colour.BLUE)
    when = i18n.occasion(hearing.starts_at, language, setting.zone)
    top = page.write(when, body.left, top + 20, body.width, size=46, bold=True)
    for words in (_place(hearing, setting, language), _where(terms, language)):
        top = page.write(shortened(words, 110), body.left, top + 14, body.width, size=36)
    code = Box(body.right - side, body.bottom - side, body.right, body.bottom)
    page.picture(qr_png(setting.link(f"h_{hearing.id}")), code)
    beside = body.width - side - 30
    page.write(_("Ask, propose, be reminded: point the camera at the code"), body.left, code.top + 40, beside, size=34)
    return to_png(page)


def sheet(hearing: Hearing, setting: Setting, language: Language, made: datetime) -> bytes:
    """An A4 sheet (PDF) for the notice board, with a QR code that opens the bot at this hearing."""
    from bot.texts.pictures.paper import Paper

    _ = catalog(language).gettext
    paper = Paper(_("Public hearing"), foot=_source(hearing, language), made=made)
    paper.heading(hearing.terms.topic)
    for line in _facts(hearing, setting, language):
        paper.paragraph(line)
    paper.code(
        setting.link(f"h_{hearing.id}"),
        _(
            "Point the camera at the code: all about the hearing, a reminder, your question or proposal to the organiser."
        ),
        50,
    )
    return paper.to_pdf()


def cancelled_has_none(language: Language) -> str:
    """Nothing to hand on."""
    _ = catalog(language).gettext
    return _("A kit is made only for a hearing that is ahead.")


def _facts(hearing: Hearing, setting: Setting, language: Language) -> list[str]:
    terms = hearing.terms
    said = {
        Item.STARTS: i18n.occasion(hearing.starts_at, language, setting.zone),
        Item.PLACE: _place(hearing, setting, language),
        Item.VENUE: _where(terms, language),
        Item.LINK: terms.link,
        Item.AGENDA: shortened(terms.agenda, 300),
        Item.ORGANISER: terms.organiser,
        Item.CONTACT: terms.contact,
        Item.PROPOSALS: terms.proposals,
        Item.DEADLINE: i18n.moment(terms.proposals_until, language, setting.zone) if terms.proposals_until else "",
    }
    return [f"{item_name(item, language)}: {words}" for item, words in said.items() if words]


def _place(hearing: Hearing, setting: Setting, language: Language) -> str:
    """The name as it is printed: the sign of an unconfirmed one is for coordinators."""
    return setting.place(hearing.place, language).removeprefix(DERIVED_MARK)


def _where(terms: Terms, language: Language) -> str:
    _ = catalog(language).gettext
    return terms.venue or (_("online, without a hall") if terms.online else terms.link)


def _source(hearing: Hearing, language: Language) -> str:
    _ = catalog(language).gettext
    return _("Hearing № {number}").format(number=hearing.id) + (
        f" · {shortened(hearing.terms.organiser, 90)}" if hearing.terms.organiser else ""
    )
