"""The letters at the desk: their buttons say what can still be done, their hours are their own, and words that answer no letter go
nowhere."""

from datetime import timedelta

from tests.handlers.test_people import coordinator, in_issyk_kul
from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.handlers.test_strangers import forget
from tests.town import Message, Person, Town, buttons, text_of


async def two_at_the_desk(town: Town) -> tuple[Person, Person, Person]:
    nurgul = await desk(town)
    timur, maria = await coordinator(town, nurgul), await coordinator(town, nurgul, "Мария")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await in_issyk_kul(town, sergey)
    await sergey.say(UNKNOWN_RU)
    return timur, maria, sergey


async def wears(person: Person, letter: Message, *texts: str) -> None:
    """The letter comes to have these buttons and no others."""

    async def look() -> bool:
        return buttons(await person.message(letter["message_id"])) == list(texts)

    await person.town.eventually(look)


async def test_a_taken_question_can_only_be_declined_by_its_holder_and_leaves_the_others(town: Town) -> None:
    timur, maria, _sergey = await two_at_the_desk(town)
    mine, theirs = await timur.hears("Вопрос № 1"), await maria.hears("Вопрос № 1")

    await timur.press(mine, "Беру")
    await wears(timur, mine, "Отклонить")
    assert "Тимур" in (await maria.press(theirs, "Беру"))["text"]

    await wears(maria, theirs)


async def test_the_buttons_of_every_letter_of_a_question_go_when_it_is_answered(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    await sergey.say("И ещё она не ест.")
    more = await nurgul.hears("Дополнение")

    await nurgul.say("Звоните ветеринару.", reply_to=more["message_id"])

    await wears(nurgul, letter)
    await wears(nurgul, more)


async def test_what_became_of_a_question_is_told_to_whoever_presses_too_late(town: Town) -> None:
    timur, maria, _sergey = await two_at_the_desk(town)
    mine, theirs = await timur.hears("Вопрос № 1"), await maria.hears("Вопрос № 1")
    await timur.press(mine, "Отклонить")
    await timur.hears("Напишите причину")
    await timur.say("Это не о выборах.")
    await wears(timur, mine)

    assert "уже отклонён" in (await maria.press(theirs, "Беру"))["text"]

    await wears(maria, theirs)


async def test_a_reason_that_comes_after_anothers_answer_is_not_sent(town: Town) -> None:
    timur, maria, sergey = await two_at_the_desk(town)
    mine, theirs = await timur.hears("Вопрос № 1"), await maria.hears("Вопрос № 1")
    await timur.press(mine, "Отклонить")
    await timur.hears("Напишите причину")
    await maria.say("Звоните ветеринару.", reply_to=theirs["message_id"])
    await sergey.hears("ветеринару")

    assert "уже ответили" in text_of(await timur.say("Это не о выборах."))

    await sergey.hears_nothing()


async def test_a_withdrawn_question_says_so_and_loses_its_buttons(town: Town) -> None:
    timur, _maria, sergey = await two_at_the_desk(town)
    letter = await timur.hears("Вопрос № 1")
    await forget(sergey)

    assert "отозван" in (await timur.press(letter, "Беру"))["text"]
    await wears(timur, letter)
    assert "отозван" in text_of(await timur.say("Звоните ветеринару.", reply_to=letter["message_id"]))


async def test_do_not_decline_pressed_after_declining_does_not_say_that_nothing_changed(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    await nurgul.press(await nurgul.hears("Вопрос № 1"), "Отклонить")
    why = await nurgul.hears("Напишите причину")
    await nurgul.say("Это не о выборах.")

    assert "устарела" in (await nurgul.press(why, "Не отклонять"))["text"]


async def test_an_addition_bears_its_own_hour(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    receipt = await sergey.say(UNKNOWN_RU)
    first = text_of(await nurgul.hears("Вопрос № 1")).split("\n")[1]
    town.clock.shift = timedelta(hours=5)

    await sergey.say("И ещё она не ест.", reply_to=receipt["message_id"])

    assert text_of(await nurgul.hears("Дополнение")).split("\n")[1] != first


async def test_a_reply_to_the_list_is_nobodys_question_and_is_told_where_to_reply(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    await nurgul.hears("Вопрос № 1")
    listed = await nurgul.say("/desk")

    assert "никому не отправлено" in text_of(await nurgul.say("Ветеринар: 0555", reply_to=listed["message_id"]))
    assert rows(town, "SELECT count(*) FROM parts") == [(1,)]
    assert rows(town, "SELECT count(*) FROM replies") == [(0,)]


async def test_a_reply_to_the_receipt_of_a_reply_is_nobodys_question_either(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")
    receipt = await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])

    told = await nurgul.say("Его телефон: 0555", reply_to=receipt["message_id"])

    assert "никому не отправлено" in text_of(told)
    assert rows(town, "SELECT count(*) FROM questions") == [(1,)]


async def test_a_command_that_answers_a_letter_is_a_command(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    letter = await nurgul.hears("Вопрос № 1")

    await nurgul.say("/my", reply_to=letter["message_id"])

    assert rows(town, "SELECT count(*) FROM replies") == [(0,)]
