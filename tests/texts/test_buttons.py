"""Nothing on a button is cut off at 360 px: the longest place, article and form, in both languages."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.domain.chats import Role, Subscriber, TopicOfInterest
from bot.domain.guide import Match
from bot.domain.ids import ChatId, Language, QuestionId
from bot.domain.places import Places
from bot.domain.questions import Question
from bot.ports import Button, Letter
from bot.services.reading import ReadGuide
from bot.texts import answers, desk, guide, me, menu, people
from bot.texts.words import BUTTON, HALF_BUTTON, in_rows
from tests.town import Kernel

NUMBER = QuestionId(123456)


def is_read_whole(letter: Letter) -> None:
    for row in letter.buttons:
        assert len(row) <= 2, row
        for button in row:
            assert len(button.text) <= (BUTTON if len(row) == 1 else HALF_BUTTON), button.text


def branches(tree: Places, language: Language) -> Iterable[Letter]:
    for place in tree:
        for page in range(1, -(-max(len(tree.children(place.slug)), 1) // me.A_PAGE) + 1):
            yield me.branch(place, tree, "me", page, language, choosable=True, confirmable=True)


@pytest.mark.parametrize("language", Language)
def test_every_place(kernel: Kernel, language: Language) -> None:
    for letter in branches(kernel.places, language):
        is_read_whole(letter)
    for place in kernel.places:
        is_read_whole(me.this_place(place, kernel.places, "me", language))
        is_read_whole(me.found([place], kernel.places, "me", language, exact=True))


@pytest.mark.parametrize("language", Language)
def test_places_side_by_side_are_told_apart_by_their_short_names(kernel: Kernel, language: Language) -> None:
    for place in kernel.places:
        names = [kernel.places.short(child, language) for child in kernel.places.children(place.slug)]
        assert len(set(names)) == len(names), place.slug


@pytest.mark.parametrize("language", Language)
def test_every_article_and_section(kernel: Kernel, language: Language) -> None:
    read = ReadGuide(kernel.library, "a_bot")
    is_read_whole(guide.sections(read.sections(), language))
    for section in read.sections():
        articles = read.articles(section, language)
        is_read_whole(guide.section(section, articles, language))
        for article in articles:
            first = read.page(article.slug, 1, language)
            assert first is not None
            for number in (1, first.of):
                is_read_whole(guide.page(article, "", number, first.of, first.following, language))
            choices = [(Match(article.slug, 1.0, ""), article)] * 3
            is_read_whole(answers.answer(article, "", language, waits=NUMBER))
            is_read_whole(answers.offered(choices, language))
            is_read_whole(answers.joined(NUMBER, False, "1255", choices, language))


@pytest.mark.parametrize("language", Language)
def test_every_form(kernel: Kernel, language: Language) -> None:
    question = Question(NUMBER, ChatId(1), language, None, datetime(2026, 9, 1, tzinfo=UTC))
    buttons = desk.buttons(desk.Sight(question, "Ы" * 60, ChatId(2), language))
    for letter in (
        Letter("", buttons),
        menu.first_screen(),
        menu.forget_question(language),
        me.me(Subscriber(ChatId(1), language), kernel.places, language),
        me.readers(frozenset(), language),
        me.topics(frozenset(TopicOfInterest), language),
        me.not_found("x", "me", language),
        me.not_found("x", "v", language),
        desk.reason_wanted(NUMBER, language),
        people.roles_to_offer(Role, language),
    ):
        is_read_whole(letter)


def test_short_buttons_stand_in_pairs_and_long_ones_alone() -> None:
    short, long = Button("Ош"), Button("x" * (HALF_BUTTON + 1))

    assert in_rows([short, short, short, long, short]) == [(short, short), (short,), (long,), (short,)]
