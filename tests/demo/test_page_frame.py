"""What stands around the messages on the chat page: its words, groups, links, the drawer, the shapes of the screen."""

import re

import aiohttp
import pytest
from playwright.async_api import expect

from bot.demo.characters import CANDIDATE_KY, CANDIDATE_RU, GROUP, GROUP_MEMBERS
from tests.demo.pages import (
    BOT,
    NARROW,
    PAGE,
    Demo,
    Windows,
    bubbles,
    inline,
    picture,
    serving,
    write,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


# words of the page


async def test_every_word_of_the_page_is_said_in_both_languages_and_every_word_said_is_known() -> None:
    table = (PAGE / "js/words.js").read_text("utf-8").partition("const MONTHS")[0]
    entries = dict(re.findall(r"^  (\w+): (\[.*\]),$", table, re.MULTILINE))
    said = {
        name for file in (PAGE / "js").glob("*.js") for name in re.findall(r'say\("(\w+)"', file.read_text("utf-8"))
    }

    assert len(entries) > 100
    assert said - entries.keys() == set()
    for name, pair in entries.items():
        assert re.fullmatch(r'\["[^"]+", "[^"]+"\]|\[\["[^"]+"\], \["[^"]+", "[^"]+", "[^"]+"\]\]', pair), name
        kyrgyz, _, russian = pair.partition('", "' if not pair.startswith("[[") else "], [")
        assert set(re.findall(r"{\w+}", kyrgyz)) == set(re.findall(r"{\w+}", russian)), name


async def test_the_language_of_the_page_changes_at_once_and_is_remembered(demo: Demo) -> None:
    page = await demo.opened(lang="ky")
    await expect(page.locator(".chats h2").first).to_have_text("Талапкерлер")

    await page.get_by_role("button", name="Русский").click()
    await expect(page.locator(".chats h2")).to_have_text(["Кандидаты", "Группа", "Координаторы"])
    await page.goto(f"{demo.base}/")

    await expect(page.locator(".chats h2").first).to_have_text("Кандидаты")
    await expect(page.locator("html")).to_have_attribute("lang", "ru")


# groups, links, blocks


async def test_an_album_of_which_the_bot_got_the_named_part_is_not_marked_as_unseen(demo: Demo) -> None:
    form = aiohttp.FormData(
        {"from": str(GROUP_MEMBERS[0]), "kind": "photo", "caption": "@kenesh_demo_bot это законно?"}
    )
    for number in range(2):
        form.add_field("file", picture(30, 20), filename=f"{number}.png")
    async with demo.http.post(f"{demo.base}/sim/chats/{GROUP}/upload", data=form) as answer:
        first, second = (await answer.json())["messages"]
    assert ("unseen_by_bot" in first, "unseen_by_bot" in second) == (False, True)

    page = await demo.opened(GROUP)

    await expect(page.locator(".album img")).to_have_count(2)
    await expect(page.locator(".unseen")).to_have_count(0)


async def test_in_a_group_one_speaks_as_any_member_and_sees_what_the_bot_does_not(demo: Demo) -> None:
    page = await demo.opened(GROUP)
    picker = page.get_by_label("Кто говорит")
    await expect(picker.locator("option").first).to_have_text("Бакыт Асанов (админ, владелец)")
    await picker.select_option(str(GROUP_MEMBERS[2]))
    await write(page, "между нами")
    unseen = page.get_by_label("Бот этого не видит: режим приватности в группах")
    await expect(unseen).to_be_visible()
    await page.reload()
    await expect(unseen).to_be_visible()
    await write(page, "@kenesh_demo_bot когда слушания?")

    heard = await demo.update("message")
    assert (heard["from"]["id"], heard["text"]) == (GROUP_MEMBERS[2], "@kenesh_demo_bot когда слушания?")
    await picker.select_option(str(GROUP_MEMBERS[0]))
    await expect(page.locator(".row.theirs .author")).to_have_text("Ольга Петренко")


async def test_the_bot_is_taken_out_of_a_group_and_brought_back_as_admin(demo: Demo) -> None:
    page = await demo.opened(GROUP)
    for action in ("Убрать бота", "Добавить бота"):
        await page.get_by_role("button", name="Меню чата").click()
        await page.get_by_role("menuitem", name=action).click()
        await demo.update("my_chat_member")
    await page.get_by_role("button", name="Меню чата").click()
    await page.get_by_role("menuitem", name="Участники группы").click()
    await page.get_by_role("button", name="Сделать бота админом").click()

    assert (await demo.update("my_chat_member"))["new_chat_member"]["status"] == "administrator"
    await expect(page.locator(".member").first).to_contain_text("админ")
    await expect(page.locator(".log .service")).to_contain_text(["исключил(а): Кеңеш (бот)", "добавил(а): Кеңеш (бот)"])


async def test_a_person_blocks_the_bot_and_lets_it_back(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    page = await demo.opened(CANDIDATE_RU)
    await page.get_by_role("button", name="Меню чата").click()
    await page.get_by_role("menuitem", name="Заблокировать бота").click()
    assert (await demo.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"

    await page.get_by_role("button", name="Разблокировать бота").click()

    assert (await demo.update("my_chat_member"))["new_chat_member"]["status"] == "member"
    await expect(page.locator("textarea.input")).to_be_visible()


async def test_a_deep_link_opens_by_hand_and_from_a_message(demo: Demo) -> None:
    page = await demo.opened(CANDIDATE_RU)
    await page.get_by_role("button", name="Меню чата").click()
    await page.get_by_role("menuitem", name="Открыть по ссылке").click()
    await page.get_by_label("Ссылка").fill("?start=a_deadlines")
    await page.get_by_role("button", name="Открыть", exact=True).click()
    assert (await demo.update("message"))["text"] == "/start a_deadlines"

    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="https://t.me/kenesh_demo_bot?start=a_quota")
    await bubbles(page).last.get_by_role("link").click()

    assert (await demo.update("message"))["text"] == "/start a_quota"


# the drawer and trouble


async def test_the_drawer_tells_what_the_bot_sent_and_what_was_refused(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    page = await demo.opened(CANDIDATE_RU)
    await page.get_by_role("button", name="Что отправил бот?").click()
    keys = inline([{"text": "Да", "callback_data": "yes"}])
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Видно?", reply_markup=keys)
    wrong = {"chat_id": CANDIDATE_KY, "text": "рано"}
    async with demo.http.post(f"{demo.base}/{BOT}/sendMessage", json=wrong) as answer:
        assert answer.status == 403
    entries = page.locator(".requests > li")
    await expect(entries.first).to_contain_text("bot can't initiate conversation with a user")

    await page.get_by_text("Только этот чат").click()
    await expect(entries).to_have_count(1)
    await entries.first.locator("summary").click()

    await expect(entries.first.locator(".json").first).to_contain_text('"callback_data": "yes"')
    await expect(entries.first.locator(".json").last).to_contain_text('"message_id"')


async def test_faults_are_switched_on_from_the_page(demo: Demo) -> None:
    page = await demo.opened(CANDIDATE_RU)
    await page.get_by_role("button", name="Что отправил бот?").click()
    await page.get_by_role("tab", name="Неполадки").click()
    await page.get_by_label("Задержка, мс").fill("50")
    await page.get_by_role("button", name="Применить").click()
    await expect(page.locator(".toast")).to_have_text("Применено")
    await page.get_by_label("Что произойдёт").select_option("502html")
    await page.get_by_role("button", name="Добавить", exact=True).click()
    await expect(page.locator(".planned li")).to_have_text("* → 502html")

    async with demo.http.get(f"{demo.base}/sim/faults") as answer:
        faults = await answer.json()

    assert faults["latency_ms"] == 50
    assert [one["do"] for one in faults["next"]] == ["502html"]


async def test_after_a_break_the_page_finds_the_server_again(windows: Windows) -> None:
    runner, base = await serving()
    async with aiohttp.ClientSession() as http:
        demo = Demo(base, http, windows)
        await demo.says(CANDIDATE_RU, "до")
        page = await demo.opened(CANDIDATE_RU)
        await expect(bubbles(page)).to_have_count(1)
        await runner.cleanup()
        await expect(page.locator(".offline")).to_be_visible()

        runner, _ = await serving(int(base.rpartition(":")[2]))
        await expect(page.get_by_role("button", name="Начать")).to_be_visible()
        await expect(page.locator(".offline")).to_be_hidden()
        await demo.says(CANDIDATE_RU, "после")
        await expect(bubbles(page)).to_contain_text(["после"])
        await demo.leave()
    await runner.cleanup()


# shapes


@pytest.mark.parametrize("lang", ["ky", "ru"])
async def test_on_a_narrow_screen_list_and_chat_are_two_screens_and_nothing_overflows(demo: Demo, lang: str) -> None:
    await demo.says(CANDIDATE_KY, "/start")
    await demo.bot("sendMessage", chat_id=CANDIDATE_KY, text="Жергиликтүүөзүнөзүбашкаруусистемасы" * 4)
    await demo.uploads(CANDIDATE_KY, "photo", [(f"{n}.png", picture(900, 500)) for n in range(2)])
    await demo.uploads(CANDIDATE_KY, "photo", [("one.png", picture(900, 500))])
    page = await demo.opened(size=NARROW, lang=lang, theme="dark")
    await expect(page.locator(".chat")).to_be_hidden()

    await page.locator(".chat-entry").first.click()
    await expect(page.locator(".chats")).to_be_hidden()
    await expect(bubbles(page)).to_have_count(4)
    widths = await page.evaluate(
        "[document.documentElement.scrollWidth, document.querySelector('.scroller').scrollWidth]"
    )
    await page.locator(".field-frame .icon-button").last.click()
    box = await page.locator(".sticker-panel").bounding_box()
    await page.keyboard.press("Escape")
    await page.locator(".chat-head .back").click()
    await expect(page.locator(".chats")).to_be_visible()

    assert max(widths) <= NARROW["width"]
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


async def test_the_list_counts_what_is_unread_until_the_chat_is_opened(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    page = await demo.opened(CANDIDATE_KY)
    for text in ("раз", "два"):
        await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text=text)
    entry = page.locator(f'a[href="#chat={CANDIDATE_RU}"]')
    await expect(entry.locator(".badge")).to_contain_text("2")

    await entry.click()

    await expect(entry.locator(".badge")).to_have_count(0)
    await page.reload()
    await expect(page.locator(f'a[href="#chat={CANDIDATE_RU}"] .entry-last')).to_have_text("два")
    await expect(page.locator(".badge")).to_have_count(0)


async def test_the_theme_follows_the_system_until_one_is_chosen(demo: Demo) -> None:
    page = await demo.opened(theme="dark")
    colour = "getComputedStyle(document.querySelector('.chats')).backgroundColor"
    dark = await page.evaluate(colour)

    await page.get_by_role("button", name="Тема: как в системе").click()

    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await expect(page.locator(".chats")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert dark != "rgb(255, 255, 255)"


async def test_a_group_that_becomes_a_supergroup_stays_on_the_screen(demo: Demo) -> None:
    page = await demo.opened(GROUP)
    await write(page, "до переезда")
    await page.get_by_role("button", name="Меню чата").click()
    await page.get_by_role("menuitem", name="Сделать супергруппой").click()

    await expect(page.locator(".log .service")).to_contain_text(["Группа стала супергруппой"])
    await expect(page.locator(f'a[href="#chat={GROUP}"]')).to_have_count(0)
    await write(page, "после")
    await expect(bubbles(page)).to_contain_text(["после"])
