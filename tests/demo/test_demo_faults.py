"""Trouble on demand."""

import asyncio

import aiohttp
import pytest

from bot.demo.call import METHODS
from bot.demo.characters import CANDIDATE_RU


async def held_calls(town):
    """What /sim/faults says is held, as soon as something is."""
    start = (await town.seen("/state"))["n"]
    held = (await town.seen("/faults"))["held"]
    return held or ((await town.seen("/poll", after=start, timeout=5)) and (await town.seen("/faults"))["held"])


async def count(town, chat):
    return sum(one["from"]["is_bot"] for one in await town.messages(chat))


@pytest.mark.parametrize(
    ("do", "code", "words"),
    [
        ("429", 429, "Too Many Requests: retry after 7"),
        ("500", 500, "Internal Server Error"),
        ("403_blocked", 403, "Forbidden: bot was blocked by the user"),
        ("400_chat_not_found", 400, "Bad Request: chat not found"),
        ("401", 401, "Unauthorized"),
    ],
)
async def test_a_planned_refusal_strikes_once_and_delivers_nothing(town, chat, do, code, words):
    await town.sim("/faults", next=[{"method": "sendMessage", "do": do, "retry_after": 7}])

    answer = await town.call("sendMessage", chat_id=chat, text="x")
    assert (answer["error_code"], answer["description"]) == (code, words)
    if do == "429":
        assert answer["parameters"] == {"retry_after": 7}
    assert await count(town, chat) == 0
    assert await town.did("sendMessage", chat_id=chat, text="x")


async def test_a_fault_strikes_only_the_chat_and_method_it_names(town, chat):
    await town.started(CANDIDATE_RU)
    await town.sim("/faults", next=[{"method": "sendMessage", "chat_id": chat, "do": "500", "times": 2}])

    assert await town.did("sendMessage", chat_id=CANDIDATE_RU, text="x")
    assert await town.did("sendChatAction", chat_id=chat, action="typing")
    for _ in range(2):
        assert not (await town.call("sendMessage", chat_id=chat, text="x"))["ok"]
    assert await town.did("sendMessage", chat_id=chat, text="x")


async def test_a_fault_for_every_method_leaves_polling_alone_and_may_last(town, chat):
    await town.sim("/faults", next=[{"method": "*", "do": "502html", "times": -1}])

    assert await town.did("getUpdates") == []
    for _ in range(3):
        async with town.client.post("/bot7:x/getMe") as response:
            assert response.status == 502
            assert (await response.text()).startswith("<html>")
    await town.sim("/faults", next=[])
    assert await town.did("getMe")


async def test_an_outage_of_polling_is_named_explicitly(town, chat):
    await town.sim("/faults", next=[{"method": "getUpdates", "do": "500"}])

    assert (await town.call("getUpdates"))["error_code"] == 500
    assert await town.did("getUpdates") == []


@pytest.mark.parametrize(("do", "delivered"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_a_time_out_comes_before_or_after_the_delivery(town, chat, do, delivered):
    await town.sim("/faults", next=[{"method": "sendMessage", "do": do}])

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(town.call("sendMessage", chat_id=chat, text="x"), 0.3)
    assert await count(town, chat) == delivered
    (entry,) = (await town.seen("/requests", method="sendMessage"))["requests"]
    assert (entry["ok"], entry["error"]) == (None, do)


@pytest.mark.parametrize(("do", "delivered"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_connection_drops_before_or_after_the_delivery(town, chat, do, delivered):
    await town.sim("/faults", next=[{"method": "sendMessage", "do": do}])

    with pytest.raises(aiohttp.ClientError):
        await town.call("sendMessage", chat_id=chat, text="x")
    assert await count(town, chat) == delivered


async def test_an_unreadable_answer_follows_a_delivery(town, chat):
    await town.sim("/faults", next=[{"method": "sendMessage", "do": "bad_json"}])

    with pytest.raises(ValueError, match=r"(?i)expecting|unterminated|delimiter"):
        await town.call("sendMessage", chat_id=chat, text="x")
    assert await count(town, chat) == 1


@pytest.mark.parametrize(("do", "delivered"), [("hold_before", 0), ("hold_after", 1)])
async def test_a_call_is_held_before_or_after_the_delivery_until_released(town, chat, do, delivered):
    await town.sim("/faults", next=[{"method": "sendMessage", "do": do}])
    call = asyncio.ensure_future(town.call("sendMessage", chat_id=chat, text="x"))
    held = await held_calls(town)

    assert (held[0]["method"], held[0]["chat_id"]) == ("sendMessage", chat)
    assert await count(town, chat) == delivered
    (entry,) = (await town.seen("/requests", method="sendMessage"))["requests"]
    assert (entry["ok"], entry["held"]) == (None, do.removeprefix("hold_"))

    assert await town.sim("/release") == {"released": 1}
    assert (await call)["ok"]
    assert await count(town, chat) == 1
    (entry,) = (await town.seen("/requests", method="sendMessage"))["requests"]
    assert (entry["ok"], entry["status"], entry["response"]["text"]) == (True, 200, "x")
    assert "held" not in entry
    assert (await town.seen("/faults"))["held"] == []


async def test_a_failure_of_the_server_itself_is_a_500_and_in_the_log(town, chat, monkeypatch):
    async def broken(_):
        raise KeyError("own mistake")

    monkeypatch.setitem(METHODS, "sendMessage", broken)

    assert (await town.call("sendMessage", chat_id=chat, text="x"))["error_code"] == 500
    assert (await town.seen("/requests", method="sendMessage"))["requests"][0]["status"] == 500


async def test_a_planned_migration_happens(town, group):
    await town.sim("/faults", next=[{"method": "sendMessage", "chat_id": group, "do": "migrate"}])

    answer = await town.call("sendMessage", chat_id=group, text="x")
    fresh = answer["parameters"]["migrate_to_chat_id"]
    assert await town.did("sendMessage", chat_id=fresh, text="x")


async def test_latency_delays_every_answer(town, chat):
    await town.sim("/faults", latency_ms=80)
    start = asyncio.get_running_loop().time()
    await town.did("sendMessage", chat_id=chat, text="x")

    assert asyncio.get_running_loop().time() - start >= 0.08


async def test_one_message_a_second_to_one_chat(town, chat):
    await town.started(CANDIDATE_RU)
    await town.sim("/faults", rate_limits=True)
    assert await town.did("sendMessage", chat_id=chat, text="x")

    answer = await town.call("sendMessage", chat_id=chat, text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
    assert await town.did("sendMessage", chat_id=CANDIDATE_RU, text="x")
    await asyncio.sleep(1.05)
    assert await town.did("sendMessage", chat_id=chat, text="x")


async def test_twenty_messages_a_minute_to_one_group_edits_included(town, group):
    clock = [1000.0]
    town.world.monotonic = lambda: clock[0]
    await town.sim("/faults", rate_limits=True)
    sent = [await town.did("sendMessage", chat_id=group, text="x") for _ in range(19)][-1]
    edit = {"chat_id": group, "message_id": sent["message_id"]}
    assert await town.did("editMessageText", **edit, text="y")

    clock[0] += 10
    answer = await town.call("editMessageText", **edit, text="z")
    assert answer["parameters"] == {"retry_after": 50}
    clock[0] += 50
    assert await town.did("sendMessage", chat_id=group, text="x")


async def test_so_many_a_second_overall(town):
    await town.sim("/faults", rate_limits=True, limits={"all_per_second": 3})
    chats = []
    for _ in range(4):
        person = (await town.sim("/people", first_name="x"))["person"]["id"]
        await town.say(person, "/start")
        chats.append(person)

    answers = [(await town.call("sendMessage", chat_id=one, text="x"))["ok"] for one in chats]
    assert answers == [True, True, True, False]


async def test_a_fault_that_makes_no_sense_is_refused(town):
    assert '"do" is one of' in await town.cannot("/faults", next=[{"do": "explode"}])
    assert "unknown keys" in await town.cannot("/faults", latency=5)
    assert "has no" in await town.cannot("/faults", next=[{"do": "500", "when": "now"}])
    assert (await town.seen("/faults"))["next"] == []
