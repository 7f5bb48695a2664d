"""What the bot sends, edits and deletes, and what Telegram refuses of it."""

import pytest

from bot.demo.characters import CANDIDATE_RU

HOUR = 3600


def buttons(*labels):
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


async def test_a_message_arrives_and_is_what_the_bot_was_told(town, chat):
    words = {"text": "<b>Салам</b>!", "parse_mode": "HTML"}
    sent = await town.did("sendMessage", chat_id=chat, reply_markup=buttons("a"), **words)

    assert (sent["text"], sent["from"]["is_bot"], sent["chat"]["type"]) == ("Салам!", True, "private")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert (await town.messages(chat))[-1] == sent


async def test_one_cannot_be_written_first(town):
    assert await town.refused("sendMessage", chat_id=CANDIDATE_RU, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    assert await town.refused("sendMessage", chat_id=404, text="x") == "Bad Request: chat not found"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": " \n"}, "Bad Request: message text is empty"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": "ө" * 4097}, "Bad Request: message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "Bad Request: can't parse entities: Can't find end tag"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "Bad Request: parse mode Markdown is not imitated"),
        ({"text": "x", "parse_mode": "XML"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "Bad Request: can't parse entities"),
        ({"text": "x", "message_thread_id": 5}, "Bad Request: message thread not found"),
        ({"text": "x", "business_connection_id": "b"}, "Bad Request: business connection not found"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "b"}]]}},
         "Bad Request: inline keyboard button text must be non-empty"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
         "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "url": "a.kg"}]]}},
         "Bad Request: can't parse inline keyboard button: exactly one action"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "x"}]]}},
         "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "app://x.kg"}]]}},
         "Bad Request: inline keyboard button URL 'app://x.kg' is invalid: Unsupported URL protocol"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]}},
         "Bad Request: more than 8 buttons"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}},
         "Bad Request: reply markup is too long"),
        ({"text": "x", "reply_markup": {"keyboard": []}}, "Bad Request: reply keyboard must have"),
        ({"text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}}, "Bad Request: keyboard button text"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused_in_telegrams_words(town, chat, params, words):
    answer = await town.call("sendMessage", chat_id=chat, **params)

    assert answer["error_code"] == 400
    assert answer["description"].startswith(words)
    assert len(await town.messages(chat)) == 1


async def test_a_reply_carries_what_it_answers(town, chat):
    asked = (await town.say(chat, "Суроо"))["message"]
    parameters = {"message_id": asked["message_id"]}

    sent = await town.did("sendMessage", chat_id=chat, text="Жооп", reply_parameters=parameters)

    assert sent["reply_to_message"]["text"] == "Суроо"
    again = await town.did("sendMessage", chat_id=chat, text="x", reply_parameters={"message_id": sent["message_id"]})
    assert "reply_to_message" not in again["reply_to_message"]


async def test_a_reply_to_nothing_is_refused_unless_allowed(town, chat):
    words = await town.refused("sendMessage", chat_id=chat, text="x", reply_parameters={"message_id": 1})
    assert words == "Bad Request: message to be replied not found"

    allowed = {"message_id": 1, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await town.did("sendMessage", chat_id=chat, text="x", reply_parameters=allowed)


async def test_a_reply_keyboard_stays_until_it_is_removed(town, chat):
    markup = {"keyboard": [[{"text": "Жол"}]], "resize_keyboard": True}
    sent = await town.did("sendMessage", chat_id=chat, text="x", reply_markup=markup)
    assert "reply_markup" not in sent
    assert (await town.chat(chat))["keyboard"] == markup

    await town.did("sendMessage", chat_id=chat, text="x", reply_markup=buttons("a"))
    assert (await town.chat(chat))["keyboard"] == markup

    await town.did("sendMessage", chat_id=chat, text="x", reply_markup={"remove_keyboard": True})
    assert (await town.chat(chat))["keyboard"] is None


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(town, chat):
    markup = {"keyboard": [[{"text": "Жол"}]]}
    sent = await town.did("sendMessage", chat_id=chat, text="x", reply_markup=markup)

    words = await town.refused("editMessageText", chat_id=chat, message_id=sent["message_id"], text="y")
    assert words == "Bad Request: message can't be edited"


async def test_a_contact_may_be_asked_for_in_private_only(town, chat, group):
    markup = {"keyboard": [[{"text": "Номер", "request_contact": True}]]}

    assert await town.did("sendMessage", chat_id=chat, text="x", reply_markup=markup)
    assert await town.refused("sendMessage", chat_id=group, text="x", reply_markup=markup) == (
        "Bad Request: phone number can be requested in private chats only"
    )


async def test_an_edit_takes_place_and_drops_the_buttons_it_does_not_repeat(town, chat):
    sent = await town.did("sendMessage", chat_id=chat, text="бир", reply_markup=buttons("a"))

    edited = await town.did("editMessageText", chat_id=chat, message_id=sent["message_id"], text="эки")

    assert edited["text"] == "эки"
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert [one["text"] for one in await town.messages(chat)] == ["/start", "эки"]


async def test_an_edit_that_changes_nothing_is_refused(town, chat):
    sent = await town.did("sendMessage", chat_id=chat, text="<b>a</b>", parse_mode="HTML", reply_markup=buttons("a"))
    same = {"chat_id": chat, "message_id": sent["message_id"]}
    words = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )

    text = {"text": "<b>a</b> ", "parse_mode": "HTML"}
    assert await town.refused("editMessageText", **same, **text, reply_markup=buttons("a")) == words
    assert await town.refused("editMessageReplyMarkup", **same, reply_markup=buttons("a")) == words
    assert await town.did("editMessageText", **same, text="a", reply_markup=buttons("a"))
    assert await town.did("editMessageReplyMarkup", **same, reply_markup=buttons("b"))
    assert await town.did("editMessageReplyMarkup", **same)
    assert await town.refused("editMessageReplyMarkup", **same) == words


async def test_only_what_is_there_and_the_bots_own_can_be_edited(town, chat):
    theirs = (await town.say(chat, "меники"))["message"]["message_id"]

    assert await town.refused("editMessageText", chat_id=chat, message_id=1, text="y") == (
        "Bad Request: message to edit not found"
    )
    assert await town.refused("editMessageText", chat_id=chat, message_id=theirs, text="y") == (
        "Bad Request: message can't be edited"
    )
    sent = await town.did("sendMessage", chat_id=chat, text="x")
    assert await town.refused("editMessageCaption", chat_id=chat, message_id=sent["message_id"], caption="y") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_a_message_can_be_deleted_for_48_hours(town, chat):
    old = await town.did("sendMessage", chat_id=chat, text="эски")
    await town.sim("/faults", clock_shift_s=48 * HOUR + 10)
    fresh = await town.did("sendMessage", chat_id=chat, text="жаңы")

    assert await town.refused("deleteMessage", chat_id=chat, message_id=old["message_id"]) == (
        "Bad Request: message can't be deleted for everyone"
    )
    assert await town.did("deleteMessage", chat_id=chat, message_id=fresh["message_id"]) is True
    assert await town.refused("deleteMessage", chat_id=chat, message_id=fresh["message_id"]) == (
        "Bad Request: message to delete not found"
    )


async def test_several_are_deleted_at_once_and_missing_ones_do_not_matter(town, chat):
    ids = [(await town.did("sendMessage", chat_id=chat, text="x"))["message_id"] for _ in range(2)]

    assert await town.did("deleteMessages", chat_id=chat, message_ids=[1, *ids, *ids]) is True
    assert len(await town.messages(chat)) == 1


async def test_in_a_group_only_an_administrator_deletes_what_others_wrote(town, group):
    asker = 5_000_000_022
    theirs = (await town.say(group, "/ask", asker))["message"]["message_id"]
    assert await town.refused("deleteMessage", chat_id=group, message_id=theirs) == (
        "Bad Request: message can't be deleted"
    )

    await town.sim(f"/chats/{group}/bot", by=5_000_000_021, status="administrator")
    assert await town.did("deleteMessage", chat_id=group, message_id=theirs)


async def test_a_copy_is_new_and_a_forward_names_its_author(town, chat):
    await town.started(CANDIDATE_RU)
    theirs = (await town.say(chat, "Менин сүрөтүм"))["message"]["message_id"]

    copied = await town.did("copyMessage", chat_id=CANDIDATE_RU, from_chat_id=chat, message_id=theirs)
    forwarded = await town.did("forwardMessage", chat_id=CANDIDATE_RU, from_chat_id=chat, message_id=theirs)

    assert set(copied) == {"message_id"}
    assert forwarded["forward_origin"]["sender_user"]["id"] == chat
    plain, with_author = (await town.messages(CANDIDATE_RU))[-2:]
    assert (plain["text"], with_author["text"]) == ("Менин сүрөтүм", "Менин сүрөтүм")
    assert "forward_origin" not in plain


async def test_what_is_protected_or_missing_is_not_copied(town, chat):
    sent = await town.did("sendMessage", chat_id=chat, text="x", protect_content=True)

    for message_id, words in ((sent["message_id"], "the message can't be copied"), (1, "message to copy not found")):
        assert await town.refused("copyMessage", chat_id=chat, from_chat_id=chat, message_id=message_id) == (
            f"Bad Request: {words}"
        )


async def test_places_are_sent(town, chat):
    where = {"latitude": 42.4, "longitude": 76.2}
    venue = await town.did("sendVenue", chat_id=chat, **where, title="Маданият үйү", address="№ 1")
    point = await town.did("sendLocation", chat_id=chat, **where)

    assert venue["venue"]["title"] == "Маданият үйү"
    assert point["location"] == where
    assert "wrong latitude" in await town.refused("sendLocation", chat_id=chat, latitude=99, longitude=0)


async def test_a_reaction_of_the_bot_is_one_of_telegrams(town, chat):
    asked = (await town.say(chat, "рахмат"))["message"]["message_id"]
    one = {"chat_id": chat, "message_id": asked}

    assert await town.did("setMessageReaction", **one, reaction=[{"type": "emoji", "emoji": "👍"}]) is True
    assert "REACTION_INVALID" in await town.refused(
        "setMessageReaction", **one, reaction=[{"type": "emoji", "emoji": "🐫"}]
    )
    seen = [one for one in (await town.seen("/poll", after=0))["events"] if one["kind"] == "reaction"]
    assert seen[0]["reactions"] == [{"by": town.world.bot.id, "reaction": {"type": "emoji", "emoji": "👍"}}]


async def test_pins_need_an_administrator_in_groups_only(town, chat, group):
    sent = await town.did("sendMessage", chat_id=chat, text="x")
    assert await town.did("pinChatMessage", chat_id=chat, message_id=sent["message_id"])
    assert (await town.did("getChat", chat_id=chat))["pinned_message"]["text"] == "x"
    assert await town.did("unpinChatMessage", chat_id=chat)
    assert "pinned_message" not in await town.did("getChat", chat_id=chat)

    there = await town.did("sendMessage", chat_id=group, text="x")
    assert "not enough rights" in await town.refused("pinChatMessage", chat_id=group, message_id=there["message_id"])


async def test_typing_is_seen_and_nothing_else_is_an_action(town, chat):
    assert await town.did("sendChatAction", chat_id=chat, action="typing")
    assert "wrong parameter action" in await town.refused("sendChatAction", chat_id=chat, action="thinking")
    events = (await town.seen("/poll", after=0))["events"]
    assert [one["action"] for one in events if one["kind"] == "action"] == ["typing"]


async def test_numbers_of_messages_never_come_twice_even_after_deleting(town, chat):
    first = await town.did("sendMessage", chat_id=chat, text="x")
    await town.did("deleteMessage", chat_id=chat, message_id=first["message_id"])

    assert (await town.did("sendMessage", chat_id=chat, text="x"))["message_id"] > first["message_id"]
