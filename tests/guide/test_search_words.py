"""Normalisation, stems, alphabets and synonyms: what must make no difference makes none."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Language
from bot.guide import normalise, translit
from bot.guide.concepts import Lexicon, concepts, idle, signs
from bot.guide.spelling import Speller

KY, RU = Language.KY, Language.RU
GLOSSARY = Path(__file__).parents[2] / "guides" / "glossary.csv"
LETTERS = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz"
texts = st.text(alphabet=LETTERS + LETTERS.upper() + " -,.«»?!0123456789%\u00a0")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert normalise.fold(normalise.fold(text)) == normalise.fold(text)


@given(texts)
def test_case_makes_no_difference(text):
    assert normalise.words(text.upper()) == normalise.words(text.lower())


@given(texts)
def test_kyrgyz_letters_may_be_typed_on_a_russian_keyboard(text):
    typed = text.lower().translate(str.maketrans("өүңё", "оуне"))

    assert normalise.words(typed) == normalise.words(text)


@given(texts)
def test_a_stem_is_a_beginning_of_its_word_but_for_a_softened_end(text):
    for word in normalise.words(text):
        for language in Language:
            stem = normalise.stem(word, language)
            assert stem
            assert word.startswith(stem[:-1])


def test_a_latin_letter_inside_a_cyrillic_word_is_cyrillic():
    assert normalise.words("кeнeш") == ["кенеш"]


def test_a_grouped_number_is_one_word_and_the_percent_sign_is_a_word():
    assert normalise.words("1 000 сом, 30 %") == ["1000", "сом", "30", "процент"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (KY, "кеңешке кеңештин кеңештер кеңешибиз кеңештерден кеңешти"),
        (KY, "талапкерлер талапкердин талапкерге талапкерим талапкерсиз талапкерлерибизден"),
        (KY, "китебим китептер китепке китебибиз"),
        (KY, "добуштар добушум добушту добуштарды добушубузду"),
        (RU, "голосование голосования голосованию голосованием голосовать голосовал голосовали"),
        (RU, "кандидаты кандидатов кандидатам кандидатами кандидате кандидат"),
        (RU, "избирательный избирательного избирательным избирательные избирательных"),
        (RU, "слушания слушаний слушаниях слушаниями слушание"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, forms):
    stems = {normalise.stem(word, language) for word in normalise.words(forms)}

    assert len(stems) == 1, stems


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shailoo", "шайлоо"), ("deputattyn", "депутаттын"), ("jana", "жана"), ("kandai", "кандай"), ("ukuktary", "укуктары"), ("çıgat", "чыгат"),
        ("vybory", "выборы"), ("golosa", "голоса"), ("kuda", "куда"), ("zhaloba", "жалоба"), ("yavka", "явка"), ("obshchestvennye", "общественные"),
    ],
)  # fmt: skip
def test_latin_letters_are_read_in_either_language(typed, meant):
    assert meant in translit.readings(normalise.fold(typed))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=60))
def test_reading_latin_letters_stays_small(word):
    assert len(translit.readings(word)) <= 48


@pytest.mark.parametrize("typed", ["канидат", "кандитат", "кандидт", "кандидаат"])
def test_a_typing_error_is_corrected(typed):
    found = Speller.of(["кандидат", "карта", "канал"]).nearest(typed)

    assert found is not None
    assert found[0] == "кандидат"


def test_a_word_like_no_other_is_left_alone():
    assert Speller.of(["кандидат", "кенеш"]).nearest("черепаха") is None


def test_a_short_word_is_never_corrected():
    assert Speller.of(["кенеш", "сот", "сом"]).nearest("сон") is None


def test_the_longest_expression_wins_over_its_words():
    lexicon = Lexicon.of({"refusal": "баш тарт*", "head": "баш", "voter": "шайлоочу*", "election": "шайлоо*"})

    assert [unit.concepts for unit in lexicon.units(["баш", "тартуу"])] == [("refusal",)]
    assert lexicon.concepts("баш") == ("head",)
    assert lexicon.concepts("шайлоочулар") == ("voter",)


def test_kyrgyz_and_russian_terms_of_the_glossary_share_a_concept():
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        apart = [row["ru"] for row in csv.DictReader(file) if not _concepts(row["ru"]) & _concepts(row["ky"])]

    assert apart == []


def test_an_idle_word_is_no_sign_of_another_field():
    assert [word for word in idle() if "outside" in signs().concepts(word)] == []


def _concepts(text: str) -> set[str]:
    return {concept for unit in concepts().units(normalise.words(text)) for concept in unit.concepts}
