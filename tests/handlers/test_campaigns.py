"""The whole story of a campaign by the front door, in both languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Kernel
from tests.town import Message, Person, Town, a_town, number_in, text_of


@pytest.fixture
async def town(tmp_path: Path, kernel: Kernel) -> AsyncIterator[Town]:
    async with a_town(tmp_path, kernel) as town:
        town.clock.shift = by_day(town)
        yield town


def by_day(town: Town):  # type: ignore[no-untyped-def]
    from datetime import timedelta
    from zoneinfo import ZoneInfo

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
