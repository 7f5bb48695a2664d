"""The library: what an article holds, and what keeps the library from loading."""

from datetime import date

import pytest

from bot.domain.guide import Chapter, Kind, Mark, Reader
from bot.domain.ids import Language
from bot.guide import kept, markup
from bot.guide.articles import Library
from bot.guide.problems import BrokenGuide
from tests.guide import small_guide

KY, RU = Language.KY, Language.RU
SLUG = "what-is-kenesh"


def test_an_article_comes_with_its_facts_filled_in(folder):
    article = Library.load(folder).article(SLUG, RU)

    assert article.lead == (
        "Кандидат может быть с 21 года. Проверка идёт в течение 10 дней (по одному источнику, октябрь 2024)."
    )
    assert article.chapters[0] == Chapter(
        "Кто может",
        (
            "Правило: с 21 года. Выборы прошли 17 ноября 2024 года (по одному источнику, октябрь 2024).",
            "• доля женщин: 38\u00a0% (источник: Сайт ЦИК) или 36,5\u00a0% (источник: Закон № 98 от 14.07.2011);\n"
            "• ещё раз: 38\u00a0% или 36,5\u00a0%.",
        ),
    )
    assert (article.kind, article.readers, article.as_of) == (Kind.LAW, (Reader.CANDIDATE,), date(2026, 3, 31))
    assert article.next == ("how-many", "quota-not-parliament")
    assert (article.title, article.section, article.language) == ("Заголовок", "basics", RU)


def test_the_same_article_in_kyrgyz(folder):
    article = Library.load(folder).article(SLUG, KY)

    assert article.lead == (
        "Талапкер 21 жаштан баштап боло алат. Текшерүү 10 күндүн ичинде (бир булак боюнча, 2024-жылдын октябры) бүтөт."
    )
    assert '<a href="guide:how-many">Дагы макала</a>' in article.chapters[1].blocks[0]


def test_plain_text_has_every_line_and_no_markup(folder):
    article = Library.load(folder).article(SLUG, RU)
    lines = article.plain.split("\n")

    assert lines[0] == markup.plain(article.lead)
    assert "Кто может" in lines and "Что дальше" in lines
    assert "<" not in article.plain and "{{" not in article.plain and "Заголовок" not in article.plain


def test_citations_of_quoted_facts_join_those_the_article_names(folder):
    names = [citation.name for citation in Library.load(folder).article(SLUG, RU).citations]

    assert names == ["law", "page"]


def test_a_title_and_a_heading_may_quote_a_fact_without_its_mark(folder):
    path = small_guide.path(folder, SLUG, "ru")
    small_guide.change(path, '"Заголовок"', '"Ждать {{check_days|plain}}"')
    small_guide.change(path, "## Кто может", "## Кто может {{age_min|from}}")
    article = Library.load(folder).article(SLUG, RU)

    assert article.title == "Ждать 10 дней"
    assert article.chapters[0].heading == "Кто может с 21 года"


def test_sections_and_articles_keep_the_order_of_the_outline(folder):
    library = Library.load(folder)

    assert library.sections() == ("basics", "quota")
    assert [article.slug for article in library.articles("basics", KY)] == ["what-is-kenesh", "how-many"]
    assert [article.slug for article in library.all(RU)] == list(small_guide.SLUGS)


def test_what_is_not_there_is_none(folder):
    library = Library.load(folder)

    assert library.article("nothing", RU) is None
    assert library.articles("nothing", RU) == ()
    assert library.citation("nothing") is None
    assert library.citation("law").article == "49"


def test_a_section_without_articles_is_not_shown(folder):
    (folder / "outline.toml").write_text('empty = ["later"]\n' + small_guide.OUTLINE, encoding="utf-8")

    assert Library.load(folder).sections() == ("basics", "quota")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{age_min|from}}. Проверка", "{{age_max|from}}. Проверка", "unknown fact age_max"),
        ('kind = "law"', 'kind = "rule"', "kind: must be law or practice"),
        ('kind = "law"', 'kind = law', "front matter is not TOML"),
        ('kind = "law"\n', "", "kind: missing"),
        ('kind = "law"', 'kind = "law"\ncolour = "red"', "colour: unknown key"),
        ('citations = ["law"]', 'citations = ["low"]', "unknown or broken citation low"),
        ('readers = ["candidate"]', "readers = []", "readers: must be of candidate, deputy, group, voter"),
        ("as_of = 2026-03-31", 'as_of = "2026"', "as_of: must be a date, as in 2026-03-31"),
        ('language = { by = "", on', 'language = { by = "Айша", on', "by, on and text_hash are all given"),
    ],
)  # fmt: skip
def test_a_broken_article_keeps_the_library_from_loading_and_says_where(folder, old, new, message):
    path = small_guide.path(folder, SLUG, "ru")
    line = small_guide.change(path, old, new)

    with pytest.raises(BrokenGuide) as broken:
        Library.load(folder)

    (problem,) = broken.value.problems
    assert problem.file == path
    assert message in problem.message
    assert problem.line in (line, line + 1) or "missing" in message
    assert len(Library.read(folder)[0].by_name) == 5


@pytest.mark.parametrize("text", ["", "# Заголовок\n", "+++\ntitle = 1\n", "\ufeff+++\n+++\n"])
def test_a_file_without_front_matter_is_one_clear_problem(folder, text):
    small_guide.path(folder, SLUG, "ru").write_text(text, encoding="utf-8")

    with pytest.raises(BrokenGuide):
        Library.load(folder)


def test_a_file_that_is_not_utf8_and_a_file_with_a_strange_name_are_problems(folder):
    small_guide.path(folder, SLUG, "ru").write_bytes(b"+++\n\xff\xfe")
    (folder / "basics" / "readme.md").write_text("hello", encoding="utf-8")

    with pytest.raises(BrokenGuide) as broken:
        Library.load(folder)

    assert [problem.file.name for problem in broken.value.problems] == ["readme.md", "what-is-kenesh.ru.md"]


def test_a_folder_without_a_guide_says_so(tmp_path):
    with pytest.raises(BrokenGuide, match=r"outline\.toml:1: cannot be read"):
        Library.load(tmp_path)


def test_the_hash_follows_words_facts_and_citations_but_not_search_words(folder):
    def text_hash() -> str:
        return Library.load(folder).article(SLUG, RU).text_hash

    path = small_guide.path(folder, SLUG, "ru")
    first = text_hash()
    small_guide.change(path, 'keywords = "вопрос"', 'keywords = "ответ"')
    assert text_hash() == first
    small_guide.change(folder / "facts.toml", "value = 21\n", "value = 22\n")
    second = text_hash()
    assert second != first
    small_guide.change(folder / "facts.toml", 'link = "https://example.org/law"', 'link = "https://example.org/new"')
    third = text_hash()
    assert third != second
    small_guide.change(path, "Что дальше", "Что потом")
    assert text_hash() != third


def test_the_marks_of_readers_are_read(folder):
    small_guide.change(
        small_guide.path(folder, SLUG, "ru"),
        'lawyer = { by = "", on = "", text_hash = "" }',
        'lawyer = { by = "А. Юрист", on = "2026-12-01", text_hash = "abc" }',
    )
    article = Library.load(folder).article(SLUG, RU)

    assert article.lawyer_mark == Mark("А. Юрист", "2026-12-01", "abc")
    assert article.language_mark == Mark()


def test_a_library_read_once_is_taken_from_what_was_kept(folder, monkeypatch):
    first = Library.load(folder)
    monkeypatch.setattr(Library, "read", None)  # reading again would fail

    assert Library.load(folder) == first


@pytest.mark.parametrize("name", ["facts.toml", "outline.toml", "basics/how-many.ky.md"])
def test_any_changed_file_makes_the_library_new(folder, name):
    Library.load(folder)
    (folder / name).write_text((folder / name).read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
    before = next((folder / "__pycache__").iterdir()).read_bytes()
    Library.load(folder)

    assert next((folder / "__pycache__").iterdir()).read_bytes() != before


@pytest.mark.parametrize("torn", [b"", b"nonsense", b"x" * 500])
def test_a_torn_kept_library_is_read_anew(folder, torn):
    first = Library.load(folder)
    (file,) = (folder / "__pycache__").iterdir()
    file.write_bytes(file.read_bytes()[:32] + torn)

    assert Library.load(folder) == first


def test_where_nothing_can_be_kept_the_library_still_loads(folder):
    (folder / "__pycache__").write_text("a file in the way")

    assert Library.load(folder).article(SLUG, RU) is not None


def test_a_broken_guide_is_not_kept(folder):
    small_guide.change(small_guide.path(folder, SLUG, "ru"), 'kind = "law"', 'kind = "rule"')
    with pytest.raises(BrokenGuide):
        Library.load(folder)

    assert not (folder / "__pycache__").exists()
    assert kept.find(folder, b"", Library) is None
