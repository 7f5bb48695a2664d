"""The Desk on both sides: what a coordinator receives, and what the asker hears back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.ids import ChatId, Language, MessageId, QuestionId
from bot.domain.places import Place
from bot.domain.questions import Question, QuestionStatus, Reply
from bot.i18n import catalog
from bot.ports import Button, File, Letter
from bot.texts.words import LANGUAGE_NAMES, escape, numbered, shortened

VILLAGE = 22  # letters of a village on a button


@dataclass(frozen=True, slots=True)
class Sight:
    """A question as one coordinator sees it, in their language; `village` is the asker's own name for where they live."""

    question: Question
    village: str
    coordinator: ChatId
    language: Language


def question_letter(
    sight: Sight, text: str, at: datetime, place: Place | None, zone: ZoneInfo, *, addition: bool
) -> Letter:
    """A question, or more words said under its number at this hour."""
    head = _head(sight, at, place, zone, addition)
    return Letter(f"{head}\n<blockquote>{escape(text)}</blockquote>\n{_how(sight.language)}", buttons(sight))


def question_file(sight: Sight, file: File) -> Letter:
    """The photo, voice or document of a question."""
    _ = catalog(sight.language).gettext
    words = _("<b>Question {number}</b>, a file from the asker").format(number=numbered(sight.question.id))
    return Letter(f"{words}\n{_how(sight.language)}", buttons(sight), file)


def buttons(sight: Sight) -> tuple[tuple[Button, ...], ...]:
    """What this coordinator can still do with the question, and where the asker's village is to be found a home."""
    _ = catalog(sight.language).gettext
    question = sight.question
    rows: list[tuple[Button, ...]] = []
    decline = Button(_("Decline"), f"decline:{question.id}")
    if question.status is QuestionStatus.WAITING:
        rows.append((Button(_("✋ I take it"), f"take:{question.id}"), decline))
    elif question.status is QuestionStatus.TAKEN and question.taken_by == sight.coordinator:
        rows.append((decline,))
    if sight.village:
        where = _("Where is «{village}»?").format(village=shortened(sight.village, VILLAGE))
        rows.append((Button(where, f"al:{question.id}"),))
    return tuple(rows)


def reply_letter(
    question: Question, reply: Reply, text: str, to: MessageId | None, language: Language, zone: ZoneInfo
) -> Letter:
    """The coordinator's words, signed and dated, as the asker receives them."""
    _ = catalog(language).gettext
    if reply.decline:
        head = _("<b>Question {number} was declined.</b> The reason:")
    else:
        head = _("<b>Answer to your question {number}</b>")
    signature = _("{who}, coordinator, {when}").format(
        who=escape(reply.signed), when=i18n.moment(reply.at, language, zone)
    )
    note = _("<i>The coordinator's own words, not a decision of the commission. Reply to this message to ask on.</i>")
    return Letter(
        f"{head.format(number=numbered(question.id))}\n<blockquote>{escape(text)}</blockquote>\n{signature}\n{note}",
        reply_to=to,
    )


def reply_file(question: Question, file: File, to: MessageId | None, language: Language) -> Letter:
    """A file that came with the coordinator's reply."""
    _ = catalog(language).gettext
    return Letter(_("A file to your question {number}").format(number=numbered(question.id)), file=file, reply_to=to)


def taken(number: QuestionId, language: Language) -> str:
    """The question is this coordinator's."""
    _ = catalog(language).gettext
    return _("Question {number} is yours. Reply to its message; your words go to the asker.").format(
        number=numbered(number)
    )


def taken_by_another(who: str, language: Language) -> str:
    """Somebody else has it."""
    _ = catalog(language).gettext
    return _("{who} has already taken this question.").format(who=who or _("Another coordinator"))


def settled(number: QuestionId, status: QuestionStatus, language: Language) -> str:
    """Nobody takes or declines the question any more, and why."""
    _ = catalog(language).gettext
    why = {
        QuestionStatus.DECLINED: _("Question {number} has already been declined."),
        QuestionStatus.WITHDRAWN: _("Question {number} is withdrawn: its asker wants nothing kept."),
    }
    return why.get(status, _("Question {number} has already been answered.")).format(number=numbered(number))


def reply_to_its_letter(language: Language) -> Letter:
    """A coordinator answered a message of ours that is no question's letter."""
    _ = catalog(language).gettext
    return Letter(_("This was not sent to anybody: open the question (/desk) and reply to the message with its words."))


def on_its_way(question: Question, language: Language) -> Letter:
    """The coordinator's reply is owed to the asker."""
    _ = catalog(language).gettext
    return Letter(_("Your reply to {number} goes to the asker.").format(number=numbered(question.id)))


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
        _("Why do you decline {number}? Write the reason in one message: the asker will receive it.").format(
            number=numbered(number)
        ),
        ((Button(_("Do not decline"), "cancel"),),),
    )


def declined(question: Question, language: Language) -> Letter:
    """The reason is owed to the asker."""
    _ = catalog(language).gettext
    return Letter(_("{number} is declined; the asker receives your reason.").format(number=numbered(question.id)))


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
            f"<b>{numbered(question.id)}</b> · {i18n.moment(question.asked_at, language, zone)}{state}\n"
            + (escape(shortened(words, 120)) or _("a file without words"))
        )
    shows = tuple(
        (Button(_("Show {number}").format(number=numbered(question.id)), f"desk:{question.id}"),)
        for question, _words in shown
    )
    return Letter("\n\n".join(lines), shows)


def mine(found: Sequence[tuple[Question, str]], language: Language, zone: ZoneInfo) -> Letter:
    """One's own questions and their states."""
    _ = catalog(language).gettext
    if not found:
        return Letter(_("No question of yours waits with a coordinator. Just write what you want to know."))
    states = state_names(language)
    lines = [
        f"<b>{numbered(question.id)}</b> · {i18n.moment(question.asked_at, language, zone)} · {states[question.status]}\n"
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


def _head(sight: Sight, at: datetime, place: Place | None, zone: ZoneInfo, addition: bool) -> str:
    _ = catalog(sight.language).gettext
    where = escape(place.names[sight.language]) if place else _("place not given")
    if sight.village:
        where += f" («{escape(sight.village)}»)"
    title = _("<b>More to question {number}</b>") if addition else _("<b>Question {number}</b>")
    if sight.question.campaign is not None:
        where = _("an answer to campaign {number}").format(number=numbered(sight.question.campaign)) + " · " + where
    about = f"{where} · {LANGUAGE_NAMES[sight.question.language]} · {i18n.moment(at, sight.language, zone)}"
    return title.format(number=numbered(sight.question.id)) + "\n" + about


def _how(language: Language) -> str:
    _ = catalog(language).gettext
    return _("<i>Reply to this message: your words go to the asker.</i>")
