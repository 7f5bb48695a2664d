"""What is wrong with the guide, said with file and line."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Weight(StrEnum):
    """An `ERROR` fails the check; a `WARNING` is shown and fails nothing; a `NOTE` is worth a look when one asks."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong, and where to look for it."""

    file: Path
    line: int
    message: str
    weight: Weight = Weight.ERROR

    def __str__(self) -> str:
        weight = "" if self.weight is Weight.ERROR else f"{self.weight}: "
        return f"{self.file}:{self.line}: {weight}{self.message}"


class BrokenGuide(Exception):
    """The guide cannot be used as it is; `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def failing(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are errors, in the order of files and lines."""
    return sorted(problem for problem in problems if problem.weight is Weight.ERROR)


def toml_line(error: tomllib.TOMLDecodeError) -> int:
    """The line a TOML parser complains of; it says it in words only."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else 1
