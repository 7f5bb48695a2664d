"""The first acts of an election's story, told by the front door: a coordinator drafts, confirms and calls it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.handlers.test_questions import desk
from tests.town import Message, Person, Town, buttons, text_of

BISHKEK = ZoneInfo("Asia/Bishkek")
PLACES = ("Төрт-Гүл", "Терт-Гюль")


async def at(town: Town, day: date, hour: int = 12, minute: int = 0) -> None:
    """It is this hour of this day in Bishkek."""
    there = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)
    town.clock.shift += there - town.clock.now()


async def choose_place(person: Person, browsing: Message, name: str = "торт гул") -> Message:
    """Write the name of a place while the tree is open, and choose it."""
    found = await person.say(name)
    await person.press(found, next(one for one in buttons(found) if any(name in one for name in PLACES)))
    return found


async def a_draft(town: Town, voting_day: date, nurgul: Person | None = None) -> tuple[Person, Message]:
    """The administrator and the draft of a regular election of one aiyl aimak."""
    nurgul = nurgul or await desk(town)
    listed = await nurgul.say("/election")
    await nurgul.press(listed, "Новые выборы")
    asked = await choose_place(nurgul, listed)
    await nurgul.press(await nurgul.becomes(asked, "Какой кенеш"), "айылный")
    await nurgul.press(await nurgul.becomes(asked, "Какие это выборы"), "очередные")
    await nurgul.becomes(asked, "день голосования")
    await nurgul.say(f"{voting_day:%d.%m.%Y}")
    return nurgul, await nurgul.say("Указ № 256 от 06.09.2024")


async def a_called_election(town: Town, voting_day: date, nurgul: Person | None = None) -> tuple[Person, Message]:
    """The administrator and the plan of an election that people see."""
    nurgul, draft = await a_draft(town, voting_day, nurgul)
    await nurgul.press(draft, "Показать людям")
    await nurgul.press(await nurgul.becomes(draft, "Показать эти выборы"), "Да, показать")
    return nurgul, await nurgul.becomes(draft, "назначены: люди видят")


async def a_candidate(
    town: Town, name: str = "Сергей", language: str = "ru", way: str = "самовыдвижение"
) -> tuple[Person, Message]:
    """Somebody who stands in the aiyl aimak, and their plan."""
    somebody = await town.person(name, language)
    await somebody.has(language)
    asked = await somebody.say("/candidate")
    await somebody.press(asked, {"ru": "Выбрать место", "ky": "Жерди тандоо"}[language])
    chosen = await choose_place(somebody, asked)
    await somebody.becomes(chosen, {"ru": "Как вы выдвигаетесь", "ky": "кандай жол менен"}[language])
    await somebody.press(chosen, way)
    return somebody, await somebody.becomes(
        chosen, {"ru": "Сделано с ваших слов", "ky": "Сиз бүттү дегендери"}[language]
    )


def ahead(days: int) -> date:
    """A day so far from today."""
    return (datetime.now(BISHKEK) + timedelta(days=days)).date()


def lines_of(message: Message) -> list[str]:
    """The lines of a message."""
    return text_of(message).splitlines()
