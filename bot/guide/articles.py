"""The library: every article in both languages, facts filled in, in the order of the outline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from bot.domain.guide import Article, Chapter, Checked, Citation, Picture
from bot.domain.ids import Language, Slug
from bot.guide import files, kept, markup, pictures
from bot.guide.facts import Facts, Telling, mentions
from bot.guide.files import ArticleFile, Outline, Unreadable
from bot.guide.numbers import when
from bot.guide.problems import BrokenGuide, Problem, failing
from bot.guide.sayings import sayings

HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Library:
    """The guide as read from its folder; asked by slug and language."""

    facts: Facts
    outline: Outline
    by_name: Mapping[tuple[Slug, Language], Article]
    pictures: Mapping[tuple[str, Language], Picture] = field(default_factory=dict)
    voices: Mapping[tuple[Slug, Language], Path] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "Library":
        """The whole guide, or BrokenGuide: all or nothing. Once read, it is kept beside it until a file changes."""
        mark = kept.fingerprint(files.sources(folder))
        if (library := kept.find(folder, mark, cls)) is not None:
            return library
        library, problems = cls.read(folder)
        if broken := failing(problems):
            raise BrokenGuide(broken)
        kept.keep(folder, mark, library)
        return library

    @classmethod
    def read(cls, folder: Path) -> tuple["Library", list[Problem]]:
        """The articles that can be built, and what is wrong with the others."""
        outline, problems = files.read_outline(folder / "outline.toml")
        facts, more = Facts.read(folder)
        problems += more
        found: dict[tuple[Slug, Language], Article] = {}
        for path in files.article_paths(folder):
            try:
                file = files.read(path)
                found[file.slug, file.language] = article(file, facts)
            except Unreadable as error:
                problems += error.problems
        drawn, more = pictures.read(folder / files.PICTURES, facts)
        problems += more
        return cls(facts, outline, _in_order(found, outline), drawn, files.voices(folder)), problems

    def article(self, slug: Slug, language: Language) -> Article | None:
        """One article, or None when there is none in that language."""
        return self.by_name.get((slug, language))

    def picture(self, slug: Slug, language: Language) -> Picture | None:
        """The picture an article names, or None."""
        article = self.article(slug, language)
        return self.pictures.get((article.picture, language)) if article is not None else None

    def voice(self, slug: Slug, language: Language) -> Path | None:
        """The recording that stands beside an article, or None."""
        return self.voices.get((slug, language))

    def sections(self) -> tuple[str, ...]:
        """The sections that have an article, in the order of the outline."""
        filled = {article.section for article in self.by_name.values()}
        return tuple(section for section in self.outline.sections if section in filled)

    def articles(self, section: str, language: Language) -> tuple[Article, ...]:
        """A section's articles in the order of the outline."""
        return tuple(article for article in self.all(language) if article.section == section)

    def all(self, language: Language) -> tuple[Article, ...]:
        """Every article of a language in the order of the outline."""
        return tuple(article for article in self.by_name.values() if article.language is language)

    def citation(self, name: str) -> Citation | None:
        """A citation by its name among the facts."""
        return self.facts.citations.get(name)


def article(file: ArticleFile, facts: Facts) -> Article:
    """A file made into an article with its facts filled in; Unreadable when it quotes what is not there.

    The citations of quoted facts join those the article names, so that a reader can check every number."""
    if faults := list(_faults(file, facts)):
        raise Unreadable(faults)
    telling = Telling(facts, file.language)
    body = markup.body(file.text)
    lead = "\n\n".join(telling.fill(block) for block in body.lead)
    chapters = tuple(
        Chapter(facts.fill(chapter.heading, file.language), tuple(telling.fill(block) for block in chapter.blocks))
        for chapter in body.chapters
    )
    front = file.front
    title = markup.plain(facts.fill(front.title, file.language))
    citations = _citations(file, facts)
    return Article(
        slug=file.slug,
        section=file.section,
        language=file.language,
        title=title,
        short=markup.plain(front.short) or title,
        kind=front.kind,
        readers=front.readers,
        next=front.next,
        as_of=front.as_of,
        citations=citations,
        lead=lead,
        chapters=chapters,
        plain=_plain(lead, chapters),
        sayings=sayings(body, facts, file.language),
        keywords=front.keywords,
        asked=front.asked,
        language_mark=front.language_mark,
        lawyer_mark=front.lawyer_mark,
        text_hash=_text_hash(title, lead, chapters, citations, file.language),
        picture=front.picture,
        checked=_checked(file, facts),
    )


def _in_order(
    found: Mapping[tuple[Slug, Language], Article], outline: Outline
) -> Mapping[tuple[Slug, Language], Article]:
    names = [(slug, language) for slug in outline.slugs() for language in Language]
    return {name: found[name] for name in names if name in found}


def _faults(file: ArticleFile, facts: Facts) -> Iterable[Problem]:
    for name in file.front.citations:
        if name not in facts.citations:
            yield file.problem("citations", f"unknown or broken citation {name}")
    quoted = mentions(file.front.title, file.keys.get("title", 1)) + mentions(file.text, file.text_line)
    for mention in quoted:
        if complaint := facts.complaint(mention, file.slug, file.language):
            yield Problem(file.path, mention.line, complaint)


def _citations(file: ArticleFile, facts: Facts) -> tuple[Citation, ...]:
    named = [facts.citations[name] for name in file.front.citations]
    quoted = [quote.citation for mention in mentions(file.text) for quote in facts.facts[mention.name].quotes]
    return tuple({citation.name: citation for citation in named + quoted}.values())


def _checked(file: ArticleFile, facts: Facts) -> tuple[Checked, ...]:
    """The facts quoted here that are old or will be, the oldest first."""
    names = {mention.name for mention in mentions(f"{file.front.title}\n{file.text}")}
    quoted = sorted((facts.facts[name] for name in names), key=lambda fact: (fact.dated() or date.min, fact.name))
    return tuple(
        Checked(when(fact.as_of, file.language), facts.old(fact), fact.valid_until)
        for fact in quoted
        if facts.old(fact) or fact.valid_until is not None
    )


def _plain(lead: str, chapters: tuple[Chapter, ...]) -> str:
    parts = [lead, *(part for chapter in chapters for part in (chapter.heading, *chapter.blocks))]
    return "\n".join(markup.plain(part) for part in parts)


def _text_hash(
    title: str, lead: str, chapters: tuple[Chapter, ...], citations: tuple[Citation, ...], language: Language
) -> str:
    """The hash of all that a reader signs for: words, links and what they rest on, but not the search words."""
    parts = [title, lead]
    parts += [part for chapter in chapters for part in (chapter.heading, *chapter.blocks)]
    parts += [
        part
        for citation in citations
        for part in (citation.act[language], citation.article, citation.edition[language], citation.link)
    ]
    return sha256("\0".join(parts).encode()).hexdigest()[:HASH_LENGTH]
