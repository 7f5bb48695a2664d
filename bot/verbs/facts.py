"""`facts`: the facts by age and confidence; `counts`: how much the guide holds."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.ids import Language
from bot.verbs import stop

if TYPE_CHECKING:
    from bot.guide.facts import Fact, Facts

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "guides"
SAID = 46  # characters of a value that fit a column


class Order(StrEnum):
    """By what the list is ordered."""

    AGE = "age"
    CONFIDENCE = "confidence"
    NAME = "name"


def hang_out(app: typer.Typer) -> None:
    """The verbs of this module, at the door of `python -m bot`."""
    app.command("facts")(facts)
    app.command("counts")(counts)


def facts(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    older_than: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only facts older than this day, and undated ones.")
    ] = None,
    confidence: Annotated[
        list[str] | None, typer.Option(help="Only these: pages, single, inference, CONFLICT, bill, contrast.")
    ] = None,
    past: Annotated[bool, typer.Option("--past", help="Only facts past their `valid_until`.")] = False,
    by: Annotated[Order, typer.Option(help="The order of the list.")] = Order.AGE,
    guides: Annotated[Path, typer.Option(file_okay=False, help="The folder of the guide.")] = GUIDES,
) -> None:
    """Every fact, the oldest first: when its source spoke, how sure it is, what it says, and where it stands."""
    from bot.clock import SystemClock
    from bot.guide.facts import Confidence, Facts
    from bot.guide.problems import BrokenGuide

    if wrong := set(confidence or ()) - set(Confidence):
        stop(f"there is no confidence {', '.join(sorted(wrong))}; there are {', '.join(Confidence)}", 2)
    try:
        known = Facts.load(guides)
    except BrokenGuide as broken:
        stop(str(broken))
    today = SystemClock().now().date()
    chosen = [
        fact
        for fact in sorted(known.facts.values(), key=_order(by))
        if (not confidence or fact.confidence in confidence)
        and (older_than is None or fact.older_than(older_than.date()))
        and (not past or fact.past(today))
    ]
    for line in _as_json(known, chosen) if as_json else _columns(known, chosen, today):
        typer.echo(line)


def counts(
    guides: Annotated[Path, typer.Option(file_okay=False, help="The folder of the guide.")] = GUIDES,
) -> None:
    """How much the guide holds: texts and words by section and language, facts by confidence, marks of readers."""
    from bot.guide import counting
    from bot.guide.problems import BrokenGuide

    try:
        lines = counting.told(guides)
    except BrokenGuide as broken:
        stop(str(broken))
    for line in lines:
        typer.echo(line)


def _order(by: Order) -> "Callable[[Fact], tuple[object, ...]]":
    match by:
        case Order.AGE:
            return lambda fact: (fact.dated() or date.min, fact.name)
        case Order.CONFIDENCE:
            return lambda fact: (fact.confidence, fact.dated() or date.min, fact.name)
        case Order.NAME:
            return lambda fact: (fact.name,)


def _columns(known: "Facts", chosen: Iterable["Fact"], today: date) -> Iterable[str]:
    heads = ["as of", "confidence", "valid until", "fact", "value", "where"]
    rows = [
        [fact.as_of, fact.words, _until(fact, today), fact.name, _said(known, fact), f"{fact.file.name}:{fact.at}"]
        for fact in chosen
    ]
    if not any(row[2] for row in rows):
        for row in [heads, *rows]:
            del row[2]
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    for row in [heads, *rows]:
        yield "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip()
    yield f"{len(rows)} of {len(known.facts)} facts"


def _as_json(known: "Facts", chosen: Iterable["Fact"]) -> Iterable[str]:
    import orjson

    for fact in chosen:
        yield orjson.dumps(
            {
                "name": fact.name,
                "as_of": fact.as_of,
                "confidence": fact.confidence,
                "words": fact.words,
                "valid_until": fact.valid_until,
                "old": known.old(fact),
                "unit": fact.unit,
                "value": {language.value: known.say(fact.name, "plain", language) for language in Language},
                "citations": [quote.citation.name for quote in fact.quotes],
                "file": fact.file.name,
                "line": fact.at,
            }
        ).decode()


def _until(fact: "Fact", today: date) -> str:
    if fact.valid_until is None:
        return ""
    return f"{fact.valid_until}{' (past)' if fact.past(today) else ''}"


def _said(known: "Facts", fact: "Fact") -> str:
    said = known.say(fact.name, "plain", Language.RU).replace("\u00a0", " ")
    return said if len(said) <= SAID else said[: SAID - 1] + "…"
