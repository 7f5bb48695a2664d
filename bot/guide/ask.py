"""A finding in the forms that `python -m bot ask` prints: JSON for machines, a few lines for people."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.guide import Finding, Topic
from bot.domain.ids import Language
from bot.guide import markup

if TYPE_CHECKING:
    from bot.guide.articles import Library
    from bot.guide.search import Search

_COLUMNS = ("id", "lang", "question")
_WORDS = {
    Language.KY: {
        "whole": "Толугу: {title} ({slug})",
        "source": "Негизи: {act}, {edition}. {link}",
        "article": "{number}-берене",
        "offered": "Сиз муну сурадыңызбы?",
        Topic.GREETING: "Бул саламдашуу экен: бот жылуу сөз менен жооп берет.",
        Topic.THANKS: "Бул ыраазычылык экен: бот жылуу сөз менен жооп берет.",
        Topic.PARLIAMENT: "Суроо президент же Жогорку Кеңеш жөнүндө: бот БШКнын байланыштарын берет.",
        Topic.OUTSIDE: "Колдонмодо так жооп табылган жок: суроо координаторлорго жөнөтүлөт.",
    },
    Language.RU: {
        "whole": "Целиком: {title} ({slug})",
        "source": "Основание: {act}, {edition}. {link}",
        "article": "статья {number}",
        "offered": "Вы об этом спрашивали?",
        Topic.GREETING: "Это приветствие: бот ответит добрым словом.",
        Topic.THANKS: "Это благодарность: бот ответит добрым словом.",
        Topic.PARLIAMENT: "Вопрос о президенте или Жогорку Кенеше: бот даст контакты ЦИК.",
        Topic.OUTSIDE: "Точного ответа в руководстве нет: вопрос уйдёт координаторам.",
    },
}


class WrongBatch(Exception):
    """The file of questions cannot be read; the message names the line."""


def as_json(id: str | None, finding: Finding) -> str:
    """One line: id (left out when None), answer, up to three offered slugs, up to five matches with scores."""
    told: dict[str, object] = {} if id is None else {"id": id}
    told["answer"] = finding.answer
    told["offered"] = [match.slug for match in finding.offered]
    told["matches"] = [{"slug": match.slug, "score": match.score} for match in finding.matches]
    return json.dumps(told, ensure_ascii=False)


def answers(search: "Search", batch: Path) -> Iterator[str]:
    """One JSON line for each row of a CSV file with columns id, lang, question; WrongBatch where it cannot be read."""
    with batch.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
            raise WrongBatch(f"{batch}: no column {', '.join(missing)}")
        for row in rows:
            if row["lang"] not in tuple(Language):
                raise WrongBatch(f"{batch}:{rows.line_num}: lang is {row['lang']!r}, not ky or ru")
            yield as_json(row["id"], search.find(row["question"] or "", Language(row["lang"])))


def told(finding: Finding, library: "Library", language: Language) -> str:
    """What a person reads: title, lead and citations of the answer, or the likely titles, or why there is silence."""
    words = _WORDS[language]
    article = library.article(finding.answer, language) if finding.answer else None
    if article is not None:
        said = finding.said
        lines = [article.title, "", markup.plain(article.lead), ""]
        if said is not None:
            lines = [said.words, "", *lines] if said.heading else [markup.plain(article.lead), "", article.title, ""]
        for citation in article.citations:
            parts = (citation.act[language], citation.article and words["article"].format(number=citation.article))
            act = ", ".join(filter(None, parts))
            lines.append(words["source"].format(act=act, edition=citation.edition[language], link=citation.link))
        return "\n".join([*lines, words["whole"].format(title=article.title, slug=article.slug)])
    if finding.offered:
        titles = (library.article(match.slug, language) for match in finding.offered)
        named = [
            f"— {one.title} ({one.slug}): {match.line}"
            for one, match in zip(titles, finding.offered, strict=True)
            if one
        ]
        return "\n".join([words["offered"], *named])
    return words.get(finding.topic, words[Topic.OUTSIDE])
