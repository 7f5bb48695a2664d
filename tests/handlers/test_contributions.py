"""Questions and proposals: said in the group or in private, moderated, answered under the same number, printed."""

import io
import zipfile
from datetime import timedelta

from tests.hearings import a_group, announced, cancel, desk, follower, goes_on, manage, rows, the_hour
from tests.town import Message, Person, Town, number_in, text_of


async def test_a_reply_to_the_card_gets_a_number_and_its_answer_comes_back_as_a_reply(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    number = await announced(town, nurgul)
    card = await bakyt.hears("Объявлены")

    said = await olga.write("Почему нет денег на мост?", reply_to=card["message_id"])
    receipt = await olga.hears("Принято (вопрос)")
    assert number_in(receipt) == 1
    letter = await nurgul.hears(f"к слушаниям № {number}")
    assert "на мост?" in text_of(letter) and "Ольга" not in text_of(letter)
    await nurgul.say("Мост в плане на 2028 год.", reply_to=letter["message_id"])

    answer = await olga.hears("Мост в плане")
    assert "№ 1" in text_of(answer) and answer["reply_to_message"]["message_id"] == said["message_id"]


async def test_alike_ones_are_merged_declined_ones_hear_why_and_people_support(town: Town) -> None:
    nurgul = await desk(town)
    aigerim, sergey = await follower(town), await follower(town, "Сергей")
    number = await announced(town, nurgul)
    await propose(aigerim, "Починить школьную крышу")
    first = await nurgul.hears("№ 1, предложение")
    await nurgul.press(first, "Опубликовать")
    await aigerim.hears("опубликовано")
    await propose(sergey, "Крыша школы течёт, чините")
    second = await nurgul.hears("№ 2, предложение")
    await nurgul.press(second, "Такое уже есть")
    await nurgul.press(await nurgul.hears("говорит то же"), "№ 1")
    assert "объединено с № 1" in text_of(await sergey.hears("объединено"))
    await propose(sergey, "Все депутаты воры")
    third = await nurgul.hears("№ 3, предложение")
    await nurgul.press(third, "Отклонить")
    await nurgul.hears("Почему отклоняется")
    await nurgul.say("Это не о бюджете.")
    assert "Это не о бюджете" in text_of(await sergey.hears("модератор отклонил"))

    screen = await listed_hearings(sergey)
    await sergey.press(screen, f"№ {number}")
    await sergey.press(screen, "Вопросы (1)")
    await sergey.press(screen, "👍 № 1")
    listed = text_of(await sergey.becomes(screen, "👍 1"))
    assert "воры" not in listed and "Крыша школы течёт" not in listed
    await nurgul.say("Крыша уже в плане.", reply_to=first["message_id"])
    assert "Крыша уже в плане" in text_of(await aigerim.hears("ответ"))
    assert "№ 2" in text_of(await sergey.hears("Крыша уже в плане"))


async def test_the_organiser_gets_one_document_most_supported_first(town: Town) -> None:
    nurgul = await desk(town)
    aigerim, sergey = await follower(town), await follower(town, "Сергей")
    number = await announced(town, nurgul)
    for person, words in ((aigerim, "Первое предложение"), (sergey, "Второе, важнее")):
        await propose(person, words)
        letter = await nurgul.hears("предложение")
        await nurgul.press(letter, "Опубликовать")
        await person.hears("опубликовано")
    screen = await listed_hearings(aigerim)
    await aigerim.press(screen, f"№ {number}")
    await aigerim.press(screen, "Вопросы (2)")
    await aigerim.press(screen, "👍 № 2")

    managed = await manage(nurgul, number)
    await nurgul.press(managed, "Документ с предложениями")
    message = await nurgul.hears()
    assert message["document"]["file_name"] == f"hearing-{number}.docx"
    path = (await town.get(f"/bot7000000001:for-tests/getFile?file_id={message['document']['file_id']}"))["result"]
    async with town.http.get(f"{town.base}/file/bot7000000001:for-tests/{path['file_path']}") as response:
        paper = zipfile.ZipFile(io.BytesIO(await response.read())).read("word/document.xml").decode()
    assert paper.index("Второе, важнее") < paper.index("Первое предложение")


async def test_what_waits_over_a_day_nudges_and_what_was_moderated_never_does(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    await announced(town, nurgul)
    await propose(aigerim, "Осветить улицу")
    await nurgul.hears("№ 1, предложение")

    town.clock.shift += timedelta(days=1, minutes=1)
    nudge = await nurgul.hears("ждёт модератора 1 обращение")
    await nurgul.press(nudge, "Показать, что ждёт")
    queue = await nurgul.hears("Ждут модератора")
    assert "24 ч" in text_of(queue)
    await nurgul.press(queue, "Показать № 1")
    await nurgul.press(await nurgul.hears("№ 1, предложение"), "Опубликовать")
    await propose(aigerim, "Второе")
    await nurgul.press(await nurgul.hears("№ 2, предложение"), "Опубликовать")
    town.clock.shift += timedelta(days=1, minutes=1)
    nurgul.seen = await town.newest(nurgul.chat)
    await nurgul.hears_nothing(1.5)


async def test_after_the_deadline_or_a_cancel_no_words_are_taken(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=5)
    number = await announced(town, nurgul, at)
    card = await aigerim.hears("Объявлены")
    await goes_on(town, at + timedelta(minutes=1))

    assert "больше не принимаются" in text_of(await aigerim.say("А как же?", reply_to=card["message_id"]))
    assert number and rows(town, "SELECT count(*) FROM contributions") == [(0,)]


async def test_whoever_is_forgotten_leaves_no_words_names_or_places(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    number = await announced(town, nurgul)
    card = await aigerim.hears("Объявлены")
    await aigerim.press(card, "Придём")
    await propose(aigerim, "Моё тайное предложение")
    await nurgul.hears("№ 1")

    asked = await aigerim.say("/forget")
    await aigerim.press(asked, "Да, стереть")
    await town.eventually(lambda: _gone(town))
    await aigerim.hears("ничего не хранится")

    for table in ("follows", "listeners", "comings", "supports", "hearing_keepers"):
        assert rows(town, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert rows(town, "SELECT asker, text, status FROM contributions") == [(0, "", "withdrawn")]
    await cancel(nurgul, number, "Нет света")
    await aigerim.hears_nothing()


async def propose(person: Person, words: str) -> None:
    """In private, from the card."""
    screen = await listed_hearings(person)
    await person.press(screen, "№ 1")
    await person.press(screen, "Спросить или предложить")
    await person.hears("Напишите вопрос или предложение")
    await person.say(words)


async def listed_hearings(person: Person) -> Message:
    """The list, whatever else arrives at that moment."""
    await person.write("/hearings")
    return await person.hears("Слушания: ")


async def _gone(town: Town) -> bool:
    return rows(town, "SELECT count(*) FROM follows") == [(0,)]
