"""`python -m bot facts` and `counts`: what lawyers look through."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.guide.small_guide import change

ROOT = Path(__file__).parents[2]


def said(*words: str, code: int = 0) -> list[str]:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.output.splitlines()


def listed(folder: Path, *words: str) -> list[str]:
    return [json.loads(line)["name"] for line in said("facts", "--json", "--guides", str(folder), *words)]


def test_the_oldest_facts_come_first_and_undated_ones_before_them(folder):
    change(folder / "facts.toml", 'as_of = "2025"', 'as_of = "undated"')

    assert listed(folder) == ["parliament_age", "share", "mean", "term", "age_min", "check_days", "voting_day"]
    assert listed(folder, "--by", "name")[0] == "age_min"
    assert listed(folder, "--by", "confidence")[:2] == ["share", "term"]


def test_facts_are_chosen_by_age_and_by_confidence(folder):
    assert listed(folder, "--older-than", "2024-10-01") == ["share", "mean", "term"]
    assert listed(folder, "--confidence", "bill", "--confidence", "CONFLICT") == ["share", "term"]
    assert said("facts", "--guides", str(folder), "--confidence", "sure", code=2)[0].startswith(
        "there is no confidence"
    )


def test_facts_past_their_day_are_chosen_and_say_so(folder):
    change(folder / "facts.toml", 'line = "10 days"', 'line = "10 days"\nvalid_until = 2025-01-01')

    assert listed(folder, "--past") == ["check_days"]
    head, row, together = said("facts", "--past", "--guides", str(folder))
    assert head.split() == ["as", "of", "confidence", "valid", "until", "fact", "value", "where"]
    assert "2025-01-01 (past)" in row and "10 дней" in row
    assert together == "1 of 7 facts"


def test_a_fact_says_itself_in_both_languages_and_where_it_stands(folder):
    (fact,) = (json.loads(line) for line in said("facts", "--json", "--guides", str(folder), "--confidence", "pages"))

    assert fact["value"] == {"ky": "21 жаш", "ru": "21 год"}
    assert (folder / fact["file"]).read_text(encoding="utf-8").split("\n")[fact["line"] - 1] == "[facts.age_min]"


def test_broken_facts_are_told_and_not_listed(folder):
    change(folder / "facts.toml", 'unit = "day"', 'unit = "moon"')

    assert any("unknown unit 'moon'" in line for line in said("facts", "--guides", str(folder), code=1))


@pytest.mark.parametrize("verb", ["facts", "counts"])
def test_the_list_is_there_in_a_second_of_the_processor(verb):
    subprocess.run([sys.executable, "-m", "bot", verb], cwd=ROOT, capture_output=True, check=True)  # keeps the library
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", verb], check=True, cwd=ROOT, capture_output=True, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert len(done.stdout.splitlines()) > 10
    assert "aiogram" not in done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1


def test_counts_name_every_section_and_every_confidence(folder):
    lines = said("counts", "--guides", str(folder))

    assert lines[1].split()[:3] == ["basics", "2", "2"] and lines[3].split()[:3] == ["together", "3", "3"]
    assert "facts 7, citations 2" in lines
    assert [line.split() for line in lines[-7:-1]] == [
        ["pages", "1"], ["single", "2"], ["inference", "1"], ["CONFLICT", "1"], ["bill", "1"], ["contrast", "1"],
    ]  # fmt: skip
