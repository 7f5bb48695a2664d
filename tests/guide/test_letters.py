"""Kyrgyz typed with о, у, н where ө, ү, ң belong."""

import pytest

from bot.guide.letters import Vocabulary, glossary_words

TEXT = "Шайлоо күнү. " + "Өкүлдөр келди, кеңеш бөлүп берди. " * 5


@pytest.fixture
def vocabulary():
    return Vocabulary.of([TEXT], frozenset({"көрсөтүү", "үлгү", "улгу"}))


@pytest.mark.parametrize(
    ("word", "complaint"),
    [
        ("окулдор", "окулдор: is өкүлдөр meant?"),
        ("өкулдөр", "өкулдөр: is өкүлдөр meant?"),
        ("Кенеш", "кенеш: is кеңеш meant?"),
        ("корсотуу", "корсотуу: is көрсөтүү meant?"),
        ("түзуу", "түзуу: is ө or ү missing?"),
    ],
)
def test_a_word_without_its_own_letters_is_noticed(vocabulary, word, complaint):
    assert vocabulary.complaints(f"Бул {word} деген сөз.") == [complaint]


@pytest.mark.parametrize("word", ["болуп", "улгу", "келди", "кеңеш", "өкүлдөр", "төрага", "колдонмо"])
def test_a_right_word_is_left_alone(vocabulary, word):
    assert vocabulary.complaints(word) == []


def test_a_word_that_is_itself_frequent_is_not_a_mistake():
    vocabulary = Vocabulary.of(["өңү өңү өңү өңү ону ону"], frozenset())

    assert vocabulary.complaints("ону") == []


def test_the_glossary_is_read_from_its_kyrgyz_column(tmp_path):
    path = tmp_path / "glossary.csv"
    path.write_text("ru,ky\nвыдвижение,көрсөтүү / өзүн өзү\n", encoding="utf-8")

    assert glossary_words(path) == {"көрсөтүү", "өзүн", "өзү"}
    assert glossary_words(tmp_path / "none.csv") == frozenset()
