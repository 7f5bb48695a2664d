"""The quiz by the front door: twelve polls in a row for a person, one a day for a group."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.handlers.test_questions import rows
from tests.town import Message, Person, Town, buttons, text_of

BISHKEK = ZoneInfo("Asia/Bishkek")


async def vote(person: Person, message: Message, *options: int) -> None:
    person.seen = await person.town.newest(person.chat)
    path = f"/sim/chats/{person.chat}/messages/{message['message_id']}/vote"
    await person.town.post(path, {"from": person.id, "options": list(options)})


async def begun(town: Town, language: str = "ru") -> tuple[Person, Message]:
    person = await town.person("Сергей")
    await person.has(language)
    intro = await person.say("/quiz")
    await person.press(intro, "▶️")
    return person, await person.hears()


def right_of(message: Message) -> int:
    return int(message["poll"]["correct_option_ids"][0])


@pytest.mark.parametrize(("language", "said"), [("ky", "Туура жооптор: 11 / 12"), ("ru", "Верных ответов: 11 из 12")])
async def test_twelve_answers_end_with_a_result_and_what_to_read(town: Town, language: str, said: str) -> None:
    person, poll = await begun(town, language)
    for number in range(1, 13):
        assert poll["poll"]["question"].startswith(f"{number}/12. ")
        assert poll["poll"]["type"] == "quiz" and poll["poll"]["explanation"]
        right = right_of(poll)
        await vote(person, poll, right if number != 4 else (right + 1) % 3)
        poll = await person.hears()

    assert said in text_of(poll)
    assert [one for one in buttons(poll) if one.startswith("📖")] and len(buttons(poll)) == 3


async def test_beginning_again_gives_up_the_first_sitting_and_its_polls(town: Town) -> None:
    person, old = await begun(town)
    await person.press(await person.say("/quiz"), "▶️")
    fresh = await person.hears("")

    await vote(person, old, right_of(old))
    await person.hears_nothing()
    await vote(person, fresh, right_of(fresh))

    assert (await person.hears())["poll"]["question"].startswith("2/12. ")
    assert rows(town, "SELECT count(*) FROM quiz_answers") == [(1,)]


async def test_a_sitting_survives_a_restart(town: Town) -> None:
    person, poll = await begun(town)
    await town.stop()
    await town.start()

    await vote(person, poll, right_of(poll))

    assert (await person.hears())["poll"]["question"].startswith("2/12. ")


async def test_who_is_forgotten_leaves_no_answers(town: Town) -> None:
    person, poll = await begun(town)
    await vote(person, poll, right_of(poll))
    await person.hears()
    await person.press(await person.say("/forget"), "Да")
    await person.hears()

    for table in ("quiz_sittings", "quiz_polls", "quiz_answers"):
        assert rows(town, f"SELECT count(*) FROM {table}") == [(0,)]


async def group_with(town: Town) -> tuple[Person, Person]:
    aida, bakyt = await town.person("Аида"), await town.person("Бакыт")
    group = await town.group("Демилгечи топ", [aida, bakyt], [aida])
    await town.post(f"/sim/chats/{group}/bot", {"by": aida.id, "status": "member"})
    aida, bakyt = aida.within(group), bakyt.within(group)
    await aida.press(await aida.hears("Здравствуйте"), "Русский")
    return aida, bakyt


async def polls(town: Town, chat: int) -> list[dict[str, Any]]:
    return [one["poll"] for one in await town.messages(chat) if "poll" in one]


async def test_only_an_administrator_starts_the_quiz_of_a_group(town: Town) -> None:
    _aida, bakyt = await group_with(town)
    intro = await bakyt.say("/quiz@kenesh_demo_bot")

    refused = await bakyt.press(intro, "▶️")

    assert refused["show_alert"] and await polls(town, bakyt.chat) == []


async def test_a_group_gets_one_question_a_day_until_it_is_stopped(town: Town) -> None:
    aida, _ = await group_with(town)
    intro = await aida.say("/quiz@kenesh_demo_bot")
    await aida.press(intro, "▶️")
    await town.eventually(lambda: polls(town, aida.chat))
    again = await aida.press(await aida.say("/quiz@kenesh_demo_bot"), "▶️")

    assert "11" in again["text"] and again["show_alert"]
    assert len(await polls(town, aida.chat)) == 1
    due = [
        datetime.fromtimestamp(at).astimezone(BISHKEK)
        for (at,) in rows(town, "SELECT due_at FROM deliveries WHERE status = 0 ORDER BY due_at")
    ]
    assert len(due) == 12 and {one.strftime("%H:%M") for one in due} == {"12:00"}
    assert [later - sooner for sooner, later in pairwise(due)] == [timedelta(days=1)] * 11

    town.clock.shift += due[0] + timedelta(minutes=1) - town.clock.now()
    await town.eventually(lambda: at_least(town, aida.chat, 2))
    stopped = await aida.press(await aida.say("/quiz@kenesh_demo_bot"), "⏹")

    assert stopped is not None
    town.clock.shift += timedelta(days=1)
    await aida.hears_nothing(1.5)
    assert len(await polls(town, aida.chat)) == 2


async def at_least(town: Town, chat: int, many: int) -> bool:
    return len(await polls(town, chat)) >= many
