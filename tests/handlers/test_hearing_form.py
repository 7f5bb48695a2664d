"""/hearing: step by step or pasted, silent until published, refused with a word, only within one's own branch."""

from datetime import timedelta

from tests.handlers.test_people import coordinator
from tests.hearings import a_draft, a_group, announced, announcement, desk, publish, rows, spelled, the_hour
from tests.town import Person, Town, buttons, text_of


async def test_step_by_step_from_the_place_to_publication(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, _olga = await a_group(town)
    at = the_hour(town, days=12)
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "по шагам")
    asked = await nurgul.hears("Для какого места слушания?")
    await nurgul.press(asked, "Иссык-Кульская")
    await nurgul.press(asked, "Тюпский")
    await nurgul.press(asked, "Это:")
    await nurgul.press(await nurgul.hears("О чём они?"), "местный бюджет")
    await nurgul.hears("Тема одной строкой")
    await nurgul.say("Бюджет <b>2027</b>")
    await nurgul.say(spelled(at))
    await nurgul.say("Клуб, ул. Ленина 5")
    await nurgul.write("1. Доклад\n2. Вопросы")
    await nurgul.hears("Кто их проводит?")
    await nurgul.say("Айыл окмоту")
    await nurgul.press(await nurgul.say("0555 11 22 33"), "Дальше")
    await nurgul.press(await nurgul.hears("До какого времени"), "Дальше")
    await nurgul.hears("Присылайте файлы")
    await nurgul.send_file("document", "budget.pdf", b"%PDF-1.4" + b"0" * 3000)
    kept = await nurgul.hears("В черновике 1 файл")
    await bakyt.hears_nothing()
    await nurgul.press(kept, "Весь черновик")
    draft = await nurgul.becomes(kept, "Черновик")
    assert "budget.pdf (2 КБ)" in text_of(draft) and "Бюджет <b>2027</b>" in text_of(draft)

    await nurgul.press(draft, "Что и скольким")
    preview = await nurgul.hears("Так это будет")
    assert "1 группа, 0 человек" in text_of(preview)
    await nurgul.press(preview, "Опубликовать")

    card = await bakyt.hears("Объявлены")
    assert "Бюджет <b>2027</b>" in text_of(card) and "📎 Файлы" in buttons(card)
    await bakyt.press(card, "📎 Файлы")
    assert (await bakyt.hears())["document"]["file_name"] == "budget.pdf"


async def test_a_draft_is_silent_and_outlives_the_bot(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, _olga = await a_group(town)
    await a_draft(nurgul, announcement(the_hour(town, days=9), "Ремонт дорог"))
    await bakyt.hears_nothing()

    await town.stop()
    await town.start()
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "Ремонт дорог")
    await publish(nurgul, await nurgul.becomes(menu, "Ремонт дорог"))

    assert "Ремонт дорог" in text_of(await bakyt.hears("Объявлены"))


async def test_a_wrong_date_is_refused_with_a_word_and_nothing_is_lost(town: Town) -> None:
    nurgul = await desk(town)
    draft = await a_draft(nurgul, "Тюпский район\nТема: Бюджет\nМесто: клуб\nДата: 20 ноября 2025 года, 10:00")
    assert "уже прошла" in text_of(draft) and "Нет даты и часа" in text_of(draft)
    assert not any("Что и скольким" in one for one in buttons(draft))

    await nurgul.press(draft, "Дата и время")
    await nurgul.hears("Когда?")
    at = the_hour(town, days=10)
    wrong = "понедельник" if at.weekday() != 0 else "вторник"
    assert "День недели не совпадает" in text_of(await nurgul.say(f"{wrong}, {spelled(at)}"))
    assert "не вижу здесь даты" in text_of(await nurgul.say("когда-нибудь"))
    assert "такого дня" in text_of(await nurgul.say("31 ноября в 10:00")).lower()
    assert "день вижу" in text_of(await nurgul.say("25 декабря")).lower()
    await nurgul.say(spelled(at))
    await nurgul.press(draft, "Организатор")
    await nurgul.hears("Кто их проводит?")
    assert "не больше 200" in text_of(await nurgul.say("а" * 201))
    again = await nurgul.say("Айыл окмоту")
    await nurgul.press(again, "Весь черновик")
    now = text_of(await nurgul.becomes(again, "Черновик"))
    assert "Бюджет" in now and "Айыл окмоту" in now and "Нет контакта" in now


async def test_without_place_time_or_topic_it_is_not_published_and_the_same_day_warns(town: Town) -> None:
    nurgul = await desk(town)
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    empty = await a_draft(nurgul, "Приходите все!")
    assert "Не указано место" in text_of(empty)

    again = await a_draft(nurgul, announcement(at + timedelta(hours=2), "Второй вопрос"))
    assert f"уже есть: № {number}" in text_of(again)


async def test_a_coordinator_announces_only_within_their_branch(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    menu = await timur.say("/hearing")
    await timur.press(menu, "Вставить")
    elsewhere = await timur.say(announcement(the_hour(town, days=10), place="город Нарын"))
    assert "Не указано место" in text_of(elsewhere)
    await timur.press(elsewhere, "Место")
    asked = await timur.hears("Для какого места")
    await timur.press(asked, "Нарынская")
    answer = await timur.press(asked, "Это:")
    assert "роль" in answer["text"]

    assert rows(town, "SELECT count(*) FROM hearings") == [(0,)]


async def test_whoever_has_no_role_is_refused_at_every_act(town: Town) -> None:
    nurgul = await desk(town)
    number = await announced(town, nurgul)
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    assert "роль" in text_of(await sergey.say("/hearing"))
    for press in (f"he:{number}", f"hz:{number}", f"ho:{number}", f"hg:{number}", f"hd:{number}", "fd:new", "cq"):
        await forge_any(sergey, press)
    assert rows(town, "SELECT count(*) FROM hearing_drafts") == [(0,)]
    assert rows(town, f"SELECT status FROM hearings WHERE id = {number}") == [("announced",)]


async def forge_any(person: Person, press: str) -> None:
    messages = [one for one in await person.town.messages(person.chat) if one["from"].get("is_bot")]
    where = f"/sim/chats/{person.chat}/messages/{messages[-1]['message_id']}/press"
    await person.town.post(where, {"from": person.id, "callback_data": press})


async def test_a_published_draft_pressed_twice_is_one_hearing(town: Town) -> None:
    nurgul = await desk(town)
    draft = await a_draft(nurgul, announcement(the_hour(town, days=10)))
    await nurgul.press(draft, "Что и скольким")
    preview = await nurgul.hears("Так это будет отправлено")
    await nurgul.press(preview, "Опубликовать")
    await forge_any(nurgul, "fb:1")

    assert rows(town, "SELECT count(*) FROM hearings") == [(1,)]


async def test_an_online_hearing_needs_a_deadline_instead_of_a_hall(town: Town) -> None:
    nurgul = await desk(town)
    at = the_hour(town, days=10)
    draft = await a_draft(nurgul, f"Тюпский район\nТема: Бюджет онлайн\nДата: {spelled(at)}")
    assert "Не сказано, где" in text_of(draft)
    await nurgul.press(draft, "Где")
    await nurgul.press(await nurgul.hears("Где?"), "Онлайн")
    await nurgul.hears()
    await nurgul.press(draft, "Предложения принимаются")
    await nurgul.hears("До какого времени")
    await nurgul.say(spelled(at + timedelta(days=7)))

    assert rows(town, "SELECT count(*) FROM hearing_drafts WHERE terms LIKE '%\"online\": true%'") == [(1,)]


async def test_a_command_or_a_key_of_the_menu_is_never_taken_for_an_answer(town: Town) -> None:
    nurgul = await desk(town)
    draft = await a_draft(nurgul, announcement(the_hour(town, days=10), "Ремонт дорог"))
    for words, heard in (("/desk", "вопрос"), ("📨 Мои вопросы", "вопрос")):
        await nurgul.press(draft, "Тема слушаний")
        await nurgul.hears("Тема одной строкой")
        assert heard in text_of(await nurgul.say(words)).lower()
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "Вставить")
    assert "вопрос" in text_of(await nurgul.say("/desk")).lower()

    assert rows(town, "SELECT count(*) FROM hearing_drafts WHERE terms LIKE '%Ремонт дорог%'") == [(1,)]
