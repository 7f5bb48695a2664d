"""The Pacer under a steered clock: who may speak, when, and in which order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable

import pytest

from bot.domain.deliveries import Urgency
from bot.domain.ids import ChatId
from bot.telegram.pacer import Pacer
from tests.fakes import SteeredClock, settle_down

DESK, NOTICE, CAMPAIGN = Urgency
GROUP = ChatId(-100)


class Hall:
    """A Pacer that runs, and a record of who was granted a turn and when."""

    def __init__(self, group: asyncio.TaskGroup, rate: float) -> None:
        self.clock = SteeredClock()
        self.pacer = Pacer(self.clock, rate)
        self.granted: list[tuple[str, float]] = []
        self._group = group
        self._start = self.clock.monotonic()

    def enter(self, name: str, urgency: Urgency, chat: int | None = None) -> asyncio.Task[None]:
        """Somebody wants a turn."""
        return self._group.create_task(self._wait(name, self.pacer.turn(urgency, chat and ChatId(chat))))

    async def _wait(self, name: str, turn: Awaitable[float]) -> None:
        await turn
        self.granted.append((name, round(self.clock.monotonic() - self._start, 2)))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.granted]

    def between(self, start: float, end: float, prefix: str = "") -> int:
        """How many were granted in this span."""
        return sum(start <= at < end and name.startswith(prefix) for name, at in self.granted)


@pytest.fixture
async def halls() -> AsyncIterator[object]:
    """Build a hall for a rate; what it started ends with the test."""
    async with asyncio.TaskGroup() as group:
        started: list[asyncio.Task[None]] = []

        def build(rate: float = 25.0) -> Hall:
            hall = Hall(group, rate)
            started.append(group.create_task(hall.pacer.run()))
            return hall

        yield build
        for task in group._tasks.copy():  # whoever still waits
            task.cancel()


async def test_an_answer_is_granted_at_once_when_nobody_waits() -> None:
    pacer = Pacer(SteeredClock())
    turn = pacer.turn(DESK, ChatId(1))

    with pytest.raises(StopIteration) as granted:
        turn.send(None)  # not one step of the event loop is needed

    assert granted.value.value == 0.0


async def test_turns_keep_the_rate(halls) -> None:
    hall = halls(25.0)
    for number in range(200):
        hall.enter(f"n{number}", NOTICE, number + 1)

    await hall.clock.pass_by(4.0)

    assert 100 <= len(hall.granted) <= 102
    assert all(hall.between(second, second + 1) <= 26 for second in range(4))


async def test_a_loop_that_wakes_late_still_uses_the_whole_allowance(halls) -> None:
    hall = halls(100.0)
    for number in range(400):
        hall.enter(f"n{number}", CAMPAIGN, number + 1)
    await settle_down()

    for _ in range(40):
        await hall.clock.jump(0.05)

    assert 198 <= len(hall.granted) <= 202


async def test_the_more_urgent_goes_first_and_within_one_urgency_who_came_first(halls) -> None:
    hall = halls(10.0)
    hall.enter("first", NOTICE, 999)
    for number in range(3):
        hall.enter(f"campaign{number}", CAMPAIGN, number + 1)
        hall.enter(f"notice{number}", NOTICE, number + 11)
    hall.enter("answer", DESK, 21)

    await hall.clock.pass_by(3.0)

    rest = ["notice1", "notice2", "campaign0", "campaign1", "campaign2"]
    assert hall.names[0] == "first" and hall.names[-5:] == rest
    assert set(hall.names[1:3]) == {"answer", "notice0"}


async def test_one_message_a_second_to_one_chat_and_nobody_else_waits_for_it(halls) -> None:
    hall = halls(25.0)
    for number in range(3):
        hall.enter(f"same{number}", DESK, 1)
    hall.enter("other", DESK, 2)

    await hall.clock.pass_by(3.0)

    assert dict(hall.granted)["other"] < 0.1
    assert [at for name, at in hall.granted if name.startswith("same")] == [0.0, 1.1, 2.2]


async def test_a_group_gets_twenty_in_any_sixty_seconds(halls) -> None:
    hall = halls(25.0)
    for number in range(45):
        hall.enter(f"g{number}", DESK, GROUP)

    await hall.clock.pass_by(130.0)

    times = [at for _, at in hall.granted]
    assert len(times) == 45
    assert all(sum(start <= at < start + 60 for at in times) <= 20 for start in times)
    assert times[20] == 60.1


async def test_what_is_not_a_message_needs_no_turn_of_the_chat(halls) -> None:
    hall = halls(25.0)
    hall.enter("message", DESK, 1)
    hall.enter("callback answer", DESK, None)

    await settle_down()

    assert hall.names == ["message", "callback answer"]


async def test_campaigns_leave_a_share_to_the_people_who_write(halls) -> None:
    hall = halls(20.0)
    for number in range(400):
        hall.enter(f"campaign{number}", CAMPAIGN, number + 1000)
    for second in range(10):
        hall.enter(f"answer{second}", DESK, second + 1)
        await hall.clock.pass_by(1.0)

    assert hall.between(1, 9, "campaign") <= 0.85 * 20 * 8 + 2
    assert hall.between(1, 9, "campaign") >= 0.85 * 20 * 8 - 4
    assert [int(at) for name, at in hall.granted if name.startswith("answer")] == list(range(10))


async def test_campaigns_have_the_whole_rate_when_nobody_writes(halls) -> None:
    hall = halls(20.0)
    for number in range(400):
        hall.enter(f"campaign{number}", CAMPAIGN, number + 1000)

    await hall.clock.pass_by(10.0)

    assert 200 <= len(hall.granted) <= 202


async def test_an_answer_does_not_wait_behind_a_campaign(halls) -> None:
    hall = halls(25.0)
    for number in range(100):
        hall.enter(f"campaign{number}", CAMPAIGN, number + 1000)
    await hall.clock.pass_by(1.0)

    for number in range(5):
        hall.enter(f"answer{number}", DESK, number + 1)
    await settle_down()

    assert hall.between(0.99, 1.01, "answer") == 5


async def test_a_429_for_a_chat_holds_campaigns_and_that_chat_but_no_other_answer(halls) -> None:
    hall = halls(25.0)
    hall.pacer.told_to_wait(10.0, ChatId(1))
    hall.enter("campaign", CAMPAIGN, 3)
    hall.enter("same chat", DESK, 1)
    hall.enter("other chat", DESK, 2)
    hall.enter("notice", NOTICE, 4)
    await hall.clock.pass_by(9.9)
    before = list(hall.names)
    await hall.clock.pass_by(0.3)

    assert sorted(before) == ["notice", "other chat"]
    assert sorted(hall.names[2:]) == ["campaign", "same chat"]


async def test_a_429_without_a_chat_holds_everything(halls) -> None:
    hall = halls(25.0)
    hall.pacer.told_to_wait(10.0)
    hall.enter("answer", DESK, 1)
    await hall.clock.pass_by(9.9)
    assert hall.names == []
    await hall.clock.pass_by(0.2)
    assert hall.names == ["answer"]


async def test_a_429_for_a_second_chat_during_the_hold_shows_that_no_chat_is_the_cause(halls) -> None:
    hall = halls(25.0)
    hall.pacer.told_to_wait(10.0, ChatId(1), asked_at=hall.clock.monotonic())
    await hall.clock.pass_by(1.0)
    hall.pacer.told_to_wait(10.0, ChatId(2), asked_at=hall.clock.monotonic())
    hall.enter("third chat", DESK, 3)

    await hall.clock.pass_by(9.9)
    assert hall.names == []
    await hall.clock.pass_by(0.2)
    assert hall.names == ["third chat"]


async def test_refusals_of_requests_that_were_on_their_way_together_hold_no_other_chat(halls) -> None:
    hall = halls(25.0)
    asked_at = hall.clock.monotonic()
    await hall.clock.pass_by(0.1)
    for chat in range(1, 9):
        hall.pacer.told_to_wait(10.0, ChatId(chat), asked_at=asked_at)
    hall.enter("another", DESK, 50)
    await settle_down()

    assert hall.names == ["another"]
    assert hall.pacer.rate == pytest.approx(25.0 * 0.8)  # and they lower the rate once


async def test_a_hold_that_comes_later_reaches_those_who_already_wait(halls) -> None:
    hall = halls(1.0)
    hall.enter("first", CAMPAIGN, 1)
    hall.enter("second", CAMPAIGN, 2)
    await settle_down()
    hall.pacer.told_to_wait(30.0, ChatId(1))

    await hall.clock.pass_by(29.0)
    assert hall.names == ["first"]
    await hall.clock.pass_by(3.0)
    assert hall.names == ["first", "second"]


async def test_who_has_no_patience_for_a_hold_is_told_how_long_it_lasts(halls) -> None:
    hall = halls(1.0)
    hall.enter("first", CAMPAIGN, 1)
    await settle_down()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(hall.pacer.turn(CAMPAIGN, ChatId(2), patience=2.0))
        await settle_down()
        hall.pacer.told_to_wait(30.0, ChatId(1))

    assert waiting.result() == 30.0
    assert await hall.pacer.turn(CAMPAIGN, ChatId(3), patience=2.0) == 30.0
    assert hall.pacer.waiting == 0


async def test_of_many_for_one_chat_only_those_who_soon_have_their_turn_wait(halls) -> None:
    hall = halls(25.0)
    async with asyncio.TaskGroup() as group:
        turns = [group.create_task(hall.pacer.turn(DESK, ChatId(1), patience=1.5)) for _ in range(4)]
        await hall.clock.pass_by(1.2)

    assert [round(turn.result(), 3) for turn in turns] == [0.0, 0.0, 2.2, 2.2]


async def test_the_rate_climbs_back_slowly_after_a_429(halls) -> None:
    hall = halls(20.0)
    hall.pacer.told_to_wait(1.0, ChatId(1))
    lowered = hall.pacer.rate
    await hall.clock.pass_by(11.0)
    await hall.pacer.turn(DESK, ChatId(2))
    after_ten = hall.pacer.rate
    await hall.clock.pass_by(60.0)
    await hall.pacer.turn(DESK, ChatId(3))

    assert lowered == 16.0
    assert after_ten == pytest.approx(18.0)
    assert hall.pacer.rate == 20.0


async def test_the_rate_never_falls_to_nothing(halls) -> None:
    hall = halls(25.0)
    for _ in range(50):
        hall.pacer.told_to_wait(1.0)
        await hall.clock.pass_by(1.0)

    assert hall.pacer.rate >= 2.5


async def test_who_gives_up_waiting_eats_no_turn(halls) -> None:
    hall = halls(1.0)
    hall.enter("first", NOTICE, 1)
    leaving = [hall.enter(f"leaves{number}", NOTICE, number + 2) for number in range(5)]
    hall.enter("last", NOTICE, 50)
    await settle_down()
    for task in leaving:
        task.cancel()

    await hall.clock.pass_by(1.05)

    assert hall.granted == [("first", 0.0), ("last", 1.0)]


async def test_a_turn_granted_to_one_who_is_just_being_cancelled_goes_to_the_next(halls) -> None:
    hall = halls(1.0)
    hall.enter("first", NOTICE, 1)
    leaving = hall.enter("leaves", NOTICE, 2)
    hall.enter("last", NOTICE, 3)
    await settle_down()
    hall.clock._passed = 1.0
    hall.pacer._grant()  # the turn is granted; its owner has not woken yet
    leaving.cancel()
    await settle_down()

    await hall.clock.pass_by(0.05)

    assert hall.names == ["first", "last"]


async def test_thousands_who_give_up_leave_no_trace(halls) -> None:
    hall = halls(25.0)
    hall.pacer.told_to_wait(3600.0)
    hall.enter("stays", DESK, 5000)
    tasks = [hall.enter("gone", DESK, number + 1) for number in range(3000)]
    await settle_down()
    for task in tasks:
        task.cancel()
    await settle_down()

    assert hall.pacer.waiting == 1
    assert sum(map(len, hall.pacer._ready.values())) < 100
    assert hall.pacer._waiting_for == {5000: 1}


async def test_a_hundred_thousand_chats_leave_only_those_that_still_bind() -> None:
    clock = SteeredClock()
    pacer = Pacer(clock, rate=1000.0)
    most = 0
    for number in range(100_000):
        clock._passed += 0.001
        await pacer.turn(CAMPAIGN, ChatId(number + 1 if number % 100 else -number - 1))
        most = max(most, pacer.remembered)
    clock._passed += 61.0
    await pacer.turn(CAMPAIGN)

    assert most < 1.1 * 1000 + 60.1 * 10 + 10
    assert pacer.remembered == 0


async def test_nobody_waiting_means_no_waking(halls) -> None:
    hall = halls(25.0)
    await hall.pacer.turn(DESK, ChatId(1))
    await settle_down()

    assert hall.clock.next_waking is None
