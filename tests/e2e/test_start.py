"""How it begins and how it ends: wrong settings, two bots on one file, no server yet, SIGTERM with work in hand."""

import asyncio
import signal

import pytest

from tests.e2e.processes import Running, Street, command, eventually, free_port
from tests.e2e.test_kill import ANSWER, QUESTION, WORDS
from tests.town import text_of

pytestmark = pytest.mark.timeout(240)

WRONG = {
    "TIME_ZONE": "Mars",
    "SEND_RATE": "abc",
    "ADMINS": "x",
    "BOT_TOKEN": "AAsecret-of-the-tests",
    "BOT_API_BASE": "localhost:8081",
    "LOG_LEVEL": "LOUD",
}
TRACE = "Traceback"


async def test_each_wrong_setting_is_one_line_that_names_it(road: Street) -> None:
    usual = {"BOT_TOKEN": road.token, "DATABASE": str(road.database)}

    async def told(name: str, value: str) -> tuple[int, list[str]]:
        running = command(["bot", "run"], road.folder, road.folder / f"{name}.log", **usual | {name: value})
        road.started.append(running)
        return await running.end(), running.said().splitlines()

    found = dict(zip(WRONG, await asyncio.gather(*(told(*one) for one in WRONG.items())), strict=True))

    for name, (code, lines) in found.items():
        assert (code, len(lines)) == (1, 1), lines
        assert lines[0].startswith(name)
        assert road.token.partition(":")[2] not in lines[0]
    assert not road.database.exists()


@pytest.mark.parametrize("kind", ["a folder", "no database", "below a file"])
async def test_a_database_that_cannot_be_one_is_one_line_that_names_it(road: Street, kind: str) -> None:
    await road.open()
    path = road.folder / "wrong"
    if kind == "a folder":
        path.mkdir()
    else:
        path.write_text("This is no database, and it is long enough to be seen as none of that kind. " * 20)
    where = path / "bot.sqlite3" if kind == "below a file" else path

    bot = road.begin(DATABASE=str(where))

    assert await bot.end() == 1
    assert_one_line(bot, "DATABASE")


async def test_a_token_that_telegram_does_not_accept_is_one_line(road: Street) -> None:
    await road.open("--token-required", "7000000001:another")

    bot = road.begin()

    assert await bot.end() == 1
    assert_one_line(bot, "BOT_TOKEN")


async def test_a_token_that_is_revoked_while_the_bot_runs_ends_it_with_one_line(street: Street) -> None:
    await street.faults({"method": "getUpdates", "do": "401"})
    await (await street.person("Сергей")).write("/start")  # ends the long poll that is under way

    assert await street.bot.end() == 1

    assert_one_line(street.bot, "BOT_TOKEN")


def assert_one_line(bot: Running, name: str) -> None:
    """No traceback, and one line that is no log line, with the variable's name first."""
    lines = bot.said().splitlines()
    assert TRACE not in bot.said(), bot.said()
    assert [line for line in lines if not line.startswith("{")] == [lines[-1]]
    assert lines[-1].startswith(name)


async def test_a_second_bot_on_the_same_file_refuses_and_the_first_goes_on(street: Street) -> None:
    sergey = await street.asker()

    second = street.begin()

    assert await second.end() == 1
    assert_one_line(second, "DATABASE")
    assert f"pid {street.bot.pid}" in second.said()
    assert street.bot.ended() is None
    assert ANSWER in text_of(await sergey.say(QUESTION))


async def test_the_bot_waits_for_a_server_that_is_not_there_yet(road: Street) -> None:
    port = free_port()
    road.base = f"http://127.0.0.1:{port}"
    road.bot = road.begin()
    await road.bot.says("telegram_not_reached", times=2)

    await road.open(port=port)
    await road.bot.says("bot_is_running")

    assert ANSWER in text_of(await (await road.asker()).say(QUESTION))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_bot_that_waits_for_its_server_can_be_stopped(road: Street, number: int) -> None:
    road.base = f"http://127.0.0.1:{free_port()}"
    bot = road.begin()
    await bot.says("telegram_not_reached")

    bot.send(number)

    assert await bot.end(within=5) == 0
    assert TRACE not in bot.said()


async def test_sigterm_lets_a_handler_finish_and_its_answer_arrive(street: Street) -> None:
    nurgul, sergey = await street.two()
    await street.faults(latency_ms=2000)
    await sergey.write(QUESTION)
    await eventually(lambda: street.rows("SELECT count(*) FROM questions") == [(1,)], "the effect")
    assert await street.answers(sergey, ANSWER) == []

    street.bot.send(signal.SIGTERM)

    assert await street.bot.end() == 0
    assert "bot_has_stopped" in street.bot.said() and TRACE not in street.bot.said()
    assert len(await street.answers(sergey, ANSWER)) == 1
    await street.faults(latency_ms=0)
    await street.live()
    await nurgul.hears(WORDS)
    await street.quiet()
    assert len(await street.answers(sergey, ANSWER)) == 1
    assert len(await street.answers(nurgul, WORDS)) == 1


async def test_what_came_during_the_stop_is_done_by_the_next_bot(street: Street) -> None:
    first, second = await street.askers(2)
    await street.faults({"method": "sendMessage", "chat_id": first.id, "do": "hold_after"})
    await first.write(QUESTION)
    await street.held()
    street.bot.send(signal.SIGTERM)
    await first.write("И ещё она не ест.")
    await second.write(QUESTION)
    await street.post("/sim/release", {})
    assert await street.bot.end() == 0

    await street.live()

    await street.eventually(lambda: street.answers(second, ANSWER))
    await street.eventually(lambda: street.answers(first, "Добавлено"))
    await street.quiet()
    assert len(await street.answers(first, ANSWER)) == len(await street.answers(second, ANSWER)) == 1
    assert street.rows("SELECT count(*) FROM questions") == [(2,)]


async def test_the_commands_as_they_are_typed(road: Street) -> None:
    """Neither fork nor armed places: `python -m bot.demo`, `python -m bot run`, a question, SIGTERM."""
    server = command(["bot.demo", "--port", "0", "--empty"], road.folder, road.folder / "server.log")
    road.server = server
    road.started.append(server)
    await server.says("listening on ")
    road.base = server.said().split()[2]
    await road.live(really=True)

    nurgul, sergey = await road.two()
    assert ANSWER in text_of(await sergey.say(QUESTION))
    await nurgul.hears(WORDS)

    road.bot.send(signal.SIGTERM)
    assert await road.bot.end() == 0
    server.send(signal.SIGTERM)
    assert await server.end() == 0
