"""Being forgotten: what stays in the file, in its log, with others; and what old buttons do afterwards."""

import sqlite3

from tests.handlers.test_groups import a_group
from tests.handlers.test_people import coordinator, in_issyk_kul
from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.handlers.test_strangers import forge, forget
from tests.town import Person, Town, buttons, text_of


async def test_a_second_tap_on_erase_says_no_error(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    sure = await sergey.say("/forget")

    answers = [await forge(sergey, sure, "forget_now") for _ in range(2)]

    assert not [one for one in answers if one and "сломалось" in (one["text"] or "")]


async def test_forgotten_words_are_not_in_the_write_ahead_log_either(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    await nurgul.hears("Вопрос № 1")
    await forget(sergey)

    files = [town.database, town.database.with_name(town.database.name + "-wal")]

    async def gone() -> bool:
        return not any("мастит".encode() in file.read_bytes() for file in files)

    await town.eventually(gone)


async def test_a_stranger_who_tried_a_coordinators_command_can_be_forgotten_too(town: Town) -> None:
    await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say("/people")
    await forget(sergey)
    await town.stop()

    with sqlite3.connect(town.database) as db:
        assert str(sergey.id) not in "\n".join(db.iterdump())
    await town.start()


async def test_a_forgotten_coordinator_leaves_no_name_and_stands_only_in_the_audit_log(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul, "Тимурбек Асанов")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    letter = await timur.hears("Вопрос № 1")
    await timur.press(letter, "Беру")
    await timur.say("Звоните ветеринару.", reply_to=letter["message_id"])
    await sergey.hears("ветеринару")
    await forget(timur)
    await town.stop()

    with sqlite3.connect(town.database) as db:
        dump = [line for line in db.iterdump() if 'INSERT INTO "audit"' not in line]
    assert not [line for line in dump if "Тимурбек" in line]
    assert not [line for line in dump if str(timur.id) in line]
    await town.start()


async def test_a_question_taken_by_a_coordinator_who_is_forgotten_can_be_answered_by_others(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    await timur.press(await timur.hears("Вопрос № 1"), "Беру")
    await forget(timur)
    await nurgul.hears("Вопрос № 1")

    waiting = await nurgul.say("/desk")
    await nurgul.press(waiting, "Показать № 1")
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Отвечаю вместо него", reply_to=letter["message_id"])

    assert "вместо него" in text_of(await sergey.hears("№ 1"))


async def test_words_asked_in_a_group_go_too_when_the_asker_is_forgotten(town: Town) -> None:
    await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}")
    alone = Person(town, olga.id)
    await alone.has("ru")
    await forget(alone)

    assert rows(town, "SELECT count(*) FROM parts WHERE text LIKE '%мастит%'") == [(0,)]


async def test_a_reply_to_a_forgotten_askers_question_is_not_promised_to_anybody(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    await sergey.hears("ветеринару")
    await forget(sergey)

    said = await nurgul.say("И ещё: корове нужен покой", reply_to=letter["message_id"])

    assert "отправляется" not in text_of(said)
    assert rows(town, "SELECT count(*) FROM replies WHERE text <> ''") == [(0,)]


async def test_an_old_button_after_being_forgotten_promises_nothing_that_cannot_be_kept(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    answer = await sergey.say("Что такое квота 30 процентов?")
    await forget(sergey)

    await sergey.press(answer, "Не то")
    if rows(town, "SELECT count(*) FROM questions") == [(1,)]:
        letter = await nurgul.hears("Вопрос № 1")
        await nurgul.say("Вот ответ", reply_to=letter["message_id"])
        await sergey.hears("Вот ответ")


async def test_an_old_button_after_being_forgotten_pretends_to_keep_nothing(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    about = await sergey.say("/me")
    await sergey.press(about, "Кто я")
    await forget(sergey)

    await forge(sergey, about, "me:reader:voter:1")

    assert not [one for one in buttons(await sergey.message(about["message_id"])) if one.startswith("✅")]
