"""The verbs of `python -m bot`. Each imports what it needs when it is called: aiogram costs seconds."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.domain.ids import Language
from bot.verbs import bench, facts, quota, stop

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

facts.hang_out(app)
bench.hang_out(app)
app.add_typer(quota.app, name="quota")

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "guides"


@app.callback()
def verbs() -> None:
    """A Telegram bot for local elections and local self-government in Kyrgyzstan."""


@app.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="The question.")] = None,
    lang: Annotated[Language | None, typer.Option(help="The asker's language.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    batch: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A CSV file with columns id, lang, question.")
    ] = None,
    guides: Annotated[Path, typer.Option(file_okay=False, help="The folder of the guide.")] = GUIDES,
) -> None:
    """What the guide answers to a question, as the bot would."""
    from bot.guide import ask as asking
    from bot.guide.articles import Library
    from bot.guide.problems import BrokenGuide
    from bot.guide.search import Search

    if (text is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE.csv")
    if batch is not None and not as_json:
        raise typer.BadParameter("--batch needs --json")
    if text is not None and lang is None:
        raise typer.BadParameter("--lang ky or --lang ru is needed")
    try:
        search = Search.load(guides)
    except BrokenGuide as broken:
        stop(str(broken))
    if batch is not None:
        try:
            for line in asking.answers(search, batch):
                typer.echo(line)
        except asking.WrongBatch as wrong:
            typer.echo(wrong, err=True)
            raise typer.Exit(1) from None
    elif text is not None and lang is not None:
        finding = search.find(text, lang)
        typer.echo(asking.as_json(None, finding) if as_json else asking.told(finding, Library.load(guides), lang))


@app.command()
def check(
    guides: Annotated[Path, typer.Option(file_okay=False, help="The folder of the guide.")] = GUIDES,
    readers: Annotated[bool, typer.Option("--readers", help="Which articles wait for a reader's mark.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="Show what is only worth a look too.")] = False,
    live: Annotated[bool, typer.Option("--live", help="Ask Telegram too.")] = False,
    older_than: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Warn of facts older than this day.")
    ] = None,
    words: Annotated[
        Language | None, typer.Option("--words", help="The words of this language that stand outside the word list.")
    ] = None,
) -> None:
    """Everything wrong in guide, places, catalogues and settings, with file and line; exits 1 when something is."""
    from bot import checking
    from bot.clock import SystemClock
    from bot.guide.problems import Weight, failing

    if readers:
        _readers(guides)
        return
    if words is not None:
        from bot.guide import wordlist

        for line in wordlist.told(guides, words):
            typer.echo(line)
        return
    found = checking.problems(guides, SystemClock().now().date(), older_than and older_than.date())
    shown = [problem for problem in found if notes or problem.weight is not Weight.NOTE]
    for problem in shown:
        typer.echo(problem)
    if len(found) > len(shown):
        typer.echo(f"{len(found) - len(shown)} notes; --notes shows them")
    settings = _settings()
    for admin in checking.unreached(settings):
        typer.echo(f"ADMINS: {admin} has not pressed /start yet, so the bot cannot write there")
    said = asyncio.run(checking.live(settings)) if live else []
    for line in said:
        typer.echo(line)
    if failing(found) or said:
        raise typer.Exit(1)


@app.command()
def run() -> None:
    """Run the bot against Telegram by long polling, with BOT_TOKEN from the environment or .env."""
    settings = _settings()
    if not settings.bot_token.get_secret_value():
        stop("BOT_TOKEN is missing: put the token of BotFather into .env, or try `make demo`, which needs none")
    _begin_log(settings, people=False)
    from bot.app import Kernel
    from bot.app import run as run_bot

    _live(lambda: run_bot(settings, Kernel.load()))


@app.command()
def demo() -> None:
    """Run the real bot against our local Bot API server, with a chat page in the browser."""
    settings = _settings()
    _begin_log(settings, people=True)
    from bot.trial import demo as run_demo

    _live(lambda: run_demo(settings, settings.database.parent))


def _readers(guides: Path) -> None:
    from bot.guide import readers
    from bot.guide.articles import Library

    library = Library.load(guides)
    for one in readers.waiting([*library.all(Language.KY), *library.all(Language.RU)]):
        fallen = " (the text has changed)" if one.fallen else ""
        typer.echo(f"{one.article.slug}.{one.article.language}: {one.signer}{fallen}")


def _settings() -> "Settings":
    from bot import settings as environment

    try:
        return environment.load()
    except environment.WrongSettings as error:
        stop(str(error))


def _begin_log(settings: "Settings", *, people: bool) -> None:
    from bot import logs

    logs.begin(settings.log_level, settings.bot_token.get_secret_value(), people=people)


def _live(begin: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a long life on uvloop; what ends it early is one clear line."""
    import uvloop

    from bot.guide.problems import BrokenGuide
    from bot.i18n import MissingCatalogue
    from bot.storage.database import DatabaseBusy
    from bot.telegram.poller import TokenRefused

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(begin())
    except TokenRefused:
        stop("BOT_TOKEN is not accepted by Telegram: ask BotFather for the right one")
    except DatabaseBusy as error:
        stop(f"DATABASE {error}: stop the other process first")
    except (BrokenGuide, MissingCatalogue) as error:
        stop(str(error))
    except sqlite3.Error as error:
        stop(f"DATABASE cannot be opened: {error}")
    except OSError as error:
        stop(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
