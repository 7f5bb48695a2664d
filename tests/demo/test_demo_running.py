"""The server as its own process: where it listens, that it stops at once."""

import asyncio
import json
import signal
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from bot.demo.characters import CANDIDATE_KY

ROOT = Path(__file__).parents[2]


async def started(*arguments):
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo", "--port", "0", *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    line = (await asyncio.wait_for(server.stdout.readline(), 20)).decode().strip()
    assert line.startswith("listening on http://127.0.0.1:")
    return server, line.removeprefix("listening on ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_at_once_whoever_waits(number):
    server, base = await started()
    try:
        async with aiohttp.ClientSession() as session:
            waiting = [
                asyncio.ensure_future(session.get(f"{base}/bot7:x/getUpdates?timeout=50")),
                asyncio.ensure_future(session.get(f"{base}/sim/poll?after=0&timeout=50")),
                asyncio.ensure_future(session.get(f"{base}/sim/events")),
            ]
            await asyncio.sleep(0.2)
            begin = time.monotonic()
            server.send_signal(number)
            assert await asyncio.wait_for(server.wait(), 5) == 0
            assert time.monotonic() - begin < 1.5
            await asyncio.gather(*waiting, return_exceptions=True)
    finally:
        if server.returncode is None:
            server.kill()
            await server.wait()


@pytest.mark.parametrize(("do", "delivered"), [("hold_before", 0), ("hold_after", 1)])
async def test_of_a_caller_who_was_killed_only_what_had_arrived_is_delivered(do, delivered):
    server, base = await started()
    there = f"{base}/sim/chats/{CANDIDATE_KY}"
    try:
        async with aiohttp.ClientSession() as session, aiohttp.ClientSession() as doomed:
            await session.post(f"{there}/send", json={"from": CANDIDATE_KY, "text": "/start"})
            await session.post(f"{base}/sim/faults", json={"next": [{"method": "sendMessage", "do": do}]})
            body = {"chat_id": CANDIDATE_KY, "text": "x"}
            call = asyncio.ensure_future(doomed.post(f"{base}/bot7:x/sendMessage", json=body))
            async with session.get(f"{base}/sim/poll?after=0&timeout=5") as response:
                after = (await response.json())["events"][-1]["n"]
            async with session.get(f"{base}/sim/poll?after={after}&timeout=5"):
                call.cancel()
            await doomed.close()
            await asyncio.sleep(0.1)

            async with session.post(f"{base}/sim/release") as response:
                assert await response.json() == {"released": 1}
            async with session.get(f"{there}/messages") as response:
                assert len((await response.json())["messages"]) == 1 + delivered
    finally:
        server.terminate()
        await asyncio.wait_for(server.wait(), 5)


async def test_it_can_start_with_nobody_and_one_token():
    server, base = await started("--empty", "--token-required", "7:x")
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{base}/sim/state") as response:
                assert json.loads(await response.text())["chats"] == []
            for token, status in (("7:x", 200), ("7:y", 401)):
                async with session.get(f"{base}/bot{token}/getMe") as response:
                    assert response.status == status
    finally:
        server.terminate()
        await asyncio.wait_for(server.wait(), 5)


async def test_the_page_is_served_and_never_cached(town):
    async with town.client.get("/") as response:
        assert response.status == 200
        assert response.headers["Cache-Control"] == "no-store"
    async with town.client.get("/page/index.html") as response:
        if response.status == 200:
            assert response.headers["Cache-Control"] == "no-store"
