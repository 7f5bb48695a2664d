"""Telegram refuses, is silent or breaks; the file is locked or the disk is full: a person hears, nothing is double."""

import asyncio
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.e2e.processes import Street, eventually
from tests.e2e.test_kill import ANSWER, QUESTION, WORDS, came_of_it, nothing_waits
from tests.town import Person, number_in, text_of

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


async def test_trouble_with_a_coordinators_reply_does_not_lose_it(street: Street) -> None:
    nurgul = await street.coordinator()
    troubles = ["429", "500", "502html", "drop_before", "drop_after", "bad_json"]
    askers = await street.askers(len(troubles))
    for one in askers:
        await one.say(QUESTION)
    await eventually(
        lambda: street.rows("SELECT count(*) FROM deliveries WHERE status = 2") == [(len(askers),)], "told"
    )
    letters = {number_in(one): one["message_id"] for one in await street.answers(nurgul, WORDS)}
    await street.faults(
        *(
            {"method": "sendMessage", "chat_id": one.id, "do": do, "retry_after": 2}
            for one, do in zip(askers, troubles, strict=True)
        )
    )

    for (id,) in street.rows("SELECT id FROM questions"):
        await nurgul.write(REPLY, reply_to=letters[id])
    await street.quiet()

    seen = {do: len(await street.answers(one, REPLY)) for one, do in zip(askers, troubles, strict=True)}
    assert {do: count for do, count in seen.items() if count not in ((1,) if do in ONCE else (1, 2))} == {}


async def test_a_server_that_breaks_for_long_is_said_when_it_is_over(hurried: Street) -> None:
    street = hurried
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
    nurgul, sergey = await street.two()
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
    nurgul, sergey = await street.two()
    with locked(street):
        await sergey.write(QUESTION)
        await street.bot.says("database is locked")
        assert await street.answers(sergey, ANSWER) == []

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_file_locked_before_the_effect_delays_the_answer(street: Street) -> None:
    nurgul, sergey = await street.two()
    street.arm("before the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("before the effect")
    with locked(street):
        street.disarm("before the effect")
        await street.bot.says("database is locked")

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)
    assert "update_tried_again" in street.bot.said()


async def test_a_file_locked_after_the_effect_does_not_repeat_the_answer(street: Street) -> None:
    nurgul, sergey = await street.two()
    street.arm("after the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("after the effect")
    with locked(street):
        street.disarm("after the effect")
        await street.bot.says("database is locked")

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_disk_full_before_the_inbox_write_loses_nothing(hurried: Street) -> None:
    street = hurried
    nurgul, sergey = await street.two()
    street.fill_the_disk()

    await sergey.write(QUESTION)
    await street.bot.says("disk I/O error", times=2)
    street.free_the_disk()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_disk_full_before_the_inbox_write_is_said_to_whoever_waits(hurried: Street) -> None:
    street = hurried
    nurgul, sergey = await street.two()
    aibek = await street.person("Айбек")
    await aibek.say("/start")  # and chooses no language
    await street.quiet()
    street.fill_the_disk()

    await sergey.write(QUESTION)
    await aibek.write("Салам!")

    assert "записать ваше сообщение" in text_of(await sergey.hears())
    both = text_of(await aibek.hears())
    assert "записать ваше сообщение" in both and "жазып ала албай" in both
    await street.bot.says("disk I/O error", times=4)
    street.free_the_disk()
    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)
    assert len(await street.answers(sergey, "записать ваше сообщение")) == 1


async def test_a_disk_full_before_the_effect_is_said_and_then_all_works_again(hurried: Street) -> None:
    street = hurried
    nurgul, sergey = await street.two()
    await given_up_for_a_full_disk(street, sergey)
    street.free_the_disk()
    await street.quiet()

    await sergey.write(QUESTION)

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)
    assert "update_given_up" in street.bot.said() and "disk I/O error" in street.bot.said()


async def test_what_was_given_up_is_not_acted_on_by_the_next_bot(hurried: Street) -> None:
    """The person was told to send it again, and did: the old update must not become a second question."""
    street = hurried
    nurgul, sergey = await street.two()
    await given_up_for_a_full_disk(street, sergey)
    await street.bot.says("done_not_written", times=5)
    street.free_the_disk()
    await sergey.say(QUESTION)
    await nurgul.hears(WORDS)
    heard = len(await street.answers(sergey, ""))
    await street.kill()

    await street.live()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)
    assert len(await street.answers(sergey, "")) == heard


async def given_up_for_a_full_disk(street: Street, sergey: Person) -> None:
    """The update is kept, its effect cannot be, and the person is told."""
    await street.quiet()
    street.arm("before the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("before the effect")
    street.fill_the_disk()
    street.disarm("before the effect")
    await sergey.hears(FAULT)


async def test_a_bot_whose_disk_is_full_can_be_stopped_and_started(street: Street) -> None:
    nurgul, sergey = await street.two()
    street.fill_the_disk()
    await sergey.write(QUESTION)
    await street.bot.says("disk I/O error")

    began = time.monotonic()
    street.bot.send(signal.SIGTERM)
    await street.bot.end()

    assert time.monotonic() - began < 10
    assert "Traceback" not in street.bot.said()
    await street.live()
    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_bot_that_cannot_write_what_it_did_can_be_stopped_and_started(street: Street) -> None:
    nurgul, sergey = await street.two()
    street.arm("before the effect", "wait")
    await sergey.write(QUESTION)
    await street.reaches("before the effect")
    street.fill_the_disk()
    street.disarm("before the effect")
    await street.bot.says("disk I/O error")

    began = time.monotonic()
    street.bot.send(signal.SIGTERM)
    await street.bot.end()

    assert time.monotonic() - began < 10
    assert "Traceback" not in street.bot.said()
    await street.live()
    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def test_a_log_that_cannot_be_written_ends_nothing(hurried: Street) -> None:
    """The log may stand on the same full disk as the file."""
    street = hurried
    nurgul, sergey = await street.two()
    street.fill_the_disk(log_too=True)
    await sergey.write(QUESTION)
    await street.eventually(lambda: asked_for_updates_again(street))
    street.free_the_disk()

    assert await came_of_it(street, sergey, nurgul) == (1, 1, 1)


async def asked_for_updates_again(street: Street) -> bool:
    """The bot has gone on to its next long poll, or has ended."""
    polls = (await street.get("/sim/requests?method=getUpdates"))["requests"]
    return len(polls) > 1 or street.bot.ended() is not None


async def test_at_the_most_talkative_level_the_log_still_holds_no_words(road: Street) -> None:
    await road.open()
    await road.live(LOG_LEVEL="DEBUG")
    nurgul, sergey = await road.two()

    await sergey.say(QUESTION)
    letter = await nurgul.hears(WORDS)
    await nurgul.say(REPLY, reply_to=letter["message_id"])
    await sergey.hears(REPLY)

    assert WORDS not in road.logs()
