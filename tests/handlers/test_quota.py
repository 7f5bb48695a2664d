"""/quota in the chat: three ways, in both languages, typed, pressed, sent as a file, opened by a link."""

import io
from functools import partial

import pytest
from openpyxl import load_workbook

from bot.sheets import write
from tests.handlers.test_groups import a_group
from tests.town import Town, buttons, text_of

LIST = "Асанова Айнура ж\nПетров Иван м\nСидоров Олег м"
VOTES = "Асанова Айнура ж 50\nПетров Иван м 120\nСидоров Олег м 95\nКадырова Нур ж 10"
OPENING = {
    "ru": "Это расчёт по предположению, текст правила не проверен; решает ТИК",
    "ky": "Бул — болжолдуу эсеп, эреженин тексти текшерилген эмес; чечимди АШК чыгарат",
}


@pytest.mark.parametrize(("language", "words"), [("ru", "Мой айылный кенеш"), ("ky", "Менин айылдык кеңешим")])
async def test_my_kenesh_is_counted_step_by_step(town: Town, language: str, words: str) -> None:
    person = await town.person("Айнура")
    await person.has(language)

    menu = await person.say("/quota")
    await person.press(menu, words)
    await person.becomes(menu, "5 6 7")
    answer = await person.say("5 6 7")

    for part in ("5 × 30 % = 1,5 → 2", "6 × 30 % = 1,8 → 2", "7 × 30 % = 2,1 → 3", "2 + 2 + 3 = 7", "38,9 %", "№ 98"):
        assert part in text_of(answer)
    assert any("Excel" in one for one in buttons(answer))


async def test_only_the_total_gives_a_range_and_why(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")

    await person.come_by("q_aiyl")
    menu = (await town.messages(person.chat))[-1]
    await person.press(menu, "только общее")
    await person.becomes(menu, "21 3")
    answer = await person.say("21 3")

    assert "резерв для женщин от 7 до 9" in text_of(answer)
    assert "зависит от того, как места поделены" in text_of(answer)


async def test_a_shared_calculation_opens_as_it_was(town: Town) -> None:
    person, other = await town.person("Айнура"), await town.person("Бекзат")
    await person.has("ru")
    await other.has("ru")
    await person.come_by("q_aiyl")
    answer = await person.say("5 6 7")
    share = next(
        one["url"] for row in answer["reply_markup"]["inline_keyboard"] for one in row if "share" in one.get("url", "")
    )

    assert "start%3Dq_s-5-6-7" in share
    assert "2 + 2 + 3 = 7" in text_of(await other.come_by("q_s-5-6-7"))


async def test_a_newcomer_by_a_link_chooses_a_language_and_lands_at_the_calculator(town: Town) -> None:
    person = await town.person("Жылдыз")

    landed = await person.has("ky", "q_list")

    assert "Тизмени өз тартибинде жибериңиз" in text_of(landed)
    assert "Эреже сакталат" in text_of(await person.say("Асанова Айнура а\nПетров Иван э"))


async def test_a_pasted_list_is_checked_and_rules_can_be_tried_out(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by("q_list")

    answer = await person.say("\n".join(f"Кандидат {'абвгдежзик'[n]} {'ж' if n < 2 else 'м'}" for n in range(10)))

    assert "Правило нарушено" in text_of(answer)
    assert "Позиция 10 (Кандидат к) — первая лишняя" in text_of(answer)
    assert "позиция 10 (Кандидат к): женщина вместо мужчины" in text_of(answer)
    await person.press(answer, "Подряд 3")
    tried = await person.hears("Проба")
    assert "для местных списков не подтверждено" in text_of(tried)


async def test_a_list_can_be_built_by_steps_without_names(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    menu = await person.come_by("q_list")

    await person.press(menu, "По шагам")
    await person.becomes(menu, "Позиция 1")
    await person.press(menu, "Женщина")
    await person.becomes(menu, "Позиция 2")
    await person.press(menu, "Мужчина")
    await person.becomes(menu, "Позиция 3")
    await person.press(menu, "Мужчина")
    await person.becomes(menu, "Позиция 4")
    await person.press(menu, "Вернуть")
    await person.becomes(menu, "Позиция 3")
    await person.press(menu, "Проверить")

    assert "Женщин: 1 (50 %), мужчин: 1 (50 %)" in text_of(await person.hears("Правило соблюдено"))


@pytest.mark.parametrize("name", ["список.csv", "список.xlsx"])
async def test_a_list_comes_as_a_file_too(town: Town, name: str) -> None:
    rows = [("Асанова Айнура", "ж"), ("Петров Иван", "м")]
    content = write("Список", ("ФИО", "Пол"), rows)
    if name.endswith("csv"):
        content = "ФИО;Пол\nАсанова Айнура;ж\nПетров Иван;м\n".encode("cp1251")
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by("q_list")

    await person.send_file("document", name, content)

    assert "Правило соблюдено" in text_of(await person.hears())


@pytest.mark.parametrize("language", ["ru", "ky"])
async def test_who_would_get_the_seats_opens_with_what_it_is(town: Town, language: str) -> None:
    person = await town.person("Айнура")
    await person.has(language)
    await person.come_by("q_who")
    await person.say("3")

    answer = text_of(await person.say(VOTES))

    assert answer.startswith(OPENING[language])
    assert "Петров Иван — 120" in answer
    assert "избран" not in answer.lower()
    assert "шайланды" not in answer.lower()


@pytest.mark.parametrize(
    ("link", "words", "said"),
    [
        ("q_aiyl", "5 -6", "«-6» — не число мест: ожидается целое число от 1 до 100"),
        ("q_aiyl", "10000", "«10000» — не число мест"),
        ("q_list", "Асанова Айнура ж\nПетров Иван q", "Строка 2: «q» — не пол"),
        ("q_list", "А <b> ж\nА <b> ж", "Строка 2: «А <b>» уже есть в строке 1"),
    ],
)
async def test_what_cannot_be_counted_is_one_sentence_and_the_form_stays(
    town: Town, link: str, words: str, said: str
) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by(link)

    assert said in text_of(await person.say(words))
    again = await person.say("5 6 7" if link == "q_aiyl" else LIST)
    assert "Основание" in text_of(again)


async def test_a_file_that_is_no_table_gets_one_sentence(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ky")
    await person.come_by("q_list")

    await person.send_file("document", "сүрөт.pdf", b"%PDF-1.4")
    assert "таблица эмес" in text_of(await person.hears())
    await person.send_file("document", "чоң.csv", b"a" * (5 * 1024 * 1024))
    assert "көлөмү эң көбү 2 МБ" in text_of(await person.hears())


async def test_a_question_in_the_middle_of_the_form_stays_a_question(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by("q_list")

    assert "не пол" not in text_of(await person.say("Сколько мест резервируют для женщин?"))


@pytest.mark.parametrize("link", ["q_aiyl", "q_list", "q_who"])
async def test_a_complaint_in_the_middle_of_a_form_goes_to_the_desk(town: Town, link: str) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by(link)

    said = text_of(await person.say("мой сосед держит огромную собаку без намордника и она лает всю ночь"))

    assert "№" in said


async def test_in_a_group_the_button_of_an_article_opens_the_persons_own_chat(town: Town) -> None:
    _group, bakyt, olga = await a_group(town)
    await bakyt.press(await bakyt.hears("Здравствуйте"), "Русский")
    answer = await olga.say("@kenesh_demo_bot что такое квота 30 процентов?")
    await olga.press(answer, "статью целиком")
    article = await olga.becomes(answer, "Квота 30 %: коротко")
    while not any("Посчитать" in one for one in buttons(article)):
        before = text_of(article)
        await olga.press(article, "Дальше")
        article = await town.eventually(partial(_turned, olga, article, before))

    opened = await olga.press(article, "Посчитать")

    assert opened["url"] == "https://t.me/kenesh_demo_bot?start=q_"


async def test_a_list_that_nobody_asked_for_is_checked_and_never_a_question(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")

    assert "Правило соблюдено" in text_of(await person.say(LIST))
    assert "Сколько мест в округе" in text_of(await person.say(VOTES))


async def test_the_answer_becomes_a_picture_and_a_table(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by("q_who")
    await person.say("3")
    answer = await person.say(VOTES)

    await person.press(answer, "Картинка")
    drawn = await person.hears()
    assert drawn["photo"]
    assert OPENING["ru"] in text_of(drawn)
    await person.press(answer, "Excel")
    sent = await person.hears()
    assert sent["document"]["file_name"] == "quota.xlsx"
    assert OPENING["ru"] in text_of(sent)


async def test_an_article_leads_to_the_calculator(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    article = await person.come_by("a_quota-city")
    for _ in range(9):
        if any("Посчитать" in one for one in buttons(article)):
            break
        before = text_of(article)
        await person.press(article, "Дальше")
        article = await town.eventually(partial(_turned, person, article, before))
    await person.press(article, "Посчитать")

    assert "Пришлите список" in text_of(await person.hears())


async def _turned(person: object, article: dict[str, object], before: str) -> dict[str, object] | None:
    now = await person.message(article["message_id"])  # type: ignore[attr-defined]
    return now if text_of(now) != before else None


async def test_after_a_restart_the_list_has_to_be_sent_again(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by("q_list")
    answer = await person.say(LIST)

    await town.stop()
    await town.start()

    assert "Пришлите его ещё раз" in (await person.press(answer, "Excel"))["text"]
    assert "Правило соблюдено" in text_of(await person.say(LIST))


def test_the_table_of_an_answer_holds_its_numbers() -> None:
    from bot.domain.ids import Language
    from bot.domain.quotas.reservation import reservation
    from bot.texts.quota_tables import table
    from tests.domain.quotas.rules import reserve

    sheet = load_workbook(io.BytesIO(table(reservation((5, 6, 7), reserve()), (), Language.KY))).worksheets[0]

    assert [[cell.value for cell in row][:3] for row in sheet.iter_rows(max_row=5)] == [
        ["Округ", "Орундар", "Резервде"],
        [1, 5, 2],
        [2, 6, 2],
        [3, 7, 3],
        ["Бардыгы", 18, 7],
    ]
