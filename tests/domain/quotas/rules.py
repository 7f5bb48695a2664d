"""The rules as the guide holds them, and short ways to name people."""

from functools import cache
from pathlib import Path

from bot.domain.quotas.people import Candidate, Listed, Sex
from bot.domain.quotas.rules import AllocationRule, MostRule, QuotaRules, ReserveRule
from bot.guide.quotas import load_quotas

GUIDES = Path(__file__).resolve().parents[3] / "guides"


@cache
def rules() -> QuotaRules:
    return load_quotas(GUIDES)


def reserve() -> ReserveRule:
    return rules().reserve[0]


def most() -> MostRule:
    return rules().most[0]


def allocation() -> AllocationRule:
    return rules().allocation[0]


def a_list(letters: str) -> tuple[Listed, ...]:
    """«жмм»: a list in this order; names are their positions."""
    return tuple(Listed(f"№{place}", Sex.WOMAN if one == "ж" else Sex.MAN) for place, one in enumerate(letters, 1))


def people(words: str) -> tuple[Candidate, ...]:
    """«Айнура ж 50, Бекзат м 40»."""
    parts = [one.split() for one in words.split(",")]
    return tuple(
        Candidate(part[0], Sex.WOMAN if part[1] == "ж" else Sex.MAN, int(part[2]), len(part) > 3) for part in parts
    )
