"""/election and /may: nothing of a draft is seen by people; what is not confirmed carries its mark."""

from datetime import timedelta

from tests.election_story import a_called_election, a_draft, ahead, at, choose_place
from tests.handlers.test_questions import rows
from tests.handlers.test_strangers import forge
from tests.town import Person, Town, text_of

MARK = "по календарю: выборы 17.11.2024; сверьте с планом этих выборов"


async def somebody_there(town: Town, language: str = "ru") -> Person:
    one = await town.person("Айбек", language)
    await one.has(language)
    about = await one.say("/me")
    await one.press(about, {"ru": "Место", "ky": "Жер"}[language])
    await choose_place(one, about)
    return one


async def test_a_draft_is_proposed_by_past_calendars_and_no_date_of_it_is_shown_to_people(town: Town) -> None:
    voting = ahead(90)
    _, draft = await a_draft(town, voting)
    aibek = await somebody_there(town)

    shown = text_of(draft)
    assert "черновик: люди его не видят" in shown and MARK in shown
    assert f"{voting - timedelta(days=31):%d.%m.%Y}, 18:00" in shown
    for command in ("/election", "/may"):
        seen = text_of(await aibek.say(command))
        assert "не знаю о назначенных выборах" in seen
        assert f"{voting.year}" not in seen


async def test_a_called_election_shows_its_dates_with_the_mark_until_a_coordinator_confirms_them(town: Town) -> None:
    voting = ahead(90)
    nurgul, plan = await a_called_election(town, voting)
    aibek = await somebody_there(town)

    seen = text_of(await aibek.say("/election"))
    assert f"голосование {voting:%d.%m.%Y}" in seen
    assert MARK in seen and "❔" in seen

    await nurgul.press(plan, "Подтвердить все")
    await nurgul.becomes(plan, "по какому календарному плану")
    named = await nurgul.say("Календарный план ЦИК № 5")
    await nurgul.press(named, "Подтвердить все")
    await nurgul.becomes(named, "Подтверждено дат: 18 из 18")

    seen = text_of(await aibek.say("/election"))
    assert "❔" not in seen and "сверьте" not in seen


async def test_may_i_campaign_today_follows_the_dates_in_both_languages(town: Town) -> None:
    voting = ahead(60)
    await a_called_election(town, voting)
    aibek = await somebody_there(town, "ky")

    assert "Азырынча болбойт" in text_of(await aibek.say("/may"))
    await at(town, voting - timedelta(days=10))
    assert "Ооба: бүгүн үгүт жүргүзсө болот" in text_of(await aibek.say("Бүгүн үгүт жүргүзсө болобу?"))
    await at(town, voting - timedelta(days=1))
    answer = text_of(await aibek.say("/may"))
    assert "жымжырттык мезгили" in answer
    assert "бул шайлоонун планы менен салыштырыңыз" in answer


async def test_pasted_lines_and_a_sheet_come_in_whole_or_not_at_all(town: Town) -> None:
    voting = ahead(90)
    nurgul, draft = await a_draft(town, voting)
    await nurgul.press(draft, "Сроки")
    await nurgul.becomes(draft, "по какому календарному плану")
    named = await nurgul.say("Календарный план ЦИК № 5")
    day = voting - timedelta(days=32)

    await nurgul.press(named, "Сроки")
    refused = await nurgul.say(f"{day:%d.%m.%Y} 17:00 — Жыйын / Собрание\nпросто слова")
    assert "Ничего не изменено" in text_of(refused) and "просто слова" in text_of(refused)
    taken = await nurgul.say(
        f"{day:%d.%m.%Y} 17:00 — Талапкер көрсөтүү бүтөт / Заканчиваются выдвижение и приём документов\n{day:%d.%m.%Y} — Жыйын / Собрание"
    )
    assert "Добавлено: 1. Изменено: 1." in text_of(taken)

    await nurgul.press(taken, "Сроки")
    sheet = f"date;time;title_ky;title_ru\n{day:%d.%m.%Y};10:00;Окуу;Семинар\n".encode()
    await nurgul.send_file("document", "plan.csv", sheet)
    assert "Добавлено: 1. Изменено: 0." in text_of(await nurgul.hears())
    kept = rows(
        town,
        "SELECT title_ru, hour, basis FROM deadlines WHERE revision = 3 AND basis LIKE 'Календарный%' ORDER BY title_ru",
    )
    assert [one[:2] for one in kept] == [
        ("Заканчиваются выдвижение и приём документов", "17:00"),
        ("Семинар", "10:00"),
        ("Собрание", ""),
    ]


async def test_forged_buttons_of_others_change_nothing_and_a_coordinator_s_attempt_is_logged(town: Town) -> None:
    nurgul, _ = await a_draft(town, ahead(90))
    timur = await town.person("Тимур")
    welcome = await timur.has("ru")

    for press in ("el:called:1", "el:off:1", "el:sure:1:-", "el:plan:1:1", "el:moved:1:2030-05-05", "el:called:99"):
        answer = await forge(timur, welcome, press)
        assert "роль" in answer["text"] or "больше нет" in answer["text"], (press, answer)

    assert rows(town, "SELECT status, revision FROM elections") == [("draft", 1)]
    assert await nurgul.say("/election")
