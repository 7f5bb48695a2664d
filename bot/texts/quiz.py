"""The words around the quiz: how it begins, how it went, and a group's one question a day."""

from collections.abc import Sequence
from urllib.parse import quote

from bot.domain.guide import Article
from bot.domain.ids import Language
from bot.domain.quiz import QuizQuestion, Sitting
from bot.i18n import catalog
from bot.ports import Button, Letter, Quiz


def intro(questions: int, language: Language) -> Letter:
    """What the quiz is, and the button that begins it."""
    n_ = catalog(language).ngettext
    _ = catalog(language).gettext
    words = n_("<b>Quiz on the quota: {n} question</b>", "<b>Quiz on the quota: {n} questions</b>", questions)
    about = _("After each answer you see why it is so. The result is seen by nobody but you.")
    return Letter(
        words.format(n=questions) + "\n\n" + about,
        ((Button(_("▶️ Begin"), "qz"),), (Button(_("⚖️ All calculations"), "k:"),)),
    )


def question(one: QuizQuestion, of: int, language: Language) -> Letter:
    """One question as a quiz poll, with its number."""
    words = one.words[language]
    return Letter("", quiz=Quiz(f"{one.number}/{of}. {words.question}", words.options, one.right, words.explanation))


def result(sitting: Sitting, of: int, more: Sequence[Article], bot: str, language: Language) -> Letter:
    """How it went, what to read of what was not known, and a way to share it."""
    _ = catalog(language).gettext
    lines = [_("<b>Right answers: {right} of {of}</b>").format(right=sitting.right, of=of)]
    lines.append(
        _("You know the quota well. Explain it to a neighbour.")
        if sitting.right == of
        else _("What to read about the questions that did not come out:")
    )
    link = f"https://t.me/{bot}?start=quiz"
    said = _("My result in the quiz on the quota: {right} of {of}. And yours?").format(right=sitting.right, of=of)
    share = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(said, safe='')}"
    buttons = (
        *((Button("📖 " + one.short, f"a:{one.slug}:1"),) for one in more),
        (Button(_("📤 Share the result"), link=share),),
        (Button(_("🔁 Once more"), "qz"),),
    )
    return Letter("\n\n".join(lines), buttons)


def group_intro(questions: int, language: Language) -> Letter:
    """What a group's quiz is; an administrator begins it."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    words = n_(
        "<b>Quiz on the quota</b>: {n} question, one a day at 12:00.",
        "<b>Quiz on the quota</b>: {n} questions, one a day at 12:00.",
        questions,
    )
    about = _("An administrator of the group begins it and can stop it at any time: /quiz")
    return Letter(
        words.format(n=questions) + "\n\n" + about,
        ((Button(_("▶️ Begin"), "qzg:1"), Button(_("⏹ Stop"), "qzg:0")),),
    )


def group_begun(language: Language) -> Letter:
    """The first question is on its way."""
    _ = catalog(language).gettext
    return Letter(
        _("The quiz has begun: the first question comes now, the next ones each day at 12:00. To stop it: /quiz"),
        ((Button(_("⏹ Stop"), "qzg:0"),),),
    )


def group_stopped(left: int, language: Language) -> Letter:
    """No more questions come."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    if not left:
        return Letter(_("No quiz is running here. To begin one: /quiz"))
    said = n_(
        "The quiz is stopped: {n} question will not come.", "The quiz is stopped: {n} questions will not come.", left
    )
    return Letter(said.format(n=left))


def runs_already(left: int, language: Language) -> str:
    """A second start finds the first."""
    n_ = catalog(language).ngettext
    return n_(
        "The quiz is running already: {n} question is still to come.",
        "The quiz is running already: {n} questions are still to come.",
        left,
    ).format(n=left)


def group_end(bot: str, language: Language) -> Letter:
    """The last word of a group's quiz."""
    _ = catalog(language).gettext
    return Letter(
        _("That was the quiz on the quota. The guide knows more, and everybody can take the quiz alone."),
        (
            (Button(_("📖 The quota in short"), link=f"https://t.me/{bot}?start=a_quota-in-short"),),
            (Button(_("▶️ Take the quiz alone"), link=f"https://t.me/{bot}?start=quiz"),),
        ),
    )
