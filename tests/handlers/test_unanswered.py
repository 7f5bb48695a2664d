"""Coordinators see what the guide does not know: grouped, most frequent first, nobody's name, for their places."""

import pytest

from tests.handlers.faq_story import colleague, published
from tests.handlers.test_people import coordinator, in_issyk_kul
from tests.handlers.test_questions import UNKNOWN_RU, desk
from tests.handlers.test_strangers import forge, forget
from tests.town import Message, Person, Town, text_of

PARKING = {
    "ru": ("Меня зовут Айгерим. Где припарковать машину возле участка?", "где можно припарковать машину у участка"),
    "ky": (
        "Менин атым Айгерим. Участоктун жанына машинаны кайда койсо болот?",
        "участоктун жанына машина койсо болобу",
    ),
}
NOTHING = {"ru": "Вопросы, на которые в руководстве ничего не нашлось", "ky": "Колдонмодон жооп табылбаган суроолор"}
TWICE = {"ru": "2 раза", "ky": "2 жолу"}
ONCE = {"ru": "1 раз", "ky": "1 жолу"}


async def asker(town: Town, language: str = "ru", *questions: str) -> Person:
    person = await town.person("Айгерим", language)
    await person.has(language)
    for question in questions:
        await person.say(question)
    return person


async def the_list(one: Person, language: str = "ru") -> Message:
    """What /unanswered says, whatever letters arrive meanwhile."""
    await one.write("/unanswered")
    return await one.hears(NOTHING[language])


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_alike_questions_are_one_group_and_the_most_frequent_comes_first(town: Town, language: str) -> None:
    nurgul = await town.admin()
    await nurgul.has(language)
    await asker(town, "ru", UNKNOWN_RU)
    for question in PARKING[language]:
        await asker(town, language, question)

    letter = await the_list(nurgul, language)

    said = text_of(letter)
    assert said.index(TWICE[language]) < said.index(ONCE[language])
    assert UNKNOWN_RU in said and "Айгерим" not in said
    assert len(said.split("№")) == 3


async def test_the_list_is_reached_from_the_desk_and_from_the_numbers(town: Town) -> None:
    nurgul = await desk(town)
    await asker(town, "ru", UNKNOWN_RU)

    for command in ("/desk", "/stats"):
        await nurgul.write(command)
        letter = await nurgul.hears({"/desk": "Ждёт 1 вопрос", "/stats": "В цифрах"}[command])
        await nurgul.press(letter, "Чего не знает руководство")
        assert UNKNOWN_RU in text_of(await nurgul.hears(NOTHING["ru"]))
    assert "/unanswered" in text_of(await nurgul.say("/help"))


async def test_what_the_guide_finds_by_now_stands_in_a_list_of_its_own(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await asker(town)
    answer = await sergey.say("Что такое квота 30 процентов?")
    await sergey.press(answer, "Не то")
    await sergey.hears("№")
    letter = await the_list(nurgul)
    assert "Таких нет" in text_of(letter)

    await nurgul.press(letter, "Нашлось, но не то")

    assert "Что такое квота 30 процентов?" in text_of(await nurgul.becomes(letter, "спросили координатора"))


async def test_a_question_answered_by_a_published_entry_leaves_the_list(town: Town) -> None:
    nurgul, _timur, _asker = await published(town)
    await asker(town, "ru", UNKNOWN_RU)

    said = text_of(await the_list(nurgul))

    assert UNKNOWN_RU in said and "припарковать" not in said


async def test_each_sees_the_questions_of_their_places_only(town: Town) -> None:
    nurgul = await desk(town)
    timur = await coordinator(town, nurgul)
    maria = await asker(town)
    await in_issyk_kul(town, maria)
    await maria.say(PARKING["ru"][0])
    await asker(town, "ru", UNKNOWN_RU)

    theirs, all_of_them = text_of(await the_list(timur)), text_of(await the_list(nurgul))

    assert "припарковать" in theirs and UNKNOWN_RU not in theirs
    assert "припарковать" in all_of_them and UNKNOWN_RU in all_of_them


@pytest.mark.parametrize("role", ["наблюдатель", "дежурный", "редактор"])
async def test_other_roles_and_strangers_are_refused(town: Town, role: str) -> None:
    nurgul = await desk(town)
    timur = await colleague(town, nurgul, role=role)
    sergey = await asker(town, "ru", UNKNOWN_RU)

    for one in (timur, sergey):
        await one.write("/unanswered")
        refusal = await one.hears("Ваша роль")
        refused = await forge(one, refusal, "unp:0:1")
        assert refused is not None and "Ваша роль" in refused["text"]
    await timur.write("/help")
    assert "/unanswered" not in text_of(await timur.hears("/forget"))


async def test_the_forgotten_stay_as_a_count_without_words(town: Town) -> None:
    nurgul = await desk(town)
    sergey = await asker(town, "ru", UNKNOWN_RU)
    await forget(sergey)

    said = text_of(await the_list(nurgul))

    assert UNKNOWN_RU not in said
    assert "стёрты по желанию спросивших — 1" in said


async def test_many_groups_turn_pages(town: Town) -> None:
    nurgul = await desk(town)
    for question in (
        "Как вылечить корову от мастита?", "Где купить гитару недорого?", "Посоветуйте рецепт борща",
        "Кто чинит трактор?", "Какой футбол сегодня показывают?", "Почему космос чёрный?", "Чем кормить кошку?",
        "Сломался велосипед, чинить или продать?", "Когда сажать картошку?", "Чем покрасить забор?",
        "Как связать шапку?",
    ):  # fmt: skip
        await asker(town, "ru", question)

    letter = await the_list(nurgul)
    assert "1/2" in text_of(letter)
    await nurgul.press(letter, "▶️")

    assert "корову" in text_of(await nurgul.becomes(letter, "2/2"))


@pytest.mark.parametrize(("language", "words"), [("ru", "публикованное остаётся"), ("ky", "жарыяланганы калат")])
async def test_privacy_tells_of_entries_and_of_the_list(town: Town, language: str, words: str) -> None:
    sergey = await asker(town, language)

    said = text_of(await sergey.say("/privacy"))

    assert words in said and "30" in said
