"""The quiz: questions in both languages, and how far a person has come."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ids import Language, Slug


@dataclass(frozen=True, slots=True)
class QuizWords:
    """A question in one language, filled and plain: question, options and why."""

    question: str
    options: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """One question; `right` is the place of the right option, from 0; `article` tells more."""

    number: int
    article: Slug
    right: int
    words: Mapping[Language, QuizWords]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person's way through the quiz: how many questions are answered, and which of them wrongly."""

    answered: int
    wrong: tuple[int, ...]

    @property
    def right(self) -> int:
        """How many were answered rightly."""
        return self.answered - len(self.wrong)
