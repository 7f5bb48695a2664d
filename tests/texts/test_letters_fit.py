"""Every page of the guide, every answer and every node of the tree fits into what Telegram takes, in both languages."""

import re
from html import unescape

import pytest

from bot.domain.chats import Role, Subscriber
from bot.domain.guide import Match
from bot.domain.ids import ChatId, Language
from bot.ports import Letter
from bot.services.reading import ReadGuide
from bot.texts import answers, guide, me, menu, people
from bot.texts.pieces import units
from tests.town import Kernel

TAG = re.compile(r"<[^>]*>")


def fits(letter: Letter, what: str) -> None:
    assert 0 < units(unescape(TAG.sub("", letter.text))) <= 4096, what
    for row in letter.buttons:
        assert 0 < len(row) <= 8, what
        for button in row:
            assert button.text, what
            assert len(button.press.encode()) <= 64, (what, button.press)
    assert sum(len(row) for row in letter.buttons) <= 100, what


@pytest.mark.parametrize("language", Language)
def test_every_page_and_every_answer_of_the_guide(kernel: Kernel, language: Language) -> None:
    read = ReadGuide(kernel.library, "a_bot_with_a_rather_long_name_bot")
    fits(guide.sections(read.sections(), language), "contents")
    for section in read.sections():
        fits(guide.section(section, read.articles(section, language), language), section)
        for article in read.articles(section, language):
            first = read.page(article.slug, 1, language)
            assert first is not None
            for number in range(1, first.of + 1):
                page = read.page(article.slug, number, language)
                assert page is not None and page.number == number
                fits(guide.page(article, page.html, number, page.of, page.following, language), article.slug)
            fits(answers.answer(article, read.lead(article), language), article.slug)
            match = Match(article.slug, 1.0, article.asked[0])
            fits(answers.offered([(match, article)] * 3, language), article.slug)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("purpose", ["me", "v", "i.administrator", "al.1000000"])
def test_every_node_of_the_tree_of_places(kernel: Kernel, language: Language, purpose: str) -> None:
    for place in kernel.places:
        pages = -(-max(len(kernel.places.children(place.slug)), 1) // me.A_PAGE)
        for number in range(1, pages + 1):
            letter = me.branch(place, kernel.places, purpose, number, language, choosable=True, confirmable=True)
            fits(letter, f"{place.slug} {number}")


@pytest.mark.parametrize("language", Language)
def test_every_screen(kernel: Kernel, language: Language) -> None:
    person = Subscriber(ChatId(1), language)
    for letter in (
        menu.first_screen("x" * 40),
        menu.choose_language(language),
        menu.welcome(language),
        menu.help_screen(language, frozenset(Role)),
        menu.privacy(language),
        menu.forget_question(language),
        menu.group_card(None, "a_bot"),
        me.me(person, kernel.places, language),
        me.readers(frozenset(), language),
        me.topics(frozenset(), language),
        people.roles_to_offer(Role, language),
    ):
        fits(letter, letter.text[:40])
    assert units(menu.description()) <= 512
    assert units(menu.short_description()) <= 120
    for name, meaning in menu.commands(language, frozenset(Role)):
        assert 1 <= len(name) <= 32 and 1 <= units(meaning) <= 256
