"""About me: one tap each, skippable, changeable; a place by buttons or by typing; and being forgotten."""

import sqlite3

from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.town import Message, Person, Town, buttons, text_of


async def test_readers_and_topics_are_one_tap_each_and_may_be_undone(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")

    await sergey.press(about, "Кто я")
    await sergey.press(about, "кандидат")
    await sergey.press(about, "избиратель")
    await sergey.press(about, "кандидат")
    assert "▫️ кандидат" in buttons(await sergey.message(about["message_id"]))
    await sergey.press(about, "Назад")

    assert "Я: избиратель" in text_of(await sergey.becomes(about, "Обо мне"))


async def test_a_place_typed_with_mistakes_is_found_and_kept(town: Town) -> None:
    aigerim = await town.person("Айгерим", "ky")
    await aigerim.has("ky")
    about = await aigerim.say("/me")
    await aigerim.press(about, "Жер")

    choice = await aigerim.say("торт гул")
    await aigerim.press(choice, "Төрт-Гүл")

    assert "Төрт-Гүл айыл аймагы" in text_of(await aigerim.becomes(choice, "Мен жөнүндө"))
    assert rows(town, f"SELECT place FROM chats WHERE chat_id = {aigerim.id}") == [("tort-gul",)]


async def typing(town: Town, words: str) -> tuple[Person, Message]:
    """Somebody who is asked for their place writes these words."""
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.press(await sergey.say("/me"), "Место")
    return sergey, await sergey.say(words)


async def test_the_one_place_that_bears_the_typed_name_is_asked_about_alone(town: Town) -> None:
    sergey, asked = await typing(town, "город Каракол")

    assert "Это место?" in text_of(asked) and "город Каракол, Иссык-Кульская область" in text_of(asked)
    assert buttons(asked) == ["✅ Это: город Каракол", "Другое место"]
    await sergey.press(asked, "Это:")

    assert "город Каракол" in text_of(await sergey.becomes(asked, "Обо мне"))


async def test_places_that_only_share_the_typed_name_stand_before_those_that_are_also_called_so(town: Town) -> None:
    sergey, asked = await typing(town, "Каракол")
    assert "Какое именно?" in text_of(asked)
    assert buttons(asked) == ["город Каракол", "Караколский айылный аймак", "Ничего из этого"]

    await sergey.press(asked, "Ничего из этого")
    others = await sergey.becomes(asked, "Может быть")
    assert "город Кара-Куль" in buttons(others) and "город Каракол" not in buttons(others)
    await sergey.press(asked, "Ничего из этого")

    assert buttons(await sergey.becomes(asked, "Другого места «Каракол»"))[0] == "Запомнить как моё село"


async def test_a_place_typed_not_quite_right_is_only_supposed(town: Town) -> None:
    _sergey, asked = await typing(town, "Балыкчаы")

    assert "Может быть, одно из этих?" in text_of(asked)


async def test_places_of_one_name_are_told_apart_by_what_lies_above_them(town: Town) -> None:
    _sergey, asked = await typing(town, "Ленинский айылный аймак")

    assert "• Ленинский айылный аймак, Сузакский район, Джалал-Абадская область" in text_of(asked)
    assert "Ленинский (Сузакский)" in buttons(asked)


async def test_a_question_asked_while_a_name_is_awaited_is_still_a_question(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Место")

    assert text_of(await sergey.say("Что такое квота 30 процентов")).startswith("Квота 30 %: коротко")
    assert "не нашёл" not in text_of(await sergey.say("Баткен"))


async def test_a_village_named_of_words_that_the_guide_knows_is_still_a_name(town: Town) -> None:
    aigerim = await town.person("Айгерим", "ky")
    await aigerim.has("ky")
    await aigerim.press(await aigerim.say("/me"), "Жер")

    assert "«Жылуу-Булак»" in text_of(await aigerim.say("Жылуу-Булак"))


async def test_a_place_typed_after_a_restart_still_lands(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Место")

    await town.stop()
    await town.start()

    assert any("Баткен" in one for one in buttons(await sergey.say("Баткен")))


async def test_a_village_nobody_knows_is_kept_and_a_coordinator_gives_it_a_home(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Место")
    unknown = await sergey.say("Ыраакыбулак")
    await sergey.press(unknown, "Запомнить")
    await sergey.press(unknown, "Иссык-Кульская")
    await sergey.press(unknown, "Тюпский")
    await sergey.press(unknown, "Это:")
    assert "«Ыраакыбулак», Тюпский район" in text_of(await sergey.becomes(unknown, "Обо мне"))

    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Ыраакыбулак")
    await nurgul.press(letter, "Где «Ыраакыбулак»?")
    where = await nurgul.hears("Какое из этих мест")
    await nurgul.press(where, buttons(where)[1])
    await nurgul.becomes(where, "ещё одно название")

    assert rows(town, "SELECT alias FROM place_aliases") == [("Ыраакыбулак",)]
    assert "«Ыраакыбулак»" not in text_of(await sergey.say("/me"))


async def test_forget_leaves_nothing_of_a_person_but_counts(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    await nurgul.hears("Вопрос № 1")

    sure = await sergey.say("/forget")
    await sergey.press(sure, "Да, стереть")
    assert "ничего не хранится" in text_of(await sergey.hears())
    await town.stop()

    with sqlite3.connect(town.database) as db:
        dump = "\n".join(db.iterdump())
    assert str(sergey.id) not in dump
    assert "мастит" not in dump
    assert "мастит".encode() not in town.database.read_bytes()
    assert 'INSERT INTO "questions" VALUES(1,0,' in dump
    await town.start()
    first = await sergey.say("Можно ещё спросить?")
    assert buttons(first) == ["Кыргызча", "Русский"]


async def test_privacy_says_what_is_kept(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    assert "/forget" in text_of(await sergey.say("/privacy"))
