"""/place and "My aiyl kenesh": a coordinator enters the districts from the commission's act, a villager gets the reserve."""

import pytest

from tests.handlers.test_people import coordinator
from tests.handlers.test_questions import desk, rows
from tests.town import Message, Person, Town, buttons, text_of

ACT = "Решение ТИК № 12 от 05.09.2024"


async def at_the_place(town: Town, person: Person, words: str = "Бостери") -> Message:
    """The form or the card of a place that a coordinator names."""
    await person.say("/place")
    found = await person.say(words)
    await person.press(found, buttons(found)[0])
    return found


async def entered(town: Town, person: Person, seats: str = "5 6 7", act: str = ACT, place: str = "Бостери") -> Message:
    """The card of what a coordinator has just saved."""
    asked = await at_the_place(town, person, place)
    if any("заново" in one for one in buttons(await person.message(asked["message_id"]))):
        await person.press(asked, "заново")
    await person.say(seats)
    shown = await person.say(act)
    await person.press(shown, "Сохранить")
    return await person.becomes(shown, "Сохранено")


async def living_in(town: Town, language: str, village: str = "бостери") -> Person:
    """A villager whose place stands in /me."""
    person = await town.person("Айгерим", language)
    await person.has(language)
    about = await person.say("/me")
    await person.press(about, {"ru": "Место", "ky": "Жер"}[language])
    choice = await person.say(village)
    await person.press(choice, buttons(choice)[0])
    await person.becomes(choice, {"ru": "Обо мне", "ky": "Мен жөнүндө"}[language])
    return person


@pytest.mark.parametrize(
    ("language", "way", "place", "rests"),
    [
        ("ru", "Мой айылный кенеш", "Бостеринский", "Округа: так внёс координатор, из акта: Решение ТИК № 12"),
        ("ky", "Менин айылдык кеңешим", "Бостери", "координатор мына ушул акттан киргизген: Решение ТИК № 12"),
    ],
)
async def test_a_villager_gets_the_reserve_of_their_kenesh_in_two_presses(
    town: Town, language: str, way: str, place: str, rests: str
) -> None:
    nurgul = await desk(town)
    card = await entered(town, nurgul)
    assert "5 + 6 + 7 = 18" in text_of(card) and "Резерв для женщин: 7" in text_of(card)
    villager = await living_in(town, language)

    menu = await villager.say("/quota")
    await villager.press(menu, way)
    await villager.becomes(menu, "5 6 7")
    await villager.press(menu, place)
    answer = await villager.hears()

    for part in (place, "5 × 30 % = 1,5 → 2", "2 + 2 + 3 = 7", "38,9 %", rests, "2024"):
        assert part in text_of(answer), part
    assert any("Excel" in one for one in buttons(answer))


@pytest.mark.parametrize(
    ("language", "unknown"), [("ru", "округа боту пока не известны"), ("ky", "округдары ботко азырынча белгисиз")]
)
async def test_where_the_districts_are_not_known_the_seats_are_asked_for(
    town: Town, language: str, unknown: str
) -> None:
    villager = await living_in(town, language)
    menu = await villager.say("/quota")
    await villager.press(menu, {"ru": "Мой айылный кенеш", "ky": "Менин айылдык кеңешим"}[language])
    asked = await villager.becomes(menu, "5 6 7")
    await villager.press(menu, buttons(asked)[0])

    asked = await villager.becomes(menu, unknown)
    assert buttons(asked)[0] == {"ru": "Знаю только общее число", "ky": "Жалпы санын гана билем"}[language]
    assert "2 + 2 + 3 = 7" in text_of(await villager.say("5 6 7"))


async def test_a_place_is_typed_with_mistakes_and_numbers_may_be_typed_instead(town: Town) -> None:
    nurgul = await desk(town)
    await entered(town, nurgul)
    villager = await town.person("Сергей")
    await villager.has("ru")
    menu = await villager.say("/quota")
    await villager.press(menu, "Мой айылный кенеш")
    assert "📍 Выбрать место" in buttons(await villager.becomes(menu, "5 6 7"))

    found = await villager.say("бостэри")
    assert "4 × 30 % = 1,2 → 2" in text_of(await villager.say("4 4"))
    await villager.press(found, buttons(found)[0])

    assert "Решение ТИК № 12" in text_of(await villager.hears())


async def test_a_city_has_no_aiyl_kenesh(town: Town) -> None:
    villager = await town.person("Сергей")
    await villager.has("ru")
    menu = await villager.say("/quota")
    await villager.press(menu, "Мой айылный кенеш")
    await villager.press(menu, "Выбрать место")
    await villager.press(menu, "Иссык-Кульская")

    assert "айылного кенеша здесь нет" in (await villager.press(menu, "Балыкчы"))["text"]


@pytest.mark.parametrize("wrong", ["пять", "0", "10000", "10,000", "-5", "5 -6 7", "5 6 семь"])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ru", "ожидается целое число от 1 до 100"), ("ky", "эң азы 1, эң көбү 100 болгон бүтүн сан керек")],
)
async def test_wrong_seats_get_one_clear_sentence_and_nothing_is_lost(
    town: Town, language: str, sentence: str, wrong: str
) -> None:
    nurgul = await town.admin()
    await nurgul.has(language)
    await at_the_place(town, nurgul)

    refused = await nurgul.say(wrong)

    assert sentence in text_of(refused) and "\n" not in text_of(refused)
    assert rows(town, "SELECT count(*) FROM districts") == [(0,)]
    await nurgul.say("5 6 7")
    assert "7" in text_of(await nurgul.say(ACT))


@pytest.mark.parametrize(
    ("language", "no_day", "ahead"),
    [("ru", "ожидаются день, месяц и год", "ещё не наступил"), ("ky", "күнү, айы жана жылы керек", "али келе элек")],
)
async def test_a_wrong_act_or_day_gets_one_clear_sentence(town: Town, language: str, no_day: str, ahead: str) -> None:
    nurgul = await town.admin()
    await nurgul.has(language)
    await at_the_place(town, nurgul)
    await nurgul.say("5 6 7")

    assert "300" in text_of(await nurgul.say("—"))
    assert "300" in text_of(await nurgul.say("Решение " * 50))
    await nurgul.say("Решение <b>№ 7</b>")
    for words in ("вчера", "5 сентября", "31.02.2024"):
        assert no_day in text_of(await nurgul.say(words))
    assert ahead in text_of(await nurgul.say("05.09.2031"))
    assert "2019" in text_of(await nurgul.say("05.09.2010"))

    assert "Решение <b>№ 7</b>" in text_of(await nurgul.say("05.09.2024"))


async def test_what_is_revised_holds_and_the_history_says_who_and_when(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    await entered(town, timur)
    card = await entered(town, nurgul, "4 4 4 4", "Решение ТИК № 15 от 07.10.2024")

    assert "4 + 4 + 4 + 4 = 16" in text_of(card).split("До этого")[0]
    assert "5 + 6 + 7 = 18" in text_of(card).split("До этого")[1] and "Внесено: Тимур" in text_of(card)
    assert rows(town, "SELECT seats, entered_by FROM districts ORDER BY id") == [
        ("5 6 7", timur.id),
        ("4 4 4 4", nurgul.id),
    ]
    assert rows(town, "SELECT act, subject, actor FROM audit WHERE act = 'enter districts' ORDER BY id") == [
        ("enter districts", "bosteri 1", timur.id),
        ("enter districts", "bosteri 2", nurgul.id),
    ]


async def test_withdrawn_districts_no_longer_answer(town: Town) -> None:
    nurgul = await desk(town)
    card = await entered(town, nurgul)
    await nurgul.press(card, "Отозвать")
    await nurgul.becomes(card, "история останется")
    await nurgul.press(card, "Да, убрать")
    assert "5 + 6 + 7 = 18" in text_of(await nurgul.becomes(card, "Отозвано: Нургүл"))
    villager = await living_in(town, "ru")

    menu = await villager.say("/quota")
    await villager.press(menu, "Мой айылный кенеш")
    await villager.becomes(menu, "5 6 7")
    await villager.press(menu, "Бостеринский")

    await villager.becomes(menu, "пока не известны")
    assert rows(town, "SELECT subject FROM audit WHERE act = 'withdraw districts'") == [("bosteri 2",)]


async def test_an_older_preview_saves_nothing_of_a_newer_form(town: Town) -> None:
    nurgul = await desk(town)
    await at_the_place(town, nurgul)
    await nurgul.say("5 6 7")
    older = await nurgul.say(ACT)
    await nurgul.press(older, "Места")
    await nurgul.hears("Сколько мест")
    newer = await nurgul.say("9 9")

    assert "устарела" in (await nurgul.press(older, "Сохранить"))["text"]
    assert rows(town, "SELECT count(*) FROM districts") == [(0,)]
    await nurgul.press(newer, "Сохранить")
    await nurgul.becomes(newer, "Сохранено")
    assert rows(town, "SELECT seats FROM districts") == [("9 9",)]


async def test_whoever_comes_second_sees_what_the_first_has_entered_before_saving_over_it(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    await at_the_place(town, timur)
    await timur.say("5 6 7")
    mine = await timur.say(ACT)
    await entered(town, nurgul, "9 9")

    await timur.press(mine, "Сохранить")
    assert "9 + 9 = 18" in text_of(await timur.becomes(mine, "другой координатор изменил"))
    assert rows(town, "SELECT count(*) FROM districts") == [(1,)]
    await timur.press(mine, "Сохранить")
    await timur.becomes(mine, "Сохранено")

    assert rows(town, "SELECT seats FROM districts ORDER BY id") == [("9 9",), ("5 6 7",)]


@pytest.mark.parametrize("press", ["Сохранить", "Отозвать"])
async def test_a_role_that_ended_is_refused_and_logged(town: Town, press: str) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    shown = await entered(town, timur)
    if press == "Сохранить":
        await timur.press(shown, "заново")
        await timur.say("8 8")
        shown = await timur.say(ACT)
    else:
        await timur.press(shown, press)
        press = "Да, убрать"
        await timur.becomes(shown, "история останется")
    people = await nurgul.say("/people")
    await nurgul.press(people, "Отозвать: Тимур")
    await nurgul.press(people, "Да, отозвать")
    await nurgul.becomes(people, "Координаторы")

    answer = await timur.press(shown, press)

    assert answer["show_alert"] and "роль" in answer["text"]
    assert "роль" in text_of(await timur.say("/place"))
    assert rows(town, "SELECT seats FROM districts") == [("5 6 7",)]
    assert rows(town, f"SELECT subject FROM audit WHERE allowed = 0 AND actor = {timur.id} ORDER BY id") == [
        ("districts of bosteri",),
        ("districts",),
    ]


@pytest.mark.parametrize(("language", "refused"), [("ru", "роль"), ("ky", "ролуңуз")])
async def test_a_place_outside_the_branch_is_refused(town: Town, language: str, refused: str) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    await timur.press(await timur.say("/language"), {"ru": "Русский", "ky": "Кыргызча"}[language])
    await timur.hears()
    await timur.say("/place")
    found = await timur.say("Дара айыл аймагы")

    answer = await timur.press(found, buttons(found)[0])

    assert answer["show_alert"] and refused in answer["text"].lower()
    assert rows(town, "SELECT subject FROM audit WHERE allowed = 0") == [("districts of dara",)]


async def test_a_stranger_enters_nothing(town: Town) -> None:
    stranger = await town.person("Сергей")
    await stranger.has("ru")

    assert "роль" in text_of(await stranger.say("/place"))


async def test_of_a_forgotten_coordinator_the_districts_stay_without_a_name(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    await entered(town, timur)
    sure = await timur.say("/forget")
    await timur.press(sure, "Да, стереть")
    await timur.hears()

    assert rows(town, "SELECT seats, entered_by FROM districts") == [("5 6 7", 0)]
    assert "Тимур" not in text_of(await nurgul.becomes(await at_the_place(town, nurgul), "5 + 6 + 7"))


async def test_a_half_filled_form_survives_a_restart(town: Town) -> None:
    nurgul = await desk(town)
    await at_the_place(town, nurgul)
    await nurgul.say("5 6 7")

    await town.stop()
    await town.start()

    assert "5 + 6 + 7 = 18" in text_of(await nurgul.say(ACT))
