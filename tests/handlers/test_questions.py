"""A question is answered from the guide, offered likely articles, or reaches a living person and comes back."""

import sqlite3

from tests.town import Person, Town, buttons, number_in, text_of

UNKNOWN = "Кош келиңиз, менин уюмду ким багат жана качан сойсо болот?"
UNKNOWN_RU = "Подскажите, как вылечить корову от мастита и где ветеринар?"


def rows(town: Town, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{town.database}?mode=ro", uri=True) as db:
        return db.execute(statement).fetchall()


async def desk(town: Town) -> Person:
    nurgul = await town.admin()
    await nurgul.has("ru")
    return nurgul


async def test_a_good_match_is_an_answer_with_its_source(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    answer = await sergey.say("Что такое квота 30 процентов?")

    assert text_of(answer).startswith("Квота 30 %: коротко")
    assert "Основание:" in text_of(answer)
    assert buttons(answer) == ["📖 Читать статью целиком", "Не то. Спросить координатора"]
    assert answer["reply_to_message"]["text"] == "Что такое квота 30 процентов?"
    assert rows(town, "SELECT count(*) FROM questions") == [(0,)]


async def test_the_whole_article_opens_in_place_and_turns_pages(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    answer = await sergey.say("Что такое квота 30 процентов?")

    await sergey.press(answer, "Читать статью")

    page = await sergey.becomes(answer, "Квота 30 %: коротко")
    assert any("Раздел" in one for one in buttons(page))


async def test_a_question_nobody_knows_goes_to_the_desk_and_comes_back(town: Town) -> None:
    nurgul = await desk(town)
    aigerim = await town.person("Айгерим", "ky")
    await aigerim.has("ky")

    told = await aigerim.say(UNKNOWN)
    letter = await nurgul.hears("Вопрос №")
    assert number_in(told) == number_in(letter) == 1
    assert UNKNOWN in text_of(letter)

    receipt = await nurgul.say("Ветеринарга кайрылыңыз.", reply_to=letter["message_id"])
    assert "отправляется спросившему" in text_of(receipt)

    reply = await aigerim.hears("Ветеринарга")
    assert reply["reply_to_message"]["text"] == UNKNOWN
    assert "Нургүл" in text_of(reply)
    assert "комиссиянын чечими эмес" in text_of(reply)
    assert "жооп берилди" in text_of(await aigerim.say("/my"))


async def test_with_nobody_on_duty_the_asker_is_told_and_the_question_waits(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    told = await sergey.say(UNKNOWN_RU)
    assert "никто не дежурит" in text_of(told)
    assert "1255" in text_of(told)

    nurgul = await town.admin()
    await nurgul.say("/start")
    assert UNKNOWN_RU in text_of(await nurgul.hears("№ 1"))


async def test_not_this_sends_the_question_to_a_person_once(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    answer = await sergey.say("Что такое квота 30 процентов?")

    await sergey.press(answer, "Не то")
    first = await sergey.hears("№")
    await sergey.press(answer, "Не то")
    second = await sergey.hears("№")

    assert number_in(first) == number_in(second) == 1
    assert "Что такое квота" in text_of(await nurgul.hears("Вопрос № 1"))
    assert rows(town, "SELECT count(*) FROM questions") == [(1,)]


async def test_more_words_within_ten_minutes_join_the_question(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    await nurgul.hears("Вопрос № 1")

    joined = await sergey.say("И ещё она не ест.")
    assert "Добавлено к вашему вопросу № 1" in text_of(joined)
    assert buttons(joined) == ["Это новый вопрос"]
    assert "И ещё она не ест." in text_of(await nurgul.hears("Дополнение"))

    await sergey.press(joined, "новый вопрос")
    assert number_in(await sergey.hears("№ 2")) == 2


async def test_a_reply_to_an_old_number_joins_it_days_later(town: Town) -> None:
    from datetime import timedelta

    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    reply = await sergey.hears("Звоните")

    town.clock.shift = timedelta(days=3)
    assert "№ 1" in text_of(await sergey.say("Не отвечает телефон", reply_to=reply["message_id"]))
    assert "Не отвечает телефон" in text_of(await nurgul.hears("Дополнение"))


async def test_photos_and_voice_travel_both_ways(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    await sergey.send_file("photo", "cow.png", PIXEL, "Что с ней?")
    assert number_in(await sergey.hears("№")) == 1
    words = await nurgul.hears("Что с ней?")
    photo = await nurgul.hears("файл от спросившего")
    assert photo["photo"]

    await nurgul.send_file("voice", "answer.ogg", b"OggS" + b"0" * 200)
    await nurgul.hears()  # a voice without a reply is a question of the coordinator's own
    await town.post(
        f"/sim/chats/{nurgul.chat}/send", {"from": nurgul.id, "text": "Смотрите видео", "reply_to": words["message_id"]}
    )
    assert "Смотрите видео" in text_of(await sergey.hears("Ответ на ваш вопрос № 1"))


async def test_an_album_is_one_question_and_one_word_back(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    await sergey.send_file("photo", "cow.png", PIXEL, "Посмотрите фото", count=3)

    assert number_in(await sergey.hears("№")) == 1
    for _ in range(3):
        assert (await nurgul.hears("файл от спросившего"))["photo"]
    await sergey.hears_nothing()
    assert rows(town, "SELECT count(*) FROM questions") == [(1,)]


async def test_a_coordinator_declines_with_a_reason(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")

    await nurgul.press(letter, "Отклонить")
    assert "Напишите причину" in text_of(await nurgul.hears())
    await nurgul.say("Это не о выборах.")

    declined = await sergey.hears("отклонён")
    assert "Это не о выборах." in text_of(declined)
    assert "отклонён" in text_of(await sergey.say("/my"))


async def test_greetings_thanks_and_parliament_get_a_human_word(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    assert "Здравствуйте" in text_of(await sergey.say("Добрый день"))
    assert "Пожалуйста" in text_of(await sergey.say("спасибо большое"))
    fixed = text_of(await sergey.say("Какой залог у кандидата в президенты страны?"))
    assert "1255" in fixed and "Жогорку Кенеша" in fixed


async def test_ten_questions_an_hour_then_one_word_then_silence(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    for _ in range(10):
        await sergey.say("Что такое квота 30 процентов?")

    assert "десять вопросов" in text_of(await sergey.say("Что такое квота 30 процентов?"))
    await sergey.write("Что такое квота 30 процентов?")
    await sergey.hears_nothing()


async def test_what_people_type_is_escaped_wherever_it_is_shown(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей <b>жирный</b>")
    await sergey.has("ru")
    wild = "корова & <b>мастит</b> </blockquote> <script>"

    await sergey.say(wild)

    assert wild in text_of(await nurgul.hears("Вопрос № 1"))
    assert "<b>мастит</b>" in text_of(await sergey.say("/my"))


async def test_a_very_long_question_arrives_whole(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    long = " ".join(f"корова{number}" for number in range(400))

    await sergey.say(long)

    pieces = [text_of(await nurgul.hears("корова")), text_of(await nurgul.hears("корова"))]
    said = " ".join(pieces)
    assert all(f"корова{number}" in said for number in range(400))


async def test_stickers_get_one_clear_sentence(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    await town.post(f"/sim/chats/{sergey.chat}/send", {"from": sergey.id, "sticker": "🐄"})

    assert "Я понимаю слова, фото" in text_of(await sergey.hears())


async def test_a_corrected_question_is_told_to_the_coordinator(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    asked = await sergey.write(UNKNOWN_RU)
    await sergey.hears()
    await nurgul.hears("Вопрос № 1")

    await town.post(
        f"/sim/chats/{sergey.chat}/messages/{asked['message_id']}/edit",
        {"from": sergey.id, "text": "Как вылечить овцу?"},
    )

    assert "исправление" in text_of(await sergey.hears())
    assert "овцу" in text_of(await nurgul.hears("Дополнение"))


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
