"""Coordinators are invited, hold a role in their places only, and lose it at once."""

import sqlite3
from datetime import timedelta

import pytest

from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.town import Person, Town, buttons, text_of


async def invited(town: Town, nurgul: Person, role: str = "координатор", place: str = "Иссык-Кульская") -> str:
    choice = await nurgul.say("/invite")
    await nurgul.press(choice, role)
    await nurgul.press(choice, place)
    await nurgul.press(choice, "Это:")
    link = text_of(await nurgul.becomes(choice, "?start=inv_"))
    return link.split("?start=")[1].split()[0]


async def coordinator(town: Town, nurgul: Person, name: str = "Тимур") -> Person:
    link = await invited(town, nurgul)
    timur = await town.person(name)
    offer = await timur.has("ru", link=link)
    assert "Иссык-Кульская область" in text_of(offer)
    await timur.press(offer, "Принять")
    await timur.becomes(offer, "Теперь вы: координатор")
    return timur


async def in_issyk_kul(town: Town, person: Person) -> None:
    about = await person.say("/me")
    await person.press(about, "Место")
    await person.press(about, "Иссык-Кульская")
    await person.press(about, "Тюпский")
    await person.press(about, "Это:")
    await person.becomes(about, "Тюпский район")


async def test_an_invitation_shows_what_it_offers_and_works_once(town: Town) -> None:
    nurgul = await desk(town)
    link = await invited(town, nurgul)
    timur, maria = await town.person("Тимур"), await town.person("Мария")
    offer = await timur.has("ru", link=link)
    again = await maria.has("ru", link=link)

    await timur.press(offer, "Принять")
    await timur.becomes(offer, "Теперь вы")

    answer = await maria.press(again, "Принять")
    assert answer["show_alert"] and "использовано" in answer["text"]
    assert rows(town, "SELECT count(*) FROM roles WHERE role = 'coordinator'") == [(1,)]


async def test_an_invitation_expires(town: Town) -> None:
    nurgul = await desk(town)
    link = await invited(town, nurgul)
    town.clock.shift = timedelta(days=8)
    timur = await town.person("Тимур")

    assert "просрочено" in text_of(await timur.has("ru", link=link))


async def test_the_nearest_coordinator_gets_the_question_and_nobody_else(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)

    await sergey.say(UNKNOWN_RU)

    assert "Тюпский район" in text_of(await timur.hears("Вопрос № 1"))
    assert rows(town, f"SELECT count(*) FROM deliveries WHERE chat_id = {nurgul.id}") == [(0,)]


async def test_a_revoked_role_ends_at_once_whatever_old_button_is_pressed(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    letter = await timur.hears("Вопрос № 1")

    people = await nurgul.say("/people")
    await nurgul.press(people, "Отозвать: Тимур")
    await nurgul.press(people, "Да, отозвать")
    await nurgul.becomes(people, "Координаторы")

    answer = await timur.press(letter, "Беру")
    assert answer["show_alert"] and "роль" in answer["text"]
    refused = await timur.say("Мой ответ", reply_to=letter["message_id"])
    assert "роль" in text_of(refused)
    assert rows(town, "SELECT count(*) FROM replies") == [(0,)]
    assert rows(town, "SELECT count(*) FROM audit WHERE allowed = 0 AND act = 'refused'") == [(2,)]


async def test_a_stranger_sees_no_colleagues_and_invites_nobody(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    assert "роль" in text_of(await sergey.say("/people"))
    assert "роль" in text_of(await sergey.say("/invite"))


async def test_two_coordinators_do_not_take_the_same_question(town: Town) -> None:
    nurgul = await desk(town)
    timur, maria = await coordinator(town, nurgul), await coordinator(town, nurgul, "Мария")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    one, two = await timur.hears("Вопрос № 1"), await maria.hears("Вопрос № 1")

    assert "за вами" in (await timur.press(one, "Беру"))["text"]
    assert "Тимур" in (await maria.press(two, "Беру"))["text"]
    assert "Тимур" in text_of(await maria.say("Я отвечу", reply_to=two["message_id"]))
    assert rows(town, "SELECT count(*) FROM replies") == [(0,)]


async def test_the_desk_shows_what_waits_and_sends_it_again(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    await nurgul.hears("Вопрос № 1")

    waiting = await nurgul.say("/desk")
    assert "Ждёт 1 вопрос" in text_of(waiting)
    await nurgul.press(waiting, "Показать № 1")

    again = await nurgul.hears("Вопрос № 1")
    assert "✋ Беру" in buttons(again)


async def test_the_audit_log_can_only_grow(town: Town) -> None:
    await invited(town, await desk(town))
    db = sqlite3.connect(town.database)
    assert db.execute("SELECT act FROM audit").fetchall() == [("invite",)]

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute("UPDATE audit SET actor = 1")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute("DELETE FROM audit")
    db.close()


async def test_an_observer_sees_numbers_and_cannot_answer(town: Town) -> None:
    nurgul = await desk(town)
    link = await invited(town, nurgul, role="наблюдатель")
    timur = await town.person("Тимур")
    offer = await timur.has("ru", link=link)
    await timur.press(offer, "Принять")
    await timur.becomes(offer, "Теперь вы: наблюдатель")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    assert letter

    numbers = text_of(await timur.say("/stats"))

    assert "Людей на связи: 1" in numbers
    assert "ждёт координатора: 1" in numbers
    assert "роль" in text_of(await timur.say("/people"))
    assert "роль" in text_of(await sergey.say("/stats"))
