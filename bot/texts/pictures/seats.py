"""Seats drawn one by one: a reserved one is orange and a diamond, an open one is pale and round; colour is never alone."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.domain.ids import Language
from bot.domain.quotas.allocation import Allocation, Why
from bot.domain.quotas.lists import Verdict
from bot.domain.quotas.people import Listed, Sex
from bot.domain.quotas.reservation import Range, Reservation
from bot.domain.quotas.rules import Basis
from bot.i18n import catalog
from bot.texts import quotas, quotas_lists
from bot.texts.pictures.canvas import PORTRAIT, SQUARE, Canvas, Colour, to_png
from bot.texts.words import shortened

if TYPE_CHECKING:
    from bot.texts.pictures.canvas import Box

LABEL = 34
SMALL = 30
SMALLEST_SEAT = 26  # pixels: below that numbers stand instead of seats
MOST_DRAWN = 7  # districts drawn one by one; more are drawn by their size
MOST_ROWS = 14  # of names; more cannot be read on a telephone


def draw(found: Reservation | Range | Verdict | Allocation, names: Sequence[Listed], language: Language) -> bytes:
    """One answer as a PNG picture."""
    match found:
        case Reservation():
            return _reservation(found, language)
        case Range():
            return _range(found, language)
        case Verdict():
            return _list(found, names, language)
        case Allocation():
            return _allocation(found, language)


def _reservation(found: Reservation, language: Language) -> bytes:
    _ = catalog(language).gettext
    title = _("Reserved for women: {reserved}, seats in all: {seats} ({percent})").format(
        reserved=found.reserved,
        seats=found.seats,
        percent=quotas.percent(found.reserved, found.seats).replace(" ", "\u00a0"),
    )
    page = _page(title, found.rule.basis, language, tall=len(found.districts) > 5)
    rows = [
        (_("District {number}").format(number=n), one.seats, one.reserved or 0)
        for n, one in enumerate(found.districts, 1)
    ]
    _rows(page, rows, language)
    return to_png(page)


def _range(found: Range, language: Language) -> bytes:
    _ = catalog(language).gettext
    title = _("{seats}, {districts}: reserve from {least} to {most}").format(
        seats=quotas.seats_said(found.seats, language),
        districts=quotas.districts_said(found.districts, language),
        least=found.least,
        most=found.most,
    )
    page = _page(title, found.rule.basis, language, tall=found.districts > 2)
    rows: list[tuple[str, int, int]] = []
    for label, districts in ((_("Fewest"), found.least_districts), (_("Most"), found.most_districts)):
        for number, (seats, times) in enumerate(_grouped(districts)):
            head = label if number == 0 else ""
            often = f"{times} ×" if times else ""
            rows.append((f"{head} {often}".strip(), seats, found.rule.reserved(seats)))
    _rows(page, rows, language)
    return to_png(page)


def _grouped(districts: Sequence[int]) -> list[tuple[int, int]]:
    """Each district as (seats, 0); when they are many, each size once as (seats, how many of it)."""
    if len(districts) <= MOST_DRAWN:
        return [(seats, 0) for seats in districts]
    return list(Counter(districts).items())


def _rows(page: Canvas, rows: Sequence[tuple[str, int, int]], language: Language) -> None:
    """A line of seats for each district; when there are too many to draw, numbers stand instead of seats."""
    box, top = page.body, _legend(page, language)
    most = max(seats for _label, seats, _kept in rows)
    per_line = 20 if most <= 20 else 10
    lines = -(-most // per_line)
    each = min(66 + 64 * lines, (box.bottom - top) // len(rows))
    label, count = 250, 230
    side = min((each - 16) // lines, 62, (box.width - label - count) // min(most, per_line))
    if side < SMALLEST_SEAT or each < 2 * SMALL:
        _numbers(page, rows, top, language)
        return
    for name, seats, kept in rows:
        page.write(name, box.left, top + (each - 46) // 2, label - 10, size=LABEL, bold=True)
        high = -(-seats // per_line)
        for number in range(seats):
            x = box.left + label + number % per_line * side + side // 2
            y = top + each // 2 - high * side // 2 + number // per_line * side + side // 2
            _seat(page, (x, y), side * 2 // 5, kept=number < kept)
        page.write(f"{kept} / {seats}", box.right - count, top + (each - 46) // 2, count, size=LABEL, align="right")
        top += each


def _numbers(page: Canvas, rows: Sequence[tuple[str, int, int]], top: int, language: Language) -> None:
    """Districts as «kept / seats» in columns."""
    _ = catalog(language).gettext
    box = page.body
    top = page.write(f"{_('Reserved')} / {_('Seats')}", box.left, top, box.width, size=SMALL, bold=True)
    columns = 4 if len(rows) > 30 else 3 if len(rows) > 20 else 2
    per_column = -(-len(rows) // columns)
    high = max(SMALL + 10, min(60, (box.bottom - top) // per_column))
    for number, (_label, seats, kept) in enumerate(rows):
        left = box.left + number // per_column * (box.width // columns)
        words = f"{number + 1}:  {kept} / {seats}"
        page.write(words, left, top + number % per_column * high, box.width // columns, size=SMALL)


def _seat(page: Canvas, centre: tuple[int, int], radius: int, *, kept: bool) -> None:
    x, y = centre
    if not kept:
        page.dot(centre, radius, Colour.PALE_BLUE, outline=Colour.BLUE, stroke=max(2, radius // 6))
        return
    long = radius + radius // 5
    page.triangle(((x - long, y), (x + long, y), (x, y - long)), Colour.ORANGE)
    page.triangle(((x - long, y), (x + long, y), (x, y + long)), Colour.ORANGE)


def _legend(page: Canvas, language: Language) -> int:
    """Which shape is which; returns where the rows may begin."""
    _ = catalog(language).gettext
    box, top = page.body, page.body.top
    for kept, words in ((True, _("reserved for women")), (False, _("open to everyone"))):
        _seat(page, (box.left + 22, top + 22), 20, kept=kept)
        top = page.write(words, box.left + 60, top, box.width - 60, size=SMALL) + 4
    return top + 16


def _list(found: Verdict, names: Sequence[Listed], language: Language) -> bytes:
    """A list as a chain of positions: women orange diamonds, men pale discs; what to change stands below in words."""
    _ = catalog(language).gettext
    title = _("The rule holds") if found.ok else _("The rule is broken")
    page = _page(title, found.rule.basis, language, tall=True)
    box = page.body
    top = box.top
    for woman, words in ((True, _("women: {n}").format(n=found.women)), (False, _("men: {n}").format(n=found.men))):
        _seat(page, (box.left + 22, top + 22), 20, kept=woman)
        top = page.write(words, box.left + 60, top, box.width - 60, size=SMALL) + 4
    limit = _("no more than {limit} of one sex in a list of {length}").format(limit=found.limit, length=found.length)
    top = page.write(limit, box.left, top, box.width, size=SMALL) + 18
    columns = 10 if len(names) <= 60 else 16
    side = min(box.width // columns, 82)
    for number, one in enumerate(names):
        x = box.left + number % columns * side + side // 2
        y = top + number // columns * side + side // 2
        _seat(page, (x, y), side * 2 // 5, kept=one.sex is Sex.WOMAN)
        if side >= 76:
            page.write(str(number + 1), x - side // 2, y - 18, side, size=28, align="center")
    top += -(-len(names) // columns) * side + 16
    for change in found.repair:
        words = "• " + quotas.plain(quotas_lists.change_said(change, names, language))
        if top + page.tall(words, box.width, size=SMALL) > box.bottom:
            break
        top = page.write(words, box.left, top, box.width, size=SMALL)
    return to_png(page)


def _allocation(found: Allocation, language: Language) -> bytes:
    """Those who would take a seat, each with the shape of the seat; the opening words stand above."""
    _ = catalog(language).gettext
    page = _page(_("Would take a seat"), found.rule.basis, language, tall=True)
    box = page.body
    top = box.top
    if not found.rule.confirmed:
        high = page.tall(quotas_lists.opening(language), box.width - 40, size=SMALL, bold=True)
        page.panel(_strip(box, top, high + 28), Colour.PALE_ORANGE)
        page.write(quotas_lists.opening(language), box.left + 20, top + 12, box.width - 40, size=SMALL, bold=True)
        top += high + 44
    below = _below(found, language)
    room = box.bottom - sum(page.tall(words, box.width, size=SMALL) + 6 for words in below)
    shown = 0
    for one in found.outcome.would_take:
        if top + 56 > room or shown == MOST_ROWS:
            break
        _seat(page, (box.left + 22, top + 24), 20, kept=one.why is Why.RESERVED)
        words = f"{shortened(one.candidate.name, 30)} — {one.candidate.votes}"
        page.write(words, box.left + 60, top, box.width - 60, size=LABEL if len(words) < 36 else SMALL)
        top += 56
        shown += 1
    if rest := len(found.outcome.would_take) - shown:
        below = (_("… and {n} more").format(n=rest), *below)
    top += 8
    for words in below:
        if top + page.tall(words, box.width, size=SMALL) > box.bottom:
            break
        top = page.write(words, box.left, top, box.width, size=SMALL) + 6
    return to_png(page)


def _below(found: Allocation, language: Language) -> tuple[str, ...]:
    _ = catalog(language).gettext
    lines = [_("◆ reserved seat   ● by votes")]
    for tie in found.outcome.ties:
        names = ", ".join(shortened(one.name, 24) for one in tie.candidates[:4]) + (
            "…" if len(tie.candidates) > 4 else ""
        )
        lines.append(
            _("Equal votes ({votes}) for {seats}: {names}").format(
                votes=tie.votes, seats=quotas.seats_said(tie.seats, language), names=names
            )
        )
    if found.outcome.unfilled:
        lines.append(_("Empty seats: {n}").format(n=found.outcome.unfilled))
    if found.other is not None:
        lines.append(_("By another reading the result differs."))
    return tuple(lines)


def _strip(box: "Box", top: int, high: int) -> "Box":
    from bot.texts.pictures.canvas import Box as Rectangle

    return Rectangle(box.left, top, box.right, top + high)


def _page(title: str, basis: Basis, language: Language, *, tall: bool) -> Canvas:
    """The page with its basis at the foot; how sure the rule is stands there too."""
    _ = catalog(language).gettext
    sure = quotas.confidence(basis.confidence, language)
    source = "; ".join(dict.fromkeys(one.act[language] for one in basis.citations[:1]))
    as_of = _("As of: {date}").format(date=basis.as_of[language])
    return Canvas(PORTRAIT if tall else SQUARE, title, source=source, as_of=f"{as_of}. {sure}".strip())
