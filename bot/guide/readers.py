"""Who has read what: which articles wait for a language reader or a lawyer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.guide import Article, Kind, Mark


class Signer(StrEnum):
    """Whose mark an article carries: a reader of its language, and a lawyer for what is law."""

    LANGUAGE = "language"
    LAWYER = "lawyer"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that waits for a mark; `fallen` when there was one and the text has changed since."""

    article: Article
    signer: Signer
    fallen: bool


def stands(mark: Mark, article: Article) -> bool:
    """Whether a mark was given for the text as it is now."""
    return bool(mark.by) and mark.text_hash == article.text_hash


def waiting(articles: Iterable[Article]) -> Iterator[Waiting]:
    """Every mark that is missing or has fallen. A lawyer is asked for law only; practice is advice."""
    for article in articles:
        for signer, mark in ((Signer.LANGUAGE, article.language_mark), (Signer.LAWYER, article.lawyer_mark)):
            if signer is Signer.LAWYER and article.kind is not Kind.LAW:
                continue
            if not stands(mark, article):
                yield Waiting(article, signer, fallen=bool(mark.by))
