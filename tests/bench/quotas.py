"""How long quota arithmetic takes: `python -m tests.bench.quotas`. A list of 51, a district of 7 with 40 candidates."""

import time
from collections.abc import Callable

from bot.domain.ids import Language
from bot.domain.quotas.allocation import allocate
from bot.domain.quotas.lists import ORDER, Trial, check
from bot.domain.quotas.people import Candidate, Sex
from bot.domain.quotas.reservation import reserve_range
from bot.texts import quotas_answers
from bot.texts.pictures.seats import draw
from tests.domain.quotas.rules import a_list, allocation, most, reserve

LIST = a_list("ммжмммжм" * 6 + "ммм")
DISTRICT = tuple(Candidate(f"Кандидат {n}", list(Sex)[n % 3 > 0], (n * 7919) % 200) for n in range(40))


def milliseconds(act: Callable[[], object], times: int = 20) -> float:
    """The median of several runs."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return sorted(spent)[times // 2] * 1000


def main() -> None:
    """Print one line a case."""
    verdict, seats = check(LIST, most()), allocate(DISTRICT, 7, allocation(), reserve())
    cases: dict[str, Callable[[], object]] = {
        "a list of 51 checked": lambda: check(LIST, most()),
        "the same with a rule tried out": lambda: check(LIST, most(), (Trial(ORDER, 3),)),
        "its answer in words": lambda: quotas_answers.words(verdict, LIST, Language.RU),
        "a district of 7 with 40 candidates": lambda: allocate(DISTRICT, 7, allocation(), reserve()),
        "its answer in words ": lambda: quotas_answers.words(seats, (), Language.KY),
        "its picture": lambda: draw(seats, (), Language.KY),
        "the range of 31 seats in 5 districts": lambda: reserve_range(31, 5, reserve()),
        "the range of 100 seats in 60 districts": lambda: reserve_range(100, 60, reserve()),
    }
    for name, act in cases.items():
        print(f"{name.strip():45} {milliseconds(act, 5 if 'picture' in name else 20):8.2f} ms")


if __name__ == "__main__":
    main()
