"""Facts in a text: forms, marks of confidence, and what is wrong with facts.toml."""

from pathlib import Path

import pytest

from bot.domain.ids import Language
from bot.guide.facts import Facts, Telling, mentions
from bot.guide.problems import BrokenGuide
from tests.guide import small_guide

KY, RU = Language.KY, Language.RU
REAL = Path(__file__).parents[2] / "guides"


@pytest.fixture
def facts(folder):
    return Facts.load(folder / "facts.toml")


def test_a_fact_that_several_pages_agree_on_is_said_plainly(facts):
    assert facts.render("Возраст {{age_min|from}}.", RU) == "Возраст с 21 года."
    assert facts.render("{{age_min|from}} баштап", KY) == "21 жаштан баштап"


@pytest.mark.parametrize(
    ("name", "form", "russian", "kyrgyz"),
    [
        ("check_days", "within", "в течение 10 дней (по одному источнику, октябрь 2024)",
         "10 күндүн ичинде (бир булак боюнча, 2024-жылдын октябры)"),
        ("mean", "plain", "1–2 недели (по нашему расчёту)", "1–2 жума (биздин эсеп боюнча)"),
        ("term", "within", "в течение 5 рабочих дней (предлагалось; вступление в силу не подтверждено)",
         "5 жумуш күнүнүн ичинде (сунушталган; күчүнө киргени ырасталган эмес)"),
        ("share", "plain", "38\u00a0% (источник: Сайт ЦИК) или 36,5\u00a0% (источник: Закон № 98 от 14.07.2011)",
         "38\u00a0% (булак: БШКнын сайты) же 36,5\u00a0% (булак: 14.07.2011-жылдагы № 98 мыйзам)"),
        ("parliament_age", "from", "с 25 лет", "25 жаштан"),
    ],
)  # fmt: skip
def test_the_first_mention_carries_the_mark_of_its_confidence(facts, name, form, russian, kyrgyz):
    placeholder = f"{{{{{name}|{form}}}}}"

    assert facts.render(placeholder, RU) == russian
    assert facts.render(placeholder, KY) == kyrgyz


def test_a_second_mention_has_no_mark_but_a_conflict_still_gives_both_values(facts):
    telling = Telling(facts, RU)
    telling.fill("{{check_days|within}} {{share|plain}}")

    assert telling.fill("{{check_days|within}}, {{share|plain}}") == "в течение 10 дней, 38\u00a0% или 36,5\u00a0%"


def test_equal_marks_of_one_sentence_stand_once_after_the_last(facts):
    mark = "(по одному источнику, октябрь 2024)"

    assert facts.render("От {{voting_day|on}} {{check_days|within}} ждут. Потом {{age_min|from}}.", RU) == (
        f"От 17 ноября 2024 года в течение 10 дней {mark} ждут. Потом с 21 года."
    )
    assert facts.render("{{voting_day|on}}. {{check_days|within}}.", RU).count(mark) == 2
    assert facts.render("{{voting_day|on}}\n{{check_days|within}}", RU).count(mark) == 2


def test_different_marks_of_one_sentence_all_stand(facts):
    assert facts.render("{{check_days|plain}} {{mean|plain}} {{voting_day|on}}", RU) == (
        "10 дней 1–2 недели (по нашему расчёту) 17 ноября 2024 года (по одному источнику, октябрь 2024)"
    )


def test_what_a_source_is_called_cannot_break_the_html(folder):
    small_guide.change(folder / "facts.toml", "Сайт ЦИК", "Сайт <ЦИК> & др.")

    assert "Сайт &lt;ЦИК&gt; &amp; др." in Facts.load(folder / "facts.toml").render("{{share|plain}}", RU)


@pytest.mark.parametrize(
    ("name", "form", "slug", "complaint"),
    [
        ("age_min", "from", "a", None),
        ("nothing", "plain", "a", "unknown fact nothing"),
        ("age_min", "within", "a", "age_min (age) has no form within"),
        ("age_min", "", "a", "age_min: bare placeholder: a form is needed"),
        ("voting_day", "within", "a", "voting_day (date) has no form within"),
        ("parliament_age", "from", "a", "parliament_age is a contrast: it may stand in quota-not-parliament only"),
        ("parliament_age", "from", "quota-not-parliament", None),
    ],
)
def test_a_fact_that_cannot_be_quoted_so_says_why(facts, name, form, slug, complaint):
    (mention,) = mentions(f"{{{{{name}|{form}}}}}")

    assert facts.complaint(mention, slug, RU) == complaint


def test_mentions_know_their_lines_and_examples_are_none():
    found = mentions("{{example}}\n{{a|plain}} {{b}}\n{{/example}}\n{{c | of}}", first_line=10)

    assert [(one.name, one.form, one.line) for one in found] == [("a", "plain", 11), ("b", "", 11), ("c", "of", 13)]


@pytest.mark.parametrize(
    "text",
    [
        "facts = 1",
        "forms = 1",
        "nouns.day = 1",
        'forms.age.ru = "год"',
        "forms.age.ru.plain = 5",
        "patterns.ru.plain = 5",
        "citations.a = []",
        "facts.a = 1",
        '[facts.a]\nconfidence = "CONFLICT"\nvalues = 5',
        '[facts.a]\nconfidence = "CONFLICT"\nvalues = [1, 2]',
        '[facts.a]\nconfidence = ["single"]\nvalue = [1, "2"]\nunit = []\ncitation = {}\nline = 1',
        '[citations.a]\nact = "Закон"\nedition = 1\nlink = 1',
    ],
)
def test_tables_of_a_strange_shape_are_problems_and_never_a_crash(tmp_path, text):
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BrokenGuide):
        Facts.load(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[facts.age_min]\nvalue = 21', '[facts.age_min]\nvalue = 21.5.1', "not TOML"),
        ('[facts.age_min]\nvalue = 21', '[facts.age_min]\nvalue = "21"', "value '21' is not right for unit 'age'"),
        ('[facts.age_min]\nvalue = 21', '[facts.age_min]\nvalue = true', "value True is not right"),
        ('value = 2024-11-17', 'value = "2024-11-17"', "is not right for unit 'date'"),
        ('value = 2024-11-17', 'value = 2024-11-17T10:00:00', "is not right for unit 'date'"),
        ('unit = "day"', 'unit = "moon"', "unknown unit 'moon'"),
        ('confidence = "bill"', 'confidence = "sure"', "unknown confidence 'sure'"),
        ('confidence = "bill"', 'confidence = "CONFLICT"', "CONFLICT has `values`"),
        ('confidence = "inference"', 'confidence = "pages"', "unknown confidence 'pages'"),
        ('line = "at least 21 years old"', 'line = ""', "no line of the fact base"),
        ('unit = "week"\ncitation = "page"', 'unit = "week"\ncitation = "paper"', "unknown or broken citation 'paper'"),
        ('{ value = 38, citation = "page" }, ', "", "CONFLICT needs at least two values"),
        ('as_of = "2025"', 'as_of = "Oct 2025"', "as_of 'Oct 2025' is not"),
        ('as_of = "2025"', 'asof = "2025"', "unknown key asof"),
        ('link = "https://example.org/page"', 'link = "example.org"', "example.org is not a full address"),
        ('link = "https://example.org/page"', "", "no link"),
        (', ky = "БШКнын сайты"', "", "no act in ky"),
        ('edition = { ru = "2024 год", ky = "2024-жыл" }', "", "no edition in ru"),
        ('seen = 2026-03-31', 'seen = "March"', "seen is not a date"),
        ('from = "{n} жаштан"\n', "", "from only in ru"),
        ('from = "{n} жаштан"', 'from = "жаштан"', "form from: no {n}"),
        ('few = "с {n} лет", ', "", "form from: no few"),
        ('dat = "жумага", ', "", "ky has no dat"),
        ('of = "из {n} {gen}"', 'of = "из {n} {dat}"', "form of: {n} and a case are needed: acc, gen, loc, nom"),
        ('of = "из {n} {gen}"', 'of = 5', "form of: {n} and a case are needed"),
    ],
)  # fmt: skip
def test_a_fault_in_the_facts_is_named_with_its_line(folder, old, new, message):
    path = folder / "facts.toml"
    line = small_guide.change(path, old, new)

    with pytest.raises(BrokenGuide) as broken:
        Facts.load(path)

    (problem,) = [problem for problem in broken.value.problems if message in problem.message]
    assert problem.file == path
    assert 0 <= line - problem.line <= 7 or "not TOML" in message


def test_missing_facts_are_one_problem(tmp_path):
    with pytest.raises(BrokenGuide, match=r"facts:1: cannot be read: there are no facts"):
        Facts.load(tmp_path / "facts.toml")


NUMBERS = (1, 2, 5, 6, 10, 21, 30, 33, 40, 100)
APPROVED = {
    ("age", "from", RU): "с 1 года, с 2 лет, с 5 лет, с 6 лет, с 10 лет, "
    "с 21 года, с 30 лет, с 33 лет, с 40 лет, с 100 лет",
    ("age", "from", KY): "1 жаштан, 2 жаштан, 5 жаштан, 6 жаштан, 10 жаштан, "
    "21 жаштан, 30 жаштан, 33 жаштан, 40 жаштан, 100 жаштан",
    ("day", "within", RU): "в течение 1 дня, в течение 2 дней, в течение 5 дней, в течение 6 дней, в течение 10 дней, "
    "в течение 21 дня, в течение 30 дней, в течение 33 дней, в течение 40 дней, в течение 100 дней",
    ("day", "within", KY): "1 күндүн ичинде, 2 күндүн ичинде, 5 күндүн ичинде, 6 күндүн ичинде, 10 күндүн ичинде, "
    "21 күндүн ичинде, 30 күндүн ичинде, 33 күндүн ичинде, 40 күндүн ичинде, 100 күндүн ичинде",
    ("week", "before", RU): "за 1 неделю, за 2 недели, за 5 недель, за 6 недель, за 10 недель, "
    "за 21 неделю, за 30 недель, за 33 недели, за 40 недель, за 100 недель",
    ("working_day", "plain", RU): "1 рабочий день, 2 рабочих дня, 5 рабочих дней, 6 рабочих дней, 10 рабочих дней, "
    "21 рабочий день, 30 рабочих дней, 33 рабочих дня, 40 рабочих дней, 100 рабочих дней",
    ("seat", "of", RU): "из 1 места, из 2 мест, из 5 мест, из 6 мест, из 10 мест, "
    "из 21 места, из 30 мест, из 33 мест, из 40 мест, из 100 мест",
    ("district", "in", RU): "в 1 округе, в 2 округах, в 5 округах, в 6 округах, в 10 округах, "
    "в 21 округе, в 30 округах, в 33 округах, в 40 округах, в 100 округах",
    ("person", "about", RU): "около 1 человека, около 2 человек, около 5 человек, около 6 человек, около 10 человек, "
    "около 21 человека, около 30 человек, около 33 человек, около 40 человек, около 100 человек",
}  # fmt: skip


@pytest.mark.parametrize(("unit", "form", "language"), APPROVED)
def test_the_units_of_the_real_guide_are_said_as_approved(unit, form, language):
    forms = Facts.read(REAL)[0].forms

    assert ", ".join(forms.say(number, unit, form, language) for number in NUMBERS) == APPROVED[unit, form, language]


def test_every_form_of_every_unit_of_the_real_guide_can_be_said():
    forms = Facts.read(REAL)[0].forms
    for language in Language:
        for unit in forms.units():
            assert "plain" in forms.names(unit, language)
            for form in forms.names(unit, language):
                for number in NUMBERS:
                    said = forms.say(number, unit, form, language)
                    assert str(number) in said and "{" not in said
