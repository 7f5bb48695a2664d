"""Which articles wait for which reader."""

from dataclasses import replace

import pytest

from bot.domain.guide import Kind, Mark
from bot.domain.ids import Language
from bot.guide.articles import Library
from bot.guide.readers import Signer, stands, waiting


@pytest.fixture
def article(folder):
    return Library.load(folder).article("how-many", Language.KY)


def test_an_unread_law_waits_for_both_readers(article):
    assert [(one.signer, one.fallen) for one in waiting([article])] == [
        (Signer.LANGUAGE, False),
        (Signer.LAWYER, False),
    ]


def test_practice_needs_no_lawyer(article):
    advice = replace(article, kind=Kind.PRACTICE)

    assert [one.signer for one in waiting([advice])] == [Signer.LANGUAGE]


def test_a_mark_stands_until_the_text_changes(article):
    signed = replace(article, lawyer_mark=Mark("А. Юрист", "2026-12-01", article.text_hash))
    changed = replace(signed, text_hash="another")

    assert stands(signed.lawyer_mark, signed)
    assert [(one.signer, one.fallen) for one in waiting([signed])] == [(Signer.LANGUAGE, False)]
    assert [(one.signer, one.fallen) for one in waiting([changed])] == [
        (Signer.LANGUAGE, False),
        (Signer.LAWYER, True),
    ]


def test_a_hash_without_a_name_is_no_mark(article):
    assert not stands(Mark("", "", article.text_hash), article)
