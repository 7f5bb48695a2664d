"""The coordinator's side of a hearing: the form, the draft, what stands in its way, and what will be sent to how many."""

from collections.abc import Mapping, Sequence

from bot import i18n
from bot.domain.announcements.dates import DateTrouble, When
from bot.domain.hearings import WARNINGS, Draft, Hearing, HearingKind, HearingStatus, Item, Problem, refusing
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.hearings import Setting, item_name, item_words, kind_name
from bot.texts.words import escape, in_rows, shortened

LENGTHS: Mapping[Item, int] = {
    Item.TOPIC: 300,
    Item.VENUE: 200,
    Item.LINK: 300,
    Item.AGENDA: 1500,
    Item.ORGANISER: 200,
    Item.CONTACT: 200,
    Item.PROPOSALS: 300,
}
SHOWN = 8


def beginning(drafts: Sequence[Draft], setting: Setting, language: Language) -> Letter:
    """/hearing: go on with a draft, or begin a new one by steps or from a pasted announcement."""
    _ = catalog(language).gettext
    rows = [
        (Button(_("📝 New, step by step"), "fd:new"),),
        (Button(_("📋 Paste a ready announcement"), "fd:paste"),),
    ]
    for draft in drafts[:SHOWN]:
        name = draft.terms.topic or setting.place(draft.terms.place, language) if draft.terms.place else ""
        label = _("Change of № {number}").format(number=draft.hearing) if draft.hearing else _("Draft")
        rows.append((Button(f"✏️ {label}: {shortened(name or draft.terms.topic, 40)}", f"fd:{draft.id}"),))
    rows.append((Button(_("🗂 Hearings of my places"), "hm:mine"),))
    rows.append((Button(_("📊 In numbers"), "hs"),))
    return Letter(_("<b>A public hearing</b>\nNothing is sent to anybody before you press “Publish”."), tuple(rows))


def paste_wanted(language: Language) -> Letter:
    """One message with the whole announcement."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Send the announcement as one message, in Kyrgyz or Russian. I will read the fields from it and show them to you."
        ),
        ((Button(_("◀️ Back"), "fd:all"),),),
    )


def question(item: Item, draft: Draft, language: Language) -> Letter:
    """What is asked for this item, and how to leave it out."""
    _ = catalog(language).gettext
    words = {
        Item.PLACE: _("For which place is the hearing?"),
        Item.KIND: _("What is it about?"),
        Item.TOPIC: _("The topic in one line, as people will read it."),
        Item.STARTS: _(
            "When? Date and hour, for example: 25 December, 14:00. You may add the weekday: I will check it."
        ),
        Item.VENUE: _("Where? The building and the address."),
        Item.SPOT: _("Send the point on the map (📎 → Location)."),
        Item.LINK: _("A link to take part or watch online."),
        Item.AGENDA: _("The agenda, item by item."),
        Item.ORGANISER: _("Who holds it?"),
        Item.CONTACT: _("Whom to ask: name, telephone or e-mail."),
        Item.PROPOSALS: _("How to send proposals beforehand?"),
        Item.DEADLINE: _("Until when are proposals taken? Date and hour."),
        Item.FILES: _("Send files (draft budget, programme, plan), one by one. Then press “Next”."),
    }[item]
    rows: list[tuple[Button, ...]] = []
    if item is Item.KIND:
        rows += [(Button(kind_name(kind, language), f"fk:{draft.id}:{kind}"),) for kind in HearingKind]
    if item is Item.VENUE:
        rows.append((Button(_("💻 Online, without a hall"), f"fo:{draft.id}"),))
    now = item_name(item, language)
    rows.append((Button(_("⏭ Next"), f"fs:{draft.id}:{item}"), Button(_("🗒 The whole draft"), f"fd:{draft.id}")))
    return Letter(f"<b>{now}</b>\n{words}", tuple(rows))


def draft(
    one: Draft,
    found: Sequence[Problem],
    same_day: Sequence[Hearing],
    setting: Setting,
    language: Language,
    heard: When | None = None,
) -> Letter:
    """The draft as it is, what is missing, and a button for every item."""
    _ = catalog(language).gettext
    head = _("<b>Draft</b>, nobody has seen it yet")
    if one.hearing is not None:
        head = _("<b>Change of hearing № {number}</b>, nobody has seen it yet").format(number=one.hearing)
    lines = [head, ""]
    for item in Item:
        words = item_words(item, one.terms, setting, language)
        mark = " ❓" if item in one.terms.unsure else ""
        if words:
            lines.append(f"{item_name(item, language)}: {shortened(words, 600)}{mark}")
    trouble = [problem_words(problem, language) for problem in found if problem is not Problem.SAME_DAY]
    trouble += [
        _("The same day already has: № {number}, {topic}").format(
            number=other.id, topic=escape(shortened(other.terms.topic, 80))
        )
        for other in same_day
    ]
    if heard is not None and heard.trouble is not DateTrouble.NONE:
        trouble.insert(0, date_trouble(heard, setting, language))
    if trouble:
        lines += ["", *(f"⚠️ {line}" for line in trouble)]
    rows: list[tuple[Button, ...]] = []
    if one.terms.unsure:
        rows.append((Button(_("✅ What is marked ❓ is right"), f"fc:{one.id}"),))
    items = [
        Button(f"{'✏️' if one.terms.said(item) else '➕'} {item_name(item, language)}", f"fe:{one.id}:{item}")
        for item in Item
    ]
    rows += in_rows(items)
    if not refusing(found):
        rows.append((Button(_("👁 What will be sent, and to how many"), f"fp:{one.id}"),))
    rows.append((Button(_("🗑 Throw the draft away"), f"fx:{one.id}"),))
    return Letter("\n".join(lines), tuple(rows))


def preview(one: Draft, groups: int, people: int, later: int, found: Sequence[Problem], language: Language) -> Letter:
    """To how many it goes; the letters themselves stand above."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    lines = [
        _("<b>This is what will be sent.</b>"),
        n_("{n} group", "{n} groups", groups).format(n=groups)
        + ", "
        + n_("{n} person", "{n} people", people).format(n=people),
    ]
    if later:
        lines.append(n_("{n} of them with a digest", "{n} of them with a digest", later).format(n=later))
    if one.hearing is not None:
        lines.append(_("Those who were told hear what was and what is now; the old message is changed too."))
    lines += [f"⚠️ {problem_words(problem, language)}" for problem in found if problem in WARNINGS]
    return Letter(
        "\n".join(lines),
        ((Button(_("📣 Publish"), f"fb:{one.id}"),), (Button(_("◀️ Back to the draft"), f"fd:{one.id}"),)),
    )


def published(hearing: Hearing, language: Language) -> Letter:
    """It has its number."""
    _ = catalog(language).gettext
    if hearing.revision > 1:
        text = _("Done: hearing № {number} is changed; those who were told hear of it now.")
    else:
        text = _("Done: hearing № {number} is announced. Reminders go out by themselves.")
    return Letter(text.format(number=hearing.id), ((Button(_("⚙️ Manage it"), f"hx:{hearing.id}"),),))


def dropped(language: Language) -> Letter:
    """The draft is gone."""
    _ = catalog(language).gettext
    return Letter(_("The draft is gone. Nothing was sent."))


def problem_words(problem: Problem, language: Language) -> str:
    """Why a draft cannot be published, or what deserves a second look."""
    _ = catalog(language).gettext
    return {
        Problem.NO_PLACE: _("The place is missing."),
        Problem.NO_TOPIC: _("The topic is missing."),
        Problem.NO_TIME: _("The date and hour are missing."),
        Problem.NO_VENUE: _("It is not said where: a hall, or a link."),
        Problem.UNSURE: _("Please check what is marked ❓."),
        Problem.PAST: _("This date is in the past."),
        Problem.TOO_FAR: _("This date is more than a year ahead."),
        Problem.DEADLINE_PAST: _("The deadline of proposals is in the past."),
        Problem.DEADLINE_LATE: _("The deadline of proposals is after the hearing."),
        Problem.NO_DEADLINE: _("An online hearing needs the day until which proposals are taken."),
        Problem.NO_ORGANISER: _("The organiser is not named."),
        Problem.NO_CONTACT: _("There is no contact."),
        Problem.SAME_DAY: _("The same place already has a hearing on that day."),
    }[problem]


def date_trouble(when: When, setting: Setting, language: Language) -> str:
    """What is wrong with a date, with the date as it was understood."""
    _ = catalog(language).gettext
    heard = i18n.occasion(when.at, language, setting.zone) if when.at is not None else ""
    year = when.at.astimezone(setting.zone).year if when.at is not None else 0
    return {
        DateTrouble.NONE: "",
        DateTrouble.NO_DATE: _("I see no date here. Write it like this: 25 December, 14:00."),
        DateTrouble.NO_TIME: _("I see the day but no hour. Write both: 25 December, 14:00."),
        DateTrouble.NO_SUCH_DAY: _("There is no such day in the calendar."),
        DateTrouble.WEEKDAY: _("The weekday does not match: it would be {when}. Please write the date once more."),
        DateTrouble.PAST: _("This date is in the past: {when}, {year}. Please write the date once more."),
        DateTrouble.FAR: _("I understood {when}, {year}. Is that right?"),
        DateTrouble.SEVERAL: _("There are several dates; I took {when}. Is that right?"),
        DateTrouble.GUESSED: _("I understood {when}. Is that right?"),
    }[when.trouble].format(when=heard, year=year)


def too_long(item: Item, length: int, language: Language) -> str:
    """Nothing is cut: the coordinator shortens it."""
    _ = catalog(language).gettext
    return _("“{item}” holds at most {most} characters, yours has {length}. Please shorten it.").format(
        item=item_name(item, language), most=LENGTHS[item], length=length
    )


def other_answer(item: Item, language: Language) -> str:
    """The answer is of another kind than was asked for."""
    _ = catalog(language).gettext
    if item is Item.SPOT:
        return _("Please send a point on the map (📎 → Location).")
    if item is Item.FILES:
        return _("Please send a file or a photo.")
    return _("Please answer in words.")


def other_answer_in_words(language: Language) -> str:
    """Words were asked for."""
    return other_answer(Item.AGENDA, language)


def file_kept(n: int, draft_id: int, language: Language) -> Letter:
    """One more file is with the draft."""
    n_ = catalog(language).ngettext
    _ = catalog(language).gettext
    return Letter(
        n_("{n} file is with the draft.", "{n} files are with the draft.", n).format(n=n),
        ((Button(_("⏭ Next"), f"fs:{draft_id}:{Item.FILES}"), Button(_("🗒 The whole draft"), f"fd:{draft_id}")),),
    )


def revision_moved(number: int, language: Language) -> Letter:
    """Another coordinator was faster."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Another coordinator has changed hearing № {number} since you began. Your draft is kept; look at the hearing as it is now and begin the change anew."
        ).format(number=number),
        ((Button(_("⚙️ The hearing as it is now"), f"hx:{number}"),),),
    )


def nothing_changed(language: Language) -> str:
    """A change that changes nothing."""
    _ = catalog(language).gettext
    return _("Nothing differs from what is announced.")


def managed(hearing: Hearing, over: bool, language: Language, setting: Setting) -> Letter:
    """What a coordinator can do with a hearing."""
    _ = catalog(language).gettext
    when = i18n.occasion(hearing.starts_at, language, setting.zone)
    state = {
        HearingStatus.ANNOUNCED: _("announced"),
        HearingStatus.CANCELLED: _("cancelled"),
        HearingStatus.CONCLUDED: _("outcome known"),
    }[hearing.status]
    rows: list[tuple[Button, ...]] = []
    if hearing.status is HearingStatus.ANNOUNCED:
        rows += in_rows((Button(_("✏️ Change"), f"he:{hearing.id}"), Button(_("❌ Cancel it"), f"hz:{hearing.id}")))
    if over and hearing.status is not HearingStatus.CANCELLED:
        rows.append((Button(_("📋 Give the outcome"), f"ho:{hearing.id}"),))
    if hearing.status is HearingStatus.ANNOUNCED and not over:
        rows.append((Button(_("🧰 To print and to forward"), f"hk:{hearing.id}"),))
    rows += in_rows(
        (
            Button(_("👥 Who comes"), f"hg:{hearing.id}"),
            Button(_("📄 Document of proposals"), f"hd:{hearing.id}"),
            Button(_("📑 New one like this"), f"hy:{hearing.id}"),
            Button(_("👁 As people see it"), f"h:{hearing.id}"),
        )
    )
    return Letter(
        f"<b>№ {hearing.id}</b> · {state}\n<b>{escape(hearing.terms.topic)}</b>\n{escape(setting.place(hearing.place, language))}\n{when}",
        tuple(rows),
    )


def reason_wanted(number: int, language: Language) -> Letter:
    """Cancelling asks for a reason first."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Why is hearing № {number} cancelled? Write the reason in one message: everybody who was told will read it."
        ).format(number=number),
        ((Button(_("Do not cancel"), f"hx:{number}"),),),
    )


def cancel_question(hearing: Hearing, reason: str, told: int, language: Language) -> Letter:
    """Asked once more before everybody hears it."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    return Letter(
        _("Cancel hearing № {number}? The reason: {reason}").format(number=hearing.id, reason=escape(reason))
        + "\n"
        + n_("{n} chat will be told.", "{n} chats will be told.", told).format(n=told),
        ((Button(_("❌ Yes, cancel it"), f"hzz:{hearing.id}"), Button(_("Do not cancel"), f"hx:{hearing.id}")),),
    )


def cancelled(number: int, language: Language) -> Letter:
    """The hearing is cancelled."""
    _ = catalog(language).gettext
    return Letter(_("Hearing № {number} is cancelled; those who were told hear of it now.").format(number=number))


def who_comes(
    names: Sequence[tuple[str, int]], attended: Mapping[str, int], arrived: int, language: Language
) -> Letter:
    """Names, for the organiser only, and what people said afterwards."""
    _ = catalog(language).gettext
    lines = [_("<b>They say that they come</b> (only you see the names)")]
    lines += [f"• {escape(shortened(name, 50)) or '—'}{f' +{extra}' if extra else ''}" for name, extra in names[:60]]
    lines.append(_("In all: {n}").format(n=sum(1 + extra for _name, extra in names)))
    lines.append(_("Opened by the link or the QR code: {n}").format(n=arrived))
    if attended["came"]:
        lines.append(_("Say that they were there: {n}").format(n=attended["came"]))
        for key, words in (
            ("materials", _("had the papers in time")),
            ("spoke", _("could speak")),
            ("answered", _("got an answer")),
        ):
            lines.append(f"• {words}: {attended[key]}/{attended[f'{key}_of']}")
    return Letter("\n".join(lines))


def outcome_question(step: str, number: int, language: Language) -> Letter:
    """One step of the form of an outcome."""
    _ = catalog(language).gettext
    words = {
        "proposed": _("What did people propose?"),
        "taken": _("What was taken into account?"),
        "rest": _("What was not taken, and why?"),
        "minutes": _("The minutes: a file, a link, or a few words."),
        "present": _("How many were present? You may add how many of them women: 85 40"),
    }[step]
    return Letter(
        _("Hearing № {number}, the outcome").format(number=number) + f"\n<b>{words}</b>",
        ((Button(_("⏭ Next"), f"hn:{number}:{step}"), Button(_("Stop"), "cancel")),),
    )


def outcome_preview(number: int, words: str, told: int, language: Language) -> Letter:
    """What those who were told will read."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    return Letter(
        words + "\n\n" + n_("{n} chat will be told.", "{n} chats will be told.", told).format(n=told),
        ((Button(_("📣 Publish"), f"hob:{number}"), Button(_("Begin anew"), f"ho:{number}")),),
    )


def outcome_empty(language: Language) -> str:
    """An outcome that says nothing."""
    _ = catalog(language).gettext
    return _("Nothing is said yet: give at least one of these.")


def number_wanted(language: Language) -> str:
    """Not a number of people."""
    _ = catalog(language).gettext
    return _("Please write one or two numbers: how many were present, and how many of them women.")


def concluded(number: int, language: Language) -> Letter:
    """The outcome is on its way."""
    _ = catalog(language).gettext
    return Letter(_("The outcome of hearing № {number} goes to those who were told of it.").format(number=number))


def too_early(language: Language) -> str:
    """Before the hour there is no outcome."""
    _ = catalog(language).gettext
    return _("The hearing has not begun yet.")


def mine(found: Sequence[Hearing], setting: Setting, language: Language) -> Letter:
    """Hearings of a coordinator's own places."""
    _ = catalog(language).gettext
    if not found:
        return Letter(_("There is no hearing in your places yet."), ((Button(_("◀️ Back"), "fd:all"),),))
    rows = tuple(
        (
            Button(
                f"№ {one.id} · {i18n.day(one.starts_at, language, setting.zone)} · {shortened(one.terms.topic, 40)}",
                f"hx:{one.id}",
            ),
        )
        for one in found
    )
    return Letter(_("<b>Hearings of my places</b>"), (*rows, (Button(_("◀️ Back"), "fd:all"),)))
