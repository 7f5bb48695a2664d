"""Forged buttons and roles: a changed telephone may send any callback data; the role is checked when it acts."""

import sqlite3

from tests.handlers.test_people import coordinator, invited
from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.handlers.test_strangers import forge, revoke, with_village
from tests.town import Town, text_of

FORGED = (
    "a:no-such-article:1", "a:quota-in-short:99999999999999999999", "a:quota-in-short:-3", "a:quota-in-short:x",
    "g:no-such-section", "g:<b>", "u:no-such-article:1", "p:me:nowhere:1", "p:me:kg:99999999999999999999",
    "p:me:kg:-7", "p:me:kg:0", "p:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz:kg:1", "ps:me:nowhere",
    "ps:i.nobody:kg", "ps:al.x:kg", "ps:al.99999999999999999999:kg", "ps:i:kg", "pc:nowhere", "pv",
    "al:99999999999999999999", "al:-1", "take:99999999999999999999", "take:0", "desk:99999999999999999999",
    "decline:99999999999999999999", "revoke:99999999999999999999", "revoked:99999999999999999999",
    "withdraw:99999999999999999999", "accept:", "accept:zzz", "refuse", "cancel", "keep", "ask", "new", "start:xx:",
    "language:xx", "group:ru", "me:reader:king:1", "me:topic:quota:7", ":", "::::", "жок",
)  # fmt: skip


async def test_forged_buttons_are_answered_calmly(town: Town) -> None:
    sergey = await town.person("Сергей")
    welcome = await sergey.has("ru")
    broken = []

    for press in FORGED:
        answer = await forge(sergey, welcome, press)
        said = [text_of(one) for one in await town.messages(sergey.chat)] + [(answer or {}).get("text") or ""]
        if answer is None or any("сломалось" in words for words in said):
            broken.append(press)

    assert broken == []


async def test_a_stranger_cannot_read_the_village_of_an_asker(town: Town) -> None:
    await desk(town)
    sergey, maria = await town.person("Сергей"), await town.person("Мария")
    await sergey.has("ru")
    await with_village(town, sergey)
    await sergey.say(UNKNOWN_RU)
    welcome = await maria.has("ru")

    await forge(maria, welcome, "al:1")
    await maria.hears_nothing()

    assert not [one for one in await town.messages(maria.chat) if "Ыраакыбулак" in text_of(one)]


async def test_a_coordinator_cannot_move_an_asker_of_another_branch(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await with_village(town, sergey)
    await sergey.say(UNKNOWN_RU)
    await nurgul.hears("Вопрос № 1")
    link = await invited(town, nurgul, place="Баткенская")
    timur = await town.person("Тимур")
    offer = await timur.has("ru", link=link)
    await timur.press(offer, "Принять")
    await timur.becomes(offer, "Теперь вы")

    await forge(timur, offer, "ps:al.1:batken")

    assert rows(town, f"SELECT village FROM chats WHERE chat_id = {sergey.id}") == [("Ыраакыбулак",)]
    assert rows(town, "SELECT count(*) FROM place_aliases") == [(0,)]


async def test_a_coordinator_invites_nobody_above_or_beside_themselves(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    message = await timur.say("/invite")

    for press in (
        "ps:i.administrator:kg",
        "ps:i.administrator:issyk-kul",
        "ps:i.coordinator:issyk-kul",
        "ps:i.desk:kg",
        "ps:i.desk:batken",
    ):
        answer = await forge(timur, message, press)
        assert answer and "роль" in answer["text"], press
    assert rows(town, "SELECT count(*) FROM invites") == [(1,)]


async def test_a_coordinator_revokes_neither_an_administrator_nor_a_coordinator(town: Town) -> None:
    nurgul = await desk(town)
    timur, maria = await coordinator(town, nurgul), await coordinator(town, nurgul, "Мария")
    message = await timur.say("/people")

    for (grant,) in rows(town, "SELECT id FROM roles"):
        answer = await forge(timur, message, f"revoked:{grant}")
        assert answer and "роль" in answer["text"]
    assert rows(town, "SELECT count(*) FROM roles WHERE revoked_at IS NOT NULL") == [(0,)]
    assert maria.id


async def test_a_coordinator_withdraws_no_invitation_they_could_not_give(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    await invited(town, nurgul)
    message = await timur.say("/people")

    await forge(timur, message, "withdraw:2")

    assert rows(town, "SELECT revoked_at FROM invites WHERE id = 2") == [(None,)]


async def test_an_invitation_dies_with_the_role_of_who_gave_it(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    choice = await timur.say("/invite")
    await timur.press(choice, "дежурный")
    await timur.press(choice, "Иссык-Кульская")
    await timur.press(choice, "Это:")
    link = text_of(await timur.becomes(choice, "?start=inv_")).split("?start=")[1].split()[0]
    maria = await town.person("Мария")
    offer = await maria.has("ru", link=link)
    await revoke(nurgul, "Тимур")

    answer = await maria.press(offer, "Принять")

    assert answer["show_alert"]
    assert rows(town, "SELECT count(*) FROM roles WHERE role = 'desk' AND revoked_at IS NULL") == [(0,)]


async def test_accept_pressed_again_after_a_revocation_claims_no_role(town: Town) -> None:
    nurgul = await desk(town)
    link = await invited(town, nurgul)
    timur = await town.person("Тимур")
    offer = await timur.has("ru", link=link)
    await timur.press(offer, "Принять")
    await timur.becomes(offer, "Теперь вы")
    await revoke(nurgul, "Тимур")

    answer = await forge(timur, offer, f"accept:{link.removeprefix('inv_')}")

    assert answer and answer["show_alert"]


async def test_the_commands_of_a_coordinator_leave_the_menu_with_the_role(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    await revoke(nurgul, "Тимур")

    async def gone() -> bool:
        shown = await town.get(f"/sim/chats/{timur.chat}/commands?person={timur.id}")
        return "desk" not in [one["command"] for one in shown["commands"]]

    await town.eventually(gone)


async def test_a_list_of_many_coordinators_can_be_shown(town: Town) -> None:
    nurgul = await desk(town)
    await town.stop()
    with sqlite3.connect(town.database) as db:
        for number in range(120):
            chat = 6_000_000_000 + number
            name = f"Бактыгүл Абдыкадырова-Токтосунова {number}"
            db.execute(
                "INSERT INTO chats (chat_id, kind, language, name, started_at, seen_at) VALUES (?, 'private', 'ky', ?, 1, 1)",
                (chat, name),
            )
            db.execute("INSERT INTO roles (chat_id, role, place, granted_at) VALUES (?, 'desk', 'batken', 1)", (chat,))
    await town.start()

    assert "Координаторы" in text_of(await nurgul.say("/people"))
