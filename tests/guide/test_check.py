"""The check: a good guide has nothing wrong, and each fault is named where it stands."""

import re
from datetime import date

import pytest

from bot.domain.ids import Language
from bot.guide import wordlist
from bot.guide.articles import Library
from bot.guide.check import problems
from bot.guide.problems import Weight, failing
from tests.guide import small_guide

SLUG = "what-is-kenesh"
NEXT = '["what-is-kenesh", "quota-not-parliament"]'  # of how-many
SPARE = """
[facts.spare]
value = 1
unit = "day"
citation = "law"
as_of = "2024"
confidence = "single"
line = "x"
"""


def found(folder):
    return [(problem.file, problem.line, problem.message) for problem in failing(problems(folder))]


def test_a_good_guide_has_nothing_wrong(folder):
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "message"),
    [
        ("ru", "Спросите в комиссии.", "Спросите в комиссии, там 5 человек.", "number outside a placeholder: 5"),
        ("ru", "Спросите в комиссии.", "Спросите до 17.11.2024.", "number outside a placeholder: 17.11.2024"),
        ("ru", "Спросите в комиссии.", "По закону № 99.", "number outside a placeholder: 99"),
        ("ru", "Спросите в комиссии.", "По статье 50.", "number outside a placeholder: 50"),
        ("ru", "Спросите в комиссии.", "Список не больше 30 %.", "number outside a placeholder: 30"),
        ("ru", "Спросите в комиссии.", "В {{age_min|from}}ка.", "something is glued to a placeholder: use a form"),
        ("ru", "Спросите в комиссии.", "В **{{age_min|from}}**ка.", "something is glued to a placeholder: use a form"),
        ("ru", "Спросите в комиссии.", "В {{age_min|from}}-й.", "something is glued to a placeholder: use a form"),
        ("ru", "Спросите в комиссии.", "Не{{age_min|from}}.", "something is glued to a placeholder: use a form"),
        ("ru", "Спросите в комиссии.", "В {{age_min}} раз.", "age_min: bare placeholder: a form is needed"),
        ("ru", "Спросите в комиссии.", "В {{age_min|till}} раз.", "age_min (age) has no form till"),
        ("ru", "Спросите в комиссии.", "В {{parliament_age|from}}.", "parliament_age is a contrast"),
        ("ru", "Спросите в комиссии.", "Спросите  в комиссии.", "double space"),
        ("ru", "Спросите в комиссии.", 'Спросите "в комиссии".', "straight quotes: use «»"),
        ("ru", "Спросите в комиссии.", "Спросите «в комиссии.", "« without »"),
        ("ru", "Спросите в комиссии.", "Спросите в комиссии».", "» without «"),
        ("ru", "Спросите в комиссии.", "Спросите в кoмиссии.", "Latin letters inside the Cyrillic word кoмиссии"),
        ("ru", "Спросите в комиссии.", "Спросите <b>в комиссии</b>.", "HTML in Markdown"),
        ("ru", "Спросите в комиссии.", "| а | б |", "tables are not used"),
        ("ru", "Спросите в комиссии.", "[сюда](/там)", "link to '/там': only https://, http:// and guide:slug"),
        ("ru", "Спросите в комиссии.", "[сюда](guide:nowhere)", "link to guide:nowhere, which is not in the outline"),
        ("ru", "Спросите в комиссии.", "{{example}} 2 + 2", "{{example}} opened 1 times and closed 0 times"),
        ("ru", "Спросите в комиссии.", "Спросите.\n---", "a line of - or = makes a heading or a rule"),
        ("ru", "## Где смотреть", "# Где смотреть", "a heading is ## and a space, level 2 only"),
        ("ru", "## Где смотреть", "### Где смотреть", "a heading is ## and a space, level 2 only"),
        ("ru", "## Где смотреть", "##Где смотреть", "a heading is ## and a space, level 2 only"),
        ("ru", "Число мест называет комиссия.\n", "", "no lead before the first heading"),
        ("ru", "Число мест называет комиссия.", "Число мест. " * 60, "the lead has 719 characters"),
        ("ru", 'title = "Заголовок"', 'title = "Все 15"', "number outside a placeholder: 15"),
        ("ru", NEXT, '["what-is-kenesh"]', "two or three different articles follow"),
        ("ru", NEXT, '["how-many", "what-is-kenesh"]', "an article does not follow itself"),
        ("ru", NEXT, '["what-is-kenesh", "later"]', "later is not in the outline"),
        ("ru", 'citations = ["law"]', "citations = []", "kind law needs a citation"),
        ("ru", 'citations = ["law"]', 'citations = ["law", "law"]', "law stands twice"),
        ("ru", '  "вопрос how-many а",\n', "", "11 questions; at least 12 are needed"),
        ("ru", '  "вопрос how-many а",', '  "Вопрос how-many аа?",', "asked twice: вопрос how many аа"),
        ("ru", 'keywords = "вопрос"', 'keywords = "вопpос"', "Latin letters inside the Cyrillic word вопpос"),
        ("ky", "Комиссиядан сураңыз.", "Комиссиядан жонокой сураңыз.", "жонокой: is жөнөкөй meant?"),
        ("ky", "Комиссиядан сураңыз.", "Иш бүтпогөн.", "бүтпогөн: is ө or ү missing?"),
        ("ky", "Комиссиядан сураңыз.", "«Комиссиядан сураңыз.", "« without »"),
        ("ky", "Комиссиядан сураңыз.", "Комиссиядан» сураңыз.", "» without «"),
        ("ky", "Комиссиядан сураңыз.", "Кoмиссиядан сураңыз.", "Latin letters inside the Cyrillic word Кoмиссиядан"),
        ("ky", "Комиссиядан сураңыз.", "Комиссиядан  сураңыз.", "double space"),
        ("ky", "Комиссиядан сураңыз.", 'Комиссиядан "сураңыз".', "straight quotes: use «»"),
        ("ky", "Комиссиядан сураңыз.", "Узундугу менен тузуу.", "тузуу: is түзүү meant?"),
        ("ky", "Комиссиядан сураңыз.", "Кенеш менен.", "кенеш: is кеңеш meant?"),
        ("ky", 'title = "Аталыш"', 'title = "Кенеш"', "кенеш: is кеңеш meant?"),
        ("ky", 'title = "Аталыш"', 'title = "«Аталыш"', "« without »"),
        ("ru", 'title = "Заголовок"', 'title = "Загoловок  сам"', "Latin letters inside the Cyrillic word Загoловок"),
    ],
)  # fmt: skip
def test_a_fault_in_an_article_is_named_with_its_line(folder, language, old, new, message):
    (folder / "glossary.csv").write_text("ru,ky\nсоздание,түзүү\nкенеш,кеңеш\n", encoding="utf-8")
    path = small_guide.path(folder, "how-many", language)
    line = small_guide.change(path, old, new)
    mine = [one for one in found(folder) if message in one[2]]

    assert len(mine) == 1, found(folder)
    assert mine[0][0] == path
    assert 0 <= mine[0][1] - line <= 1 or re.search(r"questions|asked|lead|opened", message)


def test_a_question_asked_in_two_articles_is_named_in_the_second(folder):
    path = small_guide.path(folder, SLUG, "ru")
    small_guide.change(path, '"вопрос what-is-kenesh а"', '"Вопрос how-many а?"')

    ((file, _, message),) = found(folder)
    assert (file, message) == (path, "'вопрос how many а' is asked in how-many too")


@pytest.mark.parametrize(
    "words",
    [
        "По закону № 98 и статье 49 так.",
        "По статье 49 Закон № 98 от 14.07.2011 и № 98 говорит так.",
        "Это «квота 30 %», её ещё зовут 30 % квота.",
        "В 2021 году и в 2019–2024 годах, а также в 2021 и 2024 годах.",
        "Смотрите на 24.kg и [сайте 24.kg](https://24.kg/vlast/123_x).",
        "1. первое\n2. второе",
        "{{example}}\n21 × 30 % = 6,3\n{{/example}}",
        "Так: {{example}}21 × 30 % = 6,3{{/example}}.",
        "{{age_min|plain}}–{{age_min|plain}}, ({{age_min|from}}).",
    ],
)
def test_numbers_that_are_not_facts_may_stand(folder, words):
    small_guide.change(small_guide.path(folder, "how-many", "ru"), "Спросите в комиссии.", words)

    assert [one for one in found(folder) if "number" in one[2] or "glued" in one[2]] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "law"', 'kind = "practice"', "kind differs: practice in ky, law in ru"),
        ('["candidate"]', '["voter"]', "readers differ: only in ky: voter; only in ru: candidate"),
        ('["law"]', '["law", "page"]', "citations differ: only in ky: page"),
        ('["how-many", "quota-not-parliament"]', '["quota-not-parliament", "how-many"]', "next differs"),
        ("## Ким боло алат\n", "", "1 headings in ky, 2 in ru"),
        ("## Ким боло алат\nЭреже: {{age_min|from}}. Шайлоо {{voting_day|on}} өттү.\n\n"
         "- аялдардын үлүшү: {{share|plain}};\n- дагы бир жолу: {{share|plain}}.\n\n## Андан ары\n",
         "## Андан ары\nЭреже: {{age_min|from}}.\n\n## Ким боло алат\nШайлоо {{voting_day|on}} өттү.\n\n"
         "- аялдардын үлүшү: {{share|plain}}.\n\n",
         "facts of chapter 1 differ: only in ru: share, voting_day"),
        ("Талапкер {{age_min|from}} баштап боло алат. ", "Талапкер [мында](guide:how-many). ",
         "links of the lead differ: only in ky: guide:how-many"),
        ("Шайлоо {{voting_day|on}} өттү.", "", "facts differ: only in ru: voting_day"),
        ("(https://example.org/law)", "(https://example.org/other)",
         "links differ: only in ky: https://example.org/other; only in ru: https://example.org/law"),
    ],
)  # fmt: skip
def test_what_differs_between_the_languages_is_named(folder, old, new, message):
    small_guide.change(small_guide.path(folder, SLUG, "ky"), old, new)

    assert [one for one in found(folder) if message in one[2]]


def test_an_article_in_one_language_only_is_a_problem(folder):
    small_guide.path(folder, SLUG, "ky").unlink()

    assert found(folder) == [
        (small_guide.path(folder, SLUG, "ru"), 1, "there is no what-is-kenesh.ky.md beside it"),
    ]


def test_an_article_outside_the_outline_or_in_another_section_is_a_problem(folder):
    (folder / "outline.toml").write_text('quota = ["what-is-kenesh", "quota-not-parliament"]\n', encoding="utf-8")
    messages = {message for _, _, message in found(folder)}

    assert "how-many is not in the outline" in messages
    assert "what-is-kenesh belongs to section quota" in messages


@pytest.mark.parametrize(("times", "wrong"), [(5, True), (16, False), (90, True)])
def test_an_article_has_as_many_words_as_a_reader_has_patience_for(folder, times, wrong):
    path = small_guide.path(folder, "how-many", "ru")
    text = path.read_text(encoding="utf-8").replace(small_guide.FILLER["ru"], "")
    path.write_text(text + (small_guide.FILLER["ru"] + "\n\n") * times + "Слово. " * 30, encoding="utf-8")

    assert any("an article has 250 to 700" in message for _, _, message in found(folder)) is wrong


def test_unused_facts_and_citations_and_unwritten_articles_are_notes(folder):
    (folder / "outline.toml").write_text(small_guide.OUTLINE + 'later = ["soon"]\n', encoding="utf-8")
    with (folder / "facts.toml").open("a", encoding="utf-8") as facts:
        facts.write(small_guide.FACTS.split("[citations.page]")[1].split("[facts.")[0].join(["[citations.spare]", ""]))
        facts.write(SPARE)
    notes = problems(folder)

    assert {note.message for note in notes} == {
        "soon is not written yet", "no article quotes spare", "nothing rests on citation spare",
    }  # fmt: skip
    assert all(note.weight is Weight.NOTE for note in notes)


def test_a_mark_that_fell_is_a_note_and_a_mark_that_stands_is_not(folder):
    path = small_guide.path(folder, SLUG, "ru")
    now = Library.load(folder).by_name[SLUG, "ru"].text_hash
    empty = 'lawyer = { by = "", on = "", text_hash = "" }'
    small_guide.change(path, empty, f'lawyer = {{ by = "А.", on = "2026-12-01", text_hash = "{now}" }}')
    assert problems(folder) == []

    line = small_guide.change(path, f'text_hash = "{now}"', 'text_hash = "0"')
    (note,) = problems(folder)
    assert (note.file, note.line, note.weight) == (path, line, Weight.NOTE)
    assert note.message == f"the mark of А. has fallen: the text is {now} now"


def test_half_written_files_are_problems_and_never_a_crash(folder):
    for path in (folder / "facts.toml", folder / "outline.toml", small_guide.path(folder, SLUG, "ky")):
        text = path.read_text(encoding="utf-8")
        for part in range(10):
            path.write_text(text[: len(text) * part // 10], encoding="utf-8")
            problems(folder)
        path.write_text(text, encoding="utf-8")

    assert problems(folder) == []


def test_a_problem_reads_as_file_line_and_message(folder):
    path = small_guide.path(folder, "how-many", "ru")
    line = small_guide.change(path, "Спросите в комиссии.", "Спросите  в комиссии.")

    assert [str(problem) for problem in problems(folder)] == [f"{path}:{line}: double space"]


def test_a_fact_past_its_day_is_a_warning_that_names_its_articles_and_fails_nothing(folder):
    path = folder / "facts.toml"
    line = small_guide.change(path, 'line = "10 days"', 'line = "10 days"\nvalid_until = 2025-01-01')

    assert problems(folder, date(2025, 1, 1)) == problems(folder) == []
    (warning,) = problems(folder, date(2025, 1, 2))
    assert failing([warning]) == [] and warning.weight is Weight.WARNING
    assert warning.message == "check_days was valid until 2025-01-01; quoted in what-is-kenesh"
    assert (warning.file, line - warning.line) == (path, 6)
    assert str(warning) == f"{path}:{warning.line}: warning: {warning.message}"


def test_a_fact_older_than_the_guide_allows_or_than_one_asks_is_a_warning(folder):
    path = folder / "facts.toml"
    assert {one.message for one in problems(folder, older_than=date(2024, 6, 1))} == {
        "share is as of 2021, older than 2024-06-01; quoted in what-is-kenesh",
        "mean is as of 2024, older than 2024-06-01; quoted in what-is-kenesh",
        "term is as of 2024, older than 2024-06-01; quoted in what-is-kenesh",
    }

    path.write_text("old_before = 2022-01-01\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    small_guide.change(path, 'as_of = "2025"', 'as_of = "undated"')
    assert [(one.message, one.weight) for one in problems(folder)] == [
        ("share is as of 2021, older than 2022-01-01; quoted in what-is-kenesh", Weight.WARNING),
        ("parliament_age is as of undated, older than 2022-01-01; quoted in quota-not-parliament", Weight.WARNING),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("old_before = 2022-01-01", "old_before = 2022", "old_before is not a date"),
        ('line = "10 days"', 'line = "10 days"\nvalid_until = "2025"', "valid_until '2025' is not a date"),
        ('ky = "БШКнын сайты"', 'ky = "БШКнын  сайты"', "double space in «БШКнын  сайты»"),
        ('ky = "БШКнын сайты"', 'ky = "БШКнын «сайты"', "« and » are not equal in «БШКнын «сайты»"),
        ('ky = "БШКнын сайты"', 'ky = "БШКнын сайтынa"', "Latin letters inside the Cyrillic word сайтынa"),
        ('ky = "БШКнын сайты"', 'ky = "Иш бүтпогөн"', "бүтпогөн: is ө or ү missing?"),
    ],
)
def test_a_fault_in_the_words_of_facts_and_citations_is_named(folder, old, new, message):
    path = folder / "facts.toml"
    path.write_text("old_before = 2022-01-01\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    small_guide.change(path, old, new)

    assert [one for one in failing(problems(folder)) if message in one.message and one.file == path]


def test_a_fact_that_stands_in_two_files_is_named_in_the_second(folder):
    (folder / "facts").mkdir()
    second = folder / "facts" / "basics.toml"
    second.write_text(SPARE.replace("spare", "age_min"), encoding="utf-8")

    assert [(one.file, one.line, one.message) for one in failing(problems(folder))] == [
        (second, 2, "facts.age_min: stands in facts.toml too")
    ]


def test_facts_may_lie_in_several_files_and_their_problems_name_the_right_one(folder):
    (folder / "facts").mkdir()
    head, tables = small_guide.FACTS.split("[citations.law]")
    citations, facts = tables.split("[facts.age_min]")
    (folder / "facts.toml").unlink()
    (folder / "facts" / "forms.toml").write_text(head, encoding="utf-8")
    (folder / "facts" / "citations.toml").write_text("[citations.law]" + citations, encoding="utf-8")
    (folder / "facts" / "basics.toml").write_text("[facts.age_min]" + facts, encoding="utf-8")
    assert problems(folder) == []

    line = small_guide.change(folder / "facts" / "basics.toml", 'unit = "day"', 'unit = "moon"')
    (first, *_others) = [one for one in problems(folder) if one.file.suffix == ".toml"]
    assert (first.file.name, line - first.line) == ("basics.toml", 2)


def test_words_outside_the_list_are_told_with_their_count_and_place(folder):
    (folder / "glossary.csv").write_text("ru,ky\nкомиссия,комиссия\n", encoding="utf-8")
    line = small_guide.change(
        small_guide.path(folder, "how-many", "ky"), "Комиссиядан сураңыз.", "Комиссиядан бузоктой сураңыз, бузоктой."
    )
    *outside, together = wordlist.told(folder, Language.KY)

    assert f"{'бузоктой':<28}  2  basics/how-many.ky.md:{line}" in outside
    assert not any(word.startswith(("комиссия", "жөнөкөй")) for word in outside)
    assert together == f"{len(outside)} words of ky outside the list, {wordlist_size(folder)} in it"


def wordlist_size(folder):
    return len(wordlist.build(folder, Language.KY).known)
