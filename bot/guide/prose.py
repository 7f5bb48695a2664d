"""What one article's text may not have: each rule looks at lines and names the line."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.domain.guide import Citation, Kind
from bot.guide.facts import PLACEHOLDER
from bot.guide.files import ArticleFile
from bot.guide.problems import Problem

WORDS_LEAST = 250
WORDS_MOST = 700

_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_BARE_ADDRESS = re.compile(r"<?https?://[^\s>]+>?")
_EXAMPLE_INSIDE = re.compile(r"\{\{\s*example\s*\}\}.*?\{\{\s*/example\s*\}\}")
_EXAMPLE_OPENS = re.compile(r"\{\{\s*example\s*\}\}")
_EXAMPLE_CLOSES = re.compile(r"\{\{\s*/example\s*\}\}")
_GLUED_BEFORE = re.compile(r"[\w%]\{\{(?!\s*/?example)|\w-\{\{(?!\s*/?example)")
_GLUED_AFTER = re.compile(r"(?<!example)\}\}(?:[\w%]|-\w)")
_ORDINAL = re.compile(r"^\s*(?:>\s*)*\d+[.)]\s")
_QUOTA_NAME = re.compile(r"[Кк]вот\w*\s+30\s?%|30\s?%\s+(?:\w+\s+)?квота\w*", re.IGNORECASE)
_DOMAIN = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(
    rf"\b{_YEAR}(?:(?:\s*[–,]\s*|\s+(?:и|или|по|жана|же|менен)\s+){_YEAR})*(?=\s*(?:год|гг?\.|-?\s?жыл))"
)
_YEARS_IN_HEADING = re.compile(rf"\b{_YEAR}\b")
_EXAMPLE_HEADING = re.compile(r"##\s+(?:Пример|Мисал)")
_ACT_NUMBER = re.compile(r"№\s*(\d[\d/-]*)(?:-\w+)?")
_ARTICLE_NUMBER = re.compile(
    r"(?:стать\w+|ст\.|пункт\w*|п\.)\s*(\d[\d.-]*\d|\d)|(\d[\d.-]*\d|\d)-(?:берене|статья|пункт)\w*"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04FF]")
_HTML = re.compile(r"<(?!https?://)/?[A-Za-z!][^>]*>?")
_TABLE = re.compile(r"^\s*\||^\s*:?-{2,}:?\s*\|")
_WRONG_HEADING = re.compile(r"^#(?!#)\s|^#{3,}\s|^#+[^#\s]|^ {1,3}#+\s")
_UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{2,})\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: as written, and as prose without link targets and signs of markup."""

    number: int
    raw: str
    prose: str
    in_example: bool


def lines(text: str, first: int) -> list[Line]:
    """The text as lines that know whether they stand in an example."""
    found, inside = [], False
    for number, raw in enumerate(text.split("\n"), first):
        if inside and _EXAMPLE_CLOSES.search(raw):
            inside = False
            found.append(Line(number, raw, _prose(raw), True))
            continue
        if _EXAMPLE_OPENS.search(_EXAMPLE_INSIDE.sub("", raw)):
            inside = True
        found.append(Line(number, raw, _prose(raw), inside))
    return found


def _prose(raw: str) -> str:
    return _BARE_ADDRESS.sub("", _LINK.sub(r"\1", raw)).replace("**", "")


def links(text: str) -> list[str]:
    """Where the links of a text lead, in order."""
    return [match[2] for match in _LINK.finditer(text)] + [
        match.strip("<>") for match in _BARE_ADDRESS.findall(_LINK.sub("", text))
    ]


def words(text: str) -> int:
    """How many words a reader reads; a placeholder counts as two."""
    prose = PLACEHOLDER.sub(" a b ", _EXAMPLE_CLOSES.sub(" ", _EXAMPLE_OPENS.sub(" ", _prose(text))))
    return sum(any(letter.isalnum() for letter in word) for word in prose.split())


def problems(file: ArticleFile, citations: Iterable[Citation]) -> Iterator[Problem]:
    """Everything wrong with the words of one file."""
    known = tuple(citations)
    body = lines(file.text, file.text_line)
    title = Line(file.keys.get("title", 1), file.front.title, _prose(file.front.title), in_example=False)
    for line in body:
        for message in _of_line(line):
            yield Problem(file.path, line.number, message)
    short = Line(file.keys.get("short", 1), file.front.short, _prose(file.front.short), in_example=False)
    for line in [title, short, *body]:
        for message in of_words(line.prose):
            yield Problem(file.path, line.number, message)
    bare = body if file.front.kind is Kind.PRACTICE else [title, *body]
    for line in bare:
        if found := _bare_numbers(line, known, file):
            yield Problem(file.path, line.number, f"number outside a placeholder: {', '.join(found)}")
    for key in ("keywords", "asked"):
        for word in _mixed(" ".join((file.front.keywords,) if key == "keywords" else file.front.asked)):
            yield file.problem(key, f"Latin letters inside the Cyrillic word {word}")
    yield from _unbalanced(file, [title, Line(title.number, "", "", in_example=False), *body])
    yield from _examples(file, body)
    count = words(file.text)
    if not WORDS_LEAST <= count <= WORDS_MOST:
        yield Problem(file.path, file.text_line, f"{count} words; an article has {WORDS_LEAST} to {WORDS_MOST}")


def _of_line(line: Line) -> Iterator[str]:
    seen = line.raw.replace("*", "")
    if _GLUED_BEFORE.search(seen) or _GLUED_AFTER.search(seen):
        yield "something is glued to a placeholder: use a form"
    if _HTML.search(line.raw):
        yield "HTML in Markdown"
    if _WRONG_HEADING.match(line.raw):
        yield "a heading is ## and a space, level 2 only"
    if _UNDERLINE.match(line.raw):
        yield "a line of - or = makes a heading or a rule: neither is used"
    if _TABLE.match(line.raw):
        yield "tables are not used"
    for target in links(line.raw):
        if not target.startswith(("https://", "http://", "guide:")):
            yield f"link to {target!r}: only https://, http:// and guide:slug"


def of_words(prose: str) -> Iterator[str]:
    """What is wrong with words wherever they stand: double spaces, straight quotes, letters of two alphabets."""
    if re.search(r"\S {2,}\S", prose):
        yield "double space"
    if '"' in prose:
        yield "straight quotes: use «»"
    for word in _mixed(prose):
        yield f"Latin letters inside the Cyrillic word {word}"


def _mixed(prose: str) -> list[str]:
    return [
        word for word in _LETTERS.findall(PLACEHOLDER.sub(" ", prose)) if _LATIN.search(word) and _CYRILLIC.search(word)
    ]


def _bare_numbers(line: Line, citations: tuple[Citation, ...], file: ArticleFile) -> list[str]:
    """Digits that are not in a placeholder, an example, an act's name or number, a year, an address, the
    heading of an example, or «30 % квота»."""
    if line.in_example or not any(sign.isdigit() for sign in line.prose):
        return []
    prose = PLACEHOLDER.sub(" ", _EXAMPLE_INSIDE.sub(" ", line.prose))
    for citation in citations:
        prose = prose.replace(citation.act[file.language], " ")
    numbers = {
        number for c in citations for number in re.findall(r"\d+", c.act[file.language] + c.edition[file.language])
    }
    articles = {number for c in citations for number in re.findall(r"\d[\d.-]*\d|\d", c.article)}
    prose = _ORDINAL.sub(" ", _DOMAIN.sub(" ", _QUOTA_NAME.sub(" ", prose)))
    prose = _ACT_NUMBER.sub(_allowing(lambda number: set(re.findall(r"\d+", number)) <= numbers), prose)
    prose = _ARTICLE_NUMBER.sub(_allowing(lambda number: number in articles), prose)
    prose = _YEARS.sub(" ", prose)
    if _EXAMPLE_HEADING.match(line.raw):
        return []
    if line.raw.startswith("#") or line.raw == file.front.title:
        prose = _YEARS_IN_HEADING.sub(" ", prose)
    return re.findall(r"\d(?:[\d.,]*\d)?", prose)


def _allowing(allowed: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    def keep_or_drop(match: re.Match[str]) -> str:
        number = next(group for group in match.groups() if group)
        return " " if allowed(number) else match[0]

    return keep_or_drop


def _unbalanced(file: ArticleFile, body: list[Line]) -> Iterator[Problem]:
    """«» are opened and closed within a paragraph."""
    depth, first = 0, 0
    for line in [*body, Line(0, "", "", in_example=False)]:
        if not line.prose.strip():
            if depth:
                yield Problem(file.path, first, "« without »")
            depth = 0
            continue
        first = first if depth else line.number
        for sign in line.prose:
            depth += {"«": 1, "»": -1}.get(sign, 0)
            if depth < 0:
                yield Problem(file.path, line.number, "» without «")
                depth = 0


def _examples(file: ArticleFile, body: list[Line]) -> Iterator[Problem]:
    opened = sum(len(_EXAMPLE_OPENS.findall(line.raw)) for line in body)
    closed = sum(len(_EXAMPLE_CLOSES.findall(line.raw)) for line in body)
    if opened != closed:
        yield Problem(file.path, file.text_line, f"{{{{example}}}} opened {opened} times and closed {closed} times")
