"""The Desk on both sides: what a coordinator receives, and what the asker hears back."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.ids import Language, MessageId, QuestionId
from bot.domain.places import Place
from bot.domain.questions import Question, QuestionStatus, Reply
from bot.i18n import catalog
from bot.ports import Button, File, Letter
from bot.texts.words import LANGUAGE_NAMES, escape, shortened


def question_letter(
    question: Question,
    text: str,
    place: Place | None,
    village: str,
    language: Language,
    zone: ZoneInfo,
    *,
    addition: bool,
) -> Letter:
    """A question, or more words under its number, as a coordinator sees it."""
    _ = catalog(language).gettext
    buttons = _buttons(question.id, language)
    if village:
        buttons += ((Button(_("Where is «{village}»?").format(village=shortened(village, 40)), f"al:{question.id}"),),)
    head = _head(question, place, village, language, zone, addition)
    return Letter(f"{head}\n<blockquote>{escape(text)}</blockquote>\n{_how(language)}", buttons)


def question_file(question: Question, file: File, language: Language) -> Letter:
    """The photo, voice or document of a question."""
    _ = catalog(language).gettext
    return Letter(
        _("<b>Question № {number}</b>, a file from the asker").format(number=question.id) + "\n" + _how(language),
        _buttons(question.id, language),
        file,
    )


def reply_letter(
    question: Question, reply: Reply, text: str, to: MessageId | None, language: Language, zone: ZoneInfo
) -> Letter:
    """The coordinator's words, signed and dated, as the asker receives them."""
    _ = catalog(language).gettext
    if reply.decline:
        head = _("<b>Question № {number} was declined.</b> The reason:")
    else:
        head = _("<b>Answer to your question № {number}</b>")
    signature = _("{who}, coordinator, {when}").format(
        who=escape(reply.signed), when=i18n.moment(reply.at, language, zone)
    )
    note = _("<i>The coordinator's own words, not a decision of the commission. Reply to this message to ask on.</i>")
    return Letter(
        f"{head.format(number=question.id)}\n<blockquote>{escape(text)}</blockquote>\n{signature}\n{note}", reply_to=to
    )


def reply_file(question: Question, file: File, to: MessageId | None, language: Language) -> Letter:
    """A file that came with the coordinator's reply."""
    _ = catalog(language).gettext
    return Letter(_("A file to your question № {number}").format(number=question.id), file=file, reply_to=to)


def taken(number: QuestionId, language: Language) -> str:
    """The question is this coordinator's."""
    _ = catalog(language).gettext
    return _("Question № {number} is yours. Reply to its message; your words go to the asker.").format(number=number)


def taken_by_another(who: str, language: Language) -> str:
    """Somebody else has it."""
    _ = catalog(language).gettext
    return _("{who} has already taken this question.").format(who=who or _("Another coordinator"))


def settled(number: QuestionId, language: Language) -> str:
    """The question has already got its answer."""
    _ = catalog(language).gettext
    return _("Question № {number} is already closed.").format(number=number)


def on_its_way(question: Question, language: Language) -> Letter:
    """The coordinator's reply is owed to the asker."""
    _ = catalog(language).gettext
    return Letter(_("Your reply to № {number} goes to the asker.").format(number=question.id))


def not_corrected(language: Language) -> Letter:
    """A reply that was edited after it had gone."""
    _ = catalog(language).gettext
    return Letter(
        _("The asker already has your first words; the correction was not sent. Reply to the question once more.")
    )


def reason_wanted(number: QuestionId, language: Language) -> Letter:
    """Declining asks for a reason first."""
    _ = catalog(language).gettext
    return Letter(
        _("Why do you decline № {number}? Write the reason in one message: the asker will receive it.").format(
            number=number
        ),
        ((Button(_("Do not decline"), "cancel"),),),
    )


def declined(question: Question, language: Language) -> Letter:
    """The reason is owed to the asker."""
    _ = catalog(language).gettext
    return Letter(_("№ {number} is declined; the asker receives your reason.").format(number=question.id))


def words_wanted(language: Language) -> Letter:
    """A reason or reply of a kind that cannot travel."""
    _ = catalog(language).gettext
    return Letter(_("Please write it in words, or send a photo, voice message or document."))


def waiting(found: Sequence[tuple[Question, str]], language: Language, zone: ZoneInfo) -> Letter:
    """Questions of the coordinator's places that are not answered yet."""
    _ = catalog(language).gettext
    if not found:
        return Letter(_("No question waits at your desk."))
    n_ = catalog(language).ngettext
    shown = found[:10]
    lines = [n_("{n} question waits:", "{n} questions wait:", len(found)).format(n=len(found))]
    for question, words in shown:
        state = "" if question.status is QuestionStatus.WAITING else " · " + _("taken")
        lines.append(
            f"<b>№ {question.id}</b> · {i18n.moment(question.asked_at, language, zone)}{state}\n"
            + (escape(shortened(words, 120)) or _("a file without words"))
        )
    buttons = tuple(
        (Button(_("Show № {number}").format(number=question.id), f"desk:{question.id}"),) for question, _words in shown
    )
    return Letter("\n\n".join(lines), buttons)


def mine(found: Sequence[tuple[Question, str]], language: Language, zone: ZoneInfo) -> Letter:
    """One's own questions and their states."""
    _ = catalog(language).gettext
    if not found:
        return Letter(_("No question of yours waits with a coordinator. Just write what you want to know."))
    states = state_names(language)
    lines = [
        f"<b>№ {question.id}</b> · {i18n.moment(question.asked_at, language, zone)} · {states[question.status]}\n"
        + (escape(shortened(words, 120)) or _("a file without words"))
        for question, words in found
    ]
    return Letter("\n\n".join((_("<b>Your questions</b>"), *lines)))


def state_names(language: Language) -> dict[QuestionStatus, str]:
    """What became of a question, in a word or two."""
    _ = catalog(language).gettext
    return {
        QuestionStatus.WAITING: _("waits for a coordinator"),
        QuestionStatus.TAKEN: _("a coordinator is at it"),
        QuestionStatus.ANSWERED: _("answered"),
        QuestionStatus.DECLINED: _("declined"),
        QuestionStatus.WITHDRAWN: _("withdrawn"),
    }


def _head(
    question: Question, place: Place | None, village: str, language: Language, zone: ZoneInfo, addition: bool
) -> str:
    _ = catalog(language).gettext
    where = escape(place.names[language]) if place else _("place not given")
    if village:
        where += f" («{escape(village)}»)"
    title = _("<b>More to question № {number}</b>") if addition else _("<b>Question № {number}</b>")
    about = f"{where} · {LANGUAGE_NAMES[question.language]} · {i18n.moment(question.asked_at, language, zone)}"
    return title.format(number=question.id) + "\n" + about


def _how(language: Language) -> str:
    _ = catalog(language).gettext
    return _("<i>Reply to this message: your words go to the asker.</i>")


def _buttons(number: QuestionId, language: Language) -> tuple[tuple[Button, ...], ...]:
    _ = catalog(language).gettext
    return ((Button(_("✋ I take it"), f"take:{number}"), Button(_("Decline"), f"decline:{number}")),)
