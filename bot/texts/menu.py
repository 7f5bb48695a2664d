"""The first screen, the menu, help, privacy, and the words of leaving."""

from collections.abc import Iterable

from bot.domain.chats import Role
from bot.domain.ids import Language
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.words import LANGUAGE_NAMES, both, escape

FOR_ROLES: dict[str, frozenset[Role]] = {
    "candidates": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    "hearing": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    "desk": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.DESK}),
    "place": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    "unanswered": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    "people": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    "invite": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    "reload": frozenset({Role.ADMINISTRATOR, Role.EDITOR}),
    "stats": frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.EDITOR, Role.OBSERVER}),
}


def first_screen(payload: str = "") -> Letter:
    """Bilingual, Kyrgyz above Russian, two equal buttons, nothing preselected; a link's payload waits in the buttons."""
    return Letter(both(_greeting), (_languages("start:{}:" + payload),))


def description() -> str:
    """What an empty chat shows before /start, in both languages; at most 512 characters."""
    return both(_about)


def short_description() -> str:
    """The line under the bot's name, in both languages; at most 120 characters."""
    return " · ".join(_in_short(language) for language in Language)


def choose_language(language: Language) -> Letter:
    """The two languages again; one tap changes everything."""
    _ = catalog(language).gettext
    return Letter(_("Choose a language. You can change it at any time: /language"), (_languages("language:{}"),))


def language_chosen(language: Language) -> str:
    """What stands in place of the choice once it is made."""
    _ = catalog(language).gettext
    return _("Language: {name}").format(name=LANGUAGE_NAMES[language])


def welcome(language: Language) -> Letter:
    """What one can do here, right after the language is known."""
    _ = catalog(language).gettext
    lines = (
        _("<b>Just write your question</b>: about standing for the local kenesh, the 30 % quota, voting, hearings."),
        _(
            "I answer from the guide and name the law. What the guide does not know goes to a coordinator, a living person."
        ),
        _listed(pair for pair in commands(language) if pair[0] in (*menu_labels(language), "quota", "hearings")),
    )
    return Letter("\n\n".join(lines), keyboard=keyboard(language))


def keyboard(language: Language) -> tuple[tuple[str, ...], ...]:
    """The menu below the field where one writes."""
    labels = menu_labels(language)
    return ((labels["guide"], labels["my"]), (labels["me"], labels["help"]))


def menu_labels(language: Language) -> dict[str, str]:
    """What each key of the menu says; pressing it is writing it."""
    _ = catalog(language).gettext
    return {
        "guide": _("📖 Guide"),
        "my": _("📨 My questions"),
        "me": _("⚙️ About me"),
        "help": _("❓ Help"),
    }


def commands(language: Language, roles: frozenset[Role] = frozenset()) -> tuple[tuple[str, str], ...]:
    """The commands of a person's menu; coordinators see theirs too."""
    _ = catalog(language).gettext
    everyone = (
        ("guide", _("The guide")),
        ("candidate", _("My candidacy: steps and dates")),
        ("election", _("The called election and its dates")),
        ("may", _("May I campaign today?")),
        ("quota", _("The quota calculator")),
        ("quiz", _("Quiz on the quota")),
        ("hearings", _("Public hearings")),
        ("my", _("My questions and answers")),
        ("me", _("My place and interests")),
        ("language", _("Тил · Язык")),
        ("help", _("What I can do")),
        ("privacy", _("What is kept about you")),
        ("forget", _("Forget me")),
    )
    coordinators = (
        ("hearing", _("Announce a hearing")),
        ("candidates", _("Candidates by steps")),
        ("desk", _("Questions that wait")),
        ("place", _("Districts of an aiyl kenesh")),
        ("unanswered", _("What the guide does not know")),
        ("people", _("Coordinators")),
        ("invite", _("Invite a coordinator")),
        ("stats", _("In numbers")),
        ("reload", _("Open the new edition of the guide")),
    )
    return (*(pair for pair in coordinators if roles & FOR_ROLES[pair[0]]), *everyone)


def group_commands(language: Language) -> tuple[tuple[str, str], ...]:
    """The commands of a group's menu."""
    _ = catalog(language).gettext
    return (
        ("hearings", _("Public hearings")),
        ("setup", _("Place, language, reminders of this group")),
        ("quiz", _("Quiz on the quota")),
        ("help", _("What I can do")),
        ("language", _("Тил · Язык")),
    )


def help_screen(language: Language, roles: frozenset[Role]) -> Letter:
    """Everything one can do, as commands to press."""
    _ = catalog(language).gettext
    lines = [_("Write your question in your own words, I understand Kyrgyz and Russian, also with mistakes.")]
    lines.append(_listed(commands(language, roles)))
    lines.append(
        _(
            "You may also send a photo, a voice message or a document: they go to a coordinator together with your words."
        )
    )
    return Letter("\n\n".join(lines), keyboard=keyboard(language))


def group_card(language: Language | None, bot: str) -> Letter:
    """What the bot says once when it comes into a group; before a language is chosen, in both."""
    languages = tuple(Language) if language is None else (language,)
    words = (f"{group_greeting(each, bot)} {_who_chooses(each)}" for each in languages)
    return Letter("\n\n".join(words), group_languages())


def group_greeting(language: Language, bot: str) -> str:
    """How a group asks the bot, and what the bot reads there."""
    _ = catalog(language).gettext
    return _(
        "Hello! Ask me about local elections and hearings: write @{bot} and your question, or reply to my message. "
        "I read nothing else in this group."
    ).format(bot=escape(bot))


def group_languages() -> tuple[tuple[Button, ...], ...]:
    """One language for a group, or both in each letter."""
    return (_languages("group:{}"), (Button(" + ".join(LANGUAGE_NAMES.values()), "group:both"),))


def privacy(language: Language) -> Letter:
    """What is kept, why, and for how long."""
    _ = catalog(language).gettext
    lines = (
        _("<b>What is kept about you</b>"),
        _(
            "• the number of this chat: to answer you\n"
            "• language, place, interests: only what you chose in /me\n"
            "• questions that went to a coordinator and the replies: until you press /forget\n"
            "• whether an article was useful to you\n"
            "• the places whose hearings you follow, and what you asked or proposed for a hearing\n"
            "• if you press “We come”: your name, which only the organiser of that hearing sees, for 30 days after it\n"
            "• the hour in which you asked, for one hour: no more than ten questions an hour"
        ),
        _(
            "If you use /candidate: place, the way you stand, what you called done, your notes, and who else may see the "
            "plan. Coordinators see only how many stand at which step; your name only if you show it."
        ),
        _("Your telephone is not kept, nor otherwise your name. A question that the guide answered is not kept."),
        _(
            "A coordinator sees the words of your question and your place, not your name or account. Coordinators also see "
            "questions that ask the same grouped together, to learn what the guide lacks."
        ),
        _(
            "A question and its reply may become an entry of the guide for everybody: without names, after two coordinators "
            "have read it. A draft is erased by /forget, or after 30 days; a published entry stays, for it names nobody."
        ),
        _(
            "A coordinator's acts (ids and hours, no texts) stay in a log that nobody can change, also after /forget. "
            "The numbers of questions and letters stay as counts, without you."
        ),
        _("Names in lists sent to /quota are never written down: they live in memory for an hour at most."),
        _("/forget erases all of this at once."),
    )
    return Letter("\n\n".join(lines))


def forget_question(language: Language) -> Letter:
    """Asked once before everything goes."""
    _ = catalog(language).gettext
    return Letter(
        _(
            "Erase everything that is kept about you? Your questions, their answers and your settings will be gone. It cannot be undone."
        ),
        ((Button(_("Yes, erase"), "forget_now"), Button(_("No"), "keep")),),
    )


def forgotten(language: Language) -> Letter:
    """The last word to somebody who leaves; nothing remains that could say more."""
    _ = catalog(language).gettext
    return Letter(_("Done: nothing is kept about you. If you want to come back, press /start."), keyboard_gone=True)


def not_forgotten(language: Language) -> str:
    """The person changed their mind."""
    _ = catalog(language).gettext
    return _("Nothing was erased.")


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"/{command} — {meaning}" for command, meaning in pairs)


def _in_short(language: Language) -> str:
    _ = catalog(language).gettext
    return _("Local elections, quota, hearings")


def _about(language: Language) -> str:
    _ = catalog(language).gettext
    return _(
        "I answer questions about elections to local keneshes: who can stand, the 30 % quota, deadlines, voting, hearings. "
        "Each answer names the law. What I do not know goes to a coordinator."
    )


def _greeting(language: Language) -> str:
    _ = catalog(language).gettext
    return "\n".join(
        (
            _("<b>Hello!</b> I help with elections to local keneshes: candidates, voters, initiative groups."),
            _("Choose a language:"),
        )
    )


def _who_chooses(language: Language) -> str:
    _ = catalog(language).gettext
    return _("An administrator of the group chooses the language:")


def _languages(press: str) -> tuple[Button, ...]:
    return tuple(Button(name, press.format(language)) for language, name in LANGUAGE_NAMES.items())
