"""Telegram's HTML, entities and lengths in UTF-16 units."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.entities import formatted, found_in, settled
from bot.demo.html import link_address
from bot.demo.refusals import Refused
from bot.demo.text import Formatted, slice_of, utf16_length


def parsed(text, limit=4096):
    user = {"id": 5, "is_bot": False, "first_name": "Айгерим"}
    return formatted(text, "HTML", None, lambda number: user if number == 5 else None, limit, "message is too long")


def kinds(done):
    return [(one["type"], slice_of(done.text, one)) for one in done.entities]


@pytest.mark.parametrize(
    ("html", "text", "found"),
    [
        ("<b>кеңеш</b>", "кеңеш", [("bold", "кеңеш")]),
        ("<strong>a</strong> <em>b</em> <ins>c</ins> <del>d</del> <strike>e</strike>", "a b c d e",
         [("bold", "a"), ("italic", "b"), ("underline", "c"), ("strikethrough", "d"), ("strikethrough", "e")]),
        ("<b>a</b><b>б</b>", "aб", [("bold", "aб")]),
        ("👍 <i>x<u>y</u></i>", "👍 xy", [("italic", "xy"), ("underline", "y")]),
        ("<tg-spoiler>a</tg-spoiler> <span class='tg-spoiler'>b</span>", "a b", [("spoiler", "a"), ("spoiler", "b")]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", "q")]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", "q")]),
        ("<code>/start</code>", "/start", [("code", "/start")]),
        ("&lt;b&gt; &amp; &quot; &#1078; &#x436; &nbsp;", '<b> & " ж ж &nbsp;', []),
        ("<b>x</>", "x", [("bold", "x")]),
        ("<B>x</B>", "x", [("bold", "x")]),
        ("  \n x <b> </b> \n", "x", []),
        ("<b> x </b> ", " x", [("bold", " x")]),
        ("a\r\nb\tc", "a\nb c", []),
        ('<tg-emoji emoji-id="5368">👍</tg-emoji>', "👍", [("custom_emoji", "👍")]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(html, text, found):
    done = parsed(html)

    assert (done.text, kinds(done)) == (text, found)


def test_offsets_are_in_utf16_units():
    done = parsed("👍👍<b>ө</b>")

    assert done.entities == ({"type": "bold", "offset": 4, "length": 1},)


def test_a_link_keeps_its_address_and_a_person_their_user():
    done = parsed(
        '<a href="https://shailoo.gov.kg">БШК</a> <a href="tg://user?id=5">А</a> <a href="tg://user?id=6">Б</a>'
    )

    assert [one["type"] for one in done.entities] == ["text_link", "text_mention"]
    assert done.entities[0]["url"] == "https://shailoo.gov.kg/"
    assert done.entities[1]["user"]["id"] == 5


def test_code_in_pre_carries_its_language():
    assert parsed('<pre><code class="language-python">x</code></pre>').entities == (
        {"type": "pre", "offset": 0, "length": 1, "language": "python"},
    )


def test_a_moment_is_an_entity():
    entity = parsed('<tg-time unix="1795363788" format="wDT">саат 18:00</tg-time>').entities[0]

    assert (entity["type"], entity["unix_time"], entity["date_time_format"]) == ("date_time", 1795363788, "wDT")


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("өө<p>x</p>", 'Unsupported start tag "p" at byte offset 4'),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a ='x'>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a_b>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<a href="/local">y</a>', "Telegram would drop the link"),
        ("{x}<{y}>", 'Unsupported start tag "{y}" at byte offset 3'),
    ],
)
def test_html_that_does_not_parse_is_refused_in_telegrams_words(html, complaint):
    with pytest.raises(Refused) as refused:
        parsed(html)

    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert complaint in refused.value.description


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.kg", "https://a.kg/"),
        ("t.me/kenesh_demo_bot?start=a_b", "http://t.me/kenesh_demo_bot?start=a_b"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("localhost", None),
        ("https://", None),
        ("javascript://x.kg/", None),
        ("https://a b.kg", None),
        ("https://a.kg:99999/", None),
    ],
)
def test_an_address_is_one_that_telegram_keeps(url, kept):
    assert link_address(url) == kept


def test_the_limit_is_counted_after_parsing_in_utf16_units():
    assert utf16_length(parsed(f"<b>{'ө' * 4096}</b>").text) == 4096
    assert utf16_length(parsed("👍" * 2048).text) == 4096
    for text in ("ө" * 4097, "👍" * 2048 + "x"):
        with pytest.raises(Refused, match="message is too long"):
            parsed(text)


def test_more_entities_than_telegram_keeps_are_refused():
    with pytest.raises(Refused, match="more than 100 entities"):
        parsed("<b>a</b> " * 101)


def test_what_people_type_is_found_in_it():
    text = "👍 /ask@kenesh_demo_bot @aigerim_demo #кеңеш https://a.kg/b?c. kg.com x@y.kg +996 312 123456, 1/2 a/b"

    assert kinds(Formatted(text, tuple(found_in(text)))) == [
        ("bot_command", "/ask@kenesh_demo_bot"),
        ("mention", "@aigerim_demo"),
        ("hashtag", "#кеңеш"),
        ("url", "https://a.kg/b?c"),
        ("url", "kg.com"),
        ("email", "x@y.kg"),
        ("phone_number", "+996 312 123456"),
    ]


def test_nothing_is_found_in_code_or_in_a_link():
    done = parsed('<code>/start</code> <a href="https://a.kg/">@somebody</a> <b>/ask</b>')

    assert [kind for kind, _ in kinds(done)] == ["code", "text_link", "bold", "bot_command"]


def test_settling_twice_changes_nothing():
    once = parsed("<b> ө </b>\n<i>x</i> https://a.kg \n")

    assert settled(once) == once


MARKED = st.text(alphabet="<>/&;\"'= \nabiptg-smөж👍#@.1", max_size=60)


@settings(max_examples=400, deadline=None)
@given(MARKED)
def test_any_text_is_parsed_or_refused_and_entities_stay_inside(html):
    try:
        done = parsed(html)
    except Refused:
        return
    end = utf16_length(done.text)
    for entity in done.entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= end
        assert slice_of(done.text, entity).strip()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_what_is_escaped_arrives_as_it_was_typed(text):
    assert parsed(escape(text)) == settled(Formatted(text))
