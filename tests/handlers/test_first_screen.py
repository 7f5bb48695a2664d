"""A person comes for the first time, and chooses."""

from tests.town import Town, buttons, text_of


async def test_the_first_screen_speaks_both_languages_and_prefers_none(town: Town) -> None:
    aigerim = await town.person("Айгерим")

    first = await aigerim.say("/start")

    assert text_of(first).index("Саламатсызбы") < text_of(first).index("Здравствуйте")
    assert first["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Кыргызча", "callback_data": "start:ky:"},
            {"text": "Русский", "callback_data": "start:ru:"},
        ]
    ]


async def test_after_the_choice_everything_is_in_that_language(town: Town) -> None:
    aigerim = await town.person("Айгерим")

    welcome = await aigerim.has("ky")

    assert "Сурооңузду жөн эле жазыңыз" in text_of(welcome)
    chat = next(one for one in (await town.get("/sim/state"))["chats"] if one["id"] == aigerim.chat)
    keys = [key["text"] for row in chat["keyboard"]["keyboard"] for key in row]
    assert keys == ["📖 Колдонмо", "📨 Суроолорум", "⚙️ Мен жөнүндө", "❓ Жардам"]
    assert {"command": "guide", "description": "Колдонмо"} in chat["commands"]


async def test_the_language_changes_at_any_time(town: Town) -> None:
    olga = await town.person("Ольга")
    await olga.has("ky")

    choice = await olga.say("/language")
    await olga.press(choice, "Русский")

    assert "Просто напишите вопрос" in text_of(await olga.hears("Просто"))
    assert "Такой команды я не знаю" in text_of(await olga.say("/nonsense"))


async def test_words_written_before_the_choice_are_answered_after_it(town: Town) -> None:
    aigerim = await town.person("Айгерим")

    first = await aigerim.say("Квота деген эмне?")
    assert buttons(first) == ["Кыргызча", "Русский"]
    await aigerim.press(first, "Кыргызча")

    assert "30 % квота" in text_of(await aigerim.hears("30 % квота: кыскача"))


async def test_a_link_to_an_article_waits_for_the_choice(town: Town) -> None:
    sergey = await town.person("Сергей")

    page = await sergey.has("ru", link="a_quota-aiyl")

    assert "Места для женщин в айылном кенеше" in text_of(page)


async def test_a_link_to_nothing_says_so(town: Town) -> None:
    sergey = await town.person("Сергей")

    assert "Такой статьи нет" in text_of(await sergey.has("ru", link="a_no-such-article"))
