"""While a question waits: what the guide knows is answered beside it, what it does not know joins it, and what is closed is
never added to."""

import pytest

from bot.domain.ids import Language
from tests.handlers.test_questions import UNKNOWN_RU, desk, rows
from tests.handlers.test_strangers import edit
from tests.town import Message, Person, Town, buttons, number_in, text_of

KNOWN = "Что такое квота 30 процентов?"
LIKELY = "Как считают места по квоте женщинам в кенеше и кто решает, если место освободилось?"


async def asker(town: Town) -> Person:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    await sergey.say(UNKNOWN_RU)
    return sergey


async def test_what_the_guide_surely_knows_is_answered_and_not_added_to_the_open_question(town: Town) -> None:
    await desk(town)
    sergey = await asker(town)

    answer = await sergey.say(KNOWN)

    assert text_of(answer).startswith("Квота 30 %: коротко")
    assert "Добавить к № 1" in buttons(answer)
    assert rows(town, "SELECT count(*) FROM parts") == [(1,)]


async def test_the_answered_words_are_added_by_a_button_once(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await asker(town)
    answer = await sergey.say(KNOWN)

    await sergey.press(answer, "Добавить к № 1")
    assert "Добавлено к вашему вопросу № 1" in text_of(await sergey.hears())
    await sergey.press(answer, "Добавить к № 1")
    assert "Добавлено к вашему вопросу № 1" in text_of(await sergey.hears())

    assert KNOWN in text_of(await nurgul.hears("Дополнение"))
    assert rows(town, "SELECT question_id FROM parts ORDER BY id") == [(1,), (1,)]


async def test_words_are_never_added_to_a_question_answered_meanwhile_even_by_an_old_button(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await asker(town)
    letter = await nurgul.hears("Вопрос № 1")
    answer = await sergey.say(KNOWN)
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    await sergey.hears("ветеринару")

    await sergey.press(answer, "Добавить к № 1")

    assert number_in(await sergey.hears("Номер вашего вопроса")) == 2


@pytest.mark.parametrize("how", ["answered", "declined"])
async def test_plain_words_after_the_reply_are_a_new_question(town: Town, how: str) -> None:
    nurgul = await desk(town)
    sergey = await asker(town)
    letter = await nurgul.hears("Вопрос № 1")
    if how == "answered":
        await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    else:
        await nurgul.press(letter, "Отклонить")
        await nurgul.hears("Напишите причину")
        await nurgul.say("Звоните ветеринару.")
    await sergey.hears("ветеринару")

    assert number_in(await sergey.say("А овцу кто вылечит от мастита?")) == 2


async def test_an_answered_question_is_not_passed_over_for_an_older_one_that_still_waits(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await asker(town)
    joined = await sergey.say("А овцу кто вылечит?")
    await sergey.press(joined, "новый вопрос")
    await sergey.hears("№ 2")
    second = await nurgul.hears("Вопрос № 2")
    await nurgul.say("Тоже ветеринар.", reply_to=second["message_id"])
    await sergey.hears("Тоже ветеринар")

    assert number_in(await sergey.say("Козу тоже лечат там, у коровы?")) == 3


async def test_what_the_guide_only_offers_stands_beside_the_word_that_it_was_added(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await asker(town)

    joined = await sergey.say(offered_words(town))

    assert "Добавлено к вашему вопросу № 1" in text_of(joined)
    assert "Возможно, ответ есть в руководстве" in text_of(joined)
    assert buttons(joined)[0].startswith("1. ") and buttons(joined)[-1] == "Это новый вопрос"
    assert await nurgul.hears("Дополнение")


async def test_a_question_about_parliament_gets_the_fixed_reply_beside_an_open_question(town: Town) -> None:
    await desk(town)
    sergey = await asker(town)

    fixed = await sergey.say("Какой залог у кандидата в президенты страны?")

    assert "1255" in text_of(fixed) and "Добавить к № 1" in buttons(fixed)


async def test_a_correction_of_an_answered_question_is_a_question_of_its_own(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    asked = await sergey.write(UNKNOWN_RU)
    await sergey.hears("№ 1")
    letter = await nurgul.hears("Вопрос № 1")
    await nurgul.say("Звоните ветеринару.", reply_to=letter["message_id"])
    await sergey.hears("ветеринару")

    await edit(sergey, asked, "Подскажите, как вылечить овцу от мастита и где ветеринар?")

    assert number_in(await sergey.hears("Номер вашего вопроса")) == 2
    assert "овцу" in text_of(await nurgul.hears("Вопрос № 2"))


async def test_a_number_never_stands_alone_at_the_beginning_of_a_line(town: Town) -> None:
    await desk(town)
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    told = await sergey.say(UNKNOWN_RU)

    assert "№\N{NO-BREAK SPACE}1" in told["text"] and "№ 1" not in told["text"]
    assert "№\N{NO-BREAK SPACE}1" in (await sergey.say("/my"))["text"]


async def test_offered_lines_begin_with_a_capital_letter(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    offered: Message = await sergey.say(offered_words(town))

    lines = text_of(offered).split("\n")[2:]

    assert lines and all(not line[:1].islower() for line in lines)


def offered_words(town: Town) -> str:
    """Words to which the guide offers articles and is sure of none."""
    search = town.kernel.search
    for words in (LIKELY, "комиссия и деньги кандидата", "женщины и места", "кенеш и бюджет села", "документы и сроки"):
        finding = search.find(words, Language.RU)
        if finding.answer is None and finding.offered:
            return words
    raise AssertionError("the guide is sure of everything")
