"""Everything wrong with the guide, with file and line: `problems(folder)`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from bot.domain.guide import Article, Kind
from bot.domain.ids import Language, Slug
from bot.guide import files, letters, markup, pictures, prose, readers
from bot.guide.articles import article
from bot.guide.facts import Facts, mentions
from bot.guide.files import ArticleFile, Outline, Unreadable
from bot.guide.problems import Problem, Weight

LEAD_MOST = 600
ASKED_LEAST = 12
SHORT_MOST = 31  # of a button's 34 on a telephone of 360 px, three are for its number or arrow
NEXT = range(2, 4)

_HEADING = re.compile(r"^(#+)\s+(.*)$", re.MULTILINE)

Pair = Mapping[Language, ArticleFile]


def problems(folder: Path, today: date | None = None, older_than: date | None = None) -> list[Problem]:
    """All problems of a guide's folder, errors, warnings and notes, in the order of files and lines.

    Facts are past their `valid_until` on `today`; without it that is not asked. Facts are old before `older_than`,
    or before the guide's own `old_before`."""
    outline, found = files.read_outline(folder / "outline.toml")
    facts, more = Facts.read(folder)
    found += more
    texts: list[ArticleFile] = []
    for path in files.article_paths(folder):
        try:
            texts.append(files.read(path))
        except Unreadable as error:
            found += error.problems
    built: dict[Path, Article] = {}
    for file in texts:
        found += _of_file(file, facts, outline)
        try:
            built[file.path] = article(file, facts)
        except Unreadable as error:
            found += error.problems
        else:
            found += _of_article(file, built[file.path])
    found += _of_pairs(texts, built, folder, outline)
    found += pictures.problems(folder, facts, texts)
    found += _asked_twice(texts)
    found += _unused(texts, facts, pictures.quoted(folder))
    found += _aged(texts, facts, today, older_than or facts.old_before)
    found += _spelling(texts, facts, folder)
    return sorted(set(found))


def _of_file(file: ArticleFile, facts: Facts, outline: Outline) -> Iterator[Problem]:
    yield from _place(file, outline)
    yield from _front(file, outline)
    yield from prose.problems(file, facts.citations.values())
    for number, line in enumerate(file.text.split("\n"), file.text_line):
        for target in prose.links(line):
            if target.startswith("guide:") and target.removeprefix("guide:") not in outline.slugs():
                yield Problem(file.path, number, f"link to {target}, which is not in the outline")


def _place(file: ArticleFile, outline: Outline) -> Iterator[Problem]:
    section = outline.section_of(file.slug)
    if section is None:
        yield Problem(file.path, 1, f"{file.slug} is not in the outline")
    elif section != file.section:
        yield Problem(file.path, 1, f"{file.slug} belongs to section {section}")


def _front(file: ArticleFile, outline: Outline) -> Iterator[Problem]:
    front = file.front
    if front.kind is Kind.LAW and not front.citations:
        yield file.problem("citations", "kind law needs a citation")
    if len(front.short) > SHORT_MOST:
        yield file.problem("short", f"{len(front.short)} characters; at most {SHORT_MOST} fit on a button")
    for name, count in Counter(front.citations).items():
        if count > 1:
            yield file.problem("citations", f"{name} stands twice")
    if len(front.next) not in NEXT or len(set(front.next)) < len(front.next):
        yield file.problem("next", "two or three different articles follow")
    for slug in front.next:
        if slug == file.slug:
            yield file.problem("next", "an article does not follow itself")
        elif slug not in outline.slugs():
            yield file.problem("next", f"{slug} is not in the outline")
    if len(front.asked) < ASKED_LEAST:
        yield file.problem("asked", f"{len(front.asked)} questions; at least {ASKED_LEAST} are needed")
    for question, count in Counter(map(_bare, front.asked)).items():
        if count > 1:
            yield file.problem("asked", f"asked twice: {question}")


def _of_article(file: ArticleFile, built: Article) -> Iterator[Problem]:
    lead = len(markup.plain(built.lead))
    if not lead:
        yield Problem(file.path, file.text_line, "no lead before the first heading")
    elif lead > LEAD_MOST:
        yield Problem(file.path, file.text_line, f"the lead has {lead} characters with its facts; at most {LEAD_MOST}")
    for signer, mark in ((readers.Signer.LANGUAGE, built.language_mark), (readers.Signer.LAWYER, built.lawyer_mark)):
        if mark.by and not readers.stands(mark, built):
            key = f"read.{signer}"
            message = f"the mark of {mark.by} has fallen: the text is {built.text_hash} now"
            yield Problem(file.path, file.keys.get(key, 1), message, Weight.NOTE)


def _of_pairs(
    texts: Iterable[ArticleFile], built: Mapping[Path, Article], folder: Path, outline: Outline
) -> Iterator[Problem]:
    """Both languages of an article say the same in the same order."""
    pairs: dict[tuple[str, Slug], dict[Language, ArticleFile]] = {}
    for file in texts:
        pairs.setdefault((file.section, file.slug), {})[file.language] = file
    for pair in pairs.values():
        if len(pair) == 1:
            ((language, file),) = pair.items()
            other = Language.RU if language is Language.KY else Language.KY
            if not file.path.with_name(f"{file.slug}.{other}.md").exists():
                yield Problem(file.path, 1, f"there is no {file.slug}.{other}.md beside it")
        else:
            yield from _differences(pair)
            yield from _lines_differ(pair, built)
    written = {slug for _, slug in pairs}
    for slug in outline.slugs():
        if slug not in written:
            yield Problem(folder / "outline.toml", 1, f"{slug} is not written yet", Weight.NOTE)


def _differences(pair: Pair) -> Iterator[Problem]:
    """What differs is reported at the Kyrgyz file; either of the two may be the one to change."""
    ky, ru = pair[Language.KY], pair[Language.RU]
    for key in ("kind", "next", "as_of", "picture"):
        mine, theirs = getattr(ky.front, key), getattr(ru.front, key)
        if mine != theirs:
            yield ky.problem(key, f"{key} differs: {_shown(mine)} in ky, {_shown(theirs)} in ru")
    for key in ("readers", "citations"):
        mine, theirs = set(getattr(ky.front, key)), set(getattr(ru.front, key))
        if mine != theirs:
            yield ky.problem(key, f"{key} differ: {_only(mine, theirs)}")
    my_levels, their_levels = ([len(sign) for sign, _ in _HEADING.findall(file.text)] for file in (ky, ru))
    if my_levels != their_levels:
        yield Problem(
            ky.path, ky.text_line, f"{len(my_levels)} headings in ky, {len(their_levels)} in ru, or other levels"
        )
    for what, found in (
        ("facts", [{mention.name for mention in mentions(file.text)} for file in (ky, ru)]),
        ("links", [set(prose.links(file.text)) for file in (ky, ru)]),
    ):
        if found[0] != found[1]:
            yield Problem(ky.path, ky.text_line, f"{what} differ: {_only(*found)}")
    if my_levels == their_levels:
        yield from _order_differs(ky, ru)


def _order_differs(ky: ArticleFile, ru: ArticleFile) -> Iterator[Problem]:
    """Headings are words of two languages; that they stand in the same order is seen by what stands under them."""
    for place, (mine, theirs) in enumerate(zip(_chapters(ky), _chapters(ru), strict=True)):
        where = f"chapter {place}" if place else "the lead"
        for what, found in (
            ("facts", [{mention.name for mention in mentions(text)} for _, text in (mine, theirs)]),
            ("links", [set(prose.links(text)) for _, text in (mine, theirs)]),
        ):
            if found[0] != found[1]:
                yield Problem(ky.path, mine[0], f"{what} of {where} differ: {_only(*found)}")


def _chapters(file: ArticleFile) -> list[tuple[int, str]]:
    """The lead and each chapter with its heading: the line on which it begins, and its text."""
    begins = [0, *(match.start() for match in _HEADING.finditer(file.text)), len(file.text)]
    return [(file.text_line + file.text[:begin].count("\n"), file.text[begin:end]) for begin, end in pairwise(begins)]


def _lines_differ(pair: Pair, built: Mapping[Path, Article]) -> Iterator[Problem]:
    """A paragraph or a list line left out in one language; a note, for a translation may join two."""
    ky = pair[Language.KY]
    both = [built.get(pair[language].path) for language in (Language.KY, Language.RU)]
    mine, theirs = (_lines(one) if one else [] for one in both)
    if len(mine) != len(theirs):
        return
    for place, (here, there) in enumerate(zip(mine, theirs, strict=True)):
        if here != there:
            where = f"chapter {place}" if place else "the lead"
            message = f"{where} has {here} paragraphs and list lines in ky, {there} in ru"
            yield Problem(ky.path, ky.text_line, message, Weight.NOTE)


def _lines(one: Article) -> list[int]:
    """How many lines of text stand in the lead and in each chapter."""
    parts = [one.lead, *("\n".join(chapter.blocks) for chapter in one.chapters)]
    return [sum(bool(line) for line in part.split("\n")) for part in parts]


def _asked_twice(texts: Iterable[ArticleFile]) -> Iterator[Problem]:
    """The same question in two articles of one language can have one right answer only."""
    first: dict[tuple[Language, str], ArticleFile] = {}
    for file in texts:
        for question in dict.fromkeys(map(_bare, file.front.asked)):
            other = first.setdefault((file.language, question), file)
            if other is not file:
                yield file.problem("asked", f"{question!r} is asked in {other.slug} too")


def _unused(texts: Iterable[ArticleFile], facts: Facts, drawn: set[str]) -> Iterator[Problem]:
    quoted = {name for file in texts for name in _quoted(file)}
    cited = {name for file in texts for name in file.front.citations}
    cited |= {quote.citation.name for fact in facts.facts.values() for quote in fact.quotes}
    for fact in facts.facts.values():
        if fact.name not in quoted | drawn:
            yield Problem(fact.file, fact.at, f"no article quotes {fact.name}", Weight.NOTE)
    for name in facts.citations:
        if name not in cited:
            yield Problem(*facts.cited_at[name], f"nothing rests on citation {name}", Weight.NOTE)


def _quoted(file: ArticleFile) -> set[str]:
    return {mention.name for mention in mentions(file.front.title + "\n" + file.text)}


def _aged(texts: Iterable[ArticleFile], facts: Facts, today: date | None, older_than: date | None) -> Iterator[Problem]:
    """Facts that somebody should look at again, with the articles that quote them."""
    quoting: dict[str, set[str]] = {}
    for file in texts:
        for name in _quoted(file):
            quoting.setdefault(name, set()).add(file.slug)
    for fact in facts.facts.values():
        where = ", ".join(sorted(quoting.get(fact.name, ()))) or "no article"
        if today is not None and fact.past(today):
            message = f"{fact.name} was valid until {fact.valid_until}; quoted in {where}"
            yield Problem(fact.file, fact.at, message, Weight.WARNING)
        elif older_than is not None and fact.older_than(older_than):
            message = f"{fact.name} is as of {fact.as_of}, older than {older_than}; quoted in {where}"
            yield Problem(fact.file, fact.at, message, Weight.WARNING)


def _sayings(facts: Facts) -> Iterator[tuple[Path, int, Language, str]]:
    """The words of facts and citations, with the place where they stand."""
    for fact in facts.facts.values():
        for quote in fact.quotes:
            value = quote.value
            if isinstance(value, Mapping):
                yield from ((fact.file, fact.at, language, value[language]) for language in Language)
    for name, citation in facts.citations.items():
        for language in Language:
            for words in (citation.act[language], citation.edition[language]):
                yield (*facts.cited_at[name], language, words)


def _spelling(texts: Iterable[ArticleFile], facts: Facts, folder: Path) -> Iterator[Problem]:
    """Kyrgyz without its own letters, in articles, facts and citations; in facts and citations also what no words may
    have."""
    bodies = [(file, prose.lines(file.text, file.text_line)) for file in texts if file.language is Language.KY]
    written = [line.prose for _, body in bodies for line in body] + [file.front.title for file, _ in bodies]
    vocabulary = letters.Vocabulary.of(written, letters.glossary_words(folder / "glossary.csv"))
    for file, body in bodies:
        for complaint in vocabulary.complaints(file.front.title):
            yield file.problem("title", complaint)
        for line in body:
            for complaint in vocabulary.complaints(line.prose):
                yield Problem(file.path, line.number, complaint)
    for path, number, language, words in _sayings(facts):
        for complaint in [*prose.of_words(words), *(vocabulary.complaints(words) if language is Language.KY else ())]:
            yield Problem(path, number, f"{complaint} in «{words}»")
        if words.count("«") != words.count("»"):
            yield Problem(path, number, f"« and » are not equal in «{words}»")


def _bare(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.lower()))


def _only(mine: set[str], theirs: set[str]) -> str:
    sides = (("only in ky", mine - theirs), ("only in ru", theirs - mine))
    return "; ".join(f"{side}: {', '.join(sorted(names))}" for side, names in sides if names)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
