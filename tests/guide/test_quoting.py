"""Every sentence that quotes a fact reads right with 1, 2, 5, 6, 10, 21, 30, 33, 40 and 100, in both languages.

The tables in `approved/` were read by a person. After a change: `python -m tests.guide.approve`, then read `git diff`."""

import copy
from dataclasses import replace

import pytest

from bot.domain.ids import Language
from bot.guide import files, numbers
from bot.guide.facts import PLACEHOLDER, Facts
from tests.guide import quoting
from tests.guide.small_guide import change, path


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.load(quoting.GUIDES)


def told(facts: Facts) -> list[str]:
    return list(quoting.differences(facts, quoting.GUIDES, quoting.read_approved()))


def test_every_sentence_is_said_as_approved(facts):
    assert told(facts) == [], "read what differs, then `python -m tests.guide.approve`"


def test_no_quoting_sentence_is_left_out(facts):
    """Each placeholder of each file, title and text, stands in a sentence of the tables."""
    rows = quoting.quoting(quoting.GUIDES)
    for file in map(files.read, files.article_paths(quoting.GUIDES)):
        found = {match[0] for match in PLACEHOLDER.finditer(f"{file.front.title}\n{file.text}") if match[2]}
        quoted = {
            match[0]
            for row in rows[file.section, file.language]
            if row.slug == file.slug
            for match in PLACEHOLDER.finditer(row.html)
        }
        assert quoted == found, file.path


def test_every_number_date_and_amount_takes_all_ten_values(facts):
    ten = [quoting.at(facts, place) for place in range(10)]
    for name, fact in facts.facts.items():
        values = [str(one.facts[name].quotes[0].value) for one in ten]
        assert len(set(values)) == (1 if fact.unit == "text" else 10), name


@pytest.mark.parametrize(
    ("table", "keys", "broken", "wrong"),
    [
        ("own", ("age", "ru", "from", "one"), "с {n} лет", "с 21 лет"),
        ("own", ("som", "ru", "plain", "few"), "{n} сом", "33 сом"),
        ("nouns", ("day", "ru", "many"), "день", "в течение 100 день"),
        ("nouns", ("woman", "ru", "acc"), "женщина", "избрали 21 женщина"),
        ("nouns", ("day", "ky", "gen"), "күндин", "10 күндин ичинде"),
        ("nouns", ("seat", "ky", "gen"), "орундин", "орундин ичинен"),
        ("patterns", ("ky", "within"), "{n} {nom} ичинде", "21 күн ичинде"),
    ],
)
def test_a_broken_form_is_found_in_the_sentences_that_use_it(facts, table, keys, broken, wrong):
    forms = replace(facts.forms, **{table: copy.deepcopy(dict(getattr(facts.forms, table)))})
    entry = getattr(forms, table)
    for key in keys[:-1]:
        entry = entry[key]
    entry[keys[-1]] = broken

    found = told(replace(facts, forms=forms))

    assert any(line.startswith("forms.") and wrong.removeprefix("избрали ") in line for line in found)
    assert any(not line.startswith("forms.") and wrong in line for line in found), found[:5]


def test_a_form_that_is_wrong_for_one_value_only_is_found_though_its_sentences_do_not_show_it(facts, monkeypatch):
    plural = numbers.plural
    monkeypatch.setattr("bot.guide.forms.plural", lambda n, tongue: "one" if n == 33 else plural(n, tongue))

    assert any("with 33: " in line and "33 календарного дня" in line for line in told(facts))


def test_a_broken_month_is_found(facts, monkeypatch):
    monkeypatch.setattr(numbers, "_KY_MONTHS_ITS", (*numbers._KY_MONTHS_ITS[:5], "июнү", *numbers._KY_MONTHS_ITS[6:]))

    assert any("21-июнүнда" in line for line in told(facts))


def test_a_sentence_that_changes_waits_for_approval(folder):
    facts = Facts.load(folder)
    approved = quoting.tables(facts, folder)
    assert list(quoting.differences(facts, folder, approved)) == []

    change(
        path(folder, "what-is-kenesh", Language.RU), "Правило: {{age_min|from}}.", "Правило такое: {{age_min|from}}."
    )

    assert list(quoting.differences(facts, folder, approved)) == [
        "basics.ru.txt: not approved: Правило такое: ‹с 1 года | с 5 лет | с 21 года›.",
        "basics.ru.txt: approved but not said: Правило: ‹с 1 года | с 5 лет | с 21 года›.",
    ]


def test_a_changed_number_needs_no_new_approval(folder):
    approved = quoting.tables(Facts.load(folder), folder)
    change(folder / "facts.toml", "value = 21\n", "value = 23\n")

    assert list(quoting.differences(Facts.load(folder), folder, approved)) == []
