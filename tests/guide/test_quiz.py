"""quiz.toml: twelve questions in both languages, within Telegram's limits, counted by the rules and told by the facts."""

from pathlib import Path

import pytest

from bot.domain.ids import Language
from bot.domain.quiz import QuizQuestion
from bot.guide.facts import Facts
from bot.guide.problems import BrokenGuide
from bot.guide.quiz import EXPLANATION_LIMIT, OPTION_LIMIT, QUESTION_LIMIT, QUESTIONS, load_quiz, read_quiz
from bot.guide.quotas import load_quotas

GUIDES = Path(__file__).resolve().parents[2] / "guides"
SLUGS = frozenset(path.name.split(".")[0] for path in GUIDES.glob("*/*.ru.md"))


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.load(GUIDES)


@pytest.fixture(scope="module")
def questions(facts: Facts) -> tuple[QuizQuestion, ...]:
    return load_quiz(GUIDES / "quiz.toml", facts, load_quotas(GUIDES).counts(), SLUGS)


def test_every_question_fits_telegram_in_both_languages(questions: tuple[QuizQuestion, ...]) -> None:
    assert [one.number for one in questions] == list(range(1, QUESTIONS + 1))
    for one in questions:
        for language in Language:
            words = one.words[language]
            assert len(words.question) + len(f"{QUESTIONS}/{QUESTIONS}. ") <= QUESTION_LIMIT
            assert all(0 < len(option) <= OPTION_LIMIT for option in words.options)
            assert 0 < len(words.explanation) <= EXPLANATION_LIMIT and words.explanation.count("\n") <= 2
            assert "{{" not in str(words) and "[[" not in str(words)


def test_the_right_answer_does_not_always_stand_in_one_place(questions: tuple[QuizQuestion, ...]) -> None:
    places = [one.right for one in questions]

    assert max(places.count(place) for place in set(places)) <= QUESTIONS // 2


def test_numbers_follow_the_rule(facts: Facts) -> None:
    half = {"reserved": lambda seats: (seats + 1) // 2, "most": lambda length: length // 2}
    changed = load_quiz(GUIDES / "quiz.toml", facts, half, SLUGS)

    for language in Language:
        reserve, most = changed[3].words[language], changed[7].words[language]
        assert reserve.options[changed[3].right] == "4" and "4" in reserve.explanation
        assert most.options[changed[7].right] == "15" and "15" in most.explanation


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('article = "quota-city"', 'article = "no-such"', "there is no article 'no-such'"),
        ("right = 2", "right = 4", "right = 4 names no option"),
        ("{{quota_aiyl_share|plain}}", "{{quota_aiyl_sheep|plain}}", "unknown fact quota_aiyl_sheep"),
        ("[[reserved 7]]", "[[kept 7]]", "nothing counts 'kept'"),
        ('"Экөөндө тең"', '"' + "ө" * 101 + '"', "an option has 1 to 100 characters"),
        ('"И в тех, и в других"', '"В айылных"', "2 to 10 different options"),
    ],
)
def test_a_broken_question_is_named(facts: Facts, tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = (GUIDES / "quiz.toml").read_text(encoding="utf-8")
    head, tail = text.split("[[questions]]", 1)
    assert right in tail
    (tmp_path / "quiz.toml").write_text(head + "[[questions]]" + tail.replace(right, wrong, 1), encoding="utf-8")

    _, problems = read_quiz(tmp_path / "quiz.toml", facts, load_quotas(GUIDES).counts(), SLUGS)

    assert any(said in problem.message and problem.line > 1 for problem in problems), problems
    with pytest.raises(BrokenGuide):
        load_quiz(tmp_path / "quiz.toml", facts, load_quotas(GUIDES).counts(), SLUGS)
