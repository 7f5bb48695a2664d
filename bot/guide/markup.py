"""Markdown of the guide → Telegram HTML, and the cutting of an article into messages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING

from bot.domain.guide import Article, Chapter
from bot.domain.ids import Slug

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode as Node

FOLDED_FROM = 500  # UTF-16 units: a longer quote is shown folded
PAGE_LIMIT = 3500  # leaves room for title and foot under Telegram's 4,096

_TAG = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"<[^>]*>|&[^;\s]+;|[^<&]")
_CHUNK = re.compile(r"\s+|(?:<[^>]*>|&[^;\s]+;|[^<&\s])+")
_EXAMPLE = re.compile(r"\{\{\s*/?example\s*\}\}")
_OPENS = re.compile(r"^\s*\{\{\s*example\s*\}\}\s*$")
_CLOSES = re.compile(r"^\s*\{\{\s*/example\s*\}\}\s*$")
_GUIDE_LINK = re.compile(r'<a href="guide:([^"]*)">(.*?)</a>', re.DOTALL)
_STYLE = {"strong": "b", "em": "i"}


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text: the lead's blocks, then chapters."""

    lead: tuple[str, ...]
    chapters: tuple[Chapter, ...]


@cache
def markdown() -> "MarkdownIt":
    """The one parser: CommonMark without HTML. Built once, imported when first needed, for it is slow to import."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def body(text: str) -> Body:
    """Parse an article's text; placeholders stay as they are."""
    from markdown_it.tree import SyntaxTreeNode

    lead: list[str] = []
    chapters: list[tuple[str, list[str]]] = []
    for node in SyntaxTreeNode(markdown().parse(quoted_examples(text))).children:
        if node.type == "heading":
            chapters.append((_words(node), []))
        elif html := _block(node):
            (chapters[-1][1] if chapters else lead).append(html)
    return Body(tuple(lead), tuple(Chapter(heading, tuple(blocks)) for heading, blocks in chapters))


def quoted_examples(text: str) -> str:
    """{{example}} … {{/example}} on lines of their own make a quote, inside a line they fall; line numbers stay."""
    if "example" not in text:
        return text
    lines, inside = [], False
    for line in text.split("\n"):
        if _OPENS.match(line) or _CLOSES.match(line):
            inside = bool(_OPENS.match(line))
            lines.append("")
        else:
            lines.append(("> " if inside else "") + _EXAMPLE.sub("", line))
    return "\n".join(lines)


def _block(node: "Node", inside_quote: bool = False) -> str:
    match node.type:
        case "bullet_list" | "ordered_list":
            return "\n".join(_items(node))
        case "blockquote":
            html = "\n".join(filter(None, (_block(child, inside_quote=True) for child in node.children)))
            if inside_quote or not html:
                return html
            return f"<blockquote{' expandable' if length(html) > FOLDED_FROM else ''}>{html}</blockquote>"
        case "fence" | "code_block":
            text = escape(node.content.rstrip("\n"), quote=False)
            return text if inside_quote else f"<pre>{text}</pre>"
        case "hr":
            return ""
        case "heading":
            return f"<b>{_words(node)}</b>"
        case _:
            return _inline(node).strip()


def _items(node: "Node", indent: str = "") -> list[str]:
    """A list as lines: "• " or "1. ", what is nested set in by four spaces."""
    number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    lines = []
    for place, item in enumerate(node.children):
        sign = "• " if number is None else f"{number + place}. "
        for child in item.children:
            if child.type in ("bullet_list", "ordered_list"):
                lines += _items(child, indent + "    ")
            else:
                lines.append(indent + sign + _block(child, inside_quote=True))
                sign = "    "
        if not item.children:
            lines.append((indent + sign).rstrip())
    return lines


def _inline(node: "Node", open_tags: frozenset[str] = frozenset()) -> str:
    """Text with bold, italics, links and code; a tag inside its like, and any tag inside code, is not written."""
    return "".join(_span(child, open_tags) for child in node.children)


def _span(node: "Node", open_tags: frozenset[str]) -> str:
    match node.type:
        case "text":
            return escape(node.content, quote=False)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "strong" | "em":
            return _wrapped(node, _STYLE[node.type], "", open_tags)
        case "link":
            address = str(node.attrs.get("href", ""))
            if not is_address(address):
                return _inline(node, open_tags)
            return _wrapped(node, "a", f' href="{escape(address)}"', open_tags)
        case "code_inline":
            text = escape(node.content, quote=False)
            return text if open_tags else f"<code>{text}</code>"
        case "image":
            return escape(node.content, quote=False)
        case _:
            return _inline(node, open_tags)


def _wrapped(node: "Node", tag: str, attributes: str, open_tags: frozenset[str]) -> str:
    html = _inline(node, open_tags | {tag})
    return html if tag in open_tags or not html.strip() else f"<{tag}{attributes}>{html}</{tag}>"


def _words(node: "Node") -> str:
    return _TAG.sub("", _inline(node)).strip()


def is_address(href: str) -> bool:
    """What a link of the guide may point at: the web, or another article as guide:slug."""
    return href.startswith(("https://", "http://", "guide:"))


def plain(html: str) -> str:
    """Telegram HTML as the words a person sees."""
    return unescape(_TAG.sub("", html))


def length(html: str) -> int:
    """The length Telegram counts: UTF-16 units after entities are parsed."""
    return len(plain(html).encode("utf-16-le")) // 2


def with_links(html: str, address: Callable[[Slug], str | None]) -> str:
    """Links between articles made real; where there is no address the words stay without a link."""

    def link(match: re.Match[str]) -> str:
        href = address(Slug(match[1]))
        return match[2] if href is None else f'<a href="{escape(href)}">{match[2]}</a>'

    return _GUIDE_LINK.sub(link, html)


def pages(article: Article, limit: int = PAGE_LIMIT) -> tuple[str, ...]:
    """The lead and the chapters as messages: split at headings, then blocks; inside a block only if it is too long.

    No page is over the limit as Telegram counts it; each is whole HTML; a heading never ends a page."""
    done: list[str] = []
    page = ""
    for parts in _chapters(article):
        whole = "\n\n".join(parts)
        for part in [whole] if length(whole) <= limit else parts:
            for piece in split(part, limit):
                joined = f"{page}\n\n{piece}" if page else piece
                if length(joined) > limit:
                    done.append(page)
                    joined = piece
                page = joined
    return (*done, page)


def _chapters(article: Article) -> Iterable[list[str]]:
    if article.lead:
        yield [article.lead]
    for chapter in article.chapters:
        first, *others = chapter.blocks or ("",)
        yield [f"<b>{chapter.heading}</b>\n{first}".rstrip(), *others]


def split(html: str, limit: int) -> list[str]:
    """Cut HTML that is too long between words (a word over the limit is cut too), closing and reopening its tags."""
    if length(html) <= limit:
        return [html]
    pieces: list[str] = []
    opened: list[str] = []
    current, size = "", 0
    for chunk in _chunks(html, limit):
        if size and size + length(chunk) > limit:
            pieces.append(current.rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(opened)))
            current, size = "".join(opened), 0
        if not size and chunk.isspace():
            continue
        current += chunk
        size += length(chunk)
        for tag in _TAG.findall(chunk):
            if tag.startswith("</"):
                opened.pop()
            else:
                opened.append(tag)
    return [*pieces, current] if size else pieces


def _chunks(html: str, limit: int) -> Iterable[str]:
    """Words with the tags that touch them, and the spaces between; a word over the limit in tags and characters."""
    for chunk in _CHUNK.findall(html):
        if length(chunk) <= limit:
            yield chunk
        else:
            yield from _SIGN.findall(chunk)


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]
