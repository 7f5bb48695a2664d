"""What the server says is itself what the Bot API promises: each answer and each update against the same table."""

import asyncio

import pytest

from bot.demo.check import complaint_about

LEADER, ASKER = 5_000_000_021, 5_000_000_022


async def told(town):
    """Every update that waits, each checked."""
    found = await town.updates()
    for update in found:
        assert complaint_about("Update", update) is None
    return {next(key for key in one if key != "update_id") for one in found}


async def test_updates_keep_their_promise(town, chat, group):
    every = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member", "chat_member",
             "message_reaction", "poll", "poll_answer"]  # fmt: skip
    await town.did("getUpdates", allowed_updates=every)
    me = {"from": chat}
    said = (await town.say(chat, "/ask @kenesh_demo_bot https://a.kg"))["message"]["message_id"]
    await town.say(chat, "x", reply_to=said)
    place = {"latitude": 1, "longitude": 2}
    for content in ({"sticker": "👍"}, {"contact": {"phone_number": "1"}}, {"location": place}):
        await town.sim(f"/chats/{chat}/send", **me, **content)
    await town.sim(f"/chats/{chat}/messages/{said}/edit", **me, text="y")
    await town.sim(f"/chats/{chat}/messages/{said}/react", **me, emoji="👍")
    poll = await town.did("sendPoll", chat_id=chat, question="?", options=[{"text": "a"}, {"text": "b"}],
                          is_anonymous=False)  # fmt: skip
    await town.sim(f"/chats/{chat}/messages/{poll['message_id']}/vote", **me, options=[0])
    waiting = [
        asyncio.ensure_future(town.sim(f"/chats/{chat}/messages/{said}/press", **me, callback_data="x")),
        asyncio.ensure_future(town.sim("/inline", **me, query="x")),
    ]
    await town.sim(f"/chats/{group}/bot", by=LEADER, status="administrator")
    await town.sim(f"/chats/{group}/member", by=LEADER, person=ASKER, status="administrator")
    await town.sim(f"/chats/{group}/member", by=LEADER, person=ASKER, status="kicked")
    await town.sim(f"/chats/{group}/bot", by=LEADER, status="kicked")
    await town.sim(f"/chats/{group}/bot", by=LEADER, status="member")
    await town.sim(f"/chats/{group}/migrate")
    for _ in range(100):
        if town.world.updates.pending >= 20:
            break
        await asyncio.sleep(0.01)
    found = await told(town)
    for one in waiting:
        one.cancel()

    assert found == set(every)


@pytest.mark.parametrize(
    ("method", "params", "type_name"),
    [
        ("getMe", {}, "User"),
        ("getWebhookInfo", {}, "WebhookInfo"),
        ("getChat", {"chat_id": "chat"}, "ChatFullInfo"),
        ("getChat", {"chat_id": "group"}, "ChatFullInfo"),
        ("getChatMember", {"chat_id": "group", "user_id": LEADER}, "ChatMember"),
        ("getChatMember", {"chat_id": "group", "user_id": ASKER}, "ChatMember"),
        ("getChatMenuButton", {}, "MenuButton"),
        ("getMyName", {}, "BotName"),
        ("getMyDescription", {}, "BotDescription"),
        ("getMyShortDescription", {}, "BotShortDescription"),
        ("sendMessage", {"chat_id": "group", "text": "<b>x</b> @a_b /c", "parse_mode": "HTML"}, "Message"),
        ("sendVenue", {"chat_id": "chat", "latitude": 1, "longitude": 2, "title": "a", "address": "b"}, "Message"),
        ("sendContact", {"chat_id": "chat", "phone_number": "1", "first_name": "a"}, "Message"),
    ],
)
async def test_answers_keep_their_promise(town, chat, group, method, params, type_name):
    there = {"chat": chat, "group": group}
    given = {name: there.get(value, value) if name == "chat_id" else value for name, value in params.items()}

    assert complaint_about(type_name, await town.did(method, **given)) is None


def test_a_broken_promise_would_be_noticed():
    assert complaint_about("User", {"id": 1, "is_bot": False}) is not None
    assert complaint_about("Update", {"update_id": 1, "message": {"message_id": 1}}) is not None
    assert complaint_about("User", {"id": 1, "is_bot": False, "first_name": "x", "extra": 1}) is not None
