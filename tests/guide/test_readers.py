"""Which articles wait for which reader."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.guide import Kind, Mark
from bot.domain.ids import Language
from bot.guide.articles import Library
from bot.guide.readers import Signer, stands, waiting
from tests.guide import small_guide


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


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("basics/what-is-kenesh.ru.md", "Правило: ", "Новое правило: "),
        ("facts.toml", "value = 21\n", "value = 23\n"),
        ("facts.toml", 'link = "https://example.org/law"', 'link = "https://example.org/new"'),
    ],
)
def test_the_verb_lists_what_waits_and_the_mark_falls_when_text_fact_or_source_changes(folder, file, old, new):
    path = small_guide.path(folder, "what-is-kenesh", "ru")
    text_hash = Library.load(folder).article("what-is-kenesh", Language.RU).text_hash
    empty = 'lawyer = { by = "", on = "", text_hash = "" }'
    small_guide.change(path, empty, f'lawyer = {{ by = "А. Юрист", on = "2026-12-01", text_hash = "{text_hash}" }}')

    def waiting_now():
        return CliRunner().invoke(app, ["check", "--readers", "--guides", str(folder)]).output.splitlines()

    assert len(waiting_now()) == 11 and "what-is-kenesh.ru: lawyer" not in waiting_now()
    small_guide.change(folder / file, old, new)
    assert "what-is-kenesh.ru: lawyer (the text has changed)" in waiting_now()
