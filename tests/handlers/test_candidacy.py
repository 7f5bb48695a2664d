"""/candidate: three answers, steps with dates, reminders that are right, companions, and nothing left after /forget."""

import sqlite3
from datetime import timedelta

from tests.election_story import a_called_election, a_candidate, ahead, at
from tests.handlers.test_questions import desk, rows
from tests.town import Town, buttons, text_of

MARK_KY = "бул шайлоонун планы менен салыштырыңыз"


async def test_before_the_election_is_called_the_plan_has_no_dates_and_then_it_does(town: Town) -> None:
    nurgul = await desk(town)
    sergey, plan = await a_candidate(town)
    assert "ещё не назначены" in text_of(plan)
    assert "14. " in text_of(plan) and "15. " not in text_of(plan)
    assert "2027" not in text_of(plan) and "202" not in text_of(plan)

    voting = ahead(90)
    await a_called_election(town, voting, nurgul)

    told = await sergey.hears("Назначены выборы")
    await sergey.press(told, "Открыть план")
    seen = text_of(await sergey.hears("День голосования"))
    assert f"до {voting - timedelta(days=31):%d.%m.%Y}, 18:00" in seen
    assert "сверьте с планом этих выборов" in seen


async def test_a_step_is_done_on_the_person_s_own_word_and_the_paper_and_calendar_are_theirs(town: Town) -> None:
    await a_called_election(town, ahead(90))
    aigerim, plan = await a_candidate(town, "Айгерим", "ky", "өзүмдү")

    await aigerim.press(plan, "4")
    step = await aigerim.becomes(plan, "Өзүңүздү көрсөтүп")
    assert MARK_KY in text_of(step) and "Кайда:" in text_of(step)
    await aigerim.press(plan, "Эскертме")
    await aigerim.becomes(plan, "эскертме жазыңыз")
    noted = await aigerim.say("Паспорттун <көчүрмөсү>")
    assert "Паспорттун <көчүрмөсү>" in text_of(noted)
    await aigerim.press(noted, "Бүттү")
    assert "Комиссия башкача көрүшү мүмкүн" in text_of(await aigerim.becomes(noted, "өзүңүз айттыңыз"))

    await aigerim.press(noted, "Артка")
    await aigerim.becomes(noted, "бүттү дегендери: 1")
    await aigerim.press(noted, "Календарга")
    calendar = await aigerim.hears()
    assert calendar["document"]["file_name"] == "plan.ics"
    await aigerim.press(noted, "Басып чыгаруу")
    assert (await aigerim.hears())["document"]["file_name"] == "plan.pdf"


async def test_a_reminder_comes_three_days_before_with_the_mark_and_not_for_what_is_done(town: Town) -> None:
    voting = ahead(90)
    await a_called_election(town, voting)
    sergey, plan = await a_candidate(town)
    filing = voting - timedelta(days=31)
    sergey.seen = await town.newest(sergey.chat)

    await at(town, filing - timedelta(days=3), 9, 1)
    letter = await sergey.hears("Сроки вашего выдвижения")
    assert "Через 3 дня — Выдвиньте себя" in text_of(letter)
    assert "сверьте с планом этих выборов" in text_of(letter)

    await sergey.press(plan, "4")
    await sergey.becomes(plan, "Выдвиньте себя")
    await sergey.press(plan, "✅ Сделано")
    await sergey.becomes(plan, "Вы сказали нам")
    sergey.seen = await town.newest(sergey.chat)
    await at(town, filing - timedelta(days=1), 9, 1)
    await sergey.hears_nothing(1.5)


async def test_who_was_told_hears_was_and_now_when_voting_day_moves(town: Town) -> None:
    voting = ahead(90)
    nurgul, made = await a_called_election(town, voting)
    sergey, _ = await a_candidate(town)
    nina = await town.person("Нина")
    await nina.has("ru")
    sergey.seen = await town.newest(sergey.chat)

    later = voting + timedelta(days=7)
    await nurgul.press(made, "▶️")
    await nurgul.becomes(made, "2/3")
    await nurgul.press(made, "15")
    await nurgul.becomes(made, "Добуш берүү күнү")
    await nurgul.press(made, "Перенести день")
    await nurgul.becomes(made, "напишите день")
    asked = await nurgul.say(f"{later:%d.%m.%Y}")
    assert f"{voting:%d.%m.%Y} → {later:%d.%m.%Y}" in text_of(asked)
    await nurgul.press(asked, "Да, перенести")

    await nurgul.becomes(asked, f"голосование {later:%d.%m.%Y}")
    town.clock.shift += timedelta(minutes=3)
    told = await sergey.hears("Даты выборов изменились")
    assert f"{voting:%d.%m.%Y} → {later:%d.%m.%Y}" in text_of(told)
    await nina.hears_nothing(0.3)


async def test_a_companion_sees_the_plan_and_is_reminded_and_forget_takes_it_from_both(town: Town) -> None:
    voting = ahead(90)
    await a_called_election(town, voting)
    sergey, plan = await a_candidate(town)
    await sergey.press(plan, "Ещё")
    await sergey.becomes(plan, "Ещё об этом плане")
    await sergey.press(plan, "Помощники")
    await sergey.becomes(plan, "Приглашено: 0")
    await sergey.press(plan, "Новая ссылка")
    link = text_of(await sergey.becomes(plan, "start=")).split("start=")[1].split()[0]

    olga = await town.person("Ольга")
    offer = await olga.has("ru", link)
    await olga.press(offer, "Принять")
    seen = await olga.becomes(offer, "План кандидата")
    assert "Женщинам" not in buttons(seen)
    await olga.press(seen, "4")
    assert "✅ Сделано" not in buttons(await olga.becomes(offer, "Выдвиньте себя"))

    olga.seen = await town.newest(olga.chat)
    await at(town, voting - timedelta(days=32), 9, 1)
    assert "Завтра" in text_of(await olga.hears("Сроки вашего выдвижения"))

    await sergey.press(await sergey.say("/forget"), "Да, стереть")
    await sergey.hears("ничего не хранится")
    assert "Где вы выдвигаетесь" in text_of(await olga.say("/candidate"))
    await town.stop()
    with sqlite3.connect(town.database) as db:
        dump = "\n".join(db.iterdump())
    assert str(sergey.id) not in dump
    await town.start()


async def test_after_voting_the_plan_leads_to_the_first_hundred_days_or_to_hearings(town: Town) -> None:
    voting = ahead(40)
    await a_called_election(town, voting)
    sergey, plan = await a_candidate(town)
    assert "У меня мандат" not in " ".join(buttons(plan))

    await at(town, voting + timedelta(days=1))
    after = await sergey.say("/candidate")
    await sergey.press(after, "Я не прошёл")
    seen = text_of(await sergey.becomes(after, "Спасибо, что выдвигались"))
    assert "общественные слушания" in seen and "итоговый финансовый отчёт" in seen
    await sergey.press(after, "Исправить")
    await sergey.becomes(after, "Моё выдвижение")
    await sergey.press(after, "У меня мандат")
    assert "Первые сто дней" in text_of(await sergey.becomes(after, "Вы получили мандат"))


async def test_coordinators_see_how_many_stand_where_and_write_to_those_without_names(town: Town) -> None:
    nurgul, _ = await a_called_election(town, ahead(90))
    sergey, plan = await a_candidate(town)
    counted = await nurgul.say("/candidates")
    assert "Проверьте, можете ли вы стать кандидатом — 1" in text_of(counted)
    assert "Сергей" not in text_of(counted)

    await sergey.press(plan, "Ещё")
    await sergey.becomes(plan, "Ещё об этом плане")
    await sergey.press(plan, "Показать моё имя")
    await sergey.becomes(plan, "Ваше имя: Сергей")
    counted = await nurgul.say("/candidates")
    assert "Сергей" in text_of(counted)

    await nurgul.press(counted, "✉️ 1")
    await nurgul.becomes(counted, "Только информация")
    seen = await nurgul.say("Список документов висит в ТИК.")
    sergey.seen = await town.newest(sergey.chat)
    await nurgul.press(seen, "Отправить: 1")
    letter = text_of(await sergey.hears("Список документов"))
    assert "Информация координатора: Нургүл" in letter
    assert rows(town, "SELECT count(*) FROM audit WHERE act = 'write to candidates'") == [(1,)]


async def test_a_city_place_leads_to_a_party_list_and_strangers_are_not_counted_as_coordinators(town: Town) -> None:
    maria = await town.person("Мария")
    await maria.has("ru")
    asked = await maria.say("/candidate")
    await maria.press(asked, "Выбрать место")
    found = await maria.say("город Каракол")
    await maria.press(found, "Это:")
    assert buttons(await maria.becomes(found, "Как вы выдвигаетесь")) == ["городской кенеш, в списке партии"]
    assert "роль" in text_of(await maria.say("/candidates"))
