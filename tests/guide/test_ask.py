"""`python -m bot ask`: its forms, its errors and how soon it starts."""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
from typer.testing import CliRunner

from bot.cli import GUIDES, app
from bot.domain.guide import Finding, Match, Topic
from bot.domain.ids import Language, Slug
from bot.guide import ask
from bot.guide.articles import Library
from bot.guide.search import Search
from tests.guide.asked_guide import articles

ROOT = Path(__file__).parents[2]
KEYS = {"answer", "offered", "matches"}


@pytest.fixture(scope="module")
def search() -> Search:
    return Search.over(articles())


def test_json_has_the_agreed_form():
    match = Match(Slug("deposit"), 0.25, "залог")
    finding = Finding(Topic.FIELD, None, (match,), (match,))

    assert json.loads(ask.as_json("q1", finding)) == {
        "id": "q1",
        "answer": None,
        "offered": ["deposit"],
        "matches": [{"slug": "deposit", "score": 0.25}],
    }


def test_a_batch_gives_one_line_a_row_and_ignores_other_columns(search, tmp_path):
    batch = tmp_path / "batch.csv"
    batch.write_text(
        'style,id,lang,question,extra\nshort,a1,ru,залог,x\nplain,a2,ky,"Күрөө канча, айтыңызчы?",\n,a3,ru,,\n',
        encoding="utf-8-sig",
    )

    told = [json.loads(line) for line in ask.answers(search, batch)]

    assert [one["id"] for one in told] == ["a1", "a2", "a3"]
    assert all(set(one) == KEYS | {"id"} for one in told)
    assert [one["matches"][0]["slug"] for one in told[:2]] == ["deposit", "deposit"]
    assert told[2] == {"id": "a3", "answer": None, "offered": [], "matches": []}


@pytest.mark.parametrize(
    ("text", "said"), [("id,question\n1,а\n", "no column lang"), ("id,lang,question\n1,en,a\n", ":2: lang is 'en'")]
)
def test_a_batch_that_cannot_be_read_says_where(search, tmp_path, text, said):
    batch = tmp_path / "batch.csv"
    batch.write_text(text, encoding="utf-8")

    with pytest.raises(ask.WrongBatch, match=said):
        list(ask.answers(search, batch))


def test_a_question_is_answered_for_people_with_title_lead_and_citation(folder):
    library = Library.load(folder)
    article = library.all(Language.RU)[0]
    told = ask.told(Finding(Topic.FIELD, article.slug, (), ()), library, Language.RU)

    assert told.startswith(article.title)
    assert "Основание: Закон № 98 от 14.07.2011, статья 49, редакция 2024 года. https://example.org/law" in told
    assert "<" not in told


def test_likely_articles_are_offered_to_people_by_title_and_line(folder):
    library = Library.load(folder)
    article = library.all(Language.KY)[0]
    told = ask.told(
        Finding(Topic.FIELD, None, (Match(article.slug, 0.4, "кеңеш эмне кылат"),), ()), library, Language.KY
    )

    assert told == f"Сиз муну сурадыңызбы?\n— {article.title} ({article.slug}): кеңеш эмне кылат"


def test_silence_is_explained_in_the_askers_language(folder):
    told = CliRunner().invoke(app, ["ask", "--guides", str(folder), "--lang", "ky", "бүгүн аба ырайы кандай"])

    assert told.exit_code == 0
    assert "координаторлорго" in told.output


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "залог"], ["ask", "--lang", "en", "залог"], ["ask", "--batch", "no.csv", "--json"], ["ask", "--lang", "ru", "залог", "--batch", __file__, "--json"]],
)  # fmt: skip
def test_wrong_arguments_end_with_two_and_no_traceback(arguments):
    told = CliRunner().invoke(app, arguments)

    assert told.exit_code == 2
    assert "Traceback" not in told.output


def test_a_broken_guide_ends_with_one_and_says_what_is_wrong(tmp_path):
    (tmp_path / "outline.toml").write_text("basics = [", encoding="utf-8")
    told = CliRunner().invoke(app, ["ask", "--lang", "ru", "--guides", str(tmp_path), "залог"])

    assert told.exit_code == 1
    assert "outline.toml" in told.output


def test_asking_starts_within_a_second_and_without_aiogram():
    code = (
        "import sys\n"
        "from bot.cli import app\n"
        "app(['ask', '--lang', 'ru', '--json', 'что такое кенеш'], standalone_mode=False)\n"
        "assert 'aiogram' not in sys.modules and 'bot.app' not in sys.modules\n"
    )
    times = []
    for _ in range(3):  # the first may compile modules and read the guide anew; a busy machine may stumble once
        begun = perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
        )
        times.append(perf_counter() - begun)
        assert done.returncode == 0, done.stderr
        assert set(json.loads(done.stdout)) == KEYS

    assert min(times) < 1, times


def test_the_guide_of_the_command_is_the_projects():
    assert GUIDES == ROOT / "guides"
