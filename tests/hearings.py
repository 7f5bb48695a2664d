"""What coordinators and groups do with hearings, by the front door, for the tests to stand on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.handlers.test_questions import desk, rows
from tests.town import Message, Person, Town, buttons, number_in, text_of

BISHKEK = ZoneInfo("Asia/Bishkek")
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip


def the_hour(town: Town, **ahead: float) -> datetime:
    """A whole hour of the morning, so far ahead."""
    at = (town.clock.now() + timedelta(**ahead)).astimezone(BISHKEK)
    return at.replace(hour=11, minute=0, second=0, microsecond=0)


def spelled(at: datetime) -> str:
    """«25 декабря 2026 года, 14:00»."""
    local = at.astimezone(BISHKEK)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year} года, {local:%H:%M}"


def announcement(at: datetime, topic: str = "Проект бюджета на 2027 год", place: str = "Тюпский район") -> str:
    """A whole announcement as a coordinator would paste it."""
    return (
        f"{place}\nТема: {topic}\nДата: {spelled(at)}\nМесто: Дом культуры, ул. Ленина, 5\n"
        "Организатор: айыл окмоту\nТелефон: 0555 123 456"
    )


async def a_draft(nurgul: Person, words: str) -> Message:
    """Paste an announcement; the draft that was read from it."""
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "Вставить")
    return await nurgul.say(words)


async def publish(nurgul: Person, draft: Message) -> int:
    """Preview and publish; the number of the hearing."""
    await nurgul.press(draft, "Что и скольким")
    preview = await nurgul.hears("Так это будет отправлено")
    await nurgul.press(preview, "Опубликовать")
    return number_in(await nurgul.becomes(preview, "Готово"))


async def announced(town: Town, nurgul: Person, at: datetime | None = None, **words: str) -> int:
    """A hearing from a pasted announcement; its number."""
    draft = await a_draft(nurgul, announcement(at or the_hour(town, days=10), **words))
    return await publish(nurgul, draft)


async def manage(nurgul: Person, number: int) -> Message:
    """The coordinator's screen of one hearing."""
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "Слушания моих мест")
    await nurgul.press(menu, f"№ {number} ")
    return await nurgul.becomes(menu, f"№ {number}")


async def move(nurgul: Person, number: int, at: datetime) -> None:
    """Another day or hour."""
    screen = await manage(nurgul, number)
    await nurgul.press(screen, "Изменить")
    await nurgul.press(screen, "Дата и время")
    await nurgul.hears("Когда?")
    await nurgul.write(spelled(at))
    draft = await nurgul.hears("")
    if "Изменение слушаний" not in text_of(draft):
        await nurgul.press(draft, "Весь черновик")
        draft = await nurgul.becomes(draft, "Изменение слушаний")
    await publish(nurgul, draft)


async def cancel(nurgul: Person, number: int, reason: str) -> None:
    """With a reason, and the second word."""
    screen = await manage(nurgul, number)
    await nurgul.press(screen, "Отменить")
    await nurgul.write(reason)
    asked = await nurgul.hears("Отменить слушания")
    await nurgul.press(asked, "Да, отменить")
    await nurgul.becomes(asked, "отменены")


async def a_group(town: Town, place: str = "Тюпский", language: str = "Русский") -> tuple[int, Person, Person]:
    """A group that its admin has set up for a place of Issyk-Kul."""
    bakyt, olga = await town.person("Бакыт", "ky"), await town.person("Ольга")
    group = await town.group("Демилгелүү топ", [bakyt, olga], [bakyt])
    await town.post(f"/sim/chats/{group}/bot", {"by": bakyt.id, "status": "member"})
    bakyt, olga = bakyt.within(group), olga.within(group)
    card = await bakyt.hears("Здравствуйте")
    await bakyt.press(card, language)
    await set_place(bakyt, card, place)
    return group, bakyt, olga


async def set_place(bakyt: Person, card: Message, place: str) -> Message:
    """Down the tree to a rayon of Issyk-Kul, in the group's language."""
    now = await bakyt.message(card["message_id"])
    kyrgyz = any("Ысык-Көл" in one for one in buttons(now))
    await bakyt.press(card, "Ысык-Көл" if kyrgyz else "Иссык-Кульская")
    await bakyt.press(card, place)
    await bakyt.press(card, "Ушул" if kyrgyz else "Это:")
    return await bakyt.becomes(card, "Даяр" if kyrgyz else "Готово")


async def follower(town: Town, name: str = "Айгерим", place: str = "Тюпский") -> Person:
    """A person who follows a rayon of Issyk-Kul."""
    person = await town.person(name)
    await person.has("ru")
    screen = await person.say("/hearings")
    await person.press(screen, "слежу")
    await person.press(screen, "Другое место")
    await person.press(screen, "Иссык-Кульская")
    await person.press(screen, place)
    await person.press(screen, "Это:")
    await person.becomes(screen, "За чем вы следите")
    return person


def ledger(town: Town, kind: str, chat: int) -> list[tuple[object, ...]]:
    """Occasion, status and due moment of each delivery of this kind to a chat."""
    return rows(
        town,
        f"""SELECT occasion, status, due_at FROM deliveries JOIN sources ON sources.id = source_id
            WHERE kind = '{kind}' AND chat_id = {chat} ORDER BY deliveries.id""",
    )


async def goes_on(town: Town, to: datetime) -> None:
    """The clock moves on to this moment."""
    town.clock.shift += to.astimezone(UTC) - town.clock.now()


__all__ = ["a_group", "announced", "cancel", "desk", "follower", "goes_on", "ledger", "manage", "move", "rows"]
