"""The whole story of a campaign by the front door, in both languages."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import Kernel
from tests.town import Message, Person, Town, a_town, number_in, text_of


@pytest.fixture
async def town(tmp_path: Path, kernel: Kernel) -> AsyncIterator[Town]:
    async with a_town(tmp_path, kernel) as town:
        town.clock.shift = by_day(town)
        yield town


def by_day(town: Town) -> timedelta:
    """How far to move the clock so that no quiet hours hold anything."""
    here = town.clock.now().astimezone(ZoneInfo("Asia/Bishkek"))
    return timedelta(hours=(11 - here.hour) % 24)


async def two_coordinators(town: Town, language: str = "ru") -> tuple[Person, Person]:
    """Nurgul administers, and Aigul is a second administrator whom she invited."""
    nurgul = await town.admin()
    await nurgul.has(language)
    aigul = await town.person("Айгүл")
    whom = await nurgul.say("/invite")
    await nurgul.press(whom, "администратор")
    await nurgul.press(whom, {"ru": "Это:", "ky": "Бул:"}[language])
    link = await nurgul.becomes(whom, "?start=inv_")
    offer = await aigul.has(language, text_of(link).split("?start=")[1].split()[0])
    await aigul.press(offer, {"ru": "Принять", "ky": "Кабыл"}[language])
    await aigul.becomes(offer, {"ru": "Теперь вы", "ky": "Эми сиз"}[language])
    return nurgul, aigul


async def found(person: Person, words: str) -> Message:
    """The bot's newest message that holds these words, wherever it stands among those that came together."""

    async def look() -> Message | None:
        standing = [one for one in await person.town.messages(person.chat) if one["from"].get("is_bot")]
        return next((one for one in reversed(standing) if words in text_of(one)), None)

    message: Message = await person.town.eventually(look)
    return message


async def drafted(
    town: Town, author: Person, ky: str = "Саламатсыздарбы", ru: str = "Здравствуйте"
) -> tuple[int, Message]:
    """A complete draft about the quota; its number and the message with its card."""
    listed = await author.say("/campaign")
    await author.press(listed, "➕")
    card = await author.becomes(listed, "№")
    for key, words in (("Кыргызча", ky), ("Русский", ru)):
        await author.press(card, key)
        await author.hears()
        card = await author.say(words)
    await author.press(card, "🏷")
    topics = await author.becomes(card, "?")
    await author.press(topics, "квот")
    card = await author.becomes(topics, "квот")
    return number_in(card), card


async def test_a_campaign_goes_from_draft_to_a_report_that_adds_up(town: Town) -> None:
    nurgul, aigul = await two_coordinators(town)
    people = [await town.person(f"Адам {n}") for n in range(3)]
    for one, language in zip(people, ("ky", "ru", "ru"), strict=True):
        await one.has(language)
    number, card = await drafted(town, nurgul)
    assert "Выбрано: 5" in text_of(card)

    await nurgul.press(card, "✔")
    confirm = await found(nurgul, "нет призыва")
    await nurgul.press(confirm, "прошу одобрить")
    await nurgul.becomes(confirm, "Одобрить попросили 1 координатора")
    asked = await aigul.hears("ждёт вашего одобрения")
    await aigul.press(asked, "Посмотреть")
    assert "токтот" in text_of(await found(aigul, "Саламатсыздарбы"))
    decide = await found(aigul, "нет призыва")
    await aigul.press(decide, "одобряю")
    approved = await aigul.becomes(decide, "одобрена")
    for one in people:
        one.seen = await town.newest(one.chat)
    await aigul.press(approved, "🚀")
    await aigul.hears("Рассылка")

    assert "Саламатсыздарбы" in text_of(await people[0].hears())
    got = await people[1].hears()
    assert "Здравствуйте" in text_of(got) and f"Информация № {number}" in text_of(got)
    report = await nurgul.hears("Отчёт")
    assert "5 + 0 + 0 + 0 + 0 + 0 + 0 = 5" in text_of(report)


async def test_the_whole_story_in_kyrgyz_with_a_waived_approval(town: Town) -> None:
    nurgul = await town.admin()
    await nurgul.has("ky")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    number, card = await drafted(town, nurgul)
    assert f"Таратуу № {number}" in text_of(card) and "Тандалды: 2" in text_of(card)

    await nurgul.press(card, "✔")
    confirm = await found(nurgul, "колдоого же каршы чакырык жок")
    await nurgul.press(confirm, "бекитүүсүз")
    approved = await nurgul.becomes(confirm, "бекитилди")
    assert "(Asia/Bishkek)" in text_of(approved)
    sergey.seen = await town.newest(sergey.chat)
    await nurgul.press(approved, "🚀")
    assert "Здравствуйте" in text_of(await sergey.hears())
    assert "2 + 0 + 0 + 0 + 0 + 0 + 0 = 2" in text_of(await found(nurgul, "отчёт"))


async def test_an_answer_to_a_campaign_is_a_question_with_its_number(town: Town) -> None:
    nurgul = await town.admin()
    await nurgul.has("ru")
    sergey = await town.person("Сергей")
    await sergey.has("ru")
    number, card = await drafted(town, nurgul)
    await nurgul.press(card, "✔")
    confirm = await found(nurgul, "нет призыва")
    await nurgul.press(confirm, "без одобрения")
    await nurgul.press(await nurgul.becomes(confirm, "одобрена"), "🚀")
    letter = await found(sergey, "Здравствуйте")
    await sergey.write("А где это читать?", reply_to=letter["message_id"])

    assert f"ответ на рассылку № {number}" in text_of(await found(nurgul, "А где это читать?"))


async def test_an_edit_after_approval_says_that_the_approval_fell(town: Town) -> None:
    nurgul = await town.admin()
    await nurgul.has("ru")
    _number, card = await drafted(town, nurgul)
    await nurgul.press(card, "✔")
    confirm = await found(nurgul, "нет призыва")
    await nurgul.press(confirm, "без одобрения")
    approved = await nurgul.becomes(confirm, "одобрена")
    await nurgul.press(approved, "Назад")
    card = await nurgul.becomes(confirm, "Тема")
    await nurgul.press(card, "Русский")
    await nurgul.hears()

    assert "больше не действует" in text_of(await nurgul.say("Иначе"))


async def test_words_that_do_not_fit_change_nothing_and_say_what_is_wanted(town: Town) -> None:
    nurgul = await town.admin()
    await nurgul.has("ru")
    _number, card = await drafted(town, nurgul)
    await nurgul.press(card, "🕙")
    await nurgul.hears()
    assert "не понял" in text_of(await nurgul.say("завтра утром"))
    assert "25 ноября, 10:00 (Asia/Bishkek)" in text_of(await nurgul.say("25.11.2036 10:00"))


@pytest.mark.parametrize(
    ("language", "word", "done", "kept", "back"),
    [
        ("ky", "Токтот", "каттары келбейт", "гана келет: квота", "кайрадан"),
        ("ru", "СТОП!", "больше не придут", "только по темам: квота", "снова"),
        ("ru", "stop", "больше не придут", "только по темам: квота", "снова"),
    ],
)
async def test_one_word_stops_all_campaigns_and_a_tap_keeps_a_topic_or_takes_it_back(
    town: Town, language: str, word: str, done: str, kept: str, back: str
) -> None:
    aigul = await town.person("Айгүл")
    await aigul.has(language)
    said = await aigul.say(word)
    assert done.split(maxsplit=1)[0] in text_of(said)
    await aigul.press(said, "квота")
    await aigul.becomes(said, kept)
    await aigul.press(said, "↩")
    await aigul.becomes(said, back)


async def test_a_stranger_opens_no_campaign_by_an_old_button_or_command(town: Town) -> None:
    sergey = await town.person("Сергей")
    await sergey.has("ru")

    assert "Ваша роль" in text_of(await sergey.say("/campaign"))
