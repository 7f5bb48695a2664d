"""The Courier on a real ledger: what is due is sent once, and every ending is written as it was."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.deliveries import DeliveryStatus, Reason, Source, Urgency
from bot.domain.ids import ChatId, MessageId
from bot.ports import Failed, Later, Letter, Moved, Outcome, Refused, Sent, Unauthorized, Uncertain
from bot.storage import chats, deliveries
from bot.storage.database import Database
from tests.fakes import NOON, FakeMessenger, SteeredClock
from tests.services.ledger import (
    a_courier,
    a_ledger,
    letters,
    owe,
    quiet,
    running,
    statuses,
    steer,
    tally,
)

S = DeliveryStatus
CHAT = ChatId(1)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_ledger(tmp_path) as db:
        yield db


def answering(*outcomes: Outcome) -> FakeMessenger:
    """A messenger that gives these outcomes in turn, and Sent after the last."""
    left = list(outcomes)
    return FakeMessenger(lambda chat, letter, urgency: left.pop(0) if left else Sent(MessageId(7)))


async def test_what_is_due_is_sent_once_and_the_ledger_knows(db: Database) -> None:
    source = await owe(db, range(1, 6))
    messenger = FakeMessenger()
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 5)

    assert sorted(messenger.told) == [1, 2, 3, 4, 5]
    assert (await tally(db, source)).counts == {S.SENT: 5}
    assert all(one.message_id is not None for one in await letters(db))


async def test_the_more_urgent_goes_first_and_within_one_urgency_what_was_due_first(db: Database) -> None:
    await owe(db, range(301, 340), urgency=Urgency.CAMPAIGN)
    await owe(db, [201, 202], occasion="b", due_at=NOON - timedelta(seconds=1))
    await owe(db, [203], occasion="a", due_at=NOON - timedelta(minutes=1))
    await owe(db, [101, 102], urgency=Urgency.DESK)
    messenger = FakeMessenger()
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: len(messenger.told) == 44)

    assert messenger.asked == [101, 102, 203, 201, 202, *range(301, 340)]


async def test_nothing_goes_before_it_is_due_and_the_courier_wakes_for_it_without_being_rung(db: Database) -> None:
    await owe(db, [1], due_at=NOON + timedelta(seconds=90))
    messenger, clock = FakeMessenger(), SteeredClock()
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await quiet(db)
        await clock.pass_by(89.9)
        await quiet(db)
        assert messenger.told == []
        await steer(courier, lambda: bool(messenger.told))

    assert clock.now() - NOON < timedelta(seconds=91)


async def test_a_commit_that_rings_is_heard_at_once(db: Database) -> None:
    messenger, clock = FakeMessenger(), SteeredClock()
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await quiet(db)
        await owe(db, [1])
        courier.due.set()
        await quiet(db)
        assert messenger.told == [1]

    assert clock.now() - NOON < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("outcome", "status", "reason"),
    [
        (Sent(MessageId(5)), S.SENT, Reason.NONE),
        (Refused("Forbidden: bot was blocked by the user"), S.REFUSED, Reason.BLOCKED),
        (Failed("400 can't parse entities"), S.FAILED, Reason.OUR_MISTAKE),
        (Uncertain("time-out"), S.UNCERTAIN, Reason.UNKNOWN_FATE),
    ],
)
async def test_each_outcome_ends_as_the_design_says(
    db: Database, outcome: Outcome, status: DeliveryStatus, reason: Reason
) -> None:
    await owe(db, [1])
    messenger = answering(outcome)
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: status in courier.figures().ended)
        await steer(courier, lambda: True)

    [letter] = await letters(db)
    assert (letter.status, letter.reason) == (status, reason)
    assert messenger.told == [1]


async def test_what_may_be_tried_later_is_sent_when_its_time_has_come(db: Database) -> None:
    await owe(db, [1])
    messenger, clock = answering(Later(7.3)), SteeredClock()
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await steer(courier, lambda: courier.figures().put_off == 1)
        await steer(courier, lambda: len(messenger.told) == 2)

    assert timedelta(seconds=7.3) <= clock.now() - NOON < timedelta(seconds=9.5)
    assert await statuses(db) == [S.SENT]


async def test_a_refusing_chat_becomes_unreachable_and_its_next_letter_is_skipped_without_a_request(
    db: Database,
) -> None:
    await owe(db, [1])
    messenger = answering(Refused("Forbidden: bot was blocked by the user"))
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: S.REFUSED in courier.figures().ended)
        await owe(db, [1], occasion="next", known=False)
        courier.due.set()
        await steer(courier, lambda: S.SKIPPED in courier.figures().ended)

    assert messenger.told == [1]
    assert [one.reason for one in await letters(db)] == [Reason.BLOCKED, Reason.UNREACHABLE]


async def test_a_chat_that_never_spoke_to_us_is_skipped(db: Database) -> None:
    await owe(db, [1], known=False)
    messenger = FakeMessenger()
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: S.SKIPPED in courier.figures().ended)

    assert messenger.asked == []


async def test_nothing_to_say_any_more_is_skipped(db: Database) -> None:
    async def silent(source: Source, chat: ChatId) -> Letter | None:
        return None

    await owe(db, [1])
    messenger = FakeMessenger()
    courier = a_courier(db, messenger, SteeredClock(), write_letter=silent)

    async with running(courier):
        await steer(courier, lambda: S.SKIPPED in courier.figures().ended)

    assert messenger.asked == []
    assert [one.reason for one in await letters(db)] == [Reason.NOTHING_TO_SAY]


async def test_a_group_that_moved_gets_its_letter_under_the_new_id_which_stands_everywhere(db: Database) -> None:
    await owe(db, [-5])
    messenger = answering(Moved(ChatId(-1005)), Sent(MessageId(9)))
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: S.SENT in courier.figures().ended)

    [letter] = await letters(db)
    assert (letter.chat_id, letter.message_id) == (-1005, 9)
    assert messenger.told == [-5, -1005]
    assert await chats.group(db.read, ChatId(-1005)) is not None
    assert await chats.group(db.read, ChatId(-5)) is None


async def test_a_group_that_is_owed_the_same_letter_under_both_ids_gets_it_once(db: Database) -> None:
    await owe(db, [-5, -1005])

    def moved(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        return Moved(ChatId(-1005)) if chat == -5 else Sent(MessageId(1))

    messenger = FakeMessenger(moved)
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: S.SENT in courier.figures().ended and S.SKIPPED in courier.figures().ended)

    assert messenger.told.count(ChatId(-1005)) == 1
    assert sorted(await statuses(db)) == [S.SENT, S.SKIPPED]


async def test_twenty_equal_failures_in_a_row_pause_a_campaign_and_the_rest_stays_queued(db: Database) -> None:
    paused: list[tuple[str, str]] = []

    async def pause(source: Source, reason: str) -> None:
        paused.append((source.occasion, reason))

    source = await owe(db, range(1, 61), urgency=Urgency.CAMPAIGN)
    messenger = FakeMessenger(lambda chat, letter, urgency: Failed("400 can't parse entities"))
    clock = SteeredClock()
    courier = a_courier(db, messenger, clock, pause=pause)

    async with running(courier):
        await steer(courier, lambda: bool(paused) and courier.figures().claimed == 0)
        await clock.pass_by(30)

    assert paused == [("CAMPAIGN ", "400 can't parse entities")]
    counts = (await tally(db, source)).counts
    assert 20 <= counts[S.FAILED] <= 30  # ten may have been on their way together
    assert counts[S.QUEUED] == 60 - counts[S.FAILED]


async def test_a_pause_that_breaks_makes_no_letter_uncertain(db: Database) -> None:
    async def pause(source: Source, reason: str) -> None:
        raise RuntimeError

    await owe(db, range(1, 26))
    courier = a_courier(db, FakeMessenger(lambda *_: Failed("400 no")), SteeredClock(), pause=pause)

    async with running(courier):
        await steer(courier, lambda: sum(courier.figures().ended.values()) == 25)

    assert set(await statuses(db)) == {S.FAILED}


async def test_a_letter_that_goes_out_ends_the_row_of_failures(db: Database) -> None:
    paused: list[str] = []

    async def pause(source: Source, reason: str) -> None:
        paused.append(reason)

    await owe(db, range(1, 40))
    messenger = FakeMessenger(lambda chat, letter, urgency: Sent(MessageId(1)) if chat == 15 else Failed("400 no"))
    courier = a_courier(db, messenger, SteeredClock(), pause=pause)

    async with running(courier):
        await steer(courier, lambda: courier.figures().ended.get(S.FAILED) == 38)

    assert len(paused) == 1  # 24 after the fifteenth, 14 before it


async def test_an_outage_of_an_hour_leaves_a_handful_uncertain_and_notices_still_try(db: Database) -> None:
    source = await owe(db, range(1, 1001), urgency=Urgency.CAMPAIGN)
    clock = SteeredClock()

    async def out(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        await clock.sleep(0.1)
        over = clock.now() - NOON > timedelta(hours=1)
        return Sent(MessageId(1)) if over or urgency < Urgency.CAMPAIGN else Uncertain("502")

    messenger = FakeMessenger(out)
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await steer(courier, lambda: clock.now() - NOON > timedelta(minutes=30), step=5)
        assert courier.figures().campaigns_held_for > 0
        await owe(db, [5000], urgency=Urgency.NOTICE)
        courier.due.set()
        await steer(courier, lambda: ChatId(5000) in messenger.told)
        await steer(courier, lambda: clock.now() - NOON > timedelta(hours=1), step=5)
        await steer(courier, lambda: courier.figures().claimed == 0 and len(messenger.told) > 1000, step=0.5)

    counts = (await tally(db, source)).counts
    assert counts[S.UNCERTAIN] < 100
    assert counts[S.SENT] + counts[S.UNCERTAIN] == 1000


async def test_the_holds_after_uncertain_letters_are_one_two_four_seconds(db: Database) -> None:
    await owe(db, range(1, 101), urgency=Urgency.CAMPAIGN)
    clock = SteeredClock()
    tried: list[float] = []

    def out(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        tried.append((clock.now() - NOON).total_seconds())
        return Uncertain("502")

    courier = a_courier(db, FakeMessenger(out), clock)

    async with running(courier):
        await steer(courier, lambda: clock.now() - NOON > timedelta(seconds=32))

    later = [at for at in tried if at > 0.5]
    assert [round(at) for at in later] == [1, 3, 7, 15, 31]


async def test_a_refused_token_stops_everything_and_keeps_everything(db: Database) -> None:
    source = await owe(db, range(1, 101))
    messenger = FakeMessenger(lambda chat, letter, urgency: Unauthorized())
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier) as task:
        await steer(courier, task.done)

    assert courier.figures().stopped_by_telegram
    assert (await tally(db, source)).counts == {S.QUEUED: 100}
    assert len(messenger.told) <= 5


async def test_an_error_nobody_expected_makes_the_letter_uncertain_and_stops_nobody(db: Database) -> None:
    def breaks(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        if chat == 2:
            raise RuntimeError("the words of a person")
        return Sent(MessageId(1))

    await owe(db, [1, 2, 3])
    courier = a_courier(db, FakeMessenger(breaks), SteeredClock())

    async with running(courier):
        await steer(courier, lambda: sum(courier.figures().ended.values()) == 3)

    assert await statuses(db) == [S.SENT, S.UNCERTAIN, S.SENT]


async def test_a_letter_that_could_not_even_be_written_failed_and_was_not_told(db: Database) -> None:
    async def breaks(source: Source, chat: ChatId) -> Letter | None:
        raise KeyError("the words of a person")

    await owe(db, [1])
    courier = a_courier(db, FakeMessenger(), SteeredClock(), write_letter=breaks)

    with capture_logs() as lines:
        async with running(courier):
            await steer(courier, lambda: bool(courier.figures().ended))

    logged = str(lines)
    assert await statuses(db) == [S.FAILED]
    assert "KeyError" in logged and "test_courier.py" in logged
    assert "words of a person" not in logged


class SlowMessenger(FakeMessenger):
    """Waits for its turn until `turn` is set, and for the answer until `answered` is."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = asyncio.Event()
        self.answered = asyncio.Event()
        self.on_the_way = 0

    async def send(self, chat_id, letter, urgency, just_before=None):  # type: ignore[no-untyped-def]
        await self.turn.wait()
        await just_before()
        self.on_the_way += 1
        await self.answered.wait()
        self.sent.append((chat_id, letter, urgency))
        return Sent(MessageId(len(self.sent)))


async def cancel(db: Database, chat: ChatId = CHAT) -> None:
    async with db.transaction() as tx:
        await deliveries.cancel_owed(tx, chat, NOON)


async def test_a_letter_cancelled_while_it_waits_for_its_turn_is_not_sent(db: Database) -> None:
    await owe(db, [1])
    messenger = SlowMessenger()
    courier = a_courier(db, messenger, SteeredClock())

    async with running(courier):
        await steer(courier, lambda: courier.figures().claimed == 1)
        await cancel(db)
        messenger.turn.set()
        await steer(courier, lambda: courier.figures().claimed == 0)

    assert messenger.on_the_way == 0
    assert await statuses(db) == [S.CANCELLED]


async def test_a_letter_cancelled_when_it_was_already_on_its_way_is_told_as_it_was(db: Database) -> None:
    await owe(db, [1])
    messenger = SlowMessenger()
    courier = a_courier(db, messenger, SteeredClock())
    messenger.turn.set()

    async with running(courier):
        await steer(courier, lambda: messenger.on_the_way == 1)
        await cancel(db)
        messenger.answered.set()
        await steer(courier, lambda: courier.figures().claimed == 0)

    assert await statuses(db) == [S.SENT]


async def test_a_person_forgotten_while_a_letter_is_on_its_way_leaves_only_a_count(db: Database) -> None:
    source = await owe(db, [1])
    messenger = SlowMessenger()
    courier = a_courier(db, messenger, SteeredClock())
    messenger.turn.set()

    async with running(courier):
        await steer(courier, lambda: messenger.on_the_way == 1)
        async with db.transaction() as tx:
            await deliveries.cancel_owed(tx, CHAT, NOON)
            await deliveries.forget(tx, CHAT)
        messenger.answered.set()
        await steer(courier, lambda: courier.figures().claimed == 0)

    rows = await db.read.execute_fetchall("SELECT chat_id, message_id FROM deliveries")
    assert [tuple(row) for row in rows] == [(None, None)]
    assert (await tally(db, source)).counts == {S.SENT: 1}


async def test_what_is_late_expires_whether_it_waits_in_the_ledger_or_for_its_turn(db: Database) -> None:
    await owe(db, [1], not_after=NOON - timedelta(seconds=1), occasion="late already")
    await owe(db, [2], not_after=NOON + timedelta(seconds=5), occasion="late soon")
    messenger, clock = SlowMessenger(), SteeredClock()
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await steer(courier, lambda: courier.figures().claimed == 1)
        await clock.pass_by(6)
        messenger.turn.set()
        await steer(courier, lambda: courier.figures().claimed == 0)

    assert messenger.on_the_way == 0
    assert [(one.status, one.reason) for one in await letters(db)] == [(S.EXPIRED, Reason.TOO_LATE)] * 2


async def test_a_stop_awaits_what_is_on_its_way_and_puts_back_what_is_not(db: Database) -> None:
    await owe(db, range(1, 31), urgency=Urgency.CAMPAIGN)
    messenger = SlowMessenger()
    courier = a_courier(db, messenger, SteeredClock())
    messenger.turn.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(courier.run())
        await steer(courier, lambda: messenger.on_the_way == 10)
        stop = group.create_task(courier.stop())
        await steer(courier, lambda: courier.figures().claimed == 10)
        messenger.answered.set()
        await steer(courier, stop.done)

    assert await statuses(db) == [S.SENT] * 10 + [S.QUEUED] * 20


async def test_a_stop_waits_twenty_seconds_and_then_says_uncertain(db: Database) -> None:
    await owe(db, [1, 2])
    messenger, clock = SlowMessenger(), SteeredClock()
    courier = a_courier(db, messenger, clock)
    messenger.turn.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(courier.run())
        await steer(courier, lambda: messenger.on_the_way == 2)
        stopped_at = clock.now()
        stop = group.create_task(courier.stop())
        await steer(courier, stop.done, step=0.5)

    assert clock.now() - stopped_at == pytest.approx(timedelta(seconds=20), abs=timedelta(seconds=1))
    assert await statuses(db) == [S.UNCERTAIN] * 2


async def test_a_task_that_is_cancelled_from_outside_still_settles(db: Database) -> None:
    await owe(db, range(1, 31), urgency=Urgency.CAMPAIGN)
    messenger = SlowMessenger()
    courier = a_courier(db, messenger, SteeredClock())
    messenger.turn.set()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(courier.run())
        await steer(courier, lambda: messenger.on_the_way == 10)
        task.cancel()

    assert await statuses(db) == [S.UNCERTAIN] * 10 + [S.QUEUED] * 20


async def in_flight(db: Database) -> None:
    """As a kill leaves the ledger: everything due is `sending`, and nobody knows."""
    for urgency in Urgency:
        await db.write(lambda tx, urgency=urgency: deliveries.claim(tx, NOON, 100, urgency))  # type: ignore[misc]


async def test_after_a_crash_campaigns_are_uncertain_and_the_others_are_sent_once_more(db: Database) -> None:
    await owe(db, [1], urgency=Urgency.DESK)
    await owe(db, [2], urgency=Urgency.NOTICE)
    await owe(db, [3], urgency=Urgency.CAMPAIGN)
    await owe(db, [4], not_after=NOON + timedelta(seconds=10), occasion="late by then")
    await in_flight(db)
    clock = SteeredClock(NOON + timedelta(minutes=1))
    messenger = FakeMessenger()
    courier = a_courier(db, messenger, clock)

    assert await courier.recover() == 4
    async with running(courier):
        await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 2)

    again = (S.SENT, Reason.REPEATED)
    lost = (S.UNCERTAIN, Reason.CRASH)
    assert sorted(messenger.told) == [1, 2]
    assert [(one.status, one.reason) for one in await letters(db)] == [again, again, lost, lost]


async def test_what_was_repeated_after_a_crash_is_not_repeated_after_the_next(db: Database) -> None:
    await owe(db, [1])
    messenger = FakeMessenger()
    courier = a_courier(db, messenger, SteeredClock())
    for _ in range(2):
        await in_flight(db)
        await courier.recover()

    assert await statuses(db) == [S.UNCERTAIN]


async def test_a_database_that_refuses_for_a_while_loses_nothing_and_repeats_nothing(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owe(db, range(1, 41))
    messenger, clock = SlowMessenger(), SteeredClock()
    courier = a_courier(db, messenger, clock)
    messenger.turn.set()

    async def refuses(work: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    async with running(courier):
        await steer(courier, lambda: messenger.on_the_way == 5)
        with monkeypatch.context() as trouble:
            trouble.setattr(db, "write", refuses)
            messenger.answered.set()
            for _ in range(30):
                await asyncio.sleep(0.001)
                await clock.pass_by(1)
        sent_in_trouble = len(messenger.sent)
        known_in_trouble = (await statuses(db)).count(S.SENT)
        await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 40)

    assert (sent_in_trouble, known_in_trouble) == (25, 0)  # the window was sent, and the ledger could not be told
    assert sorted(messenger.told) == list(range(1, 41))


@pytest.mark.parametrize("outcome", [Refused("blocked"), Failed("400 no"), Uncertain("502")])
async def test_a_repetition_that_does_not_go_out_leaves_the_first_letter_uncertain(
    db: Database, outcome: Outcome
) -> None:
    await owe(db, [1])
    await in_flight(db)
    courier = a_courier(db, answering(outcome), SteeredClock())
    await courier.recover()

    async with running(courier):
        await steer(courier, lambda: bool(courier.figures().ended))

    assert await statuses(db) == [S.UNCERTAIN]


async def test_a_repetition_that_comes_too_late_leaves_the_first_letter_uncertain(db: Database) -> None:
    await owe(db, [1], not_after=NOON + timedelta(seconds=30))
    await in_flight(db)
    clock = SteeredClock()
    await a_courier(db, FakeMessenger(), clock).recover()
    await clock.pass_by(60)
    await a_courier(db, FakeMessenger(), clock).recover()

    [letter] = await letters(db)
    assert (letter.status, letter.reason) == (S.UNCERTAIN, Reason.CRASH)


async def test_no_more_than_the_window_is_ever_claimed(db: Database) -> None:
    await owe(db, range(1, 301), urgency=Urgency.CAMPAIGN)
    messenger = SlowMessenger()
    courier = a_courier(db, messenger, SteeredClock(), rate=25.0)

    async with running(courier):
        await steer(courier, lambda: courier.figures().claimed > 0)
        for _ in range(10):
            await quiet(db)
            courier.due.set()
        claimed = sum(status is S.SENDING for status in await statuses(db))
        await owe(db, [1000], urgency=Urgency.DESK)  # there is room for what is more urgent
        courier.due.set()
        await quiet(db)
        [urgent] = [one for one in await letters(db) if one.chat_id == 1000]
        messenger.turn.set()
        messenger.answered.set()
        await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 301)

    assert claimed == 20 <= courier.figures().window == 25
    assert urgent.status is S.SENDING


async def test_slow_answers_widen_the_window_to_two_seconds_of_rate_at_most(db: Database) -> None:
    courier = a_courier(db, FakeMessenger(), SteeredClock(), rate=25.0)
    narrow = courier.figures().window
    courier._latencies.extend([0.1] * 95 + [1.5] * 5)
    wider = courier.figures().window
    courier._latencies.extend([9.0] * 100)

    assert (narrow, wider, courier.figures().window) == (25, 38, 50)
    assert courier.figures().p99 == 9.0


async def test_letters_to_one_chat_keep_their_order_however_long_each_takes_to_write(db: Database) -> None:
    for number in range(4):
        await owe(db, [1], urgency=Urgency.DESK, occasion=f"piece {number}")
    clock = SteeredClock()

    async def ever_faster(source: Source, chat: ChatId) -> Letter:
        await clock.sleep(1 - int(source.occasion[-1]) / 5)
        return Letter(source.occasion)

    outcomes = iter([Later(2.0)])
    messenger = FakeMessenger(lambda chat, letter, urgency: next(outcomes, Sent(MessageId(1))))
    courier = a_courier(db, messenger, clock, write_letter=ever_faster)

    async with running(courier):
        await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 4)

    assert [letter.text[-7:] for _, letter, _ in messenger.sent] == [
        "piece 0",
        *(f"piece {number}" for number in range(4)),
    ]


async def test_a_chat_with_very_many_letters_gets_them_in_order_and_holds_up_nobody(db: Database) -> None:
    for number in range(60):
        await owe(db, [1], urgency=Urgency.DESK, occasion=f"{number:02}")
    await owe(db, [2], urgency=Urgency.NOTICE)
    clock = SteeredClock()

    async def a_second_each(chat: ChatId, letter: Letter, urgency: Urgency) -> Outcome:
        await clock.sleep(1.0)
        return Sent(MessageId(1))

    messenger = FakeMessenger(a_second_each)
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await steer(courier, lambda: ChatId(2) in messenger.asked)
        assert clock.now() - NOON < timedelta(seconds=1)
        await steer(courier, lambda: courier.figures().ended.get(S.SENT) == 61, step=0.2)

    assert [text for chat, letter, _ in messenger.sent if chat == 1 for text in [letter.text[-2:]]] == [
        f"{number:02}" for number in range(60)
    ]
    assert not courier._lanes._behind


async def test_a_desk_letter_of_unknown_fate_goes_once_more_and_the_ledger_says_so(db: Database) -> None:
    await owe(db, [1], urgency=Urgency.DESK)
    clock = SteeredClock()
    messenger = FakeMessenger(lambda chat, letter, urgency: Uncertain("502"))
    courier = a_courier(db, messenger, clock)

    async with running(courier):
        await steer(courier, lambda: len(messenger.told) == 2, step=0.5)
        await steer(courier, lambda: bool(courier.figures().ended), step=0.5)

    assert await statuses(db) == [S.UNCERTAIN]
    assert len(messenger.told) == 2
