"""Candidates as the arithmetic sees them: a name, a sex, votes, and what a list may say besides."""

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """The word of the law is sex; a list says one or the other."""

    WOMAN = "woman"
    MAN = "man"

    @property
    def other(self) -> "Sex":
        """The other one."""
        return Sex.MAN if self is Sex.WOMAN else Sex.WOMAN


class Feature(StrEnum):
    """What a list may say of a candidate besides; no local rule on it is confirmed."""

    YOUNG = "young"
    MINORITY = "minority"
    DISABILITY = "disability"


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a party's list."""

    name: str
    sex: Sex
    features: frozenset[Feature] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of a district with the votes cast."""

    name: str
    sex: Sex
    votes: int
    withdrawn: bool = False
