"""How much the guide holds, in columns."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.domain.guide import Kind
from bot.domain.ids import Language
from bot.guide import files, prose, readers
from bot.guide.articles import Library
from bot.guide.facts import Confidence


def told(folder: Path) -> list[str]:
    """Texts and words by section and language, kinds, facts by confidence, and marks. Raises BrokenGuide."""
    return list(_told(folder))


def _told(folder: Path) -> Iterator[str]:
    library = Library.load(folder)
    words: Counter[tuple[str, Language]] = Counter()
    for path in files.article_paths(folder):
        file = files.read(path)
        words[file.section, file.language] += prose.words(file.text)
    yield f"{'section':<16}{'articles ky':>12}{'ru':>6}{'words ky':>12}{'ru':>9}"
    for section in library.outline.sections:
        yield _row(section, *_of_section(library, section), *(words[section, language] for language in Language))
    yield _row(
        "together",
        *(len(library.all(language)) for language in Language),
        *(sum(count for (_, tongue), count in words.items() if tongue is language) for language in Language),
    )
    both = [article for language in Language for article in library.all(language)]
    kinds = Counter(article.kind for article in library.all(Language.KY))
    yield ""
    yield f"articles of law {kinds[Kind.LAW]}, of practice {kinds[Kind.PRACTICE]}"
    standing = Counter(
        signer
        for article in both
        for signer, mark in (
            (readers.Signer.LANGUAGE, article.language_mark),
            (readers.Signer.LAWYER, article.lawyer_mark),
        )
        if readers.stands(mark, article)
    )
    yield f"texts read by a reader of the language {standing[readers.Signer.LANGUAGE]}, by a lawyer " + str(
        standing[readers.Signer.LAWYER]
    )
    yield ""
    sure = Counter(fact.confidence for fact in library.facts.facts.values())
    yield f"facts {len(library.facts.facts)}, citations {len(library.facts.citations)}"
    for confidence in Confidence:
        yield f"  {confidence:<12}{sure[confidence]:>5}"
    old = sum(library.facts.old(fact) for fact in library.facts.facts.values())
    yield f"  older than {library.facts.old_before}: {old}" if library.facts.old_before else f"  old: {old}"


def _of_section(library: Library, section: str) -> list[int]:
    return [len(library.articles(section, language)) for language in Language]


def _row(name: str, ky: int, ru: int, words_ky: int, words_ru: int) -> str:
    return f"{name:<16}{ky:>12}{ru:>6}{words_ky:>12}{words_ru:>9}"
