"""The search over six articles: every way of asking finds its article, and what is not ours finds nothing."""

from time import perf_counter

import pytest

from bot.domain.guide import Finding, Topic
from bot.domain.ids import Language
from bot.guide.search import LINE_LENGTH, Search, shown
from tests.guide.asked_guide import articles

KY, RU = Language.KY, Language.RU


@pytest.fixture(scope="module")
def search() -> Search:
    return Search.over(articles())


def first(finding: Finding) -> str | None:
    return finding.matches[0].slug if finding.matches else None


@pytest.mark.parametrize(
    ("language", "style", "text", "slug"),
    [
        (KY, "plain", "Талапкер болуш үчүн канча күрөө төлөш керек?", "deposit"),
        (RU, "plain", "Какой залог должен внести кандидат?", "deposit"),
        (KY, "colloquial", "күрөө деп канча акча алышат", "deposit"),
        (RU, "colloquial", "а залог-то вернут потом?", "deposit"),
        (KY, "short", "байкоочу", "observers"),
        (RU, "short", "день тишины", "campaign-period"),
        (KY, "story", "Жээним шайлоо күнү участокто байкоочу болом деп жатат. Ал эмнеге акысы бар?", "observers"),
        (
            RU,
            "story",
            "Нас позвали в клуб, там айыл окмоту проводит слушания. Что это такое и кому нужно?",
            "public-hearing",
        ),
        (KY, "typo", "угт качан башталт", "campaign-period"),
        (RU, "typo", "наблюдатиль на участке", "observers"),
        (KY, "nokeys", "коомдук угууну ким откорот", "public-hearing"),
        (KY, "nokeys", "угут качан бутот", "campaign-period"),
        (KY, "mixed", "залогду возврат кылабы", "deposit"),
        (KY, "mixed", "слушанияга ким катышат", "public-hearing"),
        (KY, "translit", "koomduk uguu degen emne", "public-hearing"),
        (RU, "translit", "kogda nachinaetsya agitaciya", "campaign-period"),
        (RU, "in the other language's words", "можно ли вести үгүт заранее", "campaign-period"),
    ],
)
def test_every_style_finds_its_article(search, language, style, text, slug):
    assert first(search.find(text, language)) == slug


@pytest.mark.parametrize("slug", sorted({article.slug for article in articles()}))
def test_a_title_finds_its_own_article_in_both_languages(search, slug):
    titles = [(article.title, article.language) for article in articles() if article.slug == slug]

    assert {first(search.find(title, language)) for title, language in titles} == {slug}


def test_a_phrasing_of_an_article_is_answered_by_it(search):
    assert search.find("вернут ли залог после выборов", RU).answer == "deposit"
    assert search.find("байкоочунун укуктары кандай", KY).answer == "observers"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (RU, "какая завтра погода"), (RU, "где купить дрова"), (RU, "когда дадут пенсию"), (RU, "ты тупой бот"), (RU, "кредит под залог квартиры"),
        (KY, "бүгүн аба ырайы кандай"), (KY, "пенсия качан көбөйөт"), (KY, "орозо качан башталат"), (KY, "айдоочулук күбөлүк алуу"), (KY, "кой канча турат"),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_neither_answered_nor_offered(search, language, text):
    finding = search.find(text, language)

    assert (finding.topic, finding.answer, finding.offered) == (Topic.OUTSIDE, None, ())


@pytest.mark.parametrize(
    ("language", "text"), [(KY, "Салам!"), (KY, "саламатсызбы"), (RU, "Здравствуйте"), (RU, "добрый день")]
)
def test_a_greeting_is_a_greeting(search, language, text):
    assert search.find(text, language).topic is Topic.GREETING


@pytest.mark.parametrize(("language", "text"), [(KY, "чоң рахмат сизге"), (RU, "спасибо большое"), (RU, "spasibo")])
def test_thanks_are_thanks(search, language, text):
    assert search.find(text, language).topic is Topic.THANKS


def test_a_greeting_before_a_question_leaves_it_a_question(search):
    finding = search.find("салам, үгүт качан башталат?", KY)

    assert (finding.topic, first(finding)) == (Topic.FIELD, "campaign-period")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (RU, "сколько стоит залог кандидата в президенты"),
        (RU, "сколько мест для женщин в парламенте"),
        (KY, "Жогорку Кеңешке талапкердин күрөөсү канча"),
        (KY, "референдум качан болот"),
    ],
)
def test_parliament_and_president_are_never_answered_by_a_local_article(search, language, text):
    finding = search.find(text, language)

    assert (finding.topic, finding.answer, finding.offered) == (Topic.PARLIAMENT, None, ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (RU, "чем отличается квота в парламенте от квоты в айыле"),
        (KY, "Жогорку Кеңештеги квотанын айылдагыдан айырмасы кандай"),
    ],
)
def test_a_comparison_with_parliament_finds_its_article(search, language, text):
    finding = search.find(text, language)

    assert (finding.topic, first(finding)) == (Topic.FIELD, "quota-not-parliament")


@pytest.mark.parametrize("text", ["", "   ", "?!…", "🙂🙂", "и а но", "ъыь", "\u202e\u0000", "%" * 50, "а" * 5000, "1"])
def test_nothing_sensible_is_answered_by_nothing(search, text):
    for language in Language:
        finding = search.find(text, language)
        assert finding.answer is None
        assert finding.offered == ()


def test_a_guide_without_articles_answers_nothing():
    finding = Search.over([]).find("сколько залог", RU)

    assert (finding.answer, finding.offered, finding.matches) == (None, (), ())


def test_matches_are_at_most_five_in_falling_order_with_scores_that_are_probabilities(search):
    matches = search.find("сколько мест для женщин в округе и какой залог", RU).matches
    scores = [match.score for match in matches]

    assert len(matches) <= 5
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.001


def test_the_line_beside_a_match_is_in_the_askers_language_and_short(search):
    for language in Language:
        own = {line for one in articles() if one.language is language for line in (one.title, *one.asked)}
        for match in search.find("залог күрөө наблюдатель байкоочу", language).matches:
            assert match.line in own
            assert len(match.line) <= LINE_LENGTH


def test_a_long_line_is_cut_at_a_word():
    line = shown("слово " * 30)

    assert len(line) <= LINE_LENGTH
    assert line.endswith("слово…")


def test_a_very_long_message_is_read_quickly(search):
    text = "Расскажите, байкоочу жана nabludatel, " * 200
    begun = perf_counter()
    search.find(text, RU)

    assert perf_counter() - begun < 2
