"""`python -m bot quota`: reserved seats, their range, a party's list, who would get the seats; as words or as JSON."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.domain.errors import Refusal
from bot.domain.ids import Language
from bot.domain.quotas.rules import QuotaRules, in_force
from bot.verbs import stop

GUIDES = Path(__file__).resolve().parents[2] / "guides"
BISHKEK = timedelta(hours=6)
NUMBERS = {"ignore_unknown_options": True}  # «-5» is a wrong number, not an option
Result = TypeVar("Result")

app = typer.Typer(
    no_args_is_help=True,
    help="Reserved seats, party lists, who would get the seats. Words in Russian unless --lang ky.",
)

Lang = Annotated[Language, typer.Option(help="The language of the words.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Day = Annotated[
    str, typer.Option("--date", help="Voting day, 2024-11-17: the rule of that day counts; today's otherwise.")
]
Guides = Annotated[Path, typer.Option(file_okay=False, help="The folder of the guide.")]


@app.command(context_settings=NUMBERS)
def reserved(
    seats: Annotated[list[str], typer.Argument(help="The seats of each district: 5 6 7")],
    as_json: AsJson = False,
    lang: Lang = Language.RU,
    day: Day = "",
    guides: Guides = GUIDES,
) -> None:
    """How many seats are kept for women, district by district."""
    from bot.domain.quotas.reservation import reservation
    from bot.domain.quotas.typed import seats_of
    from bot.texts import quotas

    found = _tried(lambda: reservation(seats_of(" ".join(seats)), in_force(_rules(guides).reserve, _day(day))), lang)
    if not as_json:
        typer.echo(quotas.plain(quotas.reserved(found, lang)))
        return
    _print(
        {
            "districts": [{"seats": one.seats, "reserved": one.reserved} for one in found.districts],
            "seats": found.seats,
            "reserved": found.reserved,
            "rule": found.rule.name,
            "confidence": str(found.rule.basis.confidence),
        }
    )


@app.command("range", context_settings=NUMBERS)
def between(
    seats: Annotated[str, typer.Option(help="The seats of the whole kenesh.")],
    districts: Annotated[str, typer.Option(help="The number of its districts.")],
    as_json: AsJson = False,
    lang: Lang = Language.RU,
    day: Day = "",
    guides: Guides = GUIDES,
) -> None:
    """Between which numbers the reserve lies while only the total is known."""
    from bot.domain.quotas.reservation import reserve_range
    from bot.domain.quotas.typed import range_bounds
    from bot.texts import quotas

    found = _tried(
        lambda: reserve_range(*range_bounds(seats, districts), in_force(_rules(guides).reserve, _day(day))), lang
    )
    if not as_json:
        typer.echo(quotas.plain(quotas.between(found, lang)))
        return
    examples = {"min": list(found.least_districts), "max": list(found.most_districts)}
    _print({"min": found.least, "max": found.most, "examples": examples})


@app.command("list")
def party_list(
    file: Annotated[Path, typer.Argument(help="CSV or .xlsx with the columns name, sex.")],
    tries: Annotated[
        list[str] | None, typer.Option("--try", help="A rule to try out: order=3, young=20, minority=10, disability=5.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language.RU,
    day: Day = "",
    guides: Guides = GUIDES,
) -> None:
    """Whether a party's list keeps the rules, where it breaks them, and the smallest change that mends it."""
    from bot.domain.quotas.lists import check
    from bot.domain.quotas.typed import trial_of
    from bot.sheets.candidates import list_in
    from bot.texts import quotas, quotas_lists

    tried = _tried(lambda: [trial_of(one) for one in tries or ()], lang)
    content = _content(file, lang)
    names, _features = _tried(lambda: list_in(file.name, content), lang)
    found = _tried(lambda: check(names, in_force(_rules(guides).most, _day(day)), tried), lang)
    if not as_json:
        typer.echo(quotas.plain(quotas_lists.verdict(found, names, lang)))
        return
    findings = [
        {"rule": one.rule, "position": one.position, "limit": one.limit, "have": one.have, "confirmed": one.confirmed}
        for one in found.findings
    ]
    repair = [
        {"action": one.act, "position": one.position or None, "with": one.other or None, "sex": one.sex}
        | ({"feature": one.feature, "count": one.count} if one.feature else {})
        for one in found.repair
    ]
    _print({"ok": found.ok, "findings": findings, "repair": repair})


@app.command(context_settings=NUMBERS)
def allocate(
    file: Annotated[Path, typer.Argument(help="CSV or .xlsx with the columns name, sex, votes.")],
    seats: Annotated[str, typer.Option(help="The seats of the district.")],
    as_json: AsJson = False,
    lang: Lang = Language.RU,
    day: Day = "",
    guides: Guides = GUIDES,
) -> None:
    """Who would take the seats of a district: a model, not a decision."""
    from bot.domain.quotas.allocation import Outcome
    from bot.domain.quotas.allocation import allocate as allocated
    from bot.domain.quotas.typed import MOST_SEATS, Mistake, number_of
    from bot.sheets.candidates import votes_in
    from bot.texts import quotas, quotas_lists

    number = _tried(lambda: number_of(seats, Mistake.SEATS, MOST_SEATS), lang)
    content = _content(file, lang)
    candidates = _tried(lambda: votes_in(file.name, content), lang)
    rules, on = _rules(guides), _day(day)
    found = _tried(
        lambda: allocated(candidates, number, in_force(rules.allocation, on), in_force(rules.reserve, on)), lang
    )
    if not as_json:
        typer.echo(quotas.plain(quotas_lists.allocation(found, lang)))
        return

    def taken(outcome: Outcome) -> list[dict[str, object]]:
        people = outcome.would_take
        return [{"name": one.candidate.name, "votes": one.candidate.votes, "why": one.why} for one in people]

    ties = [
        {"votes": one.votes, "names": [each.name for each in one.candidates], "seats": one.seats}
        for one in found.outcome.ties
    ]
    _print(
        {
            "would_take": taken(found.outcome),
            "reserved": found.reserved,
            "ties": ties,
            "unfilled": found.outcome.unfilled,
            "confirmed": found.rule.confirmed,
            "assumptions": list(quotas_lists.assumptions(found, lang)),
            "other_reading": taken(found.other) if found.other is not None else None,
        }
    )


def _rules(guides: Path) -> QuotaRules:
    from bot.guide.problems import BrokenGuide
    from bot.guide.quotas import load_quotas

    try:
        return load_quotas(guides)
    except BrokenGuide as broken:
        stop(str(broken))


def _day(words: str) -> date:
    if not words:
        return (datetime.now(UTC) + BISHKEK).date()
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise typer.BadParameter("a day like 2024-11-17 is expected", param_hint="--date") from None


def _content(file: Path, lang: Language) -> bytes:
    from bot.sheets.reading import LARGEST, MEGABYTE
    from bot.texts import quotas_asking

    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST * MEGABYTE + 1)
    except OSError:
        stop(quotas_asking.no_file(str(file), lang), 2)


def _tried(act: Callable[[], Result], lang: Language) -> Result:
    from bot.texts.quotas_wrong import wrong

    try:
        return act()
    except Refusal as error:
        stop(wrong(error, lang), 2)


def _print(found: dict[str, Any]) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False))
