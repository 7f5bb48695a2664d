"""Questions that ask the same are found in both languages; what only looks alike is never taken for the same."""

import pytest

from bot.guide.likeness import ALIKE, groups, likeness, said, same

ALIKE_PAIRS = (
    ("Где взять бланк подписного листа?", "где можно взять бланк подписных листов"),
    ("Можно ли снять помещение клуба для встречи?", "можно снять помещение в клубе для встречи с людьми?"),
    ("Кол тамга баракчасын кайдан алам?", "кол тамга барагын кайдан алса болот"),
    ("Айылдык клубду жолугушууга ижарага алса болобу?", "клубду жолугушуу үчүн ижарага алса болобу"),
)
THE_SAME = (
    ("Можно ли снять помещение клуба для встречи?", "Можно снять помещение клуба для встреч"),
    ("Можно ли снять помещение клуба для встречи?", "можно ли снять помищение клуба для встречи"),
    ("Айылдык клубду жолугушууга ижарага алса болобу?", "айылдык клубду жолугушууга ижарага алса болобу"),
    ("Айылдык клубду жолугушууга ижарага алса болобу?", "айылдык клубту жолугушуу учун ижарага алса болобу"),
)
NOT_THE_SAME = (
    ("Когда вернут залог кандидату?", "Сколько вернут залога кандидату?"),
    ("Можно ли голосовать с паспортом?", "Можно ли голосовать без паспорта?"),
    ("Можно ли менять доверенное лицо?", "Нужно ли менять доверенное лицо?"),
    ("Может ли учитель агитировать в школе?", "Может ли милиционер агитировать в школе?"),
    ("Можно ли агитировать за 5 дней до выборов?", "Можно ли агитировать за 1 день до выборов?"),
    ("Где повесить плакат кандидата?", "Где повесить плакат кандидата в чужом округе?"),
    ("Паспорт менен добуш берсе болобу?", "Паспортсуз добуш берсе болобу?"),
    ("Күрөөнү качан кайтарат?", "Күрөөнү канча кайтарат?"),
    ("Мугалим мектепте үгүт жүргүзө алабы?", "Милиционер мектепте үгүт жүргүзө алабы?"),
    ("Плакат", "Плакат"),
)


@pytest.mark.parametrize(("one", "other"), ALIKE_PAIRS)
def test_questions_that_ask_alike_are_alike_in_either_order(one: str, other: str) -> None:
    assert likeness(said(one), said(other)) == pytest.approx(likeness(said(other), said(one)))
    assert likeness(said(one), said(other)) >= ALIKE


@pytest.mark.parametrize(("answered", "asked"), THE_SAME)
def test_the_same_question_in_other_forms_is_the_same(answered: str, asked: str) -> None:
    assert same(said(asked), said(answered))


@pytest.mark.parametrize(("answered", "asked"), NOT_THE_SAME)
def test_what_only_looks_alike_is_not_the_same(answered: str, asked: str) -> None:
    assert not same(said(asked), said(answered))


def test_questions_are_grouped_by_likeness_and_the_most_frequent_come_first() -> None:
    asked = (
        (1, "Как вылечить корову от мастита?"),
        (2, "Где взять бланк подписного листа?"),
        (3, "Кол тамга баракчасын кайдан алам?"),
        (4, "где можно взять бланк подписных листов"),
        (5, "кол тамга барагын кайдан алса болот"),
        (6, "Бланк подписного листа где брать"),
        (7, "Күн кандай болот эртең?"),
    )

    found = [set(group) for group in groups(asked)]

    assert found[0] >= {2, 4, 6}
    assert any(group >= {3, 5} for group in found)
    assert {1} in found and {7} in found
    assert sorted(number for group in found for number in group) == [1, 2, 3, 4, 5, 6, 7]


def test_words_that_tell_nothing_are_grouped_by_letter_only() -> None:
    assert groups([(1, "???"), (2, "А это как?"), (3, "а это как")]) == [(2, 3), (1,)]


def test_nothing_asked_is_no_group() -> None:
    assert groups([]) == []
