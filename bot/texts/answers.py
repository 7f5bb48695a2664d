"""What a person hears when they ask: an Answer with its Citation, likely ones, a number, or a human word."""

from collections.abc import Sequence

from bot.domain.guide import Article, Citation, Kind, Match, Saying, Topic
from bot.domain.ids import Language, QuestionId
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.words import capitalised, escape, numbered, shortened

LINE = 80
Choices = Sequence[tuple[Match, Article]]
Buttons = tuple[tuple[Button, ...], ...]


def answer(
    article: Article, lead: str, language: Language, said: Saying | None = None, waits: QuestionId | None = None
) -> Letter:
    """The article's lead (with its links made whole), what it rests on, and a button to the whole; while a question of
    theirs waits, a button that adds the words to it.

    A question of time, sum or number hears the sentence that says it first, and what that sentence rests on."""
    _ = catalog(language).gettext
    title = f"<b>{escape(article.title)}</b>"
    text = [title, lead]
    if said:
        text = [escape(said.words), title, lead] if said.heading else [lead, title]
    basis = first_source(article, said if said and said.heading else None)  # the whole lead rests on more than one fact
    return Letter(
        "\n\n".join((*text, basis)),
        (
            (Button(_("📖 Read the whole article"), f"a:{article.slug}:1"),),
            *to_a_person(waits, language),
        ),
    )


def offered(choices: Choices, language: Language) -> Letter:
    """Up to three articles as buttons, each with the line that matched."""
    _ = catalog(language).gettext
    return Letter(
        "\n\n".join((_("Is it one of these?"), *_lines(choices))),
        (*_openings(choices), *to_a_person(None, language)),
    )


def asked(number: QuestionId, on_duty: bool, phone: str, language: Language, *, in_group: bool = False) -> Letter:
    """The question has a number; whether somebody is there to answer is said as it is, and how more can be added: in a
    group the bot reads only what answers it."""
    _ = catalog(language).gettext
    if not on_duty:
        text = _(
            "Your question is {number}. Nobody is on duty for your place now; the question is kept and will be seen. "
            "If it is urgent, call the Central Election Commission: {phone}"
        )
    elif in_group:
        text = _("Your question is {number}. A coordinator will answer it here. To add to it, reply to this message.")
    else:
        text = _(
            "Your question is {number}. A coordinator will answer it here. Write more if you like: it will be added."
        )
    return Letter(text.format(number=numbered(number), phone=escape(phone)))


def joined(number: QuestionId, on_duty: bool, phone: str, beside: Choices, language: Language) -> Letter:
    """More words went to an older number, and what the guide offers to them stands beside; a button makes them a
    question of their own."""
    _ = catalog(language).gettext
    text = _("Added to your question {number}.").format(number=numbered(number))
    if not on_duty:
        text += " " + _("Nobody is on duty now. If it is urgent, call the Central Election Commission: {phone}").format(
            phone=escape(phone)
        )
    if beside:
        text = "\n\n".join((text, _("Perhaps the guide answers it:"), *_lines(beside)))
    return Letter(text, (*_openings(beside), (Button(_("This is a new question"), "new"),)))


def corrected(number: QuestionId, language: Language) -> Letter:
    """An edited message of a question that waits."""
    _ = catalog(language).gettext
    return Letter(_("Your correction was added to question {number}.").format(number=numbered(number)))


def courtesy(topic: Topic, phone: str, language: Language, waits: QuestionId | None = None) -> Letter:
    """A human word for greetings and thanks; one fixed reply on the president and parliament."""
    _ = catalog(language).gettext
    match topic:
        case Topic.THANKS:
            return Letter(_("You are welcome! If another question comes, just write it."))
        case Topic.PARLIAMENT:
            return Letter(
                _(
                    "I know local keneshes only. Elections of the president and of the Jogorku Kenesh, and referendums, "
                    "follow other laws: ask the Central Election Commission, telephone {phone}, shailoo.gov.kg."
                ).format(phone=escape(phone)),
                to_a_person(waits, language),
            )
    return Letter(_("Hello! Write your question in your own words, for example: “Until when can I file my documents?”"))


def too_many(language: Language) -> Letter:
    """Said once; then the bot is silent until the hour has passed."""
    _ = catalog(language).gettext
    return Letter(
        _("That was ten questions within an hour. Please write again in an hour: I will not answer until then.")
    )


def first_source(article: Article, said: Saying | None = None) -> str:
    """What an article of law, or the sentence said of it, rests on before all, and how many more sources there are;
    advice says that it is advice."""
    _ = catalog(article.language).gettext
    if article.kind is Kind.LAW or said:
        return _first_source(article, said.basis if said else article.citations[0], article.language)
    return _("<i>Advice, not a rule of law.</i>")


def sources(article: Article, language: Language) -> str:
    """What an article rests on, with links, as an expandable quote when it is long."""
    _ = catalog(language).gettext
    lines = [cited(citation, language) for citation in article.citations]
    if len(lines) == 1:
        return _("Basis: {citation}").format(citation=lines[0])
    quote = "\n".join(f"• {line}" for line in lines)
    return _("Basis:") + f"\n<blockquote expandable>{quote}</blockquote>"


def _lines(choices: Choices) -> list[str]:
    return [
        f"<b>{number}. {escape(article.title)}</b>{_matched(match, article)}"
        for number, (match, article) in enumerate(choices, start=1)
    ]


def _matched(match: Match, article: Article) -> str:
    return "" if match.line == article.title else f"\n{escape(capitalised(shortened(match.line, LINE)))}"


def _openings(choices: Choices) -> Buttons:
    return tuple(
        (Button(f"{number}. {article.short}", f"a:{article.slug}:1"),)
        for number, (_match, article) in enumerate(choices, start=1)
    )


def to_a_person(waits: QuestionId | None, language: Language) -> Buttons:
    """The buttons below an answer that lead to a coordinator: a new question, or more words to the one that waits."""
    _ = catalog(language).gettext
    ask = (Button(_("Not this. Ask a coordinator"), "ask"),)
    if waits is None:
        return (ask,)
    return ((Button(_("Add to {number}").format(number=numbered(waits)), f"add:{waits}"),), ask)


def _first_source(article: Article, first: Citation, language: Language) -> str:
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    basis = _("Basis: {citation}").format(citation=cited(first, language))
    more = len(article.citations) - 1
    if not more:
        return basis
    return (
        basis
        + " "
        + n_("(and {n} more source in the article)", "(and {n} more sources in the article)", more).format(n=more)
    )


def cited(citation: Citation, language: Language) -> str:
    """An act with its link, article and edition, in a line."""
    _ = catalog(language).gettext
    words = [f'<a href="{escape(citation.link)}">{escape(citation.act[language])}</a>']
    if citation.article:
        words.append(_("article {number}").format(number=escape(citation.article)))
    if citation.edition.get(language):
        words.append(escape(citation.edition[language]))
    return ", ".join(words).replace("№ ", "№\N{NO-BREAK SPACE}")
