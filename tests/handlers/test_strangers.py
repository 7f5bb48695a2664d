"""Strangers: double taps, half-filled forms, floods and odd messages; and the hands that other such tests use."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.handlers.test_questions import PIXEL, UNKNOWN_RU, desk, rows
from tests.town import Message, Person, Town, text_of


async def forge(person: Person, message: Message, press: str) -> dict[str, Any] | None:
    """Press with callback data of one's own making, as a changed telephone can."""
    person.seen = await person.town.newest(person.chat)
    where = f"/sim/chats/{person.chat}/messages/{message['message_id']}/press"
    answer: dict[str, Any] | None = (await person.town.post(where, {"from": person.id, "callback_data": press}))[
        "answer"
    ]
    return answer


async def edit(person: Person, message: Message, text: str) -> None:
    """Correct one's own message."""
    where = f"/sim/chats/{person.chat}/messages/{message['message_id']}/edit"
    person.seen = await person.town.newest(person.chat)
    await person.town.post(where, {"from": person.id, "text": text})


async def with_village(town: Town, person: Person, village: str = "Ыраакыбулак") -> None:
    """Keep a name that is no place of the tree, in the Tüp rayon."""
    about = await person.say("/me")
    await person.press(about, "Место")
    unknown = await person.say(village)
    await person.press(unknown, "Запомнить")
    await person.press(unknown, "Иссык-Кульская")
    await person.press(unknown, "Тюпский")
    await person.press(unknown, "Это:")
    await person.becomes(unknown, "Обо мне")


async def revoke(admin: Person, who: str) -> None:
    """End somebody's role from the list."""
    people = await admin.say("/people")
    await admin.press(people, f"Отозвать: {who}")
    await admin.press(people, "Да, отозвать")
    await admin.becomes(people, "Координаторы")


async def forget(person: Person) -> None:
    """Be forgotten."""
    sure = await person.say("/forget")
    await person.press(sure, "Да, стереть")
    await person.hears("ничего не хранится")


async def test_two_taps_on_the_first_language_ask_the_first_question_once_and_say_no_error(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    first = await sergey.say(UNKNOWN_RU)
    answers = [await forge(sergey, first, "start:ru:") for _ in range(2)]
    await nurgul.hears("Вопрос № 1")
    await asyncio.sleep(0.7)

    assert not [one for one in answers if one and "сломалось" in (one["text"] or "")]
    assert rows(town, "SELECT count(*) FROM parts") == [(1,)]


async def test_the_first_choice_survives_one_trouble_of_telegram(town: Town) -> None:
    sergey = await town.person("Сергей")
    first = await sergey.say("/start")
    await town.faults(next=[{"method": "setMyCommands", "do": "500", "times": 1}])

    await sergey.press(first, "Русский")

    assert "Просто напишите вопрос" in text_of(await sergey.hears("Просто"))


async def test_an_album_of_somebody_who_has_no_language_yet_gets_one_first_screen(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.send_file("photo", "cow.png", PIXEL, "Посмотрите", count=4)
    await sergey.hears("Здравствуйте")

    await sergey.hears_nothing(1.0)


@pytest.mark.parametrize("link", ["a_", "inv_", "inv_not-a-token", "a_" + "x" * 62, "hearing_1", "_", "inv_a_b"])
async def test_odd_links_lead_to_a_clear_word(town: Town, link: str) -> None:
    sergey = await town.person("Сергей")
    said = text_of(await sergey.has("ru", link=link))

    assert said and "сломалось" not in said


@pytest.mark.parametrize(
    "thing", [{"contact": {"phone_number": "+996555000000"}}, {"location": {"latitude": 42.8, "longitude": 74.6}}]
)
async def test_contacts_and_places_on_a_map_get_one_clear_sentence(town: Town, thing: dict[str, Any]) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await town.post(f"/sim/chats/{sergey.chat}/send", {"from": sergey.id, **thing})

    assert "Я понимаю слова, фото" in text_of(await sergey.hears())


async def test_going_back_from_the_place_closes_the_form_and_words_are_a_question_again(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Место")
    await sergey.press(about, "Назад")

    assert text_of(await sergey.say("Что такое квота 30 процентов?")).startswith("Квота 30 %: коротко")


async def test_language_closes_a_form_like_every_command(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Место")
    choice = await sergey.say("/language")
    await sergey.press(choice, "Русский")
    await sergey.hears("Просто напишите")

    assert text_of(await sergey.say("Что такое квота 30 процентов?")).startswith("Квота 30 %: коротко")


async def test_a_place_asked_for_yesterday_does_not_swallow_the_question_of_today(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Место")
    town.clock.shift = timedelta(days=1)

    answer = await sergey.say("Что такое квота 30 процентов?")

    assert text_of(answer).startswith("Квота 30 %: коротко")


async def test_a_village_with_signs_of_html_is_shown_as_it_was_written(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    wild = "Зззз<b>&ххх</i> «щщщ» " + "ъ" * 60

    await with_village(town, sergey, wild)
    await sergey.say(UNKNOWN_RU)

    assert "Зззз<b>&ххх</i> «щщщ»" in text_of(await nurgul.hears("Вопрос № 1"))


async def test_corrections_do_not_flood_the_desk(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    asked = await sergey.write(UNKNOWN_RU)
    await sergey.hears("№ 1")
    for number in range(25):
        await edit(sergey, asked, f"{UNKNOWN_RU} {number}")
    await asyncio.sleep(3)

    assert len([one for one in await town.messages(nurgul.chat) if "Дополнение" in text_of(one)]) <= 10


async def test_an_album_counts_as_one_question_and_arrives_whole(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    for _ in range(5):
        await sergey.say("Что такое квота 30 процентов?")

    await sergey.send_file("photo", "cow.png", PIXEL, "Посмотрите все фото", count=8)

    for _ in range(8):
        await nurgul.hears("файл от спросившего")


async def test_a_question_of_emoji_only_arrives_whole(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    await sergey.say("🐄" * 2048)

    pieces = [text_of(await nurgul.hears("🐄")), text_of(await nurgul.hears("🐄"))]
    assert sum(piece.count("🐄") for piece in pieces) == 2048


async def test_whoever_blocked_the_bot_and_writes_again_hears_the_reply(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    for status in ("kicked", "member"):
        await town.post(f"/sim/chats/{sergey.chat}/bot", {"by": sergey.id, "status": status})

    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])

    assert "ветеринару" in text_of(await sergey.hears("Ответ на ваш вопрос"))
