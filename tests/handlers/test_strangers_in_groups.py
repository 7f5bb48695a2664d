"""Groups: forged buttons, languages nobody chose, albums, commands, and the move to a supergroup."""

import asyncio

from tests.handlers.test_groups import a_group
from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.handlers.test_strangers import PIXEL, edit, forge, forget
from tests.town import Person, Town, buttons, number_in, text_of


async def test_a_member_who_is_no_admin_cannot_change_the_language_of_a_group_by_a_private_button(town: Town) -> None:
    group, bakyt, olga = await a_group(town)
    card = await bakyt.hears("Здравствуйте")
    await bakyt.press(card, "Русский")

    await forge(olga, card, "language:ky")
    await forge(olga, card, "start:ky:")

    assert rows(town, f"SELECT language FROM chats WHERE chat_id = {group}") == [("ru",)]


async def test_in_a_group_without_a_language_the_buttons_speak_the_language_of_the_answer(town: Town) -> None:
    _group, _bakyt, olga = await a_group(town)
    await olga.hears("Здравствуйте")
    answer = await olga.say("@kenesh_demo_bot что такое квота 30 процентов?")

    await olga.press(answer, "Читать статью")

    page = await olga.message(answer["message_id"])
    assert "Квота 30 %: коротко" in text_of(page)
    assert any("Раздел" in one for one in buttons(page))


async def test_in_a_group_without_a_language_not_this_is_answered_in_the_language_of_the_question(town: Town) -> None:
    _group, _bakyt, olga = await a_group(town)
    await olga.hears("Здравствуйте")
    answer = await olga.say("@kenesh_demo_bot что такое квота 30 процентов?")

    await olga.press(answer, "Не то")

    assert "вашего вопроса" in text_of(await olga.hears("№ 1"))


async def test_a_kyrgyz_question_without_kyrgyz_letters_is_answered_in_kyrgyz(town: Town) -> None:
    _group, _bakyt, olga = await a_group(town)
    await olga.hears("Здравствуйте")

    answer = await olga.say("@kenesh_demo_bot квота деген эмне")

    assert not any("Читать" in one or "Не то" in one for one in buttons(answer)), text_of(answer)


async def test_in_a_group_a_reply_to_the_receipt_joins_the_number(town: Town) -> None:
    await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    receipt = await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}")

    joined = await olga.say("И ещё она хромает, эта корова", reply_to=receipt["message_id"])

    assert number_in(joined) == 1


async def test_a_command_that_answers_the_bot_in_a_group_is_no_question(town: Town) -> None:
    await desk(town)
    _group, bakyt, olga = await a_group(town)
    card = await bakyt.hears("Здравствуйте")
    await bakyt.press(card, "Русский")

    await olga.write("/my", reply_to=card["message_id"])
    await asyncio.sleep(0.7)

    assert rows(town, "SELECT count(*) FROM questions") == [(0,)]


async def test_a_command_addressed_to_the_bot_in_a_group_is_never_met_with_silence(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")

    assert text_of(await olga.say("/guide@kenesh_demo_bot"))


async def test_after_a_migration_a_reply_is_tied_to_no_message_of_the_old_group(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    await olga.write(f"@kenesh_demo_bot {UNKNOWN_RU}")
    await olga.hears("№ 1")
    letter = await nurgul.hears("Вопрос № 1")
    new = (await town.post(f"/sim/chats/{group}/migrate", {}))["chat"]["id"]
    there = Person(town, bakyt.id, new)
    for number in range(5):  # a supergroup counts its messages anew: one of these has the number of Olga's question
        await there.write(f"Бакыт о своём {number}")

    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])

    reply = await Person(town, olga.id, new).hears("ветеринару")
    assert "reply_to_message" not in reply


async def test_an_answer_that_meets_a_migration_follows_the_group(town: Town) -> None:
    await desk(town)
    group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    await town.faults(next=[{"method": "sendMessage", "chat_id": group, "do": "migrate", "times": 1}])

    await olga.write(f"@kenesh_demo_bot {UNKNOWN_RU}")

    async def new_group() -> int | None:
        found = [one["id"] for one in (await town.get("/sim/state"))["chats"] if one["type"] == "supergroup"]
        return found[0] if found else None

    await Person(town, olga.id, await town.eventually(new_group)).hears("№ 1")


async def test_a_group_has_its_commands_in_the_language_it_chose(town: Town) -> None:
    group, bakyt, _olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")

    async def russian() -> bool:
        shown = await town.get(f"/sim/chats/{group}/commands?person={bakyt.id}")  # whose telephone speaks Kyrgyz
        return any("умею" in one["description"] for one in shown["commands"])

    await town.eventually(russian)


async def test_in_a_group_the_receipt_says_how_more_is_added_there(town: Town) -> None:
    await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")

    receipt = text_of(await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}"))

    assert "ответьте на это сообщение" in receipt and "Можно дописать" not in receipt


async def test_in_a_group_anothers_reply_to_the_receipt_is_a_question_of_their_own(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    receipt = await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}")
    await nurgul.hears("Вопрос № 1")

    theirs = await bakyt.say("А у меня овца хромает", reply_to=receipt["message_id"])

    assert number_in(theirs) == 2 and theirs["reply_to_message"]["from"]["first_name"] == "Бакыт"
    assert "овца" in text_of(await nurgul.hears("Вопрос № 2"))


async def test_in_a_group_only_the_asker_asks_on_by_answering_the_reply(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}")
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    reply = await olga.hears("ветеринару")
    bakyt.seen = reply["message_id"]

    assert number_in(await bakyt.say("А про овцу кто скажет?", reply_to=reply["message_id"])) == 2
    assert number_in(await olga.say("Не отвечает телефон", reply_to=reply["message_id"])) == 1


async def test_in_a_group_a_reply_to_the_receipt_of_somebody_forgotten_is_a_question_of_its_own(town: Town) -> None:
    await desk(town)
    group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    receipt = await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}")
    alone = Person(town, olga.id)
    await alone.has("ru")
    await forget(alone)

    again = await Person(town, olga.id, group).say("И ещё хромает эта корова", reply_to=receipt["message_id"])

    assert number_in(again) == 2


async def test_a_plainly_kyrgyz_question_in_a_russian_group_is_answered_in_kyrgyz_and_so_are_its_buttons(
    town: Town,
) -> None:
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")

    answer = await olga.say("@kenesh_demo_bot 30 пайыздык квота деген эмне?")
    assert not any("Читать" in one or "Не то" in one for one in buttons(answer)), text_of(answer)
    await olga.press(answer, buttons(answer)[0])

    assert any("Бөлүм" in one for one in buttons(await olga.message(answer["message_id"])))


async def test_a_plainly_russian_question_in_a_kyrgyz_group_is_answered_in_russian(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Кыргызча")

    assert text_of(await olga.say("@kenesh_demo_bot что такое квота 30 процентов?")).startswith("Квота 30 %: коротко")


async def test_words_of_no_plain_language_are_answered_in_the_language_of_the_group(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Кыргызча")

    answer = await olga.say("@kenesh_demo_bot квота 30 процентов")

    assert not any("Читать" in one or "Не то" in one for one in buttons(answer)), text_of(answer)


async def test_a_corrected_question_in_a_group_is_told_to_the_coordinator(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    asked = await olga.write(f"@kenesh_demo_bot {UNKNOWN_RU}")
    await olga.hears("№ 1")
    chat = await olga.write("Просто болтаем")

    await edit(olga, chat, "Просто болтаем о квоте")
    await olga.hears_nothing()
    await edit(olga, asked, "@kenesh_demo_bot Подскажите, как вылечить овцу?")

    assert "исправление" in text_of(await olga.hears())
    assert "овцу" in text_of(await nurgul.hears("Дополнение"))


async def test_an_album_in_a_group_is_one_question_and_one_message(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    card = await bakyt.hears("Здравствуйте")
    await bakyt.press(card, "Русский")

    await olga.send_file("photo", "cow.png", PIXEL, "Посмотрите на эту корову", count=4, reply_to=card["message_id"])

    assert "№ 1" in text_of(await olga.hears())
    for _ in range(4):
        await nurgul.hears("файл от спросившего")
    await olga.hears_nothing()
    assert rows(town, "SELECT count(*), count(DISTINCT question_id) FROM parts") == [(4, 1)]


async def test_an_album_whose_first_photo_names_the_bot_arrives_whole_where_the_bot_hears_all(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "administrator"})

    await olga.send_file("photo", "cow.png", PIXEL, "@kenesh_demo_bot посмотрите на эту корову", count=3)

    assert "№ 1" in text_of(await olga.hears())
    for _ in range(3):
        await nurgul.hears("файл от спросившего")
    await olga.hears_nothing()
    assert rows(town, "SELECT count(*), count(DISTINCT question_id) FROM parts") == [(3, 1)]
