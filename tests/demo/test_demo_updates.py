"""Updates: kept until confirmed, handed to one poller."""

import asyncio

HOUR = 3600


async def test_an_update_comes_again_until_it_is_confirmed(town, chat):
    await town.say(chat, "бир")
    await town.say(chat, "эки")

    first = await town.did("getUpdates", limit=1)
    assert [one["message"]["text"] for one in first] == ["бир"]
    assert await town.did("getUpdates", limit=1) == first
    rest = await town.did("getUpdates", offset=first[0]["update_id"] + 1)
    assert [one["message"]["text"] for one in rest] == ["эки"]
    assert await town.did("getUpdates", offset=-1) == rest


async def test_a_long_poll_wakes_with_the_first_update(town, chat):
    waiting = asyncio.ensure_future(town.updates(timeout=30))
    await asyncio.sleep(0.05)
    await town.say(chat, "салам")

    assert (await asyncio.wait_for(waiting, 2))[0]["message"]["text"] == "салам"


async def test_a_long_poll_ends_empty_when_nothing_happens(town, chat):
    assert await asyncio.wait_for(town.updates(timeout=1), 3) == []


async def test_of_two_pollers_the_older_is_ended_with_a_conflict(town, chat):
    older = asyncio.ensure_future(town.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.ensure_future(town.call("getUpdates", timeout=30))

    assert await asyncio.wait_for(older, 2) == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running",
    }
    await town.say(chat, "салам")
    assert (await asyncio.wait_for(newer, 2))["result"]


async def test_a_poller_that_was_killed_loses_nothing(town, chat):
    killed = asyncio.ensure_future(town.call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    killed.cancel()
    await town.say(chat, "салам")

    assert (await town.updates())[0]["message"]["text"] == "салам"


async def test_only_allowed_kinds_come_and_the_choice_is_remembered(town, chat):
    await town.did("getUpdates", allowed_updates=["callback_query"])

    assert (await town.say(chat, "салам"))["update_id"] is None
    assert await town.updates() == []
    assert "has no messages" in await town.refused("getUpdates", allowed_updates=["messages"])
    await town.did("getUpdates", allowed_updates=[])
    assert (await town.say(chat, "салам"))["update_id"]


async def test_updates_are_kept_a_day(town, chat):
    await town.say(chat, "салам")
    await town.sim("/faults", clock_shift_s=24 * HOUR + 1)

    assert await town.updates() == []


async def test_a_webhook_ends_polling_until_it_is_deleted(town, chat):
    assert await town.did("setWebhook", url="https://a.kg/hook")
    assert (await town.call("getUpdates"))["error_code"] == 409
    await town.say(chat, "салам")
    found = await town.did("getWebhookInfo")
    assert (found["url"], found["pending_update_count"]) == ("https://a.kg/hook", 1)

    assert await town.did("deleteWebhook", drop_pending_updates=True)
    assert await town.updates() == []
    assert "HTTPS" in await town.refused("setWebhook", url="http://a.kg")


async def test_a_later_server_never_repeats_numbers_of_an_earlier_one():
    from bot.demo.characters import CANDIDATE_KY, cast

    moment = [1_800_000_000.0]
    numbers = []
    for _ in range(2):
        world = cast()
        world.clock = lambda: moment[0]
        world.updates.__post_init__()
        number = [world.updates.add("message", {}) for _ in range(500)][-1]
        numbers.append(number)
        moment[0] += 1
    assert numbers[1] - numbers[0] == 1000
    assert CANDIDATE_KY in world.chats
