"""DejaVu Sans, which has the letters ө ү ң: its files stand in matplotlib's own folder, found without importing it."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


class NoTypeface(Exception):
    """matplotlib, or the font inside it, is not installed."""


@cache
def typeface(*, bold: bool = False) -> Path:
    """The file of DejaVu Sans; raises NoTypeface."""
    found = find_spec("matplotlib")
    folders = (found.submodule_search_locations if found is not None else None) or ()
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    for folder in folders:
        file = Path(folder) / "mpl-data" / "fonts" / "ttf" / name
        if file.is_file():
            return file
    raise NoTypeface(f"{name} is not found in matplotlib's folder")
