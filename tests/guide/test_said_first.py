""" "When", "how much" and "how many" hear the article's own sentence first, in both languages, over the real guide."""

import re
from pathlib import Path

import pytest

from bot.domain.guide import Saying
from bot.domain.ids import Language, Slug
from bot.guide import ask
from bot.guide.articles import Library
from bot.guide.quoting import kinds
from bot.guide.search import Search
from bot.texts import answers
from tests.guide.telegram_html import length

KY, RU = Language.KY, Language.RU
GUIDES = Path(__file__).parents[2] / "guides"
LONGEST = 4096


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(GUIDES)


@pytest.fixture(scope="module")
def search(library) -> Search:
    return Search.load(GUIDES)


def said(search: Search, text: str, language: Language, slug: str) -> Saying | None:
    return search.quotes.best(Slug(slug), language, search.reader.senses(text, language), search.index.idf)


def without_marks(text: str) -> str:
    """A text without what stands in brackets: an article marks a fact where it first stands only."""
    return " ".join(re.sub(r"\s*\([^()]*\)", "", text).split())


@pytest.mark.parametrize(
    ("language", "text", "slug", "fact"),
    [
        (KY, "күрөө канча сом", "deposit", "талап кылынбайт (бир булак боюнча"),
        (RU, "сколько составляет залог", "deposit", "не требуется (по одному источнику"),
        (KY, "талапкер канча жашта болушу керек", "who-can-stand", "21 жаш"),
        (RU, "с какого возраста, сколько лет кандидату", "who-can-stand", "21 год"),
        (KY, "шайлоонун жыйынтыгы качан чыгат", "counting-results", "20 календардык күн"),
        (RU, "когда объявят результаты", "counting-results", "20 календарных дней"),
        (KY, "үгүт качан бүтөт", "campaign-period", "24 саат"),
        (RU, "за сколько часов заканчивается агитация", "campaign-period", "24 часа"),
        (KY, "айылда аялдарга канча пайыз орун берилет", "quota-aiyl", "кеминде 30 пайызы"),
        (RU, "сколько процентов мест у женщин в айыле", "quota-aiyl", "не менее 30"),
    ],
)
def test_the_first_line_says_the_fact_with_its_confidence(search, library, language, text, slug, fact):
    saying = said(search, text, language, slug)
    article = library.article(Slug(slug), language)

    assert saying is not None
    assert article is not None
    assert fact in saying.words
    letter = answers.answer(article, article.lead, language, saying)
    assert fact in letter.text.split("\n")[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [(KY, "ким байкоочу боло алат"), (RU, "кто может быть наблюдателем"), (KY, "даттанууну кантип беребиз"), (RU, "где мой участок")],
)  # fmt: skip
def test_another_question_is_answered_by_title_and_lead(search, library, language, text):
    finding = search.find(text, language)

    assert finding.answer is not None
    assert finding.said is None
    assert ask.told(finding, library, language).startswith(library.article(finding.answer, language).title)


@pytest.mark.parametrize(("language", "text"), [(KY, "күрөө канча сом"), (RU, "сколько составляет залог")])
def test_ask_says_the_fact_before_the_title(search, library, language, text):
    finding = search.find(text, language)
    told = ask.told(finding, library, language)

    assert finding.said is not None
    assert told.startswith(finding.said.words)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (RU, "сколько дней проверяют документы", {"span"}), (KY, "документти канча күн текшерет", {"span"}),
        (RU, "когда начинается агитация", {"date", "span"}), (KY, "үгүт качан башталат", {"date", "span"}),
        (RU, "какой процент женщин и сколько это", {"part"}), (KY, "канча акча төлөйм", {"money"}),
        (RU, "кто проверяет документы", set()), (KY, "документти ким текшерет", set()),
    ],
)  # fmt: skip
def test_what_a_question_asks_for_is_heard(search, language, text, kind):
    assert kinds(search.reader.senses(text, language)) == kind


def test_a_quoted_sentence_stands_in_its_article_word_for_word(library):
    """A list's item comes with the words that open the list, so it is its end that stands in the article."""
    for article in library.by_name.values():
        plain = without_marks(article.plain)
        for saying in article.sayings:
            last = without_marks(saying.words).rsplit(": ", 1)[-1]
            assert last in plain, (article.slug, article.language, saying.words)


def test_every_answer_with_a_fact_first_fits_a_letter(library):
    for article in library.by_name.values():
        for saying in article.sayings:
            assert length(answers.answer(article, article.lead, article.language, saying).text) <= LONGEST
