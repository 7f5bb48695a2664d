"""What one says and hears on the chat page: messages, buttons, replies, files, polls."""

import re
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect

from bot.demo.characters import CANDIDATE_KY, CANDIDATE_RU, GROUP
from tests.demo.pages import (
    BOT,
    NARROW,
    Demo,
    bubbles,
    choose,
    inline,
    picture,
    scrolled_from_end,
    write,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


# talking


async def test_a_new_person_reads_the_description_and_starts(demo: Demo) -> None:
    await demo.bot("setMyDescription", description="Помогаю кандидатам", language_code="ru")
    page = await demo.opened(CANDIDATE_RU)
    await expect(page.locator(".welcome")).to_contain_text("Помогаю кандидатам")

    await page.get_by_role("button", name="Начать").click()

    assert (await demo.update("message"))["text"] == "/start"
    await demo.bot("sendChatAction", chat_id=CANDIDATE_RU, action="typing")
    await expect(page.locator(".head-words")).to_contain_text("печатает")
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Здравствуйте!")
    await expect(bubbles(page)).to_contain_text(["/start", "Здравствуйте!"])
    await expect(page.locator("textarea.input")).to_be_visible()


async def test_a_chat_can_be_used_with_the_keyboard_alone(demo: Demo) -> None:
    page = await demo.opened()
    await page.locator(".chat-entry").first.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Начать").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("textarea.input")).to_be_focused()
    await page.keyboard.type("Салам")
    await page.keyboard.press("Enter")
    assert [(await demo.update("message"))["text"] for _ in "ab"] == ["/start", "Салам"]
    await expect(bubbles(page)).to_have_count(2)

    await page.keyboard.press("ArrowUp")
    await page.keyboard.type("!")
    await page.keyboard.press("Enter")

    assert (await demo.update("edited_message"))["text"] == "Салам!"
    await expect(bubbles(page).last).to_contain_text("изменено")


async def test_what_people_type_is_shown_as_they_typed_it_and_never_becomes_markup(demo: Demo) -> None:
    nasty = '<img src=x onerror="window.caught=1"><b>жирно</b>'
    await demo.says(CANDIDATE_RU, nasty)
    await demo.person("groups", title=nasty, members=[CANDIDATE_RU])
    await demo.bot("setMyCommands", commands=[{"command": "start", "description": nasty}])
    button = {"text": nasty, "callback_data": "x"}
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text=nasty, reply_markup=inline([button]))
    page = await demo.opened(CANDIDATE_RU)
    await expect(bubbles(page).first).to_contain_text(nasty)

    await page.locator(".menu-button").click()
    await page.get_by_role("button", name="Что отправил бот?").click()
    await page.locator(".requests summary").first.click()
    await write(page, nasty)

    await expect(bubbles(page)).to_have_count(3)
    assert await page.evaluate("window.caught") is None
    assert await page.locator("img").count() == 0


async def test_entities_are_drawn_nested_and_measured_in_utf16_units(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    lines = "\n".join(f"строка {number}" for number in range(9))
    await demo.bot(
        "sendMessage", chat_id=CANDIDATE_RU, parse_mode="HTML",
        text="🇰🇬👍🏽 <b>ө<i>ү<u>ң</u></i></b> <s>нет</s> <code>код</code> <tg-spoiler>тайна</tg-spoiler> "
        f'<a href="https://example.org/">тут</a><blockquote expandable>{lines}</blockquote>после',
    )  # fmt: skip
    page = await demo.opened(CANDIDATE_RU)
    words = bubbles(page).last.locator(".words")
    await expect(words.locator("strong")).to_have_text("өүң")
    await expect(words.locator("strong > em > u")).to_have_text("ң")
    await expect(words.locator("s")).to_have_text("нет")
    await expect(words.locator("code")).to_have_text("код")
    await expect(words.locator("a")).to_have_attribute("href", "https://example.org/")

    await words.locator(".spoiler").click()
    folded = await words.locator("blockquote").bounding_box()
    await words.get_by_role("button", name="Показать полностью").click()
    unfolded = await words.locator("blockquote").bounding_box()

    await expect(words.locator(".spoiler")).to_have_class("spoiler shown")
    assert folded and unfolded and unfolded["height"] > 2 * folded["height"]


async def test_a_dangerous_address_is_not_a_link(demo: Demo) -> None:
    page = await demo.opened()
    drawn = await page.evaluate(
        """async () => {
          const { formatted } = await import("/page/js/entities.js");
          const box = document.createElement("div");
          box.append(formatted("нажми", [{ type: "text_link", offset: 0, length: 5, url: "javascript:alert(1)" }], {}));
          return [box.textContent, box.querySelectorAll("a").length];
        }"""
    )
    assert drawn == ["нажми", 0]


# buttons


async def test_a_pressed_button_shimmers_and_its_answer_is_a_toast_or_an_alert(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    keys = [{"text": "Тост", "callback_data": "toast"}, {"text": "Окно", "callback_data": "alert"}]
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Выберите", reply_markup=inline(keys))
    page = await demo.opened(CANDIDATE_RU)

    await page.get_by_role("button", name="Тост").click()
    await expect(page.get_by_role("button", name="Тост")).to_have_attribute("aria-busy", "true")
    query = await demo.update("callback_query")
    await demo.bot("answerCallbackQuery", callback_query_id=query["id"], text="Сохранено")
    await expect(page.locator(".toast")).to_have_text("Сохранено")
    await expect(page.get_by_role("button", name="Тост")).not_to_have_attribute("aria-busy", "true")

    await page.get_by_role("button", name="Окно").click()
    query = await demo.update("callback_query")
    await demo.bot("answerCallbackQuery", callback_query_id=query["id"], text="Нельзя", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Нельзя")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_edit_changes_the_message_in_its_place_without_a_jump(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    key = [{"text": "Дальше", "callback_data": "next"}]
    first = await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Страница 1", reply_markup=inline(key))
    for number in range(40):
        await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text=f"сообщение {number}")
    page = await demo.opened(CANDIDATE_RU)
    await expect(bubbles(page)).to_have_count(42)
    assert await scrolled_from_end(page) < 2
    await bubbles(page).nth(20).scroll_into_view_if_needed()
    before = await bubbles(page).nth(20).bounding_box()

    await demo.bot(
        "editMessageText", chat_id=CANDIDATE_RU, message_id=first["message_id"], text="Страница 2\n\n\n\nдлиннее"
    )
    await expect(bubbles(page).nth(1)).to_contain_text("Страница 2")
    await expect(bubbles(page).nth(1)).to_contain_text("изменено")
    after = await bubbles(page).nth(20).bounding_box()

    assert before and after and abs(before["y"] - after["y"]) < 2
    assert await page.locator(".inline-keyboard").count() == 0


async def test_a_message_that_comes_while_one_reads_above_is_counted_on_the_arrow(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    for number in range(40):
        await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text=f"сообщение {number}")
    page = await demo.opened(CANDIDATE_RU)
    await bubbles(page).nth(5).scroll_into_view_if_needed()
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="новость")

    arrow = page.get_by_role("button", name="К последнему")
    await expect(arrow).to_have_attribute("data-news", "1")
    await arrow.click()

    await expect(arrow).to_be_hidden()
    assert await scrolled_from_end(page) < 60


async def test_a_label_too_long_is_cut_as_in_telegram_and_marked_for_us(demo: Demo) -> None:
    await demo.says(CANDIDATE_KY, "/start")
    long = {"text": "Убактылуу күбөлүктүн көчүрмөсүн азыр көчүрүү", "callback_data": "long"}
    short = {"text": "Ооба", "callback_data": "short"}
    await demo.bot("sendMessage", chat_id=CANDIDATE_KY, text="?", reply_markup=inline([long, short]))
    page = await demo.opened(CANDIDATE_KY, size=NARROW, lang="ky")

    await expect(page.get_by_role("button", name=long["text"])).to_have_attribute("data-cut", "")
    await expect(page.get_by_role("button", name=long["text"])).to_have_attribute("title", re.compile("кесет"))
    assert await page.get_by_role("button", name="Ооба", exact=True).get_attribute("data-cut") is None


async def test_a_link_button_asks_first_and_a_copy_button_copies(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    keys: list[dict[str, Any]] = [
        {"text": "Закон", "url": "https://example.org/law"},
        {"text": "Номер", "copy_text": {"text": "№ 123"}},
    ]
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="?", reply_markup=inline(keys))
    page = await demo.opened(CANDIDATE_RU)

    await page.get_by_role("button", name="Закон").click()
    await expect(page.get_by_role("dialog")).to_contain_text("https://example.org/law")
    await page.get_by_role("button", name="Отмена").click()
    await page.get_by_role("button", name="Номер").click()

    await expect(page.locator(".toast")).to_have_text("Скопировано: № 123")


async def test_a_reply_keyboard_of_one_time_sends_and_goes(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    keyboard = {
        "keyboard": [[{"text": "Балыкчы"}, {"text": "Мой номер", "request_contact": True}]],
        "one_time_keyboard": True, "resize_keyboard": True, "input_field_placeholder": "Где вы живёте?",
    }  # fmt: skip
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Где?", reply_markup=keyboard)
    page = await demo.opened(CANDIDATE_RU)
    await expect(page.locator("textarea.input")).to_have_attribute("placeholder", "Где вы живёте?")

    await page.get_by_role("button", name="Балыкчы").click()
    await demo.update("message")
    assert (await demo.update("message"))["text"] == "Балыкчы"
    await expect(page.locator(".reply-keyboard")).to_have_count(0)

    await page.get_by_role("button", name="Показать кнопки").click()
    await page.get_by_role("button", name="Мой номер").click()
    await page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
    assert (await demo.update("message"))["contact"]["user_id"] == CANDIDATE_RU

    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Спасибо", reply_markup={"remove_keyboard": True})
    await expect(page.get_by_role("button", name="Показать кнопки")).to_have_count(0)


async def test_the_commands_menu_sends_and_in_a_group_names_the_bot(demo: Demo) -> None:
    await demo.bot("setMyCommands", commands=[{"command": "guide", "description": "Справочник"}])
    await demo.says(CANDIDATE_RU, "/start")
    page = await demo.opened(CANDIDATE_RU)
    await page.locator(".menu-button").click()
    await page.get_by_role("option", name="/guide").click()
    await expect(bubbles(page).last).to_contain_text("/guide")

    await page.locator(f'a[href="#chat={GROUP}"]').click()
    await expect(page.locator(".voices")).to_be_visible()
    await page.locator("textarea.input").fill("/gu")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(bubbles(page).last).to_contain_text("/guide@kenesh_demo_bot")


async def test_the_bots_name_and_a_query_bring_offers_that_can_be_sent(demo: Demo) -> None:
    page = await demo.opened(GROUP)
    await page.locator("textarea.input").fill("@kenesh_demo_bot квота")
    query = await demo.update("inline_query")
    content = {"message_text": "Квота: <b>30 %</b>", "parse_mode": "HTML"}
    offer = {"type": "article", "id": "1", "title": "Квота женщин", "input_message_content": content}
    keys = inline([{"text": "Открыть", "callback_data": "quota"}])
    offers = [offer | {"reply_markup": keys}]
    await demo.bot("answerInlineQuery", inline_query_id=query["id"], results=offers)

    await page.get_by_role("option", name="Квота женщин").click()

    await expect(bubbles(page).locator("strong")).to_have_text("30 %")
    await expect(bubbles(page)).to_contain_text("через @kenesh_demo_bot")
    await expect(page.get_by_role("button", name="Открыть")).to_be_visible()
    await expect(page.locator("textarea.input")).to_have_value("")


# messages of every kind


async def test_a_long_history_is_read_piece_by_piece_without_a_jump(demo: Demo) -> None:
    for number in range(130):
        await demo.says(CANDIDATE_RU, f"сообщение {number}")
    page = await demo.opened(CANDIDATE_RU)
    await expect(bubbles(page).first).to_contain_text("сообщение 70")
    await bubbles(page).first.scroll_into_view_if_needed()

    await expect(bubbles(page)).to_have_count(120)
    await expect(bubbles(page).filter(has_text="сообщение 70")).to_be_in_viewport()
    await page.locator(".scroller").evaluate("(box) => box.scrollTo(0, 0)")
    await expect(bubbles(page)).to_have_count(130)


async def test_a_reply_shows_what_it_answers_and_jumps_there(demo: Demo) -> None:
    asked = await demo.says(CANDIDATE_RU, "Сколько подписей?")
    for number in range(30):
        await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text=f"сообщение {number}")
    reply = {"message_id": asked["message_id"]}
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Столько-то", reply_parameters=reply)
    page = await demo.opened(CANDIDATE_RU)

    await bubbles(page).last.locator(".quoted").click()
    await expect(page.locator(f'[data-id="{asked["message_id"]}"]')).to_be_in_viewport()

    await choose(page, bubbles(page).nth(3), "Ответить")
    await write(page, "А почему?")
    await demo.update("message")
    assert (await demo.update("message"))["reply_to_message"]["text"] == "сообщение 2"


async def test_own_words_are_edited_and_deleted_and_the_bots_get_a_reaction(demo: Demo) -> None:
    await demo.bot("getUpdates", allowed_updates=["message", "edited_message", "message_reaction"])
    await demo.says(CANDIDATE_RU, "Кайда?")
    await demo.bot("sendMessage", chat_id=CANDIDATE_RU, text="Здесь")
    page = await demo.opened(CANDIDATE_RU)

    await choose(page, bubbles(page).first, "Изменить")
    await write(page, "Куда?")
    assert (await demo.update("edited_message"))["text"] == "Куда?"
    await choose(page, bubbles(page).last, "Реакция: 👍")
    assert (await demo.update("message_reaction"))["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    thumb = page.get_by_role("button", name="Реакция: 👍")
    await expect(thumb).to_have_attribute("aria-pressed", "true")
    await page.reload()
    await expect(thumb).to_have_attribute("aria-pressed", "true")
    await choose(page, bubbles(page).first, "Удалить")

    await expect(bubbles(page)).to_have_count(1)


async def test_photos_go_as_an_album_with_a_caption_and_a_document_comes_with_its_size(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    page = await demo.opened(CANDIDATE_RU)
    await page.get_by_role("button", name="Прикрепить").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="Фото или альбом").click()
    files = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": picture(300, 200)} for n in range(3)]
    await (await chooser.value).set_files(files)  # type: ignore[arg-type]
    await page.get_by_label("Подпись").fill("Дорога")
    await page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
    await expect(page.locator(".album img")).to_have_count(3)
    await expect(bubbles(page).last).to_contain_text("Дорога")
    sent = [await demo.update("message") for _ in range(4)][1:]
    assert len({message["media_group_id"] for message in sent}) == 1

    form = aiohttp.FormData({"chat_id": str(CANDIDATE_RU)}, quote_fields=False)
    form.add_field("document", b"x" * 2048, filename="Арыз.docx")
    async with demo.http.post(f"{demo.base}/{BOT}/sendDocument", data=form) as answer:
        assert answer.ok
    await expect(page.locator("a.file")).to_contain_text("Арыз.docx")
    await expect(page.locator("a.file")).to_contain_text("2,0 КБ")
    async with page.expect_download() as download:
        await page.locator("a.file").click()
    assert (await download.value).suggested_filename == "Арыз.docx"


async def test_a_quiz_is_answered_and_shows_what_was_right(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    await demo.bot(
        "sendPoll", chat_id=CANDIDATE_RU, question="С какого возраста?", type="quiz", is_anonymous=False,
        options=[{"text": "18"}, {"text": "21"}], correct_option_ids=[1], explanation="С 21 года",
    )  # fmt: skip
    page = await demo.opened(CANDIDATE_RU)
    await page.get_by_role("button", name="18").click()

    assert (await demo.update("poll_answer"))["option_ids"] == [0]
    await expect(page.locator(".option.wrong")).to_contain_text("18")
    await expect(page.locator(".option.right")).to_contain_text("21")
    await expect(page.locator(".poll")).to_contain_text("С 21 года")
    await page.evaluate("localStorage.clear()")
    await page.reload()
    await expect(page.locator(".option.wrong")).to_contain_text("18")


async def test_places_stickers_and_voices_are_shown(demo: Demo) -> None:
    await demo.says(CANDIDATE_RU, "/start")
    place = {"latitude": 42.46, "longitude": 76.18, "title": "Дом культуры", "address": "Балыкчы"}
    await demo.bot("sendVenue", chat_id=CANDIDATE_RU, **place)
    await demo.person(f"chats/{CANDIDATE_RU}/send", **{"from": CANDIDATE_RU}, sticker="🐎")
    await demo.uploads(CANDIDATE_RU, "voice", [("voice.oga", b"OggS" + bytes(60))])
    page = await demo.opened(CANDIDATE_RU)

    await expect(page.locator(".place")).to_contain_text("Дом культуры")
    await expect(page.locator(".sticker")).to_have_text("🐎")
    await expect(page.get_by_role("button", name="Воспроизвести")).to_be_visible()
