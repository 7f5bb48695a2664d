"""The desk in bad weather: roles that end, coordinators who vanish, letters Telegram loses, replies to the wrong message."""

import asyncio
from datetime import timedelta

from tests.handlers.test_people import coordinator, in_issyk_kul
from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.handlers.test_strangers import edit, forge, revoke
from tests.town import Town, number_in, text_of


async def test_a_reply_to_another_question_is_never_the_reason_of_the_one_being_declined(town: Town) -> None:
    nurgul = await desk(town)
    sergey, maria = await town.person("Сергей"), await town.person("Мария")
    for one in (sergey, maria):
        await one.has("ru")
        await one.say(UNKNOWN_RU)
    first, second = await nurgul.hears("Вопрос № 1"), await nurgul.hears("Вопрос № 2")

    await nurgul.press(first, "Отклонить")
    await nurgul.hears("Напишите причину")
    await nurgul.say("Ветеринар Марии: 0555", reply_to=second["message_id"])

    assert "0555" in text_of(await maria.hears("№ 2"))
    assert rows(town, "SELECT question_id, declines FROM replies") == [(2, 0)]


async def test_a_question_taken_by_somebody_whose_role_has_ended_can_be_answered_by_others(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    await timur.press(await timur.hears("Вопрос № 1"), "Беру")
    await revoke(nurgul, "Тимур")
    await nurgul.hears("Вопрос № 1")

    waiting = await nurgul.say("/desk")
    await nurgul.press(waiting, "Показать № 1")
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Отвечаю вместо него", reply_to=letter["message_id"])

    assert "вместо него" in text_of(await sergey.hears("№ 1"))


async def test_more_words_do_not_reach_a_coordinator_whose_role_has_ended(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    await timur.press(await timur.hears("Вопрос № 1"), "Беру")
    await revoke(nurgul, "Тимур")

    await sergey.say("Мой адрес: Ленина, 5")

    assert "Ленина" in text_of(await nurgul.hears("Дополнение"))
    assert not [one for one in await town.messages(timur.chat) if "Ленина" in text_of(one)]


async def test_questions_of_a_coordinator_whose_role_has_ended_are_told_to_the_next_one_above(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    await timur.hears("Вопрос № 1")

    await revoke(nurgul, "Тимур")

    assert UNKNOWN_RU in text_of(await nurgul.hears("Вопрос № 1"))


async def test_a_question_goes_to_the_next_one_above_when_the_only_coordinator_turns_out_unreachable(
    town: Town,
) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await town.faults(next=[{"method": "sendMessage", "chat_id": timur.chat, "do": "403_blocked", "times": 1}])

    await sergey.say(UNKNOWN_RU)

    assert UNKNOWN_RU in text_of(await nurgul.hears("Вопрос № 1"))


async def test_a_coordinator_who_comes_back_is_told_what_waited_for_nobody(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    for one in (nurgul, timur):
        await town.post(f"/sim/chats/{one.chat}/bot", {"by": one.id, "status": "kicked"})
    assert "никто не дежурит" in text_of(await sergey.say(UNKNOWN_RU))

    await town.post(f"/sim/chats/{timur.chat}/bot", {"by": timur.id, "status": "member"})
    await timur.write("/start")

    assert UNKNOWN_RU in text_of(await timur.hears("Вопрос № 1"))


async def test_a_corrected_reply_of_a_coordinator_is_not_a_question_of_their_own(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    said = await nurgul.write("Позвоните витеринару, корову надо лечить.", reply_to=letter["message_id"])
    await nurgul.hears("отправляется спросившему")

    await edit(nurgul, said, "Позвоните ветеринару, корову надо лечить.")
    await asyncio.sleep(0.7)

    assert rows(town, "SELECT count(*) FROM questions") == [(1,)]


async def test_a_reply_that_telegram_could_not_confirm_still_arrives(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    await town.faults(next=[{"method": "sendMessage", "chat_id": sergey.chat, "do": "500", "times": 1}])

    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])

    assert "ветеринару" in text_of(await sergey.hears("№ 1"))


async def test_a_reply_to_a_letter_that_arrived_unconfirmed_is_still_a_reply(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await town.faults(next=[{"method": "sendMessage", "chat_id": nurgul.chat, "do": "drop_after", "times": 1}])
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")

    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])

    assert "ветеринару" in text_of(await sergey.hears("Ответ на ваш вопрос № 1"))


async def test_a_coordinator_with_signs_of_html_in_the_name_is_named_to_the_others(town: Town) -> None:
    nurgul = await desk(town)
    timur, maria = await coordinator(town, nurgul, "Тимур <3 & Ко"), await coordinator(town, nurgul, "Мария")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    await timur.press(await timur.hears("Вопрос № 1"), "Беру")
    letter = await maria.hears("Вопрос № 1")

    assert "Тимур <3 & Ко" in (await maria.press(letter, "Беру"))["text"]
    assert "Тимур <3 & Ко" in text_of(await maria.say("Отвечу", reply_to=letter["message_id"]))


async def test_thanks_for_a_reply_do_not_open_the_question_again(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    reply = await sergey.hears("ветеринару")

    thanks = await sergey.say("Спасибо!", reply_to=reply["message_id"])

    assert "Пожалуйста" in text_of(thanks)
    assert rows(town, "SELECT status FROM questions") == [("answered",)]


async def test_a_reply_is_framed_in_the_language_the_asker_has_now(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await town.person("Айгерим", "ky")
    await aigerim.has("ru")
    await aigerim.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    choice = await aigerim.say("/language")
    await aigerim.press(choice, "Кыргызча")
    await aigerim.hears("Сурооңузду")

    await nurgul.say("Врачка чалыңыз.", reply_to=letter["message_id"])

    assert "сурооңузга жооп" in text_of(await aigerim.hears("Врачка"))


async def test_a_reply_to_the_receipt_with_the_number_joins_that_number(town: Town) -> None:
    await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    receipt = await sergey.say(UNKNOWN_RU)
    town.clock.shift = timedelta(hours=2)

    joined = await sergey.say("Она ещё и хромает, эта корова", reply_to=receipt["message_id"])

    assert number_in(joined) == 1


async def test_declining_is_refused_at_the_button_to_whoever_has_no_role(town: Town) -> None:
    await desk(town)
    sergey, maria = await town.person("Сергей"), await town.person("Мария")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    welcome = await maria.has("ru")

    answer = await forge(maria, welcome, "decline:1")

    assert answer and "роль" in (answer["text"] or "")
    assert rows(town, "SELECT count(*) FROM forms WHERE state IS NOT NULL") == [(0,)]


async def test_two_replies_at_once_are_both_kept_and_the_asker_hears_each_once(town: Town) -> None:
    nurgul = await desk(town)
    timur, maria = await coordinator(town, nurgul), await coordinator(town, nurgul, "Мария")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    one, two = await timur.hears("Вопрос № 1"), await maria.hears("Вопрос № 1")

    await asyncio.gather(
        timur.say("Ответ Тимура", reply_to=one["message_id"]), maria.say("Ответ Марии", reply_to=two["message_id"])
    )
    await asyncio.sleep(1)

    heard = [text_of(message) for message in await town.messages(sergey.chat)]
    assert sum("Ответ Тимура" in words for words in heard) == 1
    assert sum("Ответ Марии" in words for words in heard) == 1


async def test_a_letter_that_still_waits_does_not_go_to_somebody_whose_role_has_ended(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    wait = {"method": "sendMessage", "chat_id": timur.chat, "do": "429", "times": 1, "retry_after": 3}
    await town.faults(next=[wait])
    await sergey.say(UNKNOWN_RU)
    await revoke(nurgul, "Тимур")

    await asyncio.sleep(6)

    assert not [one for one in await town.messages(timur.chat) if "мастита" in text_of(one)]
