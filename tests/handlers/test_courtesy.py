"""A greeting is no question: it is answered, and it costs nothing."""

from tests.town import Town, text_of


async def test_greetings_do_not_use_up_the_questions_of_an_hour(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    for _ in range(12):
        await sergey.say("Здравствуйте")

    answer = await sergey.say("Что такое квота 30 процентов?")

    assert text_of(answer).startswith("Квота 30 %")
