"""A group is set up in three taps by its admin, hears in one language or both, and keeps everything when it moves."""

from datetime import timedelta

from tests.hearings import a_group, announced, desk, follower, goes_on, ledger, move, rows, set_place, the_hour
from tests.town import Town, buttons, text_of


async def test_only_an_admin_sets_the_place_and_the_card_says_what_comes_and_how_to_stop(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    card = next(one for one in await town.messages(bakyt.chat) if "Готово" in text_of(one))

    assert "Тюпский район" in text_of(card) and "Чтобы остановить" in text_of(card)
    for button in ("Другое место", "Отключить", "1 день", "Язык"):
        assert "администратор" in (await olga.press(card, button))["text"]
    assert rows(town, f"SELECT muted, leads FROM listeners WHERE chat_id = {bakyt.chat}") == [(0, "3d 1d 2h")]


async def test_the_place_can_be_written_as_a_reply_to_the_card(town: Town) -> None:
    bakyt, olga = await town.person("Бакыт", "ky"), await town.person("Ольга")
    group = await town.group("Топ", [bakyt, olga], [bakyt])
    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "member"})
    bakyt, olga = bakyt.within(group), olga.within(group)
    card = await bakyt.hears("Здравствуйте")
    await bakyt.press(card, "Русский")
    card = await bakyt.becomes(card, "Для какого места")

    refused = await olga.say("Балыкчы", reply_to=card["message_id"])
    assert "администратор" in text_of(refused)
    ready = await bakyt.say("Балыкчы", reply_to=card["message_id"])
    assert "Готово: город Балыкчы" in text_of(ready)


async def test_a_group_may_hear_in_both_languages_in_one_letter_kyrgyz_above_russian(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, _olga = await a_group(town, "Түп", "Кыргызча + Русский")

    await announced(town, nurgul)

    words = text_of(await bakyt.hears("Коомдук угуу жарыяланды"))
    assert words.index("Коомдук угуу жарыяланды") < words.index("Объявлены общественные слушания")


async def test_in_a_forum_notices_go_to_the_topic_where_it_was_set_up(town: Town) -> None:
    nurgul = await desk(town)
    bakyt = await town.person("Бакыт", "ky")
    answer = await town.post(
        "/sim/groups",
        {"title": "Форум", "members": [bakyt.id], "admins": [bakyt.id], "type": "supergroup", "is_forum": True},
    )
    group = answer["chat"]["id"]
    town.world.chats[group].threads.add(77)
    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "member"})
    there = bakyt.within(group)
    await there.write("/setup@kenesh_demo_bot", message_thread_id=77)
    card = await town.eventually(lambda: _in_topic(town, group, "Здравствуйте"))
    await there.press(card, "Русский")
    await set_place(there, card, "Тюпский")

    await announced(town, nurgul)

    notice = await town.eventually(lambda: _in_topic(town, group, "Объявлены"))
    assert notice["message_thread_id"] == 77


async def test_a_group_that_moves_keeps_place_settings_and_what_is_owed(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, _olga = await a_group(town)
    at = the_hour(town, days=10)
    number = await announced(town, nurgul, at)
    await bakyt.hears("Объявлены")

    new = (await town.post(f"/sim/chats/{group}/migrate", {}))["chat"]["id"]
    await town.eventually(lambda: _follows(town, new))
    there = bakyt.within(new)
    await move(nurgul, number, at + timedelta(hours=3))

    assert "14:00" in text_of(await there.hears("изменились"))
    assert [status for _o, status, _d in ledger(town, "hearing_reminder", new)].count(0) == 3


async def test_removed_it_is_not_written_to_and_added_again_everything_is_as_before(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, _olga = await a_group(town)
    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "kicked"})
    await town.eventually(lambda: _reachable(town, group, 0))
    await announced(town, nurgul)
    assert ledger(town, "hearing", group) == []

    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "member"})
    await town.eventually(lambda: _reachable(town, group, 1))
    await announced(town, nurgul, topic="Программа развития района")

    assert "Программа развития" in text_of(await bakyt.hears("Объявлены"))


async def test_counts_stand_in_the_groups_card_and_names_only_for_the_organiser(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    number = await announced(town, nurgul)
    card = await bakyt.hears("Объявлены")

    await olga.press(card, "Придём")
    await olga.press(card, "+1")
    await bakyt.press(card, "Придём")
    now = text_of(await olga.becomes(card, "Придут из этой группы: 3"))
    assert "Ольга" not in now

    await olga.press(card, "Не приду")
    assert "✋ Придём · 1" in buttons(await bakyt.becomes(card, "Придут из этой группы: 1"))
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "Слушания моих мест")
    await nurgul.press(menu, f"№ {number} ")
    await nurgul.press(menu, "Кто придёт")
    assert "Бакыт" in text_of(await nurgul.hears("имена видите только вы"))


async def test_muted_reminders_are_never_sent_and_those_left_on_are(town: Town) -> None:
    nurgul = await desk(town)
    group, bakyt, _olga = await a_group(town)
    card = next(one for one in await town.messages(group) if "Готово" in text_of(one))
    await bakyt.press(card, "3 дня")
    at = the_hour(town, days=10)
    await announced(town, nurgul, at)
    await bakyt.hears("Объявлены")

    await goes_on(town, at - timedelta(days=3) + timedelta(seconds=2))
    await bakyt.hears_nothing(1.5)
    await goes_on(town, at - timedelta(days=1))
    assert "до начала" in text_of(await bakyt.hears("⏰"))
    await bakyt.press(card, "Отключить")
    await goes_on(town, at - timedelta(hours=2))
    await bakyt.hears_nothing(1.5)
    assert [status for _o, status, _d in ledger(town, "hearing_reminder", group)] == [8, 2, 8]


async def test_at_night_a_reminder_makes_no_sound(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await follower(town)
    at = the_hour(town, days=10).replace(hour=7)
    await announced(town, nurgul, at)
    await aigerim.hears("Объявлены")

    await goes_on(town, at - timedelta(hours=2))
    await aigerim.hears("⏰")

    sent = [one for one in await town.requests("sendMessage") if "⏰" in str(one)]
    assert "disable_notification" in str(sent[-1])


async def _in_topic(town: Town, group: int, words: str) -> dict[str, object] | None:
    for one in await town.messages(group):
        if words in text_of(one) and one.get("message_thread_id") == 77 and one["from"].get("is_bot"):
            return one
    return None


async def _follows(town: Town, chat: int) -> bool:
    return bool(rows(town, f"SELECT 1 FROM follows WHERE chat_id = {chat}"))


async def _reachable(town: Town, chat: int, yes: int) -> bool:
    return rows(town, f"SELECT reachable FROM chats WHERE chat_id = {chat}") == [(yes,)]
