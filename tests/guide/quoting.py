"""Every sentence that quotes a fact, said with ten values, beside what a person has approved.

Two kinds of tables lie in `approved/`. `forms.<language>.txt` holds each quoted form of each unit with all ten values.
`<section>.<language>.txt` holds each quoting sentence once; where a fact stands, it shows the phrase for 1, 5 and 21
(or three of ten dates). Together they tell how every sentence reads with each of the ten values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

from bot.domain.ids import Language
from bot.guide import files, markup
from bot.guide.facts import PLACEHOLDER, Fact, Facts, Quote, Value, sentences

NUMBERS = (1, 2, 5, 6, 10, 21, 30, 33, 40, 100)
DATES = (
    date(2024, 1, 1), date(2025, 2, 2), date(2027, 3, 5), date(2028, 4, 6), date(2030, 5, 10),
    date(2021, 6, 21), date(2023, 7, 30), date(2026, 8, 3), date(2029, 10, 14), date(2033, 12, 31),
)  # fmt: skip
MONTHS = ("2024-01", "2025-03", "2027-05", "2028-06", "2030-07", "2021-08", "2023-09", "2026-10", "2029-11", "2033-12")
SHOWN = (0, 2, 5)  # the places of 1, 5 and 21
APPROVED = Path(__file__).parent / "approved"
ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "guides"

_HOLE = re.compile(r"‹[^›]*›")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that quotes facts, as HTML with its placeholders."""

    slug: str
    html: str


def quoting(folder: Path) -> Mapping[tuple[str, Language], list[Sentence]]:
    """Every sentence that quotes a fact, titles and headings too, by section and language, in the order of files."""
    found: dict[tuple[str, Language], list[Sentence]] = {}
    for path in files.article_paths(folder):
        section, language, rows = _of_file(path, path.read_bytes())
        found.setdefault((section, language), []).extend(rows)
    return found


@cache
def _of_file(path: Path, _content: bytes) -> tuple[str, Language, list[Sentence]]:
    """The quoting sentences of one file, each once; remembered as long as its content is the same."""
    file = files.read(path)
    body = markup.body(file.text)
    parts = [escape(file.front.title, quote=False), *body.lead]
    parts += [part for chapter in body.chapters for part in (chapter.heading, *chapter.blocks)]
    rows = [Sentence(file.slug, html.strip()) for part in parts for html in sentences(part) if PLACEHOLDER.search(html)]
    return file.section, file.language, list(dict.fromkeys(rows))


def at(facts: Facts, place: int) -> Facts:
    """The same facts, each set to one of the ten values; words stay as they are."""
    return replace(facts, facts={name: _set(fact, place) for name, fact in facts.facts.items()})


def _set(fact: Fact, place: int) -> Fact:
    quotes = tuple(Quote(_value(quote.value, fact.unit, place), quote.citation) for quote in fact.quotes)
    return replace(fact, quotes=quotes)


def _value(value: Value, unit: str, place: int) -> Value:
    match unit:
        case "date":
            return DATES[place]
        case "month":
            return MONTHS[place]
        case "year":
            return DATES[place].year
        case "text":
            return value
    return (1, NUMBERS[place]) if isinstance(value, tuple) else NUMBERS[place]


def phrases(facts: Facts, folder: Path, language: Language) -> Mapping[str, tuple[str, ...]]:
    """Each quoted form with its ten values, under the name it has in the table of forms."""
    ten = [at(facts, place) for place in range(len(NUMBERS))]
    found: dict[str, tuple[str, ...]] = {}
    for (_, tongue), rows in quoting(folder).items():
        if tongue is language:
            for row in rows:
                for match in PLACEHOLDER.finditer(row.html):
                    name = title(facts, match[1], match[2])
                    if name not in found:
                        found[name] = tuple(one.say(match[1], match[2], language) for one in ten)
    return dict(sorted(found.items()))


def title(facts: Facts, name: str, form: str) -> str:
    """How a form is called in the table: by its unit; a range, a text and several values by the fact itself."""
    fact = facts.facts[name]
    plain = len(fact.quotes) == 1 and fact.unit != "text" and not isinstance(fact.quotes[0].value, tuple)
    return f"{fact.unit}|{form}" if plain else f"{fact.unit}|{form} ({name})"


def table_of_forms(facts: Facts, folder: Path, language: Language) -> str:
    """The text of `forms.<language>.txt`."""
    lines = []
    for name, ten in phrases(facts, folder, language).items():
        lines.append(f"{name}: {'; '.join(ten if len(set(ten)) > 1 else ten[:1])}")
    return "\n".join(lines) + "\n"


def table_of_sentences(facts: Facts, rows: list[Sentence], language: Language) -> str:
    """The text of `<section>.<language>.txt`."""
    shown = [at(facts, place) for place in SHOWN]

    def hole(match: re.Match[str]) -> str:
        three = dict.fromkeys(one.say(match[1], match[2], language) for one in shown)
        return f"‹{' | '.join(three)}›"

    lines, slug = [], ""
    for row in rows:
        if row.slug != slug:
            slug = row.slug
            lines.append(f"# {slug}")
        lines.append(one_line(PLACEHOLDER.sub(hole, row.html)))
    return "\n".join(lines) + "\n"


def one_line(html: str) -> str:
    """The words of a sentence on one line."""
    return " ".join(markup.plain(html).replace("\n", " ").split(" ")).strip()


def tables(facts: Facts, folder: Path) -> Mapping[str, str]:
    """Every table by the name of its file."""
    found = {f"forms.{language}.txt": table_of_forms(facts, folder, language) for language in Language}
    for (section, language), rows in quoting(folder).items():
        found[f"{section}.{language}.txt"] = table_of_sentences(facts, rows, language)
    return found


def differences(facts: Facts, folder: Path, approved: Mapping[str, str]) -> Iterator[str]:
    """What is said otherwise than approved: a form, a sentence, or a sentence with one of the ten values."""
    forms = {language: _read_forms(approved.get(f"forms.{language}.txt", "")) for language in Language}
    for language in Language:
        said = phrases(facts, folder, language)
        yield from _unequal(f"forms.{language}.txt", forms[language], said)
    ten = [at(facts, place) for place in range(len(NUMBERS))]
    for (section, language), rows in quoting(folder).items():
        file = f"{section}.{language}.txt"
        lines = [line for line in approved.get(file, "").split("\n") if line and not line.startswith("# ")]
        said_lines = [
            line for line in table_of_sentences(facts, rows, language).split("\n") if line[:2] not in ("", "# ")
        ]
        for line in [line for line in said_lines if line not in lines]:
            yield f"{file}: not approved: {line}"
        for line in [line for line in lines if line not in said_lines]:
            yield f"{file}: approved but not said: {line}"
        if len(lines) != len(said_lines):
            continue
        for row, line, said_line in zip(rows, lines, said_lines, strict=True):
            if _HOLE.sub("‹›", line) != _HOLE.sub("‹›", said_line):
                continue
            for place, one in enumerate(ten):
                wanted = _filled(line, row, facts, forms[language], place)
                if (told := one_line(one.fill(row.html, language))) != wanted:
                    yield f"{file}: with {NUMBERS[place]}: {told} (approved: {wanted})"


def _filled(line: str, row: Sentence, facts: Facts, forms: Mapping[str, tuple[str, ...]], place: int) -> str:
    """An approved sentence with the approved phrases of one value in its holes."""
    names = iter(title(facts, match[1], match[2]) for match in PLACEHOLDER.finditer(row.html))

    def phrase(_: re.Match[str]) -> str:
        ten = forms.get(next(names), ("?",))
        return ten[place] if len(ten) > 1 else ten[0]

    return _HOLE.sub(phrase, line)


def _read_forms(text: str) -> Mapping[str, tuple[str, ...]]:
    rows = (line.partition(": ") for line in text.split("\n") if line)
    return {name: tuple(ten.split("; ")) if not name.startswith("text|") else (ten,) for name, _, ten in rows}


def _unequal(file: str, approved: Mapping[str, tuple[str, ...]], said: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for name, ten in said.items():
        told = ten if len(set(ten)) > 1 else ten[:1]
        if approved.get(name) != told:
            yield f"{file}: {name}: {'; '.join(told)} (approved: {'; '.join(approved.get(name, ()))})"
    for name in approved.keys() - said.keys():
        yield f"{file}: {name}: approved but quoted nowhere"


def read_approved(folder: Path = APPROVED) -> Mapping[str, str]:
    """Every approved table by the name of its file."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
