""" "Questions and answers": how an entry answers, is listed, is drafted, and is put before a second coordinator."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot import i18n
from bot.domain.faq import Entry, Field, Shown
from bot.domain.guide import Article, Citation, Kind, Match
from bot.domain.ids import EntryId, Language, QuestionId
from bot.domain.places import Place
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.answers import cited, offered, to_a_person
from bot.texts.words import LANGUAGE_NAMES, escape, shortened

A_PAGE = 8
ON_A_BUTTON = 60


def section_title(language: Language) -> str:
    """The name of the section in the guide's contents."""
    _ = catalog(language).gettext
    return _("💬 Questions and answers")


def with_section(contents: Letter, there_are_any: bool, language: Language) -> Letter:
    """The guide's contents with the section below, when there is an entry to list."""
    if not there_are_any:
        return contents
    return replace(contents, buttons=(*contents.buttons, (Button(section_title(language), "gq:1"),)))


def listed(entries: Sequence[Shown], page: int, language: Language) -> Letter:
    """A page of the section: each question is a button."""
    _ = catalog(language).gettext
    pages = max(1, -(-len(entries) // A_PAGE))
    number = min(max(page, 1), pages)
    shown = entries[(number - 1) * A_PAGE : number * A_PAGE]
    head = f"<b>{section_title(language)}</b>" + (f" · {number}/{pages}" if pages > 1 else "")
    words = _("What coordinators have answered and another coordinator has checked.")
    if not entries:
        words = _("There is no entry here yet.")
    rows: list[tuple[Button, ...]] = [
        (Button(shortened(one.entry.question(language), ON_A_BUTTON), f"qa:{one.entry.id}"),) for one in shown
    ]
    rows += _turn("gq", number, pages)
    return Letter(f"{head}\n{words}", (*rows, (Button(_("⬆️ All sections"), "g:"),)))


def answer(
    shown: Shown,
    place: Place | None,
    language: Language,
    zone: ZoneInfo,
    *,
    asked: bool,
    waits: QuestionId | None = None,
) -> Letter:
    """An entry: question, answer, what it rests on, who answered and when. `asked` when it stands under a question;
    `waits` is the number that the words may be added to."""
    parts = [
        f"<b>{escape(shown.entry.question(language))}</b>",
        escape(shown.entry.answer(language)),
        _basis(shown.entry, shown.citation, language) + "\n" + _signature(shown.entry, language, zone),
    ]
    if place is not None and not shown.entry.everywhere:
        parts[-1] += "\n" + _only_here(place, language)
    ask = to_a_person(waits, language) if asked else ()
    return Letter("\n\n".join(parts), (*ask, (Button(section_title(language), "gq:1"),)))


def choices(entries: Sequence[Shown], articles: Sequence[tuple[Match, Article]], language: Language) -> Letter:
    """Entries that may answer, then articles that may, as buttons."""
    _ = catalog(language).gettext
    beside = offered(articles, language)
    lines = [f"<b>💬 {escape(one.entry.question(language))}</b>" for one in entries]
    rows = [
        (Button("💬 " + shortened(one.entry.question(language), ON_A_BUTTON), f"qa:{one.entry.id}"),) for one in entries
    ]
    head, *others = beside.text.split("\n\n")
    return Letter("\n\n".join((head, *lines, *others)), (*rows, *beside.buttons))


def withdrawable(letter: Letter, id: EntryId, language: Language) -> Letter:
    """An entry as an editor sees it: with a way to take it away."""
    _ = catalog(language).gettext
    return replace(letter, buttons=(*letter.buttons, (Button(_("🗑 Withdraw from the guide"), f"qw:{id}"),)))


def withdraw_question(entry: Entry, language: Language) -> Letter:
    """Asked once before an entry goes."""
    _ = catalog(language).gettext
    return Letter(
        _("Withdraw «{question}» from the guide? It will no longer answer anybody.").format(
            question=escape(shortened(entry.question(language), 200))
        ),
        ((Button(_("Yes, withdraw"), f"qwd:{entry.id}"), Button(_("No"), f"qa:{entry.id}")),),
    )


def withdrawn(language: Language) -> str:
    """The entry answers nobody any more."""
    _ = catalog(language).gettext
    return _("Withdrawn: it no longer answers anybody.")


def gone(language: Language) -> Letter:
    """An entry that is no longer published."""
    _ = catalog(language).gettext
    return Letter(_("This answer is no longer in the guide. Just write your question."))


def publishable(letter: Letter, reply: int | None, language: Language) -> Letter:
    """The receipt of a sent reply, with a button that makes an entry of it."""
    _ = catalog(language).gettext
    if reply is None:
        return letter
    return replace(letter, buttons=(*letter.buttons, (Button(_("📚 Publish in the guide"), f"fq:{reply}"),)))


def words_wanted(entry: Entry, field: Field, language: Language) -> Letter:
    """The next words of a draft, with what stands in the other language to translate from."""
    _ = catalog(language).gettext
    tongue = LANGUAGE_NAMES[field.language]
    if field.is_question:
        ask = _("Write the question for the guide: <b>{language}</b>, short, without names, up to {n} characters.")
        other = next((entry.question(one) for one in Language if one is not field.language), "")
    else:
        ask = _("Write the answer for the guide: <b>{language}</b>, without names, up to {n} characters.")
        other = next((entry.answer(one) for one in Language if one is not field.language), "")
    parts = [ask.format(language=tongue, n=field.at_most)]
    if standing := (entry.words[field] or other):
        parts.append(f"<blockquote>{escape(standing)}</blockquote>")
    parts.append(_("<i>The draft is kept for 30 days; the button under your reply opens it again.</i>"))
    return Letter("\n".join(parts), ((Button(_("Later"), "cancel"),),))


def too_long(at_most: int, language: Language) -> Letter:
    """The words do not fit; the draft is as it was."""
    _ = catalog(language).gettext
    return Letter(_("That is too long: up to {n} characters fit. Please write it shorter.").format(n=at_most))


def only_words(language: Language) -> Letter:
    """A file or a sticker instead of words; or nothing but a name."""
    _ = catalog(language).gettext
    return Letter(_("Please send words only, without a file and without names."))


def basis_wanted(id: EntryId, language: Language) -> Letter:
    """What the answer rests on: a citation of an article, or advice."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "What does the answer rest on? If on the law, write the title of an article of the guide: I will show its sources. "
            "If it is experience, press the button."
        ),
        (
            (Button(_("Advice, not a rule of law"), f"fqp:{id}"),),
            (Button(_("Later"), "cancel"),),
        ),
    )


def articles_to_choose(id: EntryId, articles: Sequence[Article], language: Language) -> Letter:
    """Articles whose title is like what was typed."""
    _ = catalog(language).gettext
    if not articles:
        return Letter(_("I found no such article. Write other words of its title."), basis_wanted(id, language).buttons)
    rows = tuple((Button(one.title, f"fqa:{id}:{one.slug}"),) for one in articles)
    return Letter(_("From which article?"), (*rows, *basis_wanted(id, language).buttons))


def citations_to_choose(id: EntryId, article: Article, language: Language) -> Letter:
    """What an article rests on, one button each."""
    _ = catalog(language).gettext
    lines = [f"{n}. {cited(one, language)}" for n, one in enumerate(article.citations, start=1)]
    rows = tuple(
        (Button(f"{n}. " + shortened(_plain(one, language), ON_A_BUTTON), f"fqc:{id}:{article.slug}:{n}"),)
        for n, one in enumerate(article.citations, start=1)
    )
    head = f"<b>{escape(article.title)}</b>\n" + _("Which source does the answer rest on?")
    return Letter("\n".join((head, *lines)), (*rows, *basis_wanted(id, language).buttons))


def draft(entry: Entry, citation: Citation | None, place: Place | None, language: Language, zone: ZoneInfo) -> Letter:
    """The whole draft before it goes to a second coordinator: whoever sends it says that no name is in it."""
    _ = catalog(language).gettext
    names = {
        Field.QUESTION_KY: _("✏️ Question, Kyrgyz"),
        Field.ANSWER_KY: _("✏️ Answer, Kyrgyz"),
        Field.QUESTION_RU: _("✏️ Question, Russian"),
        Field.ANSWER_RU: _("✏️ Answer, Russian"),
    }
    edits = [Button(name, f"fqe:{entry.id}:{field}") for field, name in names.items()]
    rows: list[tuple[Button, ...]] = [
        (Button(_("✅ No name is in it: send for a second yes"), f"fqok:{entry.id}:{entry.text_hash}"),),
        (edits[0], edits[1]),
        (edits[2], edits[3]),
        (Button(_("✏️ What it rests on"), f"fqb:{entry.id}"), Button(_("🗑 Drop the draft"), f"fqx:{entry.id}")),
    ]
    if place is not None and entry.everywhere:
        rows.insert(3, (Button(_("📍 Only for: {place}").format(place=place.names[language]), f"fqs:{entry.id}:0"),))
    elif place is not None:
        rows.insert(3, (Button(_("🌍 For the whole country"), f"fqs:{entry.id}:1"),))
    head = _("<b>Draft for the guide.</b> Read it once more: nobody's name, telephone or village may be recognised.")
    return Letter(_whole(head, entry, citation, place, language, zone), tuple(rows))


def proposed(asked: int, language: Language) -> Letter:
    """The draft waits for a second yes; said as it is when nobody can give one."""
    _ = catalog(language).gettext
    n_ = catalog(language).ngettext
    if not asked:
        return Letter(
            _(
                "Nobody else can give the second yes for this place yet. Invite a colleague (/invite), then send it again."
            )
        )
    words = n_("Sent to {n} coordinator for a second yes.", "Sent to {n} coordinators for a second yes.", asked)
    return Letter(words.format(n=asked) + " " + _("Until then nobody sees it in the guide."))


def request(entry: Entry, citation: Citation | None, place: Place | None, language: Language, zone: ZoneInfo) -> Letter:
    """A colleague's entry, whole, with a yes and a no."""
    _ = catalog(language).gettext
    head = _(
        "<b>A colleague asks for your yes: an answer for the guide.</b> Is it right in both languages, is nobody named?"
    )
    buttons = (
        (Button(_("✅ Yes, publish"), f"fqy:{entry.id}:{entry.text_hash}"),),
        (Button(_("❌ No"), f"fqn:{entry.id}:{entry.text_hash}"),),
    )
    return Letter(_whole(head, entry, citation, place, language, zone), buttons)


def published(entry: Entry, language: Language) -> Letter:
    """What stands in place of the request once the yes is given."""
    _ = catalog(language).gettext
    return _settled(_("✅ Published in the guide: «{question}»"), entry, language)


def refused(entry: Entry, language: Language) -> Letter:
    """What stands in place of the request once a no is given."""
    _ = catalog(language).gettext
    return _settled(_("❌ Not published; the author will be told: «{question}»"), entry, language)


def outcome(entry: Entry, yes: bool, language: Language) -> Letter:
    """What the author hears."""
    _ = catalog(language).gettext
    if yes:
        return _settled(_("✅ A second coordinator said yes. It stands in the guide: «{question}»"), entry, language)
    letter = _settled(
        _("❌ A second coordinator said no: «{question}». You may change it and ask again."), entry, language
    )
    return replace(letter, buttons=((Button(_("Open the draft"), f"fq:{entry.reply_id}"),),))


def dropped(language: Language) -> Letter:
    """The draft's words are gone."""
    _ = catalog(language).gettext
    return Letter(_("The draft is dropped; its words are erased."))


def own_entry(language: Language) -> str:
    """Nobody says the second yes to their own entry."""
    _ = catalog(language).gettext
    return _("This is your own entry: another coordinator must say yes.")


def text_changed(language: Language) -> str:
    """The words are no longer those that were shown."""
    _ = catalog(language).gettext
    return _("The text has changed since. Wait for the new one, or open it again.")


def not_complete(language: Language) -> str:
    """Something is missing."""
    _ = catalog(language).gettext
    return _("Something is still missing: both languages and what the answer rests on.")


def _settled(words: str, entry: Entry, language: Language) -> Letter:
    return Letter(words.format(question=escape(shortened(entry.question(language), 200))))


def _whole(
    head: str, entry: Entry, citation: Citation | None, place: Place | None, language: Language, zone: ZoneInfo
) -> str:
    _ = catalog(language).gettext
    parts = [head]
    for one in Language:
        parts.append(
            f"<b>{LANGUAGE_NAMES[one]}</b>\n<b>{escape(entry.question(one))}</b>\n"
            f"<blockquote>{escape(entry.answer(one))}</blockquote>"
        )
    below = [_basis(entry, citation, language), _signature(entry, language, zone)]
    if place is not None:
        below.append(_("For the whole country.") if entry.everywhere else _only_here(place, language))
    return "\n\n".join((*parts, "\n".join(below)))


def _only_here(place: Place, language: Language) -> str:
    _ = catalog(language).gettext
    return _("Only for: {place}").format(place=escape(place.names[language]))


def _basis(entry: Entry, citation: Citation | None, language: Language) -> str:
    _ = catalog(language).gettext
    if entry.basis is Kind.LAW and citation is not None:
        return _("Basis: {citation}").format(citation=cited(citation, language))
    if entry.basis is Kind.PRACTICE:
        return _("<i>Advice, not a rule of law.</i>")
    return _("What it rests on: not chosen yet")


def _signature(entry: Entry, language: Language, zone: ZoneInfo) -> str:
    _ = catalog(language).gettext
    when = i18n.day_and_year(entry.answered_at.astimezone(zone).date(), language)
    who = escape(entry.signed)
    signed = (
        _("{who}, coordinator, {when}").format(who=who, when=when)
        if who
        else _("A coordinator, {when}").format(when=when)
    )
    return signed + "\n" + _("<i>A coordinator's own words, not a decision of the commission.</i>")


def _plain(citation: Citation, language: Language) -> str:
    _ = catalog(language).gettext
    number = ", " + _("article {number}").format(number=citation.article) if citation.article else ""
    return citation.act[language] + number


def _turn(press: str, number: int, pages: int) -> list[tuple[Button, ...]]:
    turn = [Button("◀️", f"{press}:{number - 1}")] if number > 1 else []
    turn += [Button("▶️", f"{press}:{number + 1}")] if number < pages else []
    return [tuple(turn)] if turn else []
