"""The library of the real bot against this server: polling, buttons, errors, files."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.demo.characters import CANDIDATE_KY, CANDIDATE_RU, GROUP


@pytest.fixture(scope="session")
def aiogram():
    """The library, imported once: it takes seconds."""
    import aiogram as library
    from aiogram import exceptions, types
    from aiogram.client.default import DefaultBotProperties
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    def a_bot(base):
        session = AiohttpSession(api=TelegramAPIServer.from_base(base))
        return library.Bot("42:secret", session=session, default=DefaultBotProperties(parse_mode="HTML"))

    return SimpleNamespace(Dispatcher=library.Dispatcher, errors=exceptions, types=types, a_bot=a_bot)


@pytest.fixture
async def bot(aiogram, town):
    one = aiogram.a_bot(town.base)
    yield one
    await one.session.close()


async def test_a_dispatcher_polls_answers_and_sees_presses(aiogram, bot, town):
    dispatcher = aiogram.Dispatcher()
    types = aiogram.types

    async def greet(message):
        row = [types.InlineKeyboardButton(text="Ооба", callback_data="yes")]
        markup = types.InlineKeyboardMarkup(inline_keyboard=[row])
        await message.reply(f"<b>Салам</b>, {message.from_user.first_name}", reply_markup=markup)

    async def pressed(query):
        await query.message.edit_text("Макул")
        await query.answer("Рахмат")

    dispatcher.message.register(greet)
    dispatcher.callback_query.register(pressed)
    polling = asyncio.ensure_future(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5, close_bot_session=False)
    )
    try:
        start = (await town.seen("/state"))["n"]
        await town.say(CANDIDATE_KY, "/start")
        greeting = None
        while greeting is None:
            found = (await town.seen("/poll", after=start, timeout=10))["events"]
            start = found[-1]["n"]
            greeting = next(
                (one["message"] for one in found if one["kind"] == "message" and one["message"]["from"]["is_bot"]), None
            )
        assert greeting["text"] == "Салам, Айгерим"
        assert greeting["reply_to_message"]["text"] == "/start"

        path = f"/chats/{CANDIDATE_KY}/messages/{greeting['message_id']}/press"
        answer = await town.sim(path, **{"from": CANDIDATE_KY}, row=0, column=0)
        assert answer["answer"]["text"] == "Рахмат"
        assert (await town.messages(CANDIDATE_KY))[-1]["text"] == "Макул"
    finally:
        await dispatcher.stop_polling()
        await asyncio.wait_for(polling, 10)


async def test_refusals_become_the_errors_that_the_bot_tells_apart(aiogram, bot, town, chat):
    errors = aiogram.errors
    with pytest.raises(errors.TelegramForbiddenError, match="can't initiate conversation"):
        await bot.send_message(CANDIDATE_RU, "x")
    with pytest.raises(errors.TelegramBadRequest, match="chat not found"):
        await bot.send_message(404, "x")
    with pytest.raises(errors.TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(chat, "<b>x")
    with pytest.raises(errors.TelegramNotFound):
        await bot(_missing())

    await town.sim("/faults", next=[{"do": "429", "retry_after": 3, "method": "sendMessage"}])
    with pytest.raises(errors.TelegramRetryAfter) as later:
        await bot.send_message(chat, "x")
    assert later.value.retry_after == 3

    fresh = (await town.sim(f"/chats/{GROUP}/migrate"))["chat"]["id"]
    with pytest.raises(errors.TelegramMigrateToChat) as moved:
        await bot.send_message(GROUP, "x")
    assert moved.value.migrate_to_chat_id == fresh


def _missing():
    from aiogram.methods.base import TelegramMethod

    class Missing(TelegramMethod[bool]):
        __returning__ = bool
        __api_method__ = "noSuchMethod"

    return Missing()


@pytest.mark.parametrize(
    ("do", "error"),
    [
        ("500", "TelegramServerError"),
        ("502html", "ClientDecodeError"),
        ("bad_json", "ClientDecodeError"),
        ("401", "TelegramUnauthorizedError"),
        ("drop_after", "TelegramNetworkError"),
        ("timeout_after", "TelegramNetworkError"),
    ],
)
async def test_trouble_becomes_the_error_it_would_be_with_telegram(aiogram, bot, town, chat, do, error):
    await town.sim("/faults", next=[{"do": do, "method": "sendMessage"}])

    with pytest.raises(getattr(aiogram.errors, error)):
        await bot.send_message(chat, "x", request_timeout=1)


async def test_files_go_up_and_come_down(aiogram, bot, town, chat):
    file = aiogram.types.BufferedInputFile("Тизме".encode(), "тизме.txt")
    sent = await bot.send_document(chat, file, caption="<b>тизме</b>")

    assert sent.caption == "тизме"
    assert (await bot.download(sent.document)).read() == "Тизме".encode()


async def test_an_album_and_a_quiz_pass_as_the_library_sends_them(aiogram, bot, town, chat):
    types = aiogram.types
    album = [
        types.InputMediaDocument(media=types.BufferedInputFile(name.encode(), f"{name}.txt"), caption=name)
        for name in ("a", "b")
    ]
    assert [one.caption for one in await bot.send_media_group(chat, album)] == ["a", "b"]

    quiz = await bot.send_poll(
        chat, "?", [types.InputPollOption(text="a"), types.InputPollOption(text="b")], type="quiz",
        is_anonymous=False, correct_option_ids=[1], explanation="<i>b</i>",
    )  # fmt: skip
    assert quiz.poll.correct_option_ids == [1]


async def test_commands_and_reactions_pass_as_the_library_sends_them(aiogram, bot, town, chat):
    types = aiogram.types
    scope = types.BotCommandScopeChat(chat_id=chat)
    await bot.set_my_commands([types.BotCommand(command="guide", description="Маалымат")], scope=scope)
    assert (await town.chat(chat))["commands"] == [{"command": "guide", "description": "Маалымат"}]

    said = (await town.say(chat, "рахмат"))["message"]["message_id"]
    assert await bot.set_message_reaction(chat, said, [types.ReactionTypeEmoji(emoji="👍")])
