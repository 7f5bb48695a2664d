"""One hearing lived through: announced, moved, cancelled or held, with everything that is said of it and to whom."""

from datetime import timedelta

from tests.hearings import (
    a_draft,
    a_group,
    announced,
    announcement,
    cancel,
    desk,
    follower,
    goes_on,
    ledger,
    manage,
    move,
    rows,
    the_hour,
)
from tests.town import Town, text_of


async def test_a_group_hears_of_a_hearing_is_told_was_and_now_and_why_it_is_cancelled(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, _olga = await a_group(town)
    at = the_hour(town, days=10)

    number = await announced(town, nurgul, at)
    card = await bakyt.hears("Объявлены общественные слушания")
    assert f"№ {number}" in text_of(card) and "Проект бюджета" in text_of(card) and "11:00" in text_of(card)

    await move(nurgul, number, at + timedelta(days=1, hours=3))
    moved = await bakyt.hears("изменились")
    assert "11:00 → " in text_of(moved) and "14:00" in text_of(moved)
    assert "верно новое сообщение" in text_of(await bakyt.becomes(card, "верно новое сообщение"))

    await cancel(nurgul, number, "Нет кворума")
    last = await bakyt.hears("отменены")
    assert "Нет кворума" in text_of(last)
    await town.eventually(lambda: _nothing_waits(town, group))


async def test_of_places_with_one_name_the_rayon_decides_before_the_name_or_after_it(town: Town) -> None:
    nurgul = await desk(town)
    at = the_hour(town, days=10)

    for place in ("Көк-Жар айыл аймагы, Кочкор району", "Кочкор району, Көк-Жар айыл аймагы"):
        draft = await a_draft(nurgul, announcement(at, place=place))
        assert "Кок-Жарский айылный аймак (Кочкорский район)" in text_of(draft)


async def test_reminders_come_at_their_moments_and_the_outcome_at_the_end(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    await aigerim.hears("Объявлены")

    await goes_on(town, at - timedelta(days=3) + timedelta(seconds=5))
    assert "до начала 3 дня" in text_of(await aigerim.hears("⏰"))
    await goes_on(town, at - timedelta(days=1) + timedelta(minutes=90))
    assert "до начала 22 часа 30 минут" in text_of(await aigerim.hears("⏰"))
    await goes_on(town, at - timedelta(hours=2))
    assert "до начала 2 часа" in text_of(await aigerim.hears("⏰"))

    await goes_on(town, at + timedelta(hours=21))
    asked = await aigerim.hears("Вы там были?")
    await aigerim.press(asked, "Был")
    question = await aigerim.hears("1/3")
    for number_of in ("2/3", "3/3"):
        await aigerim.press(question, "Да")
        question = await aigerim.becomes(question, number_of)
    await aigerim.press(question, "Нет")
    assert rows(town, "SELECT came, materials, spoke, answered FROM attendances") == [(1, 1, 1, 0)]

    await goes_on(town, at + timedelta(days=3, minutes=1))
    minutes = await nurgul.hears("Что из них вышло?")
    await nurgul.press(minutes, "Внести итог")
    for words in ("Починить мост", "Мост в бюджете 2027", "Стадион: нет денег", "http://example.kg/minutes", "85 40"):
        await nurgul.hears("Слушания № ")
        await nurgul.write(words)
    preview = await nurgul.hears("Узнает 1 чат")
    await nurgul.press(preview, "Опубликовать")

    outcome = text_of(await aigerim.hears(f"Итог слушаний № {number}"))
    assert "Починить мост" in outcome and "Присутствовали: 85, из них женщин: 40" in outcome
    assert "Стадион" in outcome


async def test_a_week_without_minutes_is_said_once(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=5)
    await announced(town, nurgul, at)
    await aigerim.hears("Объявлены")

    await goes_on(town, at + timedelta(days=7, hours=2))

    assert "протокола пока нет" in text_of(await aigerim.hears("протокола пока нет"))


async def test_a_cancelled_hearing_is_never_reminded_of(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    await aigerim.hears("Объявлены")
    await cancel(nurgul, number, "Ремонт зала")
    await aigerim.hears("Ремонт зала")
    seen = await town.newest(aigerim.id)

    for moment in (at - timedelta(days=3), at - timedelta(days=1), at - timedelta(hours=2), at + timedelta(days=8)):
        await goes_on(town, moment)
        await aigerim.hears_nothing(1.3)

    assert await town.newest(aigerim.id) == seen
    assert {status for _o, status, _d in ledger(town, "hearing_reminder", aigerim.id)} == {6}


async def test_a_reminder_whose_moment_has_gone_is_never_sent_late_and_never_after_the_start(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=10)
    await announced(town, nurgul, at)
    await aigerim.hears("Объявлены")
    await town.stop()

    await goes_on(town, at - timedelta(hours=35))
    await town.start()
    await town.eventually(lambda: _ended(town, aigerim.id, [7, 0, 0]))
    await town.stop()
    await goes_on(town, at + timedelta(minutes=1))
    await town.start()
    await town.eventually(lambda: _ended(town, aigerim.id, [7, 7, 7]))

    assert not [one for one in await town.messages(aigerim.id) if "⏰" in text_of(one)]


async def test_who_follows_later_or_elsewhere_is_not_told_and_who_asked_to_be_reminded_is(town: Town) -> None:
    nurgul = await desk(town)
    elsewhere = await follower(town, "Мээрим", "Жети-Огузский")
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    timur = await town.person("Тимур")
    card = await timur.has("ru", link=f"h_{number}")
    assert f"№ {number}" in text_of(card)
    assert "Напомню 3 раза" in (await timur.press(card, "Напомнить"))["text"]

    await move(nurgul, number, at + timedelta(hours=4))

    assert "15:00" in text_of(await timur.hears("изменились"))
    await elsewhere.hears_nothing()
    assert ledger(town, "hearing", elsewhere.id) == []


async def test_two_coordinators_at_once_the_second_is_told_that_the_revision_moved(town: Town) -> None:
    nurgul = await desk(town)
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    screen = await manage(nurgul, number)
    await nurgul.press(screen, "Изменить")
    slow = await nurgul.becomes(screen, "Изменение слушаний")
    await move(nurgul, number, at + timedelta(hours=1))

    await nurgul.press(slow, "Где")
    await nurgul.hears("Где?")
    await nurgul.write("Школа № 2")
    await nurgul.hears()
    await nurgul.press(slow, "Что и скольким")
    preview = await nurgul.hears("Так это будет")
    await nurgul.press(preview, "Опубликовать")

    assert "изменил другой координатор" in text_of(await nurgul.becomes(preview, "другой координатор"))
    assert rows(town, f"SELECT revision FROM hearings WHERE id = {number}") == [(2,)]


async def test_a_calendar_file_keeps_its_uid_grows_its_sequence_and_ends_with_cancel(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    card = await aigerim.hears("Объявлены")
    await aigerim.press(card, "В календарь")
    first = await _file(town, await aigerim.hears("Откройте файл"))
    await move(nurgul, number, at + timedelta(hours=1))
    moved = await aigerim.hears("изменились")
    await aigerim.press(moved, "В календарь")
    second = await _file(town, await aigerim.hears("Откройте файл"))
    await cancel(nurgul, number, "Нет света")
    last = await aigerim.hears("Нет света")
    await aigerim.press(last, "Убрать из календаря")
    third = await _file(town, await aigerim.hears("Откройте файл"))

    uid = f"UID:hearing-{number}@kenesh_demo_bot"
    assert all(uid in one for one in (first, second, third))
    assert "SEQUENCE:0" in first and "SEQUENCE:1" in second and "SEQUENCE:2" in third
    assert "METHOD:PUBLISH" in first and "METHOD:CANCEL" in third and "STATUS:CANCELLED" in third


async def _file(town: Town, message: dict[str, object]) -> str:
    document = message["document"]
    assert isinstance(document, dict)
    path = (await town.get(f"/bot7000000001:for-tests/getFile?file_id={document['file_id']}"))["result"]["file_path"]
    async with town.http.get(f"{town.base}/file/bot7000000001:for-tests/{path}") as response:
        return (await response.read()).decode()


async def _nothing_waits(town: Town, chat: int) -> bool:
    return rows(town, f"SELECT count(*) FROM deliveries WHERE chat_id = {chat} AND status IN (0, 1)") == [(0,)]


async def _ended(town: Town, chat: int, statuses: list[int]) -> bool:
    return [status for _o, status, _d in ledger(town, "hearing_reminder", chat)] == statuses
