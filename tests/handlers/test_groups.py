"""In a group the bot is an ordinary member with privacy mode on: a mention or a reply is a question, answered once."""

from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.town import Person, Town, text_of


async def a_group(town: Town) -> tuple[int, Person, Person]:
    bakyt, olga = await town.person("Бакыт", "ky"), await town.person("Ольга")
    group = await town.group("Демилгелүү топ", [bakyt, olga], [bakyt])
    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "member"})
    return group, bakyt.within(group), olga.within(group)


async def test_one_card_when_it_comes_and_only_an_admin_chooses_the_language(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    card = await bakyt.hears("Здравствуйте")
    assert "Саламатсыздарбы" in text_of(card)

    assert "администратор" in (await olga.press(card, "Русский"))["text"]
    await bakyt.press(card, "Русский")

    assert "Саламатсыздарбы" not in text_of(await bakyt.becomes(card, "Здравствуйте"))


async def test_a_mention_is_answered_as_a_reply_with_one_message(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")

    await olga.write("Просто болтаем о квоте")
    await olga.hears_nothing()
    answer = await olga.say("@kenesh_demo_bot что такое квота 30 процентов?")

    assert text_of(answer).startswith("Квота 30 %: коротко")
    assert answer["reply_to_message"]["from"]["first_name"] == "Ольга"
    await olga.hears_nothing()


async def test_only_who_asked_may_send_it_to_a_person_and_the_reply_comes_to_the_group(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    answer = await olga.say("@kenesh_demo_bot что такое квота 30 процентов?")

    assert "кто спросил" in (await bakyt.press(answer, "Не то"))["text"]
    await olga.press(answer, "Не то")
    await olga.hears("№ 1")
    letter = await nurgul.hears("Вопрос № 1")
    assert "kenesh_demo_bot" not in text_of(letter)
    await nurgul.say("Отвечу здесь.", reply_to=letter["message_id"])

    reply = await olga.hears("Отвечу здесь.")
    assert reply["reply_to_message"]["from"]["first_name"] == "Ольга"


async def test_a_group_that_removes_the_bot_is_not_written_to(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, olga = await a_group(town)
    await bakyt.hears("Здравствуйте")
    await olga.say(f"@kenesh_demo_bot {UNKNOWN_RU}")
    letter = await nurgul.hears("Вопрос № 1")

    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "kicked"})
    await nurgul.say("Ответ", reply_to=letter["message_id"])
    await town.eventually(lambda: _ended(town, group))


async def test_a_group_that_becomes_a_supergroup_keeps_everything(town: Town) -> None:
    group, bakyt, _olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")

    answer = await town.post(f"/sim/chats/{group}/migrate", {})
    new = answer["chat"]["id"]

    await town.eventually(lambda: _moved(town, new))
    there = bakyt.within(new)
    assert "Квота" in text_of(await there.say("@kenesh_demo_bot что такое квота 30 процентов?"))


async def _ended(town: Town, group: int) -> bool:
    return rows(town, f"SELECT status FROM deliveries WHERE chat_id = {group}") in ([(3,)], [(8,)])


async def _moved(town: Town, new: int) -> bool:
    return rows(town, f"SELECT language FROM chats WHERE chat_id = {new}") == [("ru",)]
