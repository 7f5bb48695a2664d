"""Names of candidates leave nothing behind: not in the file, not in its write-ahead log, not in the logs or a backup."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from tests.town import Person, Town, text_of

SURNAME = "Токтогулбаева"
FILED = "Шамбетовская"


def traces(town: Town, *words: str) -> list[str]:
    """Every file beside the database, and a fresh backup of it, that holds one of the words."""
    folder = town.database.parent
    backup = folder / "backup.sqlite3"
    source, target = sqlite3.connect(town.database), sqlite3.connect(backup)
    with source, target:
        source.backup(target)
    source.close()
    target.close()
    found = []
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for word in words:
            spellings = (word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape").replace(b"\\u", b"\\u"))
            found += [f"{file.name}: {word}" for spelling in spellings if spelling in content]
    return found


async def vanishes(town: Town, *words: str) -> None:
    async def look() -> bool:
        return not await asyncio.to_thread(traces, town, *words)

    try:
        await town.eventually(look)
    except AssertionError:
        raise AssertionError(traces(town, *words)) from None


async def at_the_list(town: Town) -> Person:
    person = await town.person("Айнура")
    await person.has("ru")
    await person.come_by("q_list")
    return person


async def test_a_pasted_list_leaves_no_name(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    person = await at_the_list(town)

    answer = await person.say(f"{SURNAME} Айнура ж\nПетров Иван м\n{SURNAME}ев Иван м\n{SURNAME} Бек м")
    assert SURNAME in text_of(answer)
    await vanishes(town, SURNAME)

    for button in ("Подряд 2", "Картинка", "Excel"):
        await person.press(answer, button)
        await person.hears()
    await vanishes(town, SURNAME)
    await town.stop()
    assert not traces(town, SURNAME)
    out, err = capfd.readouterr()
    assert SURNAME not in out + err


async def test_a_list_with_a_mistake_leaves_no_name(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    person = await at_the_list(town)

    assert "Строка 2" in text_of(await person.say(f"{SURNAME} Айнура ж\n{SURNAME} Иван q"))

    await vanishes(town, SURNAME)
    out, err = capfd.readouterr()
    assert SURNAME not in out + err


async def test_a_file_and_votes_leave_no_name(town: Town) -> None:
    person = await at_the_list(town)
    await person.send_file("document", "l.csv", f"ФИО;Пол\n{FILED} Анна;ж\nПетров;м\n".encode())
    assert "Правило соблюдено" in text_of(await person.hears())
    await person.come_by("q_who")
    await person.say("2")
    assert SURNAME in text_of(await person.say(f"{SURNAME} Айнура ж 5\nПетров Иван м 7"))

    await vanishes(town, SURNAME, FILED)


async def test_a_list_that_nobody_asked_for_and_a_reply_to_an_answer_leave_no_name(town: Town) -> None:
    person = await town.person("Айнура")
    await person.has("ru")

    answer = await person.say(f"{SURNAME} Айнура ж\nПетров Иван м\nСидоров Олег м")
    await person.say("Сколько мест резервируют для женщин?", reply_to=answer["message_id"])

    await vanishes(town, SURNAME)


async def test_the_first_words_of_a_stranger_being_a_list_are_no_question(town: Town) -> None:
    person = await town.person("Айнура")
    first = await person.say(f"{SURNAME} Айнура ж\nПетров Иван м\nСидоров Олег м")

    await person.press(first, "Русский")
    await person.hears("Калькулятор квоты")

    await vanishes(town, SURNAME)


async def test_what_was_typed_before_a_kill_is_gone_when_the_bot_starts_anew(town: Town) -> None:
    person = await at_the_list(town)
    await person.say(f"{SURNAME} Айнура ж\nПетров Иван м")

    await town.stop()
    await town.start()

    assert not traces(town, SURNAME)


def test_the_search_for_traces_finds_one(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bot.sqlite3") as db:
        db.execute("CREATE TABLE t (words)")
        db.execute("INSERT INTO t VALUES (?)", (SURNAME,))
    db.close()

    class Place:
        database = tmp_path / "bot.sqlite3"

    assert traces(Place(), SURNAME)  # type: ignore[arg-type]
