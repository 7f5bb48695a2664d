"""Reserved seats in words: the answer, the sum step by step, what it rests on. Numbers are made of integers only."""

import re
from collections.abc import Sequence
from html import unescape

from bot.domain.ids import Language
from bot.domain.quotas.reservation import Range, Reservation
from bot.domain.quotas.rules import Basis, Confidence, Rounding, Scope, Share, tenths_of_percent
from bot.i18n import catalog
from bot.texts.words import escape

TAG = re.compile(r"<[^>]*>")
SHOWN_DISTRICTS = 60


def reserved(found: Reservation, language: Language) -> str:
    """The reserve of a kenesh, district by district, with its sum."""
    _ = catalog(language).gettext
    lines = [
        _("<b>Reserved for women: {reserved} of {seats}</b> ({percent})").format(
            reserved=found.reserved,
            seats=seats_said(found.seats, language),
            percent=percent(found.reserved, found.seats),
        ),
        "",
        _("<b>The sum</b>"),
    ]
    share = found.rule.share
    if found.rule.scope is Scope.KENESH:
        lines.append(step(found.seats, share, found.reserved))
    else:
        for number, one in enumerate(found.districts, 1):
            lines.append(
                _("District {number}: {step}").format(number=number, step=step(one.seats, share, one.reserved or 0))
            )
        if len(found.districts) > 1:
            parts = " + ".join(str(one.reserved) for one in found.districts)
            lines.append(_("Together: {sum}").format(sum=f"{parts} = {found.reserved}"))
        if found.rule.rounding is Rounding.UP:
            lines.append(_("A fraction of a seat is rounded up in each district."))
    lines.append(f"{found.reserved} × 100 : {found.seats} = {percent(found.reserved, found.seats)}")
    return "\n".join((*lines, "", basis(found.rule.basis, language)))


def between(found: Range, language: Language) -> str:
    """The smallest and the largest reserve while the seats of each district are not known, and why."""
    _ = catalog(language).gettext
    head = {"seats": seats_said(found.seats, language), "districts": districts_said(found.districts, language)}
    if found.least == found.most:
        lines = [
            _("<b>{seats}, {districts}: {least} reserved for women</b>").format(**head, least=found.least),
            _("However the seats are divided among the districts, the number is the same."),
        ]
    else:
        lines = [
            _("<b>{seats}, {districts}: from {least} to {most} reserved for women</b>").format(
                **head, least=found.least, most=found.most
            ),
            "",
            _("Fewest, for example: {example}").format(example=_example(found.least_districts, found)),
            _("Most, for example: {example}").format(example=_example(found.most_districts, found)),
            "",
            _("The share is rounded up in each district, so the answer depends on how the seats are divided."),
        ]
    lines.append(
        _("Ask the territorial election commission how many seats each district has, and write them here: 5 6 7")
    )
    return "\n".join((*lines, "", basis(found.rule.basis, language)))


def basis(rests: Basis, language: Language) -> str:
    """What the answer rests on: act, edition, day, and how sure it is."""
    _ = catalog(language).gettext
    lines = [_("<b>It rests on</b>")]
    for one in rests.citations:
        article = _(", article {article}").format(article=one.article) if one.article else ""
        lines.append(
            f'• <a href="{escape(one.link)}">{escape(one.act[language])}</a>{escape(article)} '
            f"({escape(one.edition[language])})"
        )
    lines.append(_("As of: {date}").format(date=rests.as_of[language]))
    if said := confidence(rests.confidence, language):
        lines.append(said)
    return "\n".join(lines)


def confidence(sure: Confidence, language: Language) -> str:
    """How sure a rule is; "" when several pages agree."""
    _ = catalog(language).gettext
    return {
        Confidence.PAGES: "",
        Confidence.SINGLE: _("By one source."),
        Confidence.INFERENCE: _("Rounding up in each district: by our calculation from the published numbers."),
        Confidence.NOT_CONFIRMED: _("Not confirmed: ask the territorial election commission."),
    }[sure]


def step(seats: int, share: Share, kept: int) -> str:
    """«5 × 30 % = 1,5 → 2»."""
    arrow = "→" if seats * share.part % share.whole else "="
    exact = decimal(seats * share.part, share.whole)
    return f"{seats} × {_share(share)} = {exact}" + (f" → {kept}" if arrow == "→" else "")


def percent(part: int, whole: int) -> str:
    """«38,9 %», from integers; «40 %» when nothing is left over."""
    tenths = tenths_of_percent(part, whole)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10} %"


def decimal(above: int, below: int) -> str:
    """A fraction with a comma, to two places at most: 150 of 100 is «1,5»."""
    hundredths = above * 100 // below
    rest = f"{hundredths % 100:02d}".rstrip("0")
    return f"{hundredths // 100},{rest}" if rest else str(hundredths // 100)


def seats_said(number: int, language: Language) -> str:
    """«21 место», «21 орун»."""
    n_ = catalog(language).ngettext
    return n_("{n} seat", "{n} seats", number).format(n=number)


def districts_said(number: int, language: Language) -> str:
    """«3 округа», «3 округ»."""
    n_ = catalog(language).ngettext
    return n_("{n} district", "{n} districts", number).format(n=number)


def plain(html: str) -> str:
    """The same words for a terminal."""
    return unescape(TAG.sub("", html))


def _share(share: Share) -> str:
    return f"{decimal(share.part * 100, share.whole)} %"


def _example(districts: Sequence[int], found: Range) -> str:
    rule = found.rule
    kept = [rule.reserved(each) for each in districts]
    if len(districts) > SHOWN_DISTRICTS:
        return str(sum(kept))
    return f"{' + '.join(map(str, districts))} → {' + '.join(map(str, kept))} = {sum(kept)}"
