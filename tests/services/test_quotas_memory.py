"""Results with names live in memory: an hour, a bounded number, each for its own chat."""

from datetime import timedelta

from bot.domain.ids import ChatId
from bot.domain.quotas.reservation import reservation
from bot.services.quotas import Memory
from tests.domain.quotas.rules import reserve
from tests.fakes import FixedClock

AINURA, BEKZAT = ChatId(1), ChatId(2)
RESULT = reservation((5,), reserve())


def test_a_result_belongs_to_the_chat_that_asked() -> None:
    memory = Memory(FixedClock())
    token = memory.keep(AINURA, RESULT)

    assert memory.find(AINURA, token) is RESULT
    assert memory.find(BEKZAT, token) is None


def test_after_an_hour_it_is_gone() -> None:
    clock = FixedClock()
    memory = Memory(clock)
    token = memory.keep(AINURA, RESULT)
    clock.at += timedelta(minutes=61)

    assert memory.find(AINURA, token) is None
    assert not memory._kept


def test_the_oldest_gives_way() -> None:
    memory = Memory(FixedClock(), at_most=2)
    tokens = [memory.keep(AINURA, RESULT) for _ in range(3)]

    assert [memory.find(AINURA, token) is RESULT for token in tokens] == [False, True, True]


def test_whoever_is_forgotten_leaves_nothing() -> None:
    memory = Memory(FixedClock())
    mine, other = memory.keep(AINURA, RESULT), memory.keep(BEKZAT, RESULT)
    memory.forget(AINURA)

    assert memory.find(AINURA, mine) is None
    assert memory.find(BEKZAT, other) is RESULT
