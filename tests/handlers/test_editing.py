"""An editor opens a new edition of the guide: all of it or nothing, while the bot goes on answering."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import GUIDES, Kernel
from bot.guide.edition import Edition
from bot.services.editing import ReloadGuide
from tests.guide.small_guide import change
from tests.handlers.test_people import invited
from tests.handlers.test_questions import desk, rows
from tests.town import Person, Town, a_town, text_of


@pytest.fixture
async def edited(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose guide lies in a folder of its own."""
    shutil.copytree(GUIDES, tmp_path / "guides")
    async with a_town(tmp_path, Kernel.load(tmp_path / "guides")) as town:
        yield town


def title_of(town: Town, language: str) -> tuple[Path, str]:
    """The file of an article whose button says its whole title, and that title."""
    files = sorted((town.kernel.guides / "basics").glob(f"*.{language}.md"))
    path = next(file for file in files if "\nshort = " not in file.read_text(encoding="utf-8"))
    line = next(line for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("title"))
    return path, line.split('"')[1]


async def editor(town: Town, nurgul: Person, place: str = "Иссык-Кульская") -> Person:
    link = await invited(town, nurgul, "редактор", place)
    someone = await town.person("Айзада")
    offer = await someone.has("ru", link=link)
    await someone.press(offer, "Принять")
    await someone.becomes(offer, "Теперь вы")
    return someone


async def test_an_editor_opens_a_new_edition_for_everybody_at_once(edited: Town) -> None:
    nurgul = await desk(edited)
    aizada = await editor(edited, nurgul)
    path, title = title_of(edited, "ru")
    change(path, f'title = "{title}"', 'title = "Совсем новый заголовок"')

    slug = path.name.split(".")[0]
    assert "Совсем новый заголовок" not in text_of(await aizada.come_by(f"a_{slug}"))

    said = text_of(await aizada.say("/reload"))

    assert "прочитано заново" in said and "Изменено статей: 1" in said and "Совсем новый заголовок" in said
    assert "Совсем новый заголовок" in text_of(await nurgul.come_by(f"a_{slug}"))
    assert rows(edited, "SELECT act, allowed FROM audit WHERE act LIKE '%guide%'") == [("reload guide", 1)]


async def test_a_guide_that_fails_the_check_leaves_the_old_one_and_says_why(edited: Town) -> None:
    nurgul = await desk(edited)
    path, title = title_of(edited, "ru")
    change(path, f'title = "{title}"', 'title = "Сломанный  заголовок"')

    said = text_of(await nurgul.say("/reload"))

    assert "открыто прежнее" in said and "double space" in said
    assert f"basics/{path.name}:2: " in said and str(edited.kernel.guides) not in said
    assert title in text_of(await nurgul.come_by(f"a_{path.name.split('.')[0]}"))
    assert [act for (act,) in rows(edited, "SELECT act FROM audit WHERE act LIKE '%guide%'")] == ["guide not reloaded"]


async def test_facts_that_cannot_be_read_leave_the_old_guide_open(edited: Town) -> None:
    nurgul = await desk(edited)
    with (edited.kernel.guides / "facts" / "basics.toml").open("a", encoding="utf-8") as facts:
        facts.write("\n[facts.half\n")

    assert "not TOML" in text_of(await nurgul.say("/reload"))
    assert "Выберите раздел" in text_of(await nurgul.say("/guide"))


async def test_who_is_no_editor_may_not_and_a_coordinator_s_attempt_is_logged(edited: Town) -> None:
    nurgul = await desk(edited)
    link = await invited(edited, nurgul)
    timur = await edited.person("Тимур")
    offer = await timur.has("ru", link=link)
    await timur.press(offer, "Принять")
    await timur.becomes(offer, "Теперь вы")
    stranger = await edited.person("Мария")
    await stranger.has("ru")

    for person in (timur, stranger):
        assert "прочитано" not in text_of(await person.say("/reload"))
    assert rows(edited, "SELECT act, subject, allowed FROM audit WHERE subject = 'reload guide'") == [
        ("refused", "reload guide", 0)
    ]


async def test_the_bot_answers_others_while_the_guide_is_read(edited: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    nurgul = await desk(edited)
    maria = await edited.person("Мария")
    await maria.has("ru")
    reading = asyncio.Event()
    heard = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(self: ReloadGuide) -> object:
        def read(folder: Path) -> Edition:
            loop.call_soon_threadsafe(reading.set)
            asyncio.run_coroutine_threadsafe(heard.wait(), loop).result(10)
            return Edition.load(folder)

        return read

    monkeypatch.setattr(ReloadGuide, "read", property(slow))
    await nurgul.write("/reload")
    await asyncio.wait_for(reading.wait(), 10)

    assert "Выберите раздел" in text_of(await maria.say("/guide"))
    heard.set()
    assert "прочитано заново" in text_of(await nurgul.hears())
