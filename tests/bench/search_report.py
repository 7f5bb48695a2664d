"""How well the guide finds: `python -m tests.bench.search_report QUESTIONS.csv …`.

A file has columns id, lang, style, question, slugs (several with | between, `none` for what is not ours). Only
questions of articles that exist are counted; the rest are told apart at the end, for them silence is right.
Where a column `half` says `test`, the question is counted and never shown: nobody mends the search by what is hidden."""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter, thread_time

from bot.domain.guide import Finding
from bot.domain.ids import Language, Slug
from bot.guide.articles import Library
from bot.guide.search import Search

GUIDES = Path(__file__).parents[2] / "guides"
HEAD = f"{'':18}{'in':>5}{'first':>8}{'three':>8}{'self':>8}{'right':>8}{'missed':>8} |{'out':>5}{'silent':>8}{'nothing':>8}"

LEGEND = """
first, three: the right article is the first match, among three; self: answered without a person; right: of those;
missed: nothing right answered or offered; silent: not answered; nothing: not even offered"""


@dataclass(frozen=True, slots=True)
class Row:
    """A question of the file and what the guide made of it."""

    language: Language
    style: str
    question: str
    slugs: frozenset[Slug]
    finding: Finding
    seconds: float  # of the processor, for other people's work on the machine is not ours
    hidden: bool = False

    def counts(self) -> Iterator[str]:
        """The names of the counts that this row adds one to."""
        finding, matched = self.finding, [match.slug for match in self.finding.matches[:3]]
        if not self.slugs:
            yield "out"
            yield from ["silent"] * (finding.answer is None)
            yield from ["nothing"] * (finding.answer is None and not finding.offered)
            return
        yield "in"
        yield from ["first"] * (bool(matched) and matched[0] in self.slugs)
        yield from ["three"] * (not self.slugs.isdisjoint(matched))
        yield from ["self"] * (finding.answer is not None)
        yield from ["right"] * (finding.answer in self.slugs)
        shown = {finding.answer, *(match.slug for match in finding.offered)}
        yield from ["missed"] * self.slugs.isdisjoint(shown)


def rows(search: Search, file: Path) -> Iterator[Row]:
    """Every question of a file, asked."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            language = Language(line["lang"])
            slugs = frozenset(Slug(slug) for slug in line["slugs"].split("|") if slug != "none")
            begun = thread_time()
            finding = search.find(line["question"], language)
            hidden = line.get("half") == "test"
            yield Row(language, line["style"], line["question"], slugs, finding, thread_time() - begun, hidden)


def table(asked: Sequence[Row]) -> Iterable[str]:
    """A line for each language, under it one for the hidden part if there is one, and one for each style."""
    yield HEAD
    for language in Language:
        own = [row for row in asked if row.language is language]
        yield _line(language, own)
        if hidden := [row for row in own if row.hidden]:
            yield _line("  (hidden half)", hidden)
        for style in sorted({row.style for row in own}):
            yield _line(f"  {style}", [row for row in own if row.style == style])


def _line(name: str, asked: Iterable[Row]) -> str:
    count = Counter(name for row in asked for name in row.counts())
    inside = "".join(_part(count[key], count["in"]) for key in ("first", "three", "self"))
    right = _part(count["right"], count["self"])
    outside = "".join(_part(count[key], count["out"]) for key in ("silent", "nothing"))
    return f"{name:18}{count['in']:5}{inside}{right}{_part(count['missed'], count['in'])} |{count['out']:5}{outside}"


def _part(count: int, of: int) -> str:
    return f"{count / of:8.1%}" if of else f"{'—':>8}"


def report(search: Search, file: Path) -> Iterator[str]:
    """The whole report, line by line."""
    asked = list(rows(search, file))
    exist = set(search.index.slugs)
    counted = [row for row in asked if not row.slugs or row.slugs & exist]
    unwritten = [row for row in asked if row.slugs and not row.slugs & exist]
    yield from table(counted)
    if unwritten:
        answered = [row for row in unwritten if row.finding.answer]
        yield f"articles not written yet: {len(unwritten)} questions, {len(answered)} answered by another article"
    for row in counted:
        if row.finding.answer and row.finding.answer not in row.slugs and not row.hidden:
            yield f"wrong and sure: {row.question!r} → {row.finding.answer} ({row.finding.matches[0].score})"
    if len(asked) > 1:
        parts = quantiles([row.seconds * 1000 for row in asked], n=20)
        yield f"processor time of a question: median {parts[9]:.1f} ms, 95 % within {parts[18]:.1f} ms"


def main(files: Sequence[Path]) -> None:
    """Print the report of each file and how long the index took."""
    library = Library.load(GUIDES)
    begun = perf_counter()
    search = Search.build(library)
    built = perf_counter() - begun
    print(f"{len(library.by_name)} articles, index built in {built:.2f} s")
    for file in files:
        print(f"\n{file.name}")
        for line in report(search, file):
            print(line)
    print(LEGEND)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
