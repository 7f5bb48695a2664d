"""A Tally in words: progress, what a pause says, the report, and words to coordinators about a campaign."""

from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.domain.campaigns import ButtonKind, Campaign, CampaignStatus, Halt
from bot.domain.deliveries import OPEN, SETTLED, Delivery, DeliveryStatus, Reason, Source, Tally
from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import Places
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts import campaign_words as words
from bot.texts.words import escape, numbered

BAR = 12
ENDED = tuple(status for status in DeliveryStatus if status in SETTLED)
Buttons = tuple[tuple[Button, ...], ...]


def progress(
    one: Campaign, tally: Tally, source: Source | None, speed: float, language: Language, zone: ZoneInfo
) -> Letter:
    """How far it is: a bar, sent of all, the rate, the time left, and what did not arrive."""
    _ = catalog(language).gettext
    settled, audience = tally.of(*SETTLED), tally.audience
    done = BAR * settled // audience if audience else 0
    lines = [
        _("<b>Campaign {number}</b>: {status}").format(
            number=numbered(one.id), status=words.status_name(one.status, language)
        ),
        f"{'▓' * done}{'░' * (BAR - done)} {100 * settled // audience if audience else 0} %",
        out_and_left(tally, language),
    ]
    if source is not None and source.freezing:
        lines.append(_("The list of recipients is being written down."))
    if one.status is CampaignStatus.RUNNING and source is not None and source.held_until is not None:
        lines.append(_("Held until {when}").format(when=words.moment(source.held_until, language, zone)))
    elif one.status is CampaignStatus.RUNNING and speed > 0 and (left := tally.of(*OPEN)):
        lines.append(
            _("{rate} a second, {left} left").format(rate=round(speed), left=words.duration(left / speed, language))
        )
    lines += [words.halt_words(one.halt, language)] if one.halt is not Halt.NONE else []
    lines += trouble(tally, language)
    return Letter("\n".join(lines), controls(one, language))


def out_and_left(tally: Tally, language: Language) -> str:
    """How many are out, in flight and left."""
    _ = catalog(language).gettext
    return _("Sent: {sent} of {all}. In flight: {flying}. Left: {left}.").format(
        sent=words.many(tally.of(DeliveryStatus.SENT)),
        all=words.many(tally.audience),
        flying=words.many(tally.of(DeliveryStatus.SENDING)),
        left=words.many(tally.of(DeliveryStatus.QUEUED)),
    )


def trouble(tally: Tally, language: Language) -> list[str]:
    """What did not arrive, by how it ended."""
    bad = [status for status in ENDED if status is not DeliveryStatus.SENT and tally.of(status)]
    return [f"{words.outcome_name(status, language)}: {words.many(tally.of(status))}" for status in bad]


def controls(one: Campaign, language: Language) -> Buttons:
    """What can still be done with it."""
    _ = catalog(language).gettext
    stop = Button(_("✖ Cancel"), f"c:cancel:{one.id}")
    match one.status:
        case CampaignStatus.RUNNING:
            return ((Button(_("⏸ Pause"), f"c:pause:{one.id}"), stop),)
        case CampaignStatus.PAUSED:
            again = Button(_("Send the failed again"), f"c:failed:{one.id}")
            return ((Button(_("▶ Resume"), f"c:resume:{one.id}"), stop), (again,))
    return ()


def cancel_question(one: Campaign, tally: Tally, language: Language) -> Letter:
    """Asked once before it ends for ever."""
    _ = catalog(language).gettext
    return Letter(
        _("Cancel campaign {number} for ever?").format(number=numbered(one.id)) + "\n" + out_and_left(tally, language),
        ((Button(_("Yes, cancel"), f"c:cancelled:{one.id}"), Button(_("No"), f"c:look:{one.id}")),),
    )


def report(
    one: Campaign,
    tally: Tally,
    causes: Mapping[tuple[DeliveryStatus, Reason], int],
    oblasts: Mapping[PlaceSlug | None, Mapping[DeliveryStatus, int]],
    taps: Mapping[int, int],
    places: Places,
    language: Language,
) -> Letter:
    """The report: it adds up to the audience, always."""
    _ = catalog(language).gettext
    lines = [
        _("<b>Report on campaign {number}</b>: {status}").format(
            number=numbered(one.id), status=words.status_name(one.status, language)
        )
    ]
    for status in ENDED:
        lines.append(f"{words.outcome_name(status, language)}: {words.many(tally.of(status))}")
        whys = [(words.cause_name(why, language), n) for (how, why), n in causes.items() if how is status]
        lines += [f"    {why}: {words.many(n)}" for why, n in whys if why and status is not DeliveryStatus.SENT]
    summed = " + ".join(words.many(tally.of(status)) for status in ENDED)
    if tally.of(*OPEN):
        lines.append(out_and_left(tally, language))
    else:
        lines.append(_("<b>Together: {sum} = {all}</b>").format(sum=summed, all=words.many(tally.audience)))
    if len(oblasts) > 1:
        lines.append(_("Sent by oblast:"))
        for slug, counts in sorted(oblasts.items(), key=lambda pair: -sum(pair[1].values())):
            name = _oblast(slug, places, language)
            sent = counts.get(DeliveryStatus.SENT, 0)
            lines.append(f"• {escape(name)}: {words.many(sent)} / {words.many(sum(counts.values()))}")
    lines += _taps(one, taps, language)
    return Letter("\n".join(lines), _after(one, tally, language))


def sheet(
    rows: Iterable[tuple[PlaceSlug | None, Mapping[DeliveryStatus, int]]],
    tally: Tally,
    places: Places,
    language: Language,
) -> tuple[list[str], list[list[str | int]]]:
    """The report as a table without names: a row for each oblast and one for all."""
    _ = catalog(language).gettext
    header = [_("Oblast"), *(words.outcome_name(status, language) for status in DeliveryStatus), _("together")]
    table: list[list[str | int]] = [
        [_oblast(slug, places, language), *(counts.get(one, 0) for one in DeliveryStatus), sum(counts.values())]
        for slug, counts in rows
    ]
    table.append([_("together"), *(tally.of(one) for one in DeliveryStatus), tally.audience])
    return header, table


def did_get(found: Sequence[tuple[str, Delivery | None]], language: Language) -> Letter:
    """Whether these chats got it."""
    _ = catalog(language).gettext
    if not found:
        return Letter(_("I know nobody of this name. Names are kept of coordinators and groups only; ask by id."))
    lines = []
    for name, row in found:
        if row is None:
            lines.append(_("{name}: was not in the audience").format(name=escape(name)))
            continue
        why = words.cause_name(row.reason, language) if row.status is not DeliveryStatus.SENT else ""
        lines.append(f"{escape(name)}: {words.outcome_name(row.status, language)}" + (f" ({why})" if why else ""))
    return Letter("\n".join(lines))


def _after(one: Campaign, tally: Tally, language: Language) -> Buttons:
    _ = catalog(language).gettext
    rows: list[tuple[Button, ...]] = [
        (Button(_("Excel"), f"c:excel:{one.id}"), Button(_("Did somebody get it?"), f"c:who:{one.id}"))
    ]
    if one.status is CampaignStatus.DONE and tally.of(DeliveryStatus.FAILED):
        rows.append((Button(_("Send the failed again"), f"c:failed:{one.id}"),))
    if one.status is CampaignStatus.DONE and tally.of(DeliveryStatus.UNCERTAIN):
        rows.append((Button(_("Send the uncertain again"), f"c:uncertain:{one.id}"),))
    return tuple(rows)


def _taps(one: Campaign, taps: Mapping[int, int], language: Language) -> list[str]:
    _ = catalog(language).gettext
    lines = [_("Taps on buttons (who tapped is not kept):")] if one.draft.content.buttons else []
    for number, button in enumerate(one.draft.content.buttons):
        label = escape(button.words.get(language) or next(iter(button.words.values()), ""))
        said = _("not measurable") if button.kind is ButtonKind.LINK else words.many(taps.get(number, 0))
        lines.append(f"• {label}: {said}")
    return lines


def _oblast(slug: PlaceSlug | None, places: Places, language: Language) -> str:
    place = places.get(slug) if slug else None
    _ = catalog(language).gettext
    return places.label(place, language) if place else _("place not given")
