"""Questions and proposals to a hearing: asking for them, moderating them, their fate, the list and the answers."""

from collections.abc import Sequence
from datetime import datetime

from bot import i18n
from bot.domain.contributions import Contribution, ContributionKind, ContributionStatus
from bot.domain.hearings import Hearing, HearingId
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.hearings import Setting
from bot.texts.words import escape, shortened

A_PAGE = 5
SHOWN_AT_MOST = 330


def kind_name(kind: ContributionKind, language: Language) -> str:
    """A question or a proposal."""
    _ = catalog(language).gettext
    return _("question") if kind is ContributionKind.QUESTION else _("proposal")


def wanted(hearing: Hearing, language: Language, setting: Setting) -> Letter:
    """In private: what does one want to say."""
    _ = catalog(language).gettext
    until = i18n.moment(hearing.takes_words_until, language, setting.zone)
    return Letter(
        _(
            "Hearing № {number}: {topic}\nWrite your question or proposal in one message, until {until}. A moderator looks at it first; then everybody can read and support it, without your name."
        ).format(number=hearing.id, topic=escape(shortened(hearing.terms.topic, 200)), until=until),
        ((Button(_("Not now"), "cancel"),),),
    )


def reply_here(language: Language) -> str:
    """In a group: how to say something."""
    _ = catalog(language).gettext
    return _("Reply to this message with your question or proposal: I will number it and pass it on.")


def received(number: int, kind: ContributionKind, language: Language) -> Letter:
    """The contribution has its number."""
    _ = catalog(language).gettext
    return Letter(
        _("Your {kind} is № {number}. A moderator looks at it; the answer will come here under this number.").format(
            kind=kind_name(kind, language), number=number
        )
    )


def closed(language: Language) -> str:
    """The hearing takes no more words."""
    _ = catalog(language).gettext
    return _("This hearing no longer takes questions and proposals.")


def too_many(language: Language) -> str:
    """The hourly limit."""
    _ = catalog(language).gettext
    return _("That is a lot for one hour. What you sent before is kept; please come back later.")


def words_only(language: Language) -> str:
    """A photo or a voice message cannot be published as words."""
    _ = catalog(language).gettext
    return _("Please write it in words: it will be read out and printed for the organiser.")


def to_moderate(one: Contribution, hearing: Hearing, language: Language, setting: Setting) -> Letter:
    """A contribution as a moderator receives it."""
    _ = catalog(language).gettext
    head = _("<b>№ {number}, {kind}</b> to hearing № {hearing}: {topic}").format(
        number=one.id,
        kind=kind_name(one.kind, language),
        hearing=hearing.id,
        topic=escape(shortened(hearing.terms.topic, 150)),
    )
    how = _("<i>Reply to this message to answer: the answer goes to the author and is published with the words.</i>")
    when = i18n.moment(one.at, language, setting.zone)
    return Letter(
        f"{head}\n{when}\n<blockquote>{escape(one.text)}</blockquote>\n{how}",
        (
            (Button(_("✅ Publish"), f"cp:{one.id}"), Button(_("🔗 Alike one exists"), f"cm:{one.id}")),
            (Button(_("🚫 Decline"), f"cd:{one.id}"),),
        ),
    )


def moderated(one: Contribution, language: Language) -> str:
    """A short word on what has just been done."""
    _ = catalog(language).gettext
    return {
        ContributionStatus.WAITING: _("№ {number} waits."),
        ContributionStatus.PUBLISHED: _("№ {number} is published."),
        ContributionStatus.MERGED: _("№ {number} stands under № {into} now."),
        ContributionStatus.DECLINED: _("№ {number} is declined; the author receives your reason."),
        ContributionStatus.WITHDRAWN: _("№ {number} was withdrawn."),
    }[one.status].format(number=one.id, into=one.merged_into)


def answered(one: Contribution, language: Language) -> Letter:
    """The coordinator's answer is on its way."""
    _ = catalog(language).gettext
    return Letter(_("Your answer to № {number} goes to the author and stands in the list.").format(number=one.id))


def reason_wanted(one: Contribution, language: Language) -> Letter:
    """Declining asks for a reason first."""
    _ = catalog(language).gettext
    return Letter(
        _("Why is № {number} declined? Write the reason in one message: the author will receive it.").format(
            number=one.id
        ),
        ((Button(_("Do not decline"), "cancel"),),),
    )


def merge_choice(one: Contribution, others: Sequence[Contribution], language: Language) -> Letter:
    """Under which published one it shall stand."""
    _ = catalog(language).gettext
    if not others:
        return Letter(_("Nothing is published for this hearing yet."))
    rows = tuple(
        (Button(f"№ {other.id} · {shortened(other.text, 40)}", f"cmi:{one.id}:{other.id}"),) for other in others[:10]
    )
    return Letter(_("№ {number} says the same as:").format(number=one.id), (*rows, (Button(_("◀️ Back"), "cancel"),)))


def fate(one: Contribution, answered_one: Contribution, occasion: str, hearing: Hearing, language: Language) -> Letter:
    """What the author hears: published, declined, merged, answered."""
    _ = catalog(language).gettext
    head = _("<b>№ {number}</b>, your {kind} to hearing № {hearing}").format(
        number=one.id, kind=kind_name(one.kind, language), hearing=hearing.id
    )
    listed = ((Button(_("💬 All questions and proposals"), f"hw:{hearing.id}:1"),),)
    if occasion == "answered":
        signature = f"{escape(answered_one.signed)}, " + _("coordinator") if answered_one.signed else ""
        words = f"<blockquote>{escape(answered_one.answer)}</blockquote>\n{signature}".strip()
        return Letter(head + ": " + _("an answer") + "\n" + words, listed)
    if occasion == ContributionStatus.DECLINED:
        return Letter(head + ": " + _("the moderator declined it") + f"\n<blockquote>{escape(one.reason)}</blockquote>")
    if occasion == ContributionStatus.MERGED:
        said = _("it stands together with № {into}, which says the same; your support is counted there").format(
            into=one.merged_into
        )
        return Letter(f"{head}: {said}", listed)
    return Letter(head + ": " + _("published, and can be supported"), listed)


def still_waits(hearing: Hearing, n: int, oldest: datetime, language: Language, setting: Setting) -> Letter:
    """A nudge: something waits over a day."""
    n_ = catalog(language).ngettext
    text = n_(
        "{n} contribution to hearing № {number} waits for a moderator, the oldest since {when}.",
        "{n} contributions to hearing № {number} wait for a moderator, the oldest since {when}.",
        n,
    ).format(n=n, number=hearing.id, when=i18n.moment(oldest, language, setting.zone))
    _ = catalog(language).gettext
    return Letter(text, ((Button(_("Show what waits"), "cq"),),))


def queue(found: Sequence[tuple[Contribution, Hearing]], now: datetime, language: Language) -> Letter:
    """Everything that waits for this moderator, with its age."""
    _ = catalog(language).gettext
    if not found:
        return Letter(_("No contribution waits for a moderator."))
    lines = [_("<b>These wait for a moderator</b>")]
    for one, hearing in found[:A_PAGE]:
        hours = int((now - one.at).total_seconds() // 3600)
        age = _("{n} h").format(n=hours) if hours < 48 else _("{n} d").format(n=hours // 24)
        lines.append(
            _("<b>№ {number}</b> · hearing № {hearing} · {age}").format(number=one.id, hearing=hearing.id, age=age)
            + f"\n{escape(shortened(one.text, 200))}"
        )
    buttons = tuple((Button(_("Show № {number}").format(number=one.id), f"cs:{one.id}"),) for one, _h in found[:A_PAGE])
    return Letter("\n\n".join(lines), buttons)


def listing(hearing: Hearing, found: Sequence[Contribution], page: int, language: Language) -> Letter:
    """The published ones, most supported first, with their answers and a button to support each."""
    _ = catalog(language).gettext
    head = _("<b>Questions and proposals to hearing № {number}</b>").format(number=hearing.id)
    back = Button(_("◀️ To the hearing"), f"h:{hearing.id}")
    if not found:
        return Letter(head + "\n\n" + _("Nothing is published yet."), ((back,),))
    first = (page - 1) * A_PAGE
    shown = found[first : first + A_PAGE]
    lines, rows = [head], []
    for one in shown:
        text = f"<b>№ {one.id}</b> · {kind_name(one.kind, language)} · 👍 {one.supports}\n{escape(shortened(one.text, SHOWN_AT_MOST))}"
        if one.answer:
            text += f"\n<blockquote expandable>{escape(shortened(one.answer, SHOWN_AT_MOST))}</blockquote>"
        lines.append(text)
        rows.append(Button(f"👍 № {one.id} · {one.supports}", f"cu:{one.id}:{page}"))
    turn = []
    if page > 1:
        turn.append(Button("◀️", f"hw:{hearing.id}:{page - 1}"))
    if first + A_PAGE < len(found):
        turn.append(Button("▶️", f"hw:{hearing.id}:{page + 1}"))
    buttons = [tuple(rows[i : i + 3]) for i in range(0, len(rows), 3)]
    if turn:
        buttons.append(tuple(turn))
    return Letter("\n\n".join(lines), (*buttons, (back,)))


def supported(one: Contribution, language: Language) -> str:
    """A short receipt."""
    _ = catalog(language).gettext
    return _("№ {number}: supported by {n}").format(number=one.id, n=one.supports)


def document(hearing: Hearing, found: Sequence[Contribution], language: Language, setting: Setting) -> bytes:
    """Everything published as one document (docx) for the organiser, most supported first."""
    import io

    from docx import Document

    _ = catalog(language).gettext
    paper = Document()
    paper.add_heading(_("Questions and proposals to hearing № {number}").format(number=hearing.id), 1)
    when = i18n.occasion(hearing.starts_at, language, setting.zone)
    paper.add_paragraph(f"{hearing.terms.topic}\n{setting.place(hearing.place, language)}, {when}")
    table = paper.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    heads = ("№", _("Supported by"), _("Question or proposal"), _("Answer"))
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.text = words
    for one in found:
        row = table.add_row().cells
        row[0].text, row[1].text = str(one.id), str(one.supports)
        row[2].text = f"{kind_name(one.kind, language)}: {_printable(one.text)}"
        row[3].text = _printable(one.answer)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def document_name(id: HearingId) -> str:
    """The name of that file."""
    return f"hearing-{id}.docx"


def _printable(words: str) -> str:
    return "".join(one for one in words if one.isprintable() or one in "\n\t")
