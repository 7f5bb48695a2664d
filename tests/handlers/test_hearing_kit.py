"""The kit of a hearing in both languages, arrivals by its code, and hearings in numbers as a table."""

import io

from openpyxl import load_workbook

from tests.hearings import a_group, announced, desk, manage, rows
from tests.town import Person, Town, text_of


async def test_a_kit_is_plain_words_a_picture_and_a_sheet_in_both_languages(town: Town) -> None:
    nurgul = await desk(town)
    number = await announced(town, nurgul)
    screen = await manage(nurgul, number)
    await nurgul.press(screen, "Напечатать")

    link = f"https://t.me/kenesh_demo_bot?start=h_{number}"
    for head, language in (("Коомдук угуу: ", "ky"), ("Общественные слушания: ", "ru")):
        words = await nurgul.hears(head)
        assert len(text_of(words)) <= 1000 and link in text_of(words) and not words.get("reply_markup")
        assert (await nurgul.hears())["photo"]
        assert (await nurgul.hears())["document"]["file_name"] == f"hearing-{number}-{language}.pdf"


async def test_arrivals_by_the_code_are_counted_once_a_person_and_those_from_the_group_are_not(town: Town) -> None:
    nurgul = await desk(town)
    number = await announced(town, nurgul)
    for name, link in (("Тимур", f"h_{number}"), ("Мария", f"hg_{number}")):
        person = await town.person(name)
        card = await person.has("ru", link=link)
        assert f"№ {number}" in text_of(card)
        await person.come_by(link)

    assert rows(town, "SELECT count(*) FROM arrivals") == [(1,)]


async def test_hearings_in_numbers_come_as_words_and_as_a_table(town: Town) -> None:
    nurgul = await desk(town)
    _group, bakyt, olga = await a_group(town)
    number = await announced(town, nurgul, topic="=1+1")
    card = await bakyt.hears("Объявлены")
    await olga.press(card, "Придём")
    menu = await nurgul.say("/hearing")
    await nurgul.press(menu, "В числах")

    words = text_of(await nurgul.hears("за последние два года"))
    assert "Объявлено: 1, отменено: 0" in words and "Сообщено чатам: 1" in words
    sheet = load_workbook(io.BytesIO(await content(town, nurgul))).active
    assert sheet is not None
    row = [cell.value for cell in sheet[2]]
    assert row[0] == number and row[4] == "'=1+1" and row[6:8] == [1, 1]


async def content(town: Town, nurgul: Person) -> bytes:
    document = (await nurgul.hears())["document"]
    path = (await town.get(f"/bot7000000001:for-tests/getFile?file_id={document['file_id']}"))["result"]["file_path"]
    async with town.http.get(f"{town.base}/file/bot7000000001:for-tests/{path}") as response:
        return await response.read()
