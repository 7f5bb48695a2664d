"""An entry changes only by the moves it knows; a yes is worth exactly one text; names are taken out of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import WrongMove
from bot.domain.faq import Entry, EntryStatus, Field, OwnEntry, TextChanged, without_names
from bot.domain.guide import Kind
from bot.domain.ids import ChatId, EntryId, Language, PlaceSlug

AUTHOR, SECOND = ChatId(1), ChatId(2)


def entry() -> Entry:
    words = {field: f"words of {field}" for field in Field}
    at = datetime(2026, 3, 1, tzinfo=UTC)
    draft = Entry(EntryId(1), 1, PlaceSlug("kg-y"), Language.KY, words, AUTHOR, "Нургүл", at)
    return draft.resting_on(Kind.PRACTICE).moved_to(EntryStatus.PROPOSED)


@pytest.mark.parametrize(
    ("text", "names", "bare"),
    [
        ("Здравствуйте! Меня зовут Айгерим Асанова, где взять бланк?", (), "Здравствуйте! Где взять бланк?"),
        ("Менин атым Айгерим. Бланкты кайдан алам?", (), "Бланкты кайдан алам?"),
        ("Айгеримге айтыңыз: бланк комиссияда.", ("Айгерим",), "Айтыңыз: бланк комиссияда."),
        ("Добрый день, Сергею нужен бланк", ("Сергей",), "Добрый день, нужен бланк"),
        ("Звоните 0555 12 34 56 или @nurgul_k", (), "Звоните … или …"),
        ("Залог 30 000 сом, статья 49, до 05.11.2026", (), "Залог 30 000 сом, статья 49, до 05.11.2026"),
        ("Меня зовут на встречу с избирателями", (), "Меня зовут на встречу с избирателями"),
    ],
)
def test_names_telephones_and_accounts_are_taken_out(text: str, names: tuple[str, ...], bare: str) -> None:
    assert without_names(text, names).casefold() == bare.casefold()


def test_another_person_says_yes_to_exactly_this_text() -> None:
    approved = entry().approved(SECOND, entry().text_hash)

    assert approved.status is EntryStatus.PUBLISHED and approved.approved_hash == entry().text_hash
    with pytest.raises(OwnEntry):
        entry().approved(AUTHOR, entry().text_hash)
    with pytest.raises(TextChanged):
        replace(entry(), words={**entry().words, Field.ANSWER_KY: "other"}).approved(SECOND, entry().text_hash)


def test_any_change_makes_it_a_draft_and_another_text() -> None:
    for changed in (
        entry().with_words(Field.ANSWER_RU, "other"),
        entry().resting_on(Kind.LAW, "law"),
        entry().shown_to(everywhere=True),
    ):
        assert changed.status is EntryStatus.DRAFT
        assert changed.text_hash != entry().text_hash
        with pytest.raises(WrongMove):
            changed.approved(SECOND, changed.text_hash)


def test_what_is_published_is_never_edited() -> None:
    published = entry().approved(SECOND, entry().text_hash)

    with pytest.raises(WrongMove):
        published.with_words(Field.ANSWER_RU, "other")


def test_the_original_language_is_asked_for_first() -> None:
    empty = replace(entry(), words=dict.fromkeys(Field, ""), language=Language.RU)

    assert empty.missing is Field.QUESTION_RU
    assert empty.with_words(Field.QUESTION_RU, "?").missing is Field.ANSWER_RU
    assert not empty.complete and entry().complete
