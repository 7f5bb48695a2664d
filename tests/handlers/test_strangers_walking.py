"""Every keyboard and every page there is, walked once through the strict server's own checks: no place, article or role is too long."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.app import Kernel
from bot.demo.html import parse
from bot.demo.markup import checked_inline
from bot.demo.text import utf16_length
from bot.domain.chats import Invite, Role, Subscriber, TopicOfInterest
from bot.domain.guide import Article, Match, Reader
from bot.domain.ids import ChatId, Language, PlaceSlug
from bot.domain.places import COUNTRY, Place, Places
from bot.ports import Letter
from bot.services.reading import ReadGuide
from bot.texts import answers, guide, me, menu, people
from bot.texts.me import A_PAGE

PURPOSES = ("me", "v", "al.9999999999", *(f"i.{role}" for role in Role))
ZONE = ZoneInfo("Asia/Bishkek")


def accepted_by_telegram(letter: Letter) -> None:
    """The strict server would take this letter."""
    shown = parse(letter.text)
    assert 0 < utf16_length(shown.text.strip()) <= 4096, letter.text[:80]
    presses = [one for row in letter.buttons for one in row]
    assert all(len(one.press.encode()) <= 64 for one in presses), letter.buttons
    rows = [[{"text": one.text, "callback_data": one.press} for one in row] for row in letter.buttons]
    checked_inline({"inline_keyboard": rows})


def articles(kernel: Kernel, language: Language) -> Iterator[Article]:
    """Every article of the guide."""
    for section in kernel.library.sections():
        yield from kernel.library.articles(section, language)


def turns(tree: Places, place: Place) -> range:
    """The pages of a node of the tree."""
    return range(1, max(1, -(-len(tree.children(place.slug)) // A_PAGE)) + 1)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_node_of_the_tree_of_places_can_be_shown_for_every_purpose(
    kernel: Kernel, language: Language, purpose: str
) -> None:
    for place in kernel.places:
        for page in turns(kernel.places, place):
            accepted_by_telegram(
                me.branch(place, kernel.places, purpose, page, language, choosable=True, confirmable=True)
            )


def test_every_place_can_be_reached_from_the_country_by_buttons(kernel: Kernel) -> None:
    seen, waiting = {COUNTRY}, [(COUNTRY, 1)]
    while waiting:
        slug, page = waiting.pop()
        place = kernel.places.get(slug)
        assert place is not None
        letter = me.branch(place, kernel.places, "me", page, Language.KY, choosable=True)
        seen.add(slug)
        for button in (one for row in letter.buttons for one in row):
            kind, *rest = button.press.split(":")
            if kind == "ps" and rest[1] != "-":
                seen.add(PlaceSlug(rest[1]))
            if kind == "p" and (rest[1], int(rest[2])) not in waiting and (rest[1] not in seen or int(rest[2]) > page):
                waiting.append((PlaceSlug(rest[1]), int(rest[2])))

    assert seen == {place.slug for place in kernel.places}


@pytest.mark.parametrize("language", Language)
def test_every_page_of_every_article_is_whole_html_and_short_enough(kernel: Kernel, language: Language) -> None:
    reading = ReadGuide(kernel.library, "kenesh_demo_bot")
    for article in articles(kernel, language):
        first = reading.page(article.slug, 1, language)
        assert first is not None
        for number in range(1, first.of + 1):
            page = reading.page(article.slug, number, language)
            assert page is not None
            accepted_by_telegram(guide.page(page.article, page.html, number, page.of, page.following, language))


@pytest.mark.parametrize("language", Language)
def test_every_article_can_be_an_answer_an_offer_and_a_link(kernel: Kernel, language: Language) -> None:
    reading = ReadGuide(kernel.library, "kenesh_demo_bot")
    for article in articles(kernel, language):
        accepted_by_telegram(answers.answer(article, reading.lead(article), language))
        line = Match(article.slug, 0.5, article.plain[:400])
        accepted_by_telegram(answers.offered([(line, article)] * 3, language))
        accepted_by_telegram(menu.first_screen(f"a_{article.slug}"))
        assert len(f"a_{article.slug}") <= 40


@pytest.mark.parametrize("language", Language)
def test_every_section_and_form_can_be_shown(kernel: Kernel, language: Language) -> None:
    accepted_by_telegram(guide.sections(kernel.library.sections(), language))
    for section in kernel.library.sections():
        accepted_by_telegram(guide.section(section, tuple(kernel.library.articles(section, language)), language))
    accepted_by_telegram(me.readers(frozenset(Reader), language))
    accepted_by_telegram(me.topics(frozenset(TopicOfInterest), language))
    longest = max(kernel.places, key=lambda place: len(kernel.places.label(place, language)))
    person = Subscriber(ChatId(1), language, longest.slug, "ъ" * 60, frozenset(Reader), frozenset(TopicOfInterest))
    accepted_by_telegram(me.me(person, kernel.places, language))
    assert utf16_length(me.place_kept(person, kernel.places, language)) <= 200  # the receipt of a pressed button
    for role in Role:
        invite = Invite(9_999_999, role, longest.slug, ChatId(1), datetime(2026, 9, 1, tzinfo=UTC))
        accepted_by_telegram(people.offer(invite, "x" * 24, kernel.places, language, ZONE))
    accepted_by_telegram(people.roles_to_offer(Role, language))


def test_a_date_with_a_year_is_declined_in_kyrgyz(kernel: Kernel) -> None:
    for article in articles(kernel, Language.KY):
        words = guide.foot(article, Language.KY, date(2026, 3, 31)).split("Редакциясы: ")[1].split("\n")[0]

        assert words.startswith(f"{article.as_of.year}-жылдын {article.as_of.day}-")
        assert words[-1] in "ыиуү", words  # 1-сентябры, 31-марты, 1-июлу: the day belongs to the year
