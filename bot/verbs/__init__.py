"""Families of verbs of `python -m bot`, a module each; `bot.cli` hangs them out."""

from typing import NoReturn

import typer


def stop(line: str, code: int = 1) -> NoReturn:
    """End with one clear line on stderr: code 1 when something is wrong here, 2 when what was given is."""
    typer.echo(line, err=True)
    raise typer.Exit(code)
