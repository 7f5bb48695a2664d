"""What stands beside an article: a picture drawn once for everybody, and a recording where there is one."""

import asyncio
import struct
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import Language, Slug
from bot.services import showing
from bot.services.editing import OpenGuide
from tests.town import Kernel, Town, a_town, buttons, text_of

PICTURED = "a_quota-why"
PLAIN = "a_ethics"


def recording() -> bytes:
    """The smallest OGG with an OPUS head: two pages, no sound."""

    def page(number: int, flags: int, packet: bytes) -> bytes:
        head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, 0, 1, number, 0, 1)
        return head + bytes([len(packet)]) + packet

    opus = struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, 0, 48000, 0, 0)
    return page(0, 2, opus) + page(1, 4, struct.pack("<8sI", b"OpusTags", 0) + struct.pack("<I", 0))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pictures that were drawn."""
    drawn: list[str] = []
    really = showing.draw

    def draw(picture: Any) -> bytes:
        drawn.append(f"{picture.name}.{picture.language}")
        return really(picture)

    monkeypatch.setattr(showing, "draw", draw)
    return drawn


@pytest.mark.parametrize(
    ("language", "button", "word"), [("ky", "Сүрөт", "Квотага чейин"), ("ru", "Картинка", "до и после")]
)
async def test_an_article_shows_its_picture_with_words_that_say_the_same(
    town: Town, language: str, button: str, word: str
) -> None:
    aida = await town.person("Аида")
    page = await aida.has(language, PICTURED)
    await aida.press(page, button)

    shown = await aida.hears(word)
    assert (shown["photo"][-1]["width"], shown["photo"][-1]["height"]) == (1080, 1350)
    assert "39,75" in text_of(shown) and "8–9 %" in text_of(shown)


async def test_the_second_person_gets_the_picture_without_another_drawing(town: Town, counted: list[str]) -> None:
    for name in ("Аида", "Бакыт"):
        person = await town.person(name)
        page = await person.has("ru", PICTURED)
        await person.press(page, "Картинка")
        await person.hears("до и после")

    first, second = await town.requests("sendPhoto")
    assert counted == ["women-before-after.ru"]
    assert first.get("files") and not second.get("files")
    assert second["params"]["photo"] == first["response"]["photo"][-1]["file_id"]


async def test_the_bot_answers_others_while_a_picture_is_drawn(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    go, really = threading.Event(), showing.draw

    def slow(picture: Any) -> bytes:
        go.wait(10)
        return really(picture)

    monkeypatch.setattr(showing, "draw", slow)
    aida, bakyt = await town.person("Аида"), await town.person("Бакыт")
    page = await aida.has("ru", PICTURED)
    first = await bakyt.say("/start")
    pressing = asyncio.ensure_future(aida.press(page, "Картинка"))
    try:
        await bakyt.press(first, "Русский")
        assert await bakyt.hears()
        assert not await town.requests("sendPhoto")
    finally:
        go.set()
    await pressing
    assert (await aida.hears("до и после"))["photo"]


async def test_a_picture_can_be_looked_at_in_a_group(town: Town) -> None:
    aida = await town.person("Аида")
    group = await town.group("Кеңеш", [aida], [aida])
    await town.post(f"/sim/chats/{group}/bot", {"by": aida.id, "status": "member"})
    there = aida.within(group)
    asked = await there.say(f"@{town.world.bot.username} зачем нужна квота для женщин")
    where = f"/sim/chats/{group}/messages/{asked['message_id']}/press"
    await town.post(where, {"from": aida.id, "callback_data": "look:quota-why"})

    async def look() -> Any:
        return next((one for one in await town.messages(group) if "photo" in one), None)

    assert await town.eventually(look)


async def test_an_article_without_a_picture_or_recording_offers_neither(town: Town) -> None:
    page = await (await town.person("Аида")).has("ru", PLAIN)

    assert not [one for one in buttons(page) if "Картинка" in one or "Слушать" in one]


@pytest.mark.parametrize("data", ["look:ethics", "listen:ethics", "look:nowhere", "listen:../facts"])
async def test_a_button_whose_picture_or_recording_is_gone_says_so(town: Town, data: str) -> None:
    aida = await town.person("Аида")
    page = await aida.has("ru", PLAIN)
    answer = await town.post(
        f"/sim/chats/{aida.id}/messages/{page['message_id']}/press", {"from": aida.id, "callback_data": data}
    )

    assert "/guide" in answer["answer"]["text"] and answer["answer"]["show_alert"]


@pytest.fixture
async def spoken(tmp_path: Path, kernel: Kernel) -> AsyncIterator[Town]:
    """A town whose guide has one recording, in Kyrgyz."""
    file = tmp_path / "ethics.ky.ogg"
    file.write_bytes(recording())
    library = replace(kernel.library, voices={(Slug("ethics"), Language.KY): file})
    async with a_town(tmp_path, replace(kernel, edition=replace(kernel.edition, library=library))) as town:
        yield town


async def test_a_recording_is_offered_and_sent_as_voice_and_uploaded_once(spoken: Town) -> None:
    for name in ("Аида", "Бакыт"):
        person = await spoken.person(name)
        page = await person.has("ky", PLAIN)
        await person.press(page, "Угуп көрүү")
        assert (await person.hears())["voice"]

    first, second = await spoken.requests("sendVoice")
    assert first.get("files") and first["files"][0]["filename"] == "ethics.ky.ogg"
    assert second["params"]["voice"] == first["response"]["voice"]["file_id"]


async def test_a_recording_in_the_other_language_is_not_offered(spoken: Town) -> None:
    page = await (await spoken.person("Сергей")).has("ru", PLAIN)

    assert not [one for one in buttons(page) if "Слушать" in one]


async def test_a_reloaded_guide_is_drawn_anew_and_an_old_picture_keeps_its_id(
    kernel: Kernel, counted: list[str]
) -> None:
    guide = OpenGuide(kernel.edition)
    show = showing.ShowArticle(guide)
    slug, language = Slug("quota-why"), Language.RU
    first = await show.picture(slug, language)
    assert first is not None and first.letter.file is not None and first.letter.file.content
    show.sent(first, "known")

    library = kernel.library
    picture = library.pictures["women-before-after", language]
    newer = {("women-before-after", language): replace(picture, title="Другое")}
    guide.edition = replace(kernel.edition, library=replace(library, pictures={**library.pictures, **newer}))
    second = await show.picture(slug, language)
    guide.edition = kernel.edition
    third = await show.picture(slug, language)

    assert second is not None and second.letter.file is not None and not second.letter.file.file_id
    assert third is not None and third.letter.file is not None and third.letter.file.file_id == "known"
    assert len(counted) == 2
