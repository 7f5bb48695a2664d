"""Telegram refuses, is silent or breaks; the file is locked or the disk is full: a person hears, nothing is double."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.e2e.processes import Street
from tests.e2e.test_kill import ANSWER, QUESTION, WORDS, came_of_it, nothing_waits
from tests.town import Person, text_of

pytestmark = pytest.mark.timeout(240)

FAULT = "У нас что-то сломалось"
ONCE = {"429", "500", "502html", "drop_before", "timeout_before"}
REPLY = "Ветеринары отвечают сами."


async def test_trouble_with_the_answer_ends_in_one_answer_or_two_when_it_may_have_arrived(street: Street) -> None:
    nurgul = await street.coordinator()
    troubles = [*sorted(ONCE), "drop_after", "timeout_after", "bad_json"]
    askers = await street.askers(len(troubles))
    await street.faults(
        *(
            {"method": "sendMessage", "chat_id": one.id, "do": do, "retry_after": 2}
            for one, do in zip(askers, troubles, strict=True)
        )
    )

    await asyncio.gather(*(one.write(QUESTION) for one in askers))
    for one in askers:
        await street.eventually(lambda one=one: street.answers(one, ANSWER))
    await street.eventually(lambda: nothing_waits(street))
    await street.quiet()

    seen = {do: len(await street.answers(one, ANSWER)) for one, do in zip(askers, troubles, strict=True)}
    assert {do: seen[do] for do in ONCE} == dict.fromkeys(ONCE, 1)
    assert {do for do, count in seen.items() if count not in (1, 2)} == set()
    assert street.rows("SELECT count(*), count(DISTINCT chat_id) FROM questions") == [(len(troubles),) * 2]
    assert len(await street.answers(nurgul, WORDS)) == len(troubles)
    assert street.bot.said().count("update_tried_again") >= len(troubles) - 1


@pytest.mark.parametrize("do", ["429", "500", "502html", "drop_before", "drop_after", "bad_json"])
async def test_trouble_with_the_coordinators_reply_does_not_lose_it(street: Street, do: str) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await sergey.say(QUESTION)
    letter = await nurgul.hears(WORDS)
    await street.faults({"method": "sendMessage", "chat_id": sergey.id, "do": do, "retry_after": 2})

    await nurgul.write(REPLY, reply_to=letter["message_id"])

    await street.eventually(lambda: street.answers(sergey, REPLY))
    await street.quiet()
    assert len(await street.answers(sergey, REPLY)) in ((1, 2) if do in ("drop_after", "bad_json") else (1,))


async def test_a_server_that_breaks_for_long_is_said_when_it_is_over_or_answered(street: Street) -> None:
    sergey = await street.asker()
    await street.faults({"method": "sendMessage", "chat_id": sergey.id, "do": "500", "times": 5})

    await sergey.write(QUESTION)

    assert FAULT in text_of(await sergey.hears())
    await street.quiet()
    assert "update_given_up" in street.bot.said()
    assert ANSWER in text_of(await (await street.asker()).say(QUESTION))


async def test_a_person_who_blocks_the_bot_costs_nobody_else_anything(street: Street) -> None:
    nurgul, sergey, other = await street.coordinator(), await street.asker(), await street.asker("Айбек")
    await sergey.say(QUESTION)
    letter = await nurgul.hears(WORDS)
    await street.post(f"/sim/chats/{sergey.id}/bot", {"by": sergey.id, "status": "kicked"})

    await nurgul.say(REPLY, reply_to=letter["message_id"])
    assert ANSWER in text_of(await other.say(QUESTION))
    await street.quiet()

    assert street.bot.ended() is None
    assert await street.answers(sergey, REPLY) == []
    await street.post(f"/sim/chats/{sergey.id}/bot", {"by": sergey.id, "status": "member"})
    await sergey.say("/start")
    assert "№ 1" in text_of(await sergey.say("/my"))


async def test_a_person_who_blocks_the_bot_before_the_answer_still_has_a_question(street: Street) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.faults({"method": "sendMessage", "chat_id": sergey.id, "do": "403_blocked"})

    await sergey.write(QUESTION)

    await nurgul.hears(WORDS)
    await street.eventually(lambda: nothing_waits(street))
    await street.quiet()
    assert street.rows("SELECT count(*) FROM questions") == [(1,)]
    assert "bot was blocked" in street.bot.said()


@contextmanager
def locked(street: Street) -> Iterator[None]:
    """Another connection holds the whole file."""
    with closing(sqlite3.connect(street.database, timeout=20, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            db.execute("ROLLBACK")


async def test_a_file_locked_before_the_inbox_write_delays_the_answer(street: Street) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.quiet()
    with locked(street):
        await sergey.write(QUESTION)
        await street.bot.says("database is locked")
        assert await street.answers(sergey, ANSWER) == []

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_file_locked_before_the_effect_delays_the_answer(street: Street) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.quiet()
    street.arm("before the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("before the effect")
    with locked(street):
        street.disarm("before the effect")
        await street.bot.says("database is locked")

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)
    assert "update_tried_again" in street.bot.said()


async def test_a_file_locked_after_the_effect_does_not_repeat_the_answer(street: Street) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.quiet()
    street.arm("after the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("after the effect")
    with locked(street):
        street.disarm("after the effect")
        await street.bot.says("database is locked", times=2)

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_disk_full_before_the_inbox_write_loses_nothing(street: Street) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.quiet()
    street.fill_the_disk()

    await sergey.write(QUESTION)
    await street.bot.says("polling_trouble", times=2)
    street.free_the_disk()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_disk_full_before_the_inbox_write_is_said_to_whoever_waits(street: Street) -> None:
    sergey = await street.asker()
    await street.quiet()
    street.fill_the_disk()

    await sergey.write(QUESTION)

    await sergey.hears()
    street.free_the_disk()


async def test_a_disk_full_before_the_effect_is_said_and_then_all_works_again(street: Street) -> None:
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.quiet()
    street.arm("before the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("before the effect")
    street.fill_the_disk()
    street.disarm("before the effect")

    assert FAULT in text_of(await sergey.hears())
    assert "update_given_up" in street.bot.said() and "OperationalError" in street.bot.said()
    street.free_the_disk()
    await street.quiet()

    again: Person = sergey
    await again.write(QUESTION)
    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)
    await street.kill()
    await street.live()
    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_disk_full_for_long_does_not_bring_an_old_update_back_to_life(street: Street) -> None:
    """What was given up, and so told to the person, is not answered by the next bot as if nothing had been said."""
    nurgul, sergey = await street.coordinator(), await street.asker()
    await street.quiet()
    street.arm("before the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("before the effect")
    street.fill_the_disk()
    street.disarm("before the effect")
    await sergey.hears(FAULT)
    await street.bot.says("done_not_written", times=5)
    street.free_the_disk()
    await sergey.say(QUESTION)
    await nurgul.hears(WORDS)
    await street.kill()

    await street.live()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_at_the_most_talkative_level_the_log_still_holds_no_words(road: Street) -> None:
    await road.open()
    await road.live(LOG_LEVEL="DEBUG")
    nurgul, sergey = await road.coordinator(), await road.asker()

    await sergey.say(QUESTION)
    letter = await nurgul.hears(WORDS)
    await nurgul.say(REPLY, reply_to=letter["message_id"])
    await sergey.hears(REPLY)

    assert WORDS not in road.logs()
