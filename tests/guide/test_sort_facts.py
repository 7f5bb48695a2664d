"""Facts that lie in one file are sorted into files by section, and say the same from there."""

import pytest

from bot.guide.check import problems
from bot.guide.facts import Facts
from tests.guide import small_guide, sort_facts
from tests.guide.test_check import SPARE


def said(folder):
    facts = Facts.load(folder)
    return facts.citations, facts.forms, {name: (fact.quotes, fact.line) for name, fact in facts.facts.items()}


def test_each_table_goes_to_its_file_and_nothing_is_said_otherwise(folder):
    before = said(folder)
    sort_facts.main(folder)

    assert said(folder) == before and problems(folder) == []
    assert sorted(path.name for path in (folder / "facts").iterdir()) == [
        "basics.toml", "citations.toml", "forms.toml", "quota.toml",
    ]  # fmt: skip
    assert Facts.load(folder).facts["parliament_age"].file.name == "quota.toml"


def test_what_comes_later_joins_and_what_contradicts_stops_everything(folder):
    text = (folder / "facts.toml").read_text(encoding="utf-8")
    sort_facts.main(folder)
    (folder / "facts.toml").write_text(text + SPARE, encoding="utf-8")
    sort_facts.main(folder)
    assert Facts.load(folder).facts["spare"].file.name == "basics.toml"

    (folder / "facts.toml").write_text(text, encoding="utf-8")
    small_guide.change(folder / "facts.toml", "value = 21\n", "value = 23\n")
    with pytest.raises(SystemExit, match="age_min says something else"):
        sort_facts.main(folder)
    assert (folder / "facts.toml").exists()
    sort_facts.main(folder, keep=True)
    assert Facts.load(folder).facts["age_min"].quotes[0].value == 21
