"""Campaigns in chat: the list, the card of a draft, its audience in a sentence, and what to write next."""

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from bot.domain.audiences import Audience, Headcount
from bot.domain.campaigns import EDITABLE, Campaign, CampaignStatus, CampaignTopic, Lack, Warning
from bot.domain.chats import ChatKind
from bot.domain.guide import Reader
from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import COUNTRY, Places
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts import campaign_letters
from bot.texts import campaign_words as words
from bot.texts.words import LANGUAGE_NAMES, escape, numbered, shortened

FIRST_WORDS = 40
OBLASTS = 12


def listed(found: Sequence[Campaign], at_home: bool, language: Language) -> Letter:
    """The newest campaigns and the way to a new one."""
    _ = catalog(language).gettext
    lines = [_("<b>Campaigns</b>: information only, no call for or against a candidate or party.")]
    rows: list[tuple[Button, ...]] = [(Button(_("➕ New campaign"), "c:new"),)]
    if not at_home:
        lines.append(
            _(
                "<b>The bot has woken up on another machine.</b> No campaign leaves until an administrator confirms that this is the right one."
            )
        )
        rows.append((Button(_("This machine is the right one"), "c:home"),))
    for one in found:
        _language, said = one.draft.content.in_language(language)
        title = shortened(campaign_letters.plain(said), FIRST_WORDS) or _("no words yet")
        rows.append(
            (Button(f"{numbered(one.id)} · {words.status_name(one.status, language)} · {title}", f"c:card:{one.id}"),)
        )
    return Letter("\n\n".join(lines), tuple(rows))


def card(
    one: Campaign,
    headcount: Headcount,
    seconds: float,
    lacks: Collection[Lack],
    warnings: Collection[Warning],
    parties: Collection[str],
    places: Places,
    language: Language,
    zone: ZoneInfo,
) -> Letter:
    """The draft at a glance: what is there, whom it reaches, how long it takes, what is missing."""
    _ = catalog(language).gettext
    content = one.draft.content
    lines = [
        _("<b>Campaign {number}</b>, version {version}: {status}").format(
            number=numbered(one.id), version=one.version, status=words.status_name(one.status, language)
        )
    ]
    for each in Language:
        said = content.words.get(each)
        state = (
            _("{n} characters").format(n=campaign_letters.length(said))
            if said
            else _("not needed")
            if each in content.waived
            else "—"
        )
        over = campaign_letters.too_long_by(one, each)
        extra = " " + _("(too long by {n})").format(n=over) if over > 0 else ""
        lines.append(f"{LANGUAGE_NAMES[each]}: {state}{extra}")
    lines.append(_("File: {file}. Buttons: {n}.").format(file=content.file_kind or "—", n=len(content.buttons)))
    lines.append(
        _("Topic: {topic}. From: {who}.").format(
            topic=words.topic_name(content.topic, language) if content.topic else "—", who=escape(content.signed) or "—"
        )
    )
    lines.append(sentence(one.draft.audience, places, language))
    lines += counts(headcount, seconds, places, language)
    lines.append(schedule(one, language, zone))
    if lacks:
        lines.append(
            _("<b>Still needed:</b> {what}").format(what="; ".join(words.lack_words(lack, language) for lack in lacks))
        )
    if warnings:
        said_warnings = [words.warning_words(one_warning, language) for one_warning in warnings]
        named = f" ({escape(', '.join(parties))})" if parties else ""
        lines.append(_("<b>⚠ Look twice:</b> {what}").format(what="; ".join(said_warnings) + named))
    return Letter("\n".join(lines), _draft_buttons(one, not lacks, language))


def sentence(rule: Audience, places: Places, language: Language) -> str:
    """The audience rule, read back."""
    _ = catalog(language).gettext
    where = ", ".join(_place(slug, places, language) for slug in rule.places)
    parts = [_("For: {where}").format(where=escape(where))]
    kinds = [kind_name(kind, language) for kind in ChatKind if kind in rule.kinds]
    parts.append(", ".join(kinds))
    if rule.languages:
        parts.append(
            _("only in {languages}").format(
                languages=", ".join(LANGUAGE_NAMES[one] for one in Language if one in rule.languages)
            )
        )
    if rule.readers:
        parts.append(", ".join(reader_name(one, language) for one in Reader if one in rule.readers))
    if rule.active_since is not None:
        parts.append(_("active since {day}").format(day=rule.active_since.strftime("%d.%m.%Y")))
    if rule.without:
        parts.append(
            _("without {where}").format(where=escape(", ".join(_place(one, places, language) for one in rule.without)))
        )
    if rule.not_got:
        parts.append(_("who did not get {numbers}").format(numbers=", ".join(numbered(one) for one in rule.not_got)))
    return "; ".join(parts) + "."


def counts(found: Headcount, seconds: float, places: Places, language: Language) -> list[str]:
    """Chosen, reachable, unreachable, opted out; by language and oblast; and the time it takes."""
    _ = catalog(language).gettext
    lines = [
        _("<b>Chosen: {chosen}</b>. Reachable: {reachable}, unreachable: {gone}, want no such letters: {out}.").format(
            chosen=words.many(found.chosen),
            reachable=words.many(found.reachable),
            gone=words.many(found.unreachable),
            out=words.many(found.opted_out),
        )
    ]
    if found.chosen:
        lines.append(
            " · ".join(f"{LANGUAGE_NAMES[one]}: {words.many(n)}" for one, n in sorted(found.by_language.items()))
        )
        ordered = sorted(found.by_oblast.items(), key=lambda pair: -pair[1])[:OBLASTS]
        lines.append(
            " · ".join(
                f"{escape(_place(slug, places, language)) if slug else _('place not given')}: {words.many(n)}"
                for slug, n in ordered
            )
        )
        lines.append(_("It will take about {time}.").format(time=words.duration(seconds, language)))
    return lines


def schedule(one: Campaign, language: Language, zone: ZoneInfo) -> str:
    """When it leaves, until when, and that nights are quiet."""
    _ = catalog(language).gettext
    begins, hours = one.draft.schedule.begins_at, one.draft.schedule.lasts_hours
    if begins is None:
        when = _("Begins when a coordinator presses; not after {hours} h from then.").format(hours=hours)
    else:
        when = _("Begins {when}; not after {end}.").format(
            when=words.moment(begins, language, zone),
            end=words.moment(one.draft.schedule.not_after(begins), language, zone),
        )
    return when + " " + _("Quiet from 21:00 to 08:00 ({zone}).").format(zone=zone.key)


def wanted(what: str, language: Language) -> Letter:
    """What to send next, for a part of the draft."""
    _ = catalog(language).gettext
    said = {
        "ky": _("Send the Kyrgyz text as a message. Bold, links and other formatting stay."),
        "ru": _("Send the Russian text as a message. Bold, links and other formatting stay."),
        "file": _("Send one photo, video, document or voice recording. «-» removes the file."),
        "signed": _("Write from whom the letter comes, as people will see it at its foot."),
        "buttons": _(
            "Send the buttons, a line each, up to six: Kyrgyz words | Russian words | where to. Where to: an address https://…, the name of an article (article quota-aiyl), or ask. «-» removes them all."
        ),
        "time": _(
            "Write when it begins, like 25.11.2026 10:00 (Asia/Bishkek), or «-» for «when a coordinator presses»."
        ),
        "since": _("Write the day since which people must have been active, like 01.10.2026, or «-» for everybody."),
        "notgot": _("Write the numbers of campaigns, like 12 15: whoever got those is left out. «-» removes the rule."),
        "who": _("Write the id of a chat, or the name of a coordinator or a group."),
    }[what]
    return Letter(said)


def not_understood(what: str, language: Language) -> Letter:
    """The words do not fit; nothing was lost."""
    _ = catalog(language).gettext
    return Letter(_("I did not understand that; the draft is as it was.") + "\n" + wanted(what, language).text)


def topics(one: Campaign, language: Language) -> Letter:
    """The topic, so that people can stop it."""
    _ = catalog(language).gettext
    rows = tuple((Button(words.topic_name(each, language), f"c:topic:{one.id}:{each}"),) for each in CampaignTopic)
    return Letter(
        _("What is it about? People can stop a topic. In a silence period only «how to vote» may leave."), rows
    )


def audience(
    one: Campaign,
    headcount: Headcount,
    seconds: float,
    branches: Sequence[PlaceSlug],
    places: Places,
    language: Language,
) -> Letter:
    """The rule by buttons, read back with its counts."""
    _ = catalog(language).gettext
    rule = one.draft.audience

    def mark(chosen: bool) -> str:
        return "☑ " if chosen else "☐ "

    rows: list[tuple[Button, ...]] = [
        (
            Button(_("📍 Add a place"), f"p:c+.{one.id}:{branches[0] if branches else COUNTRY}:1"),
            Button(_("Leave out a place"), f"p:c-.{one.id}:{branches[0] if branches else COUNTRY}:1"),
        ),
        tuple(
            Button(mark(each in rule.languages) + LANGUAGE_NAMES[each], f"c:aud:{one.id}:l{each}") for each in Language
        ),
        tuple(
            Button(mark(each in rule.kinds) + kind_name(each, language), f"c:aud:{one.id}:k{each}") for each in ChatKind
        ),
    ]
    readers = [
        Button(mark(each in rule.readers) + reader_name(each, language), f"c:aud:{one.id}:r{each}") for each in Reader
    ]
    rows += [tuple(readers[:2]), tuple(readers[2:])]
    rows.append(
        (Button(_("Active since…"), f"c:ask:{one.id}:since"), Button(_("Did not get №…"), f"c:ask:{one.id}:notgot"))
    )
    rows.append((Button(_("Whole branch again"), f"c:aud:{one.id}:x"), Button(_("◀ Back"), f"c:card:{one.id}")))
    lines = [sentence(rule, places, language), *counts(headcount, seconds, places, language)]
    return Letter("\n".join(lines), tuple(rows))


def confirm(one: Campaign, may_waive: bool, author: bool, language: Language) -> Letter:
    """What author and approver each confirm, for exactly this version."""
    _ = catalog(language).gettext
    text = _(
        "Campaign {number}, version {version}. Its letters arrive in this chat exactly as people will receive them.\n\nBy pressing I confirm: <b>this text contains no call for or against a candidate or party.</b>"
    ).format(number=numbered(one.id), version=one.version)
    rows: list[tuple[Button, ...]] = []
    if author:
        rows.append((Button(_("✔ I confirm, ask for approval"), f"c:submit:{one.id}:{one.draft.hash}"),))
        if may_waive:
            rows.append((Button(_("✔ I confirm, without approval"), f"c:waive:{one.id}:{one.draft.hash}"),))
    else:
        rows.append((Button(_("✔ I confirm and approve"), f"c:approve:{one.id}:{one.draft.hash}"),))
        rows.append((Button(_("Send back to its author"), f"c:back:{one.id}:{one.draft.hash}"),))
    rows.append((Button(_("◀ Back"), f"c:card:{one.id}"),))
    return Letter(text, tuple(rows))


def submitted(one: Campaign, asked: int, language: Language) -> str:
    """Who has been asked."""
    _, n_ = catalog(language).gettext, catalog(language).ngettext
    if not asked:
        return _("No other coordinator of these places can be reached: ask an administrator to invite one.")
    return n_("{n} coordinator was asked to approve.", "{n} coordinators were asked to approve.", asked).format(n=asked)


def approved(one: Campaign, language: Language, zone: ZoneInfo) -> Letter:
    """Approved: what comes next."""
    _ = catalog(language).gettext
    text = _("Campaign {number} is approved.").format(number=numbered(one.id)) + "\n" + schedule(one, language, zone)
    return Letter(
        text, ((Button(_("🚀 Launch now"), f"c:launch:{one.id}"),), (Button(_("◀ Back"), f"c:card:{one.id}"),))
    )


def released(by: int, language: Language) -> str:
    """How many coordinators have let it go in the silence period."""
    _ = catalog(language).gettext
    return (
        _("Released by two coordinators: it goes.") if by > 1 else _("You have released it. One more coordinator must.")
    )


def again(many: int, language: Language) -> str:
    """How many go once more."""
    _ = catalog(language).gettext
    return _("Once more: {n}").format(n=words.many(many))


def ask_away(language: Language) -> Letter:
    """After the button «ask a question» of a letter."""
    _ = catalog(language).gettext
    return Letter(_("Write your question here in your own words."))


def approval_fell(language: Language) -> str:
    """An edit voided the approval."""
    _ = catalog(language).gettext
    return _("The draft has changed, so its approval no longer stands.")


def kind_name(kind: ChatKind, language: Language) -> str:
    """People or groups."""
    _ = catalog(language).gettext
    return {ChatKind.PRIVATE: _("people"), ChatKind.GROUP: _("groups")}[kind]


def reader_name(reader: Reader, language: Language) -> str:
    """For whom the guide is opened first."""
    _ = catalog(language).gettext
    return {
        Reader.CANDIDATE: _("candidates"),
        Reader.DEPUTY: _("deputies"),
        Reader.GROUP: _("initiative groups"),
        Reader.VOTER: _("voters"),
    }[reader]


def _draft_buttons(one: Campaign, complete: bool, language: Language) -> tuple[tuple[Button, ...], ...]:
    _ = catalog(language).gettext
    rows: list[tuple[Button, ...]] = []
    if one.status in EDITABLE:
        rows = [
            (Button("Кыргызча", f"c:ask:{one.id}:ky"), Button("Русский", f"c:ask:{one.id}:ru")),
            (Button(_("📎 File"), f"c:ask:{one.id}:file"), Button(_("🔘 Buttons"), f"c:ask:{one.id}:buttons")),
            (Button(_("🏷 Topic"), f"c:topics:{one.id}"), Button(_("✍ From whom"), f"c:ask:{one.id}:signed")),
            (Button(_("👥 Audience"), f"c:audience:{one.id}"), Button(_("🕙 Time"), f"c:ask:{one.id}:time")),
        ]
        missing = [
            each for each in Language if not one.draft.content.words.get(each) and each not in one.draft.content.waived
        ]
        if len(missing) == 1 and any(one.draft.content.words.values()):
            rows.append(
                (
                    Button(
                        _("No text in {language} is needed").format(language=LANGUAGE_NAMES[missing[0]]),
                        f"c:without:{one.id}:{missing[0]}",
                    ),
                )
            )
    rows.append((Button(_("👁 Send the letters to me"), f"c:preview:{one.id}"),))
    if complete and one.status in (CampaignStatus.DRAFT, CampaignStatus.WAITING):
        rows.append((Button(_("✔ Confirm…"), f"c:confirm:{one.id}"),))
    if one.status is CampaignStatus.APPROVED:
        rows.append((Button(_("🚀 Launch now"), f"c:launch:{one.id}"),))
    if one.launched_at is not None:
        rows.append((Button(_("📊 How it goes"), f"c:look:{one.id}"), Button(_("Report"), f"c:report:{one.id}")))
    rows.append(
        (Button(_("Copy"), f"c:copy:{one.id}"),)
        + ((Button(_("🗑 Discard"), f"c:discard:{one.id}"),) if one.status in EDITABLE else ())
    )
    return tuple(rows)


def _place(slug: PlaceSlug, places: Places, language: Language) -> str:
    place = places.get(slug)
    return places.label(place, language) if place else slug
