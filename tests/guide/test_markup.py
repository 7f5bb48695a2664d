"""Markdown → Telegram HTML, and pages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guide import Article, Chapter, Kind, Mark, Reader
from bot.domain.ids import Language, Slug
from bot.guide import markup
from tests.guide import telegram_html


def html_of(text: str) -> str:
    return "\n\n".join(markup.body(text).lead)


def article(lead: str, *chapters: Chapter) -> Article:
    return Article(
        slug=Slug("a"), section="s", language=Language.RU, title="T", short="T", kind=Kind.PRACTICE, readers=(Reader.VOTER,),
        next=(), as_of=date(2026, 3, 31), citations=(), lead=lead, chapters=chapters, plain="", keywords="",
        asked=(), language_mark=Mark(), lawyer_mark=Mark(), text_hash="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Просто **жирно** и *косо*.", "Просто <b>жирно</b> и <i>косо</i>."),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<b>не разметка</b>", "&lt;b&gt;не разметка&lt;/b&gt;"),
        ("- один\n- два", "• один\n• два"),
        ("1. один\n2. два", "1. один\n2. два"),
        ("3. три\n4. четыре", "3. три\n4. четыре"),
        ("- один\n  - внутри\n- два", "• один\n    • внутри\n• два"),
        ("- один\n\n  ещё", "• один\n    ещё"),
        ("[статья](guide:quota-city)", '<a href="guide:quota-city">статья</a>'),
        ('[сайт](https://a.kg/?x=1&y="2")', '<a href="https://a.kg/?x=1&amp;y=%222%22">сайт</a>'),
        ("[чужое](tg://user?id=1)", "чужое"),
        ("[**жирно**](https://a.kg)", '<a href="https://a.kg"><b>жирно</b></a>'),
        ("**`код`** и `код`", "<b>код</b> и <code>код</code>"),
        ("**раз _два **три** четыре_**", "<b>раз <i>два три четыре</i></b>"),
        ("> цитата\n> дальше", "<blockquote>цитата дальше</blockquote>"),
        ("> a\n>\n> > b", "<blockquote>a\nb</blockquote>"),
        ("строка\nтой же строки", "строка той же строки"),
        ("{{example}}\n- 3 места\n\nИтого 3\n{{/example}}", "<blockquote>• 3 места\nИтого 3</blockquote>"),
        ("Так: {{example}}2 + 2{{/example}}.", "Так: 2 + 2."),
        ("{{a_b|of}} и {{c_d|plain}}", "{{a_b|of}} и {{c_d|plain}}"),
        ("[](https://a.kg)", ""),
    ],
)  # fmt: skip
def test_markdown_becomes_telegrams_html(text, html):
    assert html_of(text) == html
    telegram_html.words(html)


def test_a_long_quote_is_folded():
    assert html_of("> " + "слово " * 100).startswith("<blockquote expandable>")


def test_headings_part_the_text_into_chapters():
    body = markup.body("Лид.\n\nЕщё лид.\n\n## Первая & **главная**\nТекст.\n\n- a\n- b\n\n## Вторая\n")

    assert body.lead == ("Лид.", "Ещё лид.")
    assert body.chapters == (
        Chapter("Первая &amp; главная", ("Текст.", "• a\n• b")),
        Chapter("Вторая", ()),
    )


def test_length_counts_utf16_units_of_what_is_seen():
    assert markup.length('<b>a&amp;b</b> <a href="https://x">ө</a>😀') == 7


def test_links_between_articles_become_addresses_or_words():
    html = '<a href="guide:known">туда</a> <a href="guide:other">сюда</a> <a href="https://a.kg">вовне</a>'

    assert markup.with_links(html, lambda slug: "https://t.me/b?start=a_known&x" if slug == "known" else None) == (
        '<a href="https://t.me/b?start=a_known&amp;x">туда</a> сюда <a href="https://a.kg">вовне</a>'
    )


def test_pages_break_at_headings_then_at_blocks():
    text = "слово " * 15
    chapters = [Chapter(f"Глава {n}", (text.strip(), text.strip())) for n in (1, 2, 3)]

    pages = markup.pages(article("Лид.", *chapters), limit=220)

    assert [page.split("\n")[0] for page in pages] == ["Лид.", "<b>Глава 2</b>", "<b>Глава 3</b>"]


def test_a_short_article_is_one_page():
    assert markup.pages(article("Лид.", Chapter("Глава", ("Текст.",)))) == ("Лид.\n\n<b>Глава</b>\nТекст.",)


WORD = st.text(st.sampled_from("абвгдеёжөүңАЯҢzqZ0129&<>'\"«»—…*_`[]()!#~|\\😀\u00a0"), min_size=1, max_size=12).filter(
    str.strip
)
PHRASE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
TARGET = st.sampled_from(["https://a.kg/x?a=1&b=2", "guide:quota-city", "http://b.kg", "nowhere", "javascript:x"])


def spans(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda text: f"**{text}**"),
        inner.map(lambda text: f"*{text}*"),
        inner.map(lambda text: f"`{text}`"),
        st.tuples(inner, TARGET).map(lambda pair: f"[{pair[0]}]({pair[1]})"),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
    )


INLINE = st.recursive(PHRASE, spans, max_leaves=6)


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def prefixed(first: str, rest: str) -> st.SearchStrategy[str]:
        return inner.map(lambda text: first + ("\n" + rest).join(text.split("\n")))

    return st.one_of(
        inner,
        st.lists(prefixed("- ", "  "), min_size=1, max_size=4).map("\n".join),
        st.lists(prefixed("1. ", "   "), min_size=1, max_size=4).map("\n".join),
        prefixed("> ", "> "),
        inner.map(lambda text: f"{{{{example}}}}\n{text}\n{{{{/example}}}}"),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
    )


BLOCK = st.recursive(INLINE | INLINE.map(lambda text: f"```\n{text}\n```"), blocks, max_leaves=6)
HEADING = INLINE.map(lambda text: f"## {text}")
TEXT = st.lists(BLOCK | HEADING, min_size=1, max_size=8).map("\n\n".join)


@given(TEXT)
def test_any_markdown_gives_html_that_telegram_accepts(text):
    body = markup.body(text)

    for block in (*body.lead, *(part for chapter in body.chapters for part in (chapter.heading, *chapter.blocks))):
        telegram_html.words(block)
        assert markup.plain(block).split() == telegram_html.words(block)


@given(st.text(max_size=200))
def test_any_text_at_all_gives_html_that_telegram_accepts(text):
    for block in markup.body(text).lead:
        telegram_html.words(block)


@given(TEXT, st.integers(min_value=5, max_value=200))
def test_pages_are_whole_html_within_the_limit_and_lose_no_word(text, limit):
    body = markup.body(text)
    lead = "\n\n".join(body.lead)
    whole = [lead, *(part for chapter in body.chapters for part in (chapter.heading, *chapter.blocks))]

    pages = markup.pages(article(lead, *body.chapters), limit)

    for page in pages:
        assert telegram_html.length(page) == markup.length(page) <= limit
    assert "".join("".join(telegram_html.words(page)) for page in pages) == "".join(
        "".join(telegram_html.words(part)) for part in whole
    )


@given(TEXT)
def test_a_page_of_the_usual_size_breaks_no_word(text):
    body = markup.body(text)
    lead = "\n\n".join(body.lead)
    longest = max((len(word) for word in markup.plain(lead).split()), default=1)

    pages = markup.pages(article(lead), limit=max(2 * longest, 40))

    assert [word for page in pages for word in markup.plain(page).split()] == markup.plain(lead).split()
