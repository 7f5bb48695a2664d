"""About me: each line says what it is used for, each is one tap, each can be skipped and changed."""

from collections.abc import Sequence

from bot.domain.chats import Subscriber, TopicOfInterest
from bot.domain.guide import Reader
from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import COUNTRY, DERIVED_MARK, Place, Places
from bot.i18n import catalog
from bot.ports import Button, Letter
from bot.texts.words import BUTTON, LANGUAGE_NAMES, escape, in_rows

A_PAGE = 12
CHOSEN, FREE = "✅ ", "▫️ "


def me(person: Subscriber, places: Places, language: Language) -> Letter:
    """What the bot knows of a person, and why it would like to."""
    _ = catalog(language).gettext
    nothing = _("not given")
    readers = ", ".join(reader_name(one, language) for one in Reader if one in person.readers)
    topics = ", ".join(topic_name(one, language) for one in TopicOfInterest if one in person.topics)
    lines = (
        _("<b>About me</b>. Everything may be left out."),
        _("📍 Place: {place}\n<i>so that your questions reach the nearest coordinator</i>").format(
            place=escape(where(person, places, language) or nothing)
        ),
        _("👤 I am: {readers}\n<i>so that the guide fits you</i>").format(readers=readers or nothing),
        _("🔔 Topics: {topics}\n<i>so that you hear only of these</i>").format(topics=topics or nothing),
        _("🌐 Language: {name}").format(name=LANGUAGE_NAMES[language]),
    )
    return Letter(
        "\n\n".join(lines),
        (
            (Button(_("📍 Place"), f"p:me:{COUNTRY}:1"), Button(_("👤 Who I am"), "me:readers")),
            (Button(_("🔔 Topics"), "me:topics"), Button(_("🌐 Language"), "me:language")),
        ),
    )


def where(person: Subscriber, places: Places, language: Language) -> str:
    """The person's place in words; a village not in the tree stands in its own words beside the rayon."""
    place = places.get(person.place) if person.place else None
    words = places.label(place, language) if place else ""
    return f"«{person.village}», {words}" if person.village else words


def readers(chosen: frozenset[Reader], language: Language) -> Letter:
    """Several may be true of one person."""
    _ = catalog(language).gettext
    buttons = tuple(
        (Button(_mark(one in chosen) + reader_name(one, language), f"me:reader:{one}:{int(one not in chosen)}"),)
        for one in Reader
    )
    return Letter(_("Who are you? Several may be true."), (*buttons, _back(language)))


def topics(chosen: frozenset[TopicOfInterest], language: Language) -> Letter:
    """What one wants to hear of."""
    _ = catalog(language).gettext
    buttons = tuple(
        (Button(_mark(one in chosen) + topic_name(one, language), f"me:topic:{one}:{int(one not in chosen)}"),)
        for one in TopicOfInterest
    )
    return Letter(_("What do you want to hear of?"), (*buttons, _back(language)))


def language_choice(language: Language) -> Letter:
    """The two languages, from /me."""
    _ = catalog(language).gettext
    buttons = tuple(Button(name, f"language:{each}") for each, name in LANGUAGE_NAMES.items())
    return Letter(_("Choose a language. You can change it at any time: /language"), (buttons, _back(language)))


def branch(
    place: Place,
    places: Places,
    purpose: str,
    page: int,
    language: Language,
    *,
    choosable: bool,
    confirmable: bool = False,
) -> Letter:
    """One node of the tree: go down, go up, choose it, or write the name instead."""
    _ = catalog(language).gettext
    children = places.children(place.slug)
    first = (page - 1) * A_PAGE
    shown = children[first : first + A_PAGE]
    rows: list[tuple[Button, ...]] = []
    if choosable:
        rows.append((_this_one(place, places, purpose, language),))
    downs = [Button(places.short(child, language), _down(child, places, purpose)) for child in shown]
    rows.extend(in_rows(downs))
    turn = []
    if page > 1:
        turn.append(Button("◀️", f"p:{purpose}:{place.slug}:{page - 1}"))
    if first + A_PAGE < len(children):
        turn.append(Button("▶️", f"p:{purpose}:{place.slug}:{page + 1}"))
    if turn:
        rows.append(tuple(turn))
    if confirmable:
        rows.append((Button(_("The Kyrgyz name is right"), f"pc:{place.slug}"),))
    if place.parent is not None:
        rows.append((Button(_("⬆️ Up"), f"p:{purpose}:{place.parent}:1"),))
    if purpose == "me":
        rows.extend(in_rows((Button(_("Leave the place out"), "ps:me:-"), Button(_("◀️ Back"), "me"))))
    text = f"<b>{escape(places.path(place, language))}</b>\n" + _("Choose below, or write the name of your place.")
    if any(child.before_reform for child in shown):
        text += "\n" + _(
            "<i>Aiyl aimaks stand here as they were before the reform of 2024; the list of today was not found.</i>"
        )
    if language is Language.KY and any(child.derived for child in (*shown, place)):
        text += "\n" + _("<i>≈ marks a Kyrgyz name that nobody has confirmed yet.</i>")
    return Letter(text, tuple(rows))


def this_place(place: Place, places: Places, purpose: str, language: Language) -> Letter:
    """The typed words name this place and no other."""
    _ = catalog(language).gettext
    text = _("Is it this place?") + f"\n<b>{escape(places.path(place, language))}</b>"
    return Letter(text, ((_this_one(place, places, purpose, language),), (Button(_("Another place"), "po:0"),)))


def found(matches: Sequence[Place], places: Places, purpose: str, language: Language, *, exact: bool) -> Letter:
    """Several places that the typed words name, or that they may mean: whole in the text, short on the buttons."""
    _ = catalog(language).gettext
    head = _("Which one?") if exact else _("Did you mean one of these?")
    lines = [f"• {escape(places.path(place, language))}" for place in matches]
    rows = tuple((Button(_on_a_button(place, places, language), f"ps:{purpose}:{place.slug}"),) for place in matches)
    none = Button(_("None of these"), f"po:{int(not exact)}")
    return Letter("\n".join((head, *lines)), (*rows, (none,)))


def not_found(words: str, purpose: str, language: Language, *, others: bool = False) -> Letter:
    """Nothing in the tree is near the typed words, or nothing `others` than what has been shown."""
    _ = catalog(language).gettext
    text = _("I found no place called «{words}».") if not others else _("I know no other place called «{words}».")
    text = text.format(words=escape(words))
    if purpose != "me":
        return Letter(
            text + " " + _("Write it otherwise, or choose below."),
            ((Button(_("⬆️ The list"), f"p:{purpose}:{COUNTRY}:1"),),),
        )
    return Letter(
        text,
        (
            (Button(_("Keep it as my village"), "pv"),),
            (Button(_("⬆️ The list"), f"p:me:{COUNTRY}:1"),),
        ),
    )


def village_wants_rayon(words: str, language: Language) -> str:
    """The village is not in the tree: its rayon is."""
    _ = catalog(language).gettext
    return _("«{words}» is kept as your village. In which rayon or city is it?").format(words=escape(words))


def place_kept(person: Subscriber, places: Places, language: Language) -> str:
    """A short receipt."""
    _ = catalog(language).gettext
    words = where(person, places, language)
    return _("Place: {place}").format(place=words) if words else _("The place is left out.")


def which_place_is(words: str, language: Language) -> str:
    """A coordinator is asked where an asker's own village belongs."""
    _ = catalog(language).gettext
    return _("Which of these places is «{words}»? Your choice becomes one more name of it.").format(words=escape(words))


def alias_kept(places: Places, slug: PlaceSlug, language: Language) -> str:
    """The village has found its place."""
    _ = catalog(language).gettext
    place = places.get(slug)
    return _("Noted: one more name for {place}.").format(place=escape(places.label(place, language) if place else slug))


def name_confirmed(language: Language) -> str:
    """The ≈ falls."""
    _ = catalog(language).gettext
    return _("Thank you: the name is confirmed.")


def reader_name(reader: Reader, language: Language) -> str:
    """Who one is, in a word."""
    _ = catalog(language).gettext
    return {
        Reader.CANDIDATE: _("candidate"),
        Reader.DEPUTY: _("deputy"),
        Reader.GROUP: _("initiative group"),
        Reader.VOTER: _("voter"),
    }[reader]


def topic_name(topic: TopicOfInterest, language: Language) -> str:
    """A topic, in a word or two."""
    _ = catalog(language).gettext
    return {
        TopicOfInterest.ELECTIONS: _("elections"),
        TopicOfInterest.QUOTA: _("the quota"),
        TopicOfInterest.BUDGET: _("the budget"),
        TopicOfInterest.PROGRAMMES: _("programmes"),
        TopicOfInterest.HEARINGS: _("hearings"),
    }[topic]


def _this_one(place: Place, places: Places, purpose: str, language: Language) -> Button:
    _ = catalog(language).gettext
    name = places.short(place, language).removeprefix(DERIVED_MARK)
    return Button(_("✅ This one: {place}").format(place=name), f"ps:{purpose}:{place.slug}")


def _on_a_button(place: Place, places: Places, language: Language) -> str:
    label = places.label(place, language)
    return label if len(label) <= BUTTON else places.short_label(place, language)


def _down(child: Place, places: Places, purpose: str) -> str:
    return f"p:{purpose}:{child.slug}:1" if places.children(child.slug) else f"ps:{purpose}:{child.slug}"


def _mark(chosen: bool) -> str:
    return CHOSEN if chosen else FREE


def _back(language: Language) -> tuple[Button, ...]:
    _ = catalog(language).gettext
    return (Button(_("◀️ Back"), "me"),)
