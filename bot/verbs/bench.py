"""`bench …`: figures of campaigns as JSON, with machine and versions; only in a checkout: it needs `tests/bench`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.verbs import stop

ROOT = Path(__file__).resolve().parents[2]
bench = typer.Typer(no_args_is_help=True, help="Measure campaigns: bot, Bot API server and file apart.")


def hang_out(app: typer.Typer) -> None:
    """The verbs of this module, at the door of `python -m bot`."""
    app.add_typer(bench, name="bench")


@bench.command()
def free(
    people: Annotated[int, typer.Option(help="Recipients.")] = 3000,
    rate: Annotated[float, typer.Option(help="SEND_RATE.")] = 30.0,
) -> None:
    """The free rate: the server allows 30/s, 2 % have blocked the bot."""
    _tell(_bench().sending(people, rate, allow=30.0, blocked=0.02))


@bench.command()
def capacity(
    people: Annotated[int, typer.Option(help="Recipients.")] = 10_000,
    rate: Annotated[float, typer.Option(help="SEND_RATE.")] = 1000.0,
    ask_every: Annotated[float, typer.Option(help="Seconds between two people who write meanwhile; 0 for none.")] = 0.5,
) -> None:
    """How much one process carries: the server allows 1,000/s, and people write meanwhile."""
    _tell(_bench().sending(people, rate, allow=1000.0, ask_every=ask_every))


@bench.command()
def kill(
    people: Annotated[int, typer.Option(help="Recipients.")] = 20_000,
    rate: Annotated[float, typer.Option(help="SEND_RATE.")] = 200.0,
    kills: Annotated[int, typer.Option(help="How often kill -9.")] = 20,
) -> None:
    """All faults on and kill -9 at random moments; sums are checked against the server's record."""
    faults = {"too_many": 0.005, "timeouts": 0.001, "drops": 0.001, "errors": 0.001}
    _tell(_bench().killing(people, rate, kills, allow=1000.0, blocked=0.02, **faults))


@bench.command()
def freeze(people: Annotated[int, typer.Option(help="Chats.")] = 500_000) -> None:
    """How long an audience takes to be written down, and how long the writer is held."""
    _tell(_bench().freezing(people))


def _bench() -> Any:
    if not (ROOT / "tests" / "bench" / "campaign.py").is_file():
        stop("bench needs a checkout of the repository: tests/bench is not here")
    sys.path.insert(0, str(ROOT))
    from importlib import import_module

    return import_module("tests.bench.campaign")


def _tell(figures: Mapping[str, Any]) -> None:
    import orjson

    typer.echo(orjson.dumps(figures, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())
