"""What people do, and what of it the bot gets to know."""

import asyncio

import pytest

from bot.demo.characters import ADMINISTRATOR, CANDIDATE_KY, CANDIDATE_RU, COORDINATOR, GROUP_MEMBERS

LEADER, ASKER, NEIGHBOUR = GROUP_MEMBERS


def kinds(updates):
    return [next(key for key in one if key != "update_id") for one in updates]


# the cast


async def test_the_cast_is_at_its_places(town, group):
    state = await town.seen("/state")

    people = {one["id"]: one for one in state["people"]}
    assert set(people) == {ADMINISTRATOR, COORDINATOR, CANDIDATE_KY, CANDIDATE_RU, *GROUP_MEMBERS}
    assert people[CANDIDATE_KY]["language_code"] == "ky"
    assert all(one["about"]["ky"] and one["about"]["ru"] for one in people.values())
    there = await town.chat(group)
    assert (there["type"], there["bot_status"]) == ("group", "member")
    assert [one["status"] for one in there["members"]] == ["creator", "member", "member"]
    assert (await town.chat(CANDIDATE_KY))["bot_status"] == "none"


# speaking


async def test_what_a_person_says_comes_as_an_update_with_what_was_found_in_it(town):
    said = await town.say(CANDIDATE_KY, "/start a_taryhy  ")

    (update,) = await town.updates()
    assert update["update_id"] == said["update_id"]
    assert update["message"] == said["message"]
    assert update["message"]["text"] == "/start a_taryhy"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert update["message"]["from"]["language_code"] == "ky"
    assert update["message"]["chat"] == {
        "id": CANDIDATE_KY, "first_name": "Айгерим", "last_name": "Токтогулова", "username": "aigerim_demo",
        "type": "private",
    }  # fmt: skip


async def test_a_deep_link_sends_start_with_its_word(town):
    await town.sim(f"/chats/{CANDIDATE_KY}/send", **{"from": CANDIDATE_KY}, via_deep_link="a_taryhy")

    (update,) = await town.updates()
    assert update["message"]["text"] == "/start a_taryhy"
    assert "deep link" in await town.cannot(
        f"/chats/{CANDIDATE_KY}/send", **{"from": CANDIDATE_KY}, via_deep_link="no spaces"
    )


async def test_stickers_contacts_and_places_are_sent(town, chat):
    for content in (
        {"sticker": "👍"},
        {"contact": {"phone_number": "+996555000000"}},
        {"location": {"latitude": 42.8, "longitude": 74.6}},
    ):
        await town.sim(f"/chats/{chat}/send", **{"from": chat}, **content)

    sticker, contact, place = [one["message"] for one in await town.updates()]
    assert sticker["sticker"]["emoji"] == "👍"
    assert contact["contact"] == {"phone_number": "+996555000000", "first_name": "Айгерим", "user_id": chat}
    assert place["location"] == {"latitude": 42.8, "longitude": 74.6}


async def test_an_edit_comes_as_an_edited_message(town, chat):
    said = (await town.say(chat, "бир"))["message"]["message_id"]
    await town.sim(f"/chats/{chat}/messages/{said}/edit", **{"from": chat}, text="эки")

    first, second = await town.updates()
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("бир", "эки")
    assert second["edited_message"]["message_id"] == said


async def test_what_a_person_deletes_is_gone_and_the_bot_is_not_told(town, chat):
    said = (await town.say(chat, "бир"))["message"]["message_id"]
    await town.updates()
    await town.sim(f"/chats/{chat}/messages/{said}/delete", **{"from": chat})

    assert await town.updates() == []
    parameters = {"message_id": said}
    assert "not found" in await town.refused("sendMessage", chat_id=chat, text="x", reply_parameters=parameters)


async def test_nobody_speaks_where_they_are_not(town, group):
    assert "not in the chat" in await town.cannot(f"/chats/{group}/send", **{"from": CANDIDATE_KY}, text="x")
    assert "not in the chat" in await town.cannot(f"/chats/{CANDIDATE_RU}/send", **{"from": CANDIDATE_KY}, text="x")
    assert "no such chat" in await town.cannot("/chats/5/send", **{"from": CANDIDATE_KY}, text="x")
    assert "nothing is said" in await town.cannot(f"/chats/{group}/send", **{"from": LEADER}, text=" \n ")
    assert "unknown keys" in await town.cannot(f"/chats/{group}/send", **{"from": LEADER}, txt="x")
    assert "4096" in await town.cannot(f"/chats/{group}/send", **{"from": LEADER}, text="ө" * 4097)


# pressing


async def test_a_pressed_button_waits_for_its_answer(town, chat):
    markup = {"inline_keyboard": [[{"text": "Ооба", "callback_data": "yes"}]]}
    sent = await town.did("sendMessage", chat_id=chat, text="?", reply_markup=markup)
    press = town.sim(f"/chats/{chat}/messages/{sent['message_id']}/press", **{"from": chat}, row=0, column=0)

    async def answer():
        (update,) = await town.updates(timeout=5)
        query = update["callback_query"]
        assert (query["data"], query["from"]["id"], query["message"]) == ("yes", chat, sent)
        await town.did("answerCallbackQuery", callback_query_id=query["id"], text="Кабыл", show_alert=True)
        return update["update_id"], query["id"]

    pressed, (number, query_id) = await asyncio.gather(press, answer())
    assert pressed == {"answer": {"text": "Кабыл", "show_alert": True, "url": None}, "update_id": number}
    events = [one for one in (await town.seen("/poll", after=0))["events"] if one["kind"] == "answer"]
    assert (events[0]["text"], events[0]["person"], events[0]["callback_query_id"]) == ("Кабыл", chat, query_id)
    assert "query is too old" in await town.refused("answerCallbackQuery", callback_query_id=query_id)


async def test_an_answer_that_comes_too_late_is_refused(town, chat):
    sent = await town.did("sendMessage", chat_id=chat, text="?")
    path = f"/chats/{chat}/messages/{sent['message_id']}/press"
    press = asyncio.ensure_future(town.sim(path, **{"from": chat}, callback_data="old"))
    (update,) = await town.updates(timeout=5)

    await town.sim("/faults", clock_shift_s=120)
    words = await town.refused("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    press.cancel()
    assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await town.refused("answerCallbackQuery", callback_query_id="5") == words


async def test_buttons_that_ask_the_bot_nothing_open_copy_and_share(town, chat):
    row = [
        {"text": "a", "url": "https://a.kg/"},
        {"text": "b", "copy_text": {"text": "көчүр"}},
        {"text": "c", "switch_inline_query": "суроо"},
    ]
    sent = await town.did("sendMessage", chat_id=chat, text="?", reply_markup={"inline_keyboard": [row]})
    path = f"/chats/{chat}/messages/{sent['message_id']}/press"

    found = [await town.sim(path, **{"from": chat}, row=0, column=column) for column in range(3)]
    assert found == [{"opened": "https://a.kg/"}, {"copied": "көчүр"}, {"switch_inline": "суроо"}]
    assert "no such button" in await town.cannot(path, **{"from": chat}, row=0, column=3)
    assert await town.updates() == []


async def test_an_inline_query_is_answered_with_results(town, chat):
    asked = asyncio.ensure_future(town.sim("/inline", **{"from": chat}, query="квота"))
    (update,) = await town.updates(timeout=5)
    article = {"type": "article", "id": "1", "title": "Квота", "input_message_content": {"message_text": "..."}}

    await town.did("answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=[article])
    assert (await asked)["answer"]["results"] == [article]


def offer(number: object = 1, text: str = "...", **more):
    """A result of an inline query."""
    content = {"message_text": text}
    return {"type": "article", "id": str(number), "title": "Квота", "input_message_content": content, **more}


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ({"results": [offer(number) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [offer(), offer()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [offer("ө" * 33)]}, "must be of 1-64 bytes, not 66"),
        ({"results": [offer("")]}, "must be of 1-64 bytes, not 0"),
        ({"results": [offer(text="")]}, "must be of 1-4096 chars, not 0"),
        ({"results": [offer(text="ө" * 4097)]}, "must be of 1-4096 chars, not 4097"),
        (
            {"results": [offer() | {"input_message_content": {"message_text": "<b>x", "parse_mode": "HTML"}}]},
            "parse entities",
        ),
        ({"results": [offer(descripton="x")]}, "is not in the Bot API type"),
        ({"results": [], "next_offset": "ө" * 33}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "x"}}, "exactly one action"),
        ({"results": [], "button": {"text": "x", "start_parameter": "боту"}}, "START_PARAM_INVALID"),
    ],
)
async def test_an_answer_to_an_inline_query_is_read_strictly(town, chat, answer, refusal):
    asked = asyncio.ensure_future(town.sim("/inline", **{"from": chat}, query="квота"))
    (update,) = await town.updates(timeout=5)
    query = update["inline_query"]["id"]

    assert refusal in await town.refused("answerInlineQuery", inline_query_id=query, **answer)
    await town.did("answerInlineQuery", inline_query_id=query, results=[offer(number) for number in range(50)])
    assert len((await asked)["answer"]["results"]) == 50
    assert "too old" in await town.refused("answerInlineQuery", inline_query_id=query, results=[])


async def test_a_chosen_result_is_shared_into_a_chat_in_the_persons_name_with_its_keyboard(town, group):
    content = {"message_text": "<b>Квота</b>", "parse_mode": "HTML"}
    keyboard = {"inline_keyboard": [[{"text": "Ачуу", "callback_data": "open"}]]}
    article = {
        "type": "article", "id": "1", "title": "Квота", "input_message_content": content, "reply_markup": keyboard,
    }  # fmt: skip

    shared = await town.sim(f"/chats/{group}/send", **{"from": ASKER}, inline_result=article)
    message = shared["message"]
    assert (message["text"], message["from"]["id"]) == ("Квота", ASKER)
    assert message["via_bot"]["username"] == "kenesh_demo_bot"
    assert message["reply_markup"] == keyboard
    assert shared["update_id"]
    (heard,) = await town.updates()
    assert heard["message"]["text"] == "Квота"

    press = asyncio.ensure_future(
        town.sim(f"/chats/{group}/messages/{message['message_id']}/press", **{"from": ASKER}, row=0, column=0)
    )
    (update,) = await town.updates(timeout=5)
    query = update["callback_query"]
    assert query["inline_message_id"]
    assert "message" not in query
    await town.did("answerCallbackQuery", callback_query_id=query["id"])
    assert (await press)["answer"]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ({"input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}, "can't parse entities"),
        ({"input_message_content": {"message_text": " "}}, "message text is empty"),
        (
            {
                "input_message_content": {"message_text": "x"},
                "reply_markup": {"inline_keyboard": [[{"text": "x", "url": ""}]]},
            },
            "URL is empty",
        ),
    ],
)
async def test_an_offer_that_telegram_could_not_show_is_refused(town, chat, result, words):
    asked = asyncio.ensure_future(town.sim("/inline", **{"from": chat}, query="квота"))
    (update,) = await town.updates(timeout=5)
    query = update["inline_query"]["id"]

    offer = {"type": "article", "id": "1", "title": "Квота"} | result
    assert words in await town.refused("answerInlineQuery", inline_query_id=query, results=[offer])

    await town.did("answerInlineQuery", inline_query_id=query, results=[])
    await asked


# privacy mode


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("Баарыңарга салам", False),
        ("/ask", True),
        ("/ask@kenesh_demo_bot суроо", True),
        ("/ask@KENESH_demo_bot суроо", True),
        ("/ask@another_bot суроо", False),
        ("саламатсызбы @kenesh_demo_bot, суроо", True),
        ("саламатсызбы @bakyt_demo", False),
        ("kenesh_demo_bot", False),
    ],
)
async def test_privacy_mode_lets_through_only_what_is_meant_for_the_bot(town, group, text, reaches):
    said = await town.say(group, text, ASKER)

    assert (said["update_id"] is not None) is reaches
    assert [one["message"]["text"] for one in await town.updates()] == ([text] if reaches else [])
    assert (await town.messages(group))[-1]["text"] == text


async def test_a_reply_to_the_bot_reaches_it_and_a_reply_to_a_neighbour_does_not(town, group):
    asked = (await town.say(group, "/ask", ASKER))["message"]["message_id"]
    answer = await town.did("sendMessage", chat_id=group, text="жооп")

    assert (await town.say(group, "рахмат", ASKER, reply_to=answer["message_id"]))["update_id"]
    assert (await town.say(group, "рахмат", ASKER, reply_to=asked))["update_id"] is None


async def test_an_edit_reaches_the_bot_only_if_its_words_do(town, group):
    said = (await town.say(group, "салам", ASKER))["message"]["message_id"]
    path = f"/chats/{group}/messages/{said}/edit"

    assert (await town.sim(path, **{"from": ASKER}, text="салам баарыңарга"))["update_id"] is None
    assert (await town.sim(path, **{"from": ASKER}, text="@kenesh_demo_bot салам"))["update_id"]
    assert "one's own" in await town.cannot(path, **{"from": LEADER}, text="x")


async def test_an_administrator_bot_hears_everything(town, group):
    await town.sim(f"/chats/{group}/bot", by=LEADER, status="administrator")
    await town.say(group, "Баарыңарга салам", ASKER)

    promoted, said = await town.updates()
    change = promoted["my_chat_member"]
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "administrator"
    assert change["new_chat_member"]["user"]["is_bot"]
    assert said["message"]["text"] == "Баарыңарга салам"


# coming and going


async def test_a_bot_that_is_added_is_told_twice_and_one_that_is_removed_once(town):
    made = await town.sim("/groups", title="Топ", members=[LEADER, ASKER], admins=[LEADER])
    there = made["chat"]["id"]
    assert there < 0
    assert await town.refused("sendMessage", chat_id=there, text="x") == "Bad Request: chat not found"

    await town.sim(f"/chats/{there}/bot", by=ASKER, status="member")
    added = await town.updates()
    assert kinds(added) == ["my_chat_member", "message"]
    assert added[1]["message"]["new_chat_members"][0]["username"] == "kenesh_demo_bot"
    assert await town.did("sendMessage", chat_id=there, text="x")

    await town.sim(f"/chats/{there}/bot", by=LEADER, status="kicked")
    assert kinds(await town.updates()) == ["my_chat_member"]
    assert await town.refused("sendMessage", chat_id=there, text="x") == "Forbidden: bot was kicked from the group chat"
    assert (await town.say(there, "/ask", ASKER))["update_id"] is None


async def test_a_bot_that_left_is_no_member(town, group):
    await town.did("leaveChat", chat_id=group)

    assert (await town.updates())[0]["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await town.refused("sendMessage", chat_id=group, text="x") == (
        "Forbidden: bot is not a member of the group chat"
    )


async def test_who_blocks_the_bot_is_not_reached_until_they_unblock_it(town, chat):
    await town.sim(f"/chats/{chat}/bot", by=chat, status="kicked")
    assert (await town.updates())[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await town.refused("sendMessage", chat_id=chat, text="x") == "Forbidden: bot was blocked by the user"
    assert (await town.chat(chat))["blocked"] is True
    assert "blocked" in await town.cannot(f"/chats/{chat}/send", **{"from": chat}, text="x")

    await town.sim(f"/chats/{chat}/bot", by=chat, status="member")
    assert (await town.updates())[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert await town.did("sendMessage", chat_id=chat, text="x")


async def test_an_account_that_is_no_more_is_said_so(town, chat):
    await town.sim(f"/people/{chat}", deactivated=True)

    assert await town.refused("sendMessage", chat_id=chat, text="x") == "Forbidden: user is deactivated"


async def test_members_come_and_go_before_the_eyes_of_the_bot(town, group):
    await town.sim(f"/chats/{group}/member", by=LEADER, person=COORDINATOR, status="member")
    await town.sim(f"/chats/{group}/member", by=COORDINATOR, person=COORDINATOR, status="left")

    came, went = await town.updates()
    assert came["message"]["new_chat_members"][0]["id"] == COORDINATOR
    assert went["message"]["left_chat_member"]["id"] == COORDINATOR
    assert (await town.did("getChatMember", chat_id=group, user_id=COORDINATOR))["status"] == "left"


async def test_chat_member_comes_only_to_an_administrator_who_asked_for_it(town, group):
    async def promoted(status):
        await town.sim(f"/chats/{group}/member", by=LEADER, person=ASKER, status=status)
        return kinds(await town.updates())

    assert await promoted("administrator") == []
    await town.did("getUpdates", allowed_updates=["message", "chat_member"])
    assert await promoted("member") == []
    await town.sim(f"/chats/{group}/bot", by=LEADER, status="administrator")
    assert await promoted("administrator") == ["chat_member"]


async def test_a_group_that_migrates_leaves_its_old_number(town, group):
    fresh = (await town.sim(f"/chats/{group}/migrate"))["chat"]

    assert fresh["type"] == "supergroup"
    assert str(fresh["id"]).startswith("-100")
    old, new = [one["message"] for one in await town.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group, fresh["id"])
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (fresh["id"], group)
    answer = await town.call("sendMessage", chat_id=group, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": fresh["id"]}
    assert await town.did("sendMessage", chat_id=fresh["id"], text="x")
    assert (await town.say(fresh["id"], "/ask", ASKER))["update_id"]
    assert group not in [one["id"] for one in (await town.seen("/state"))["chats"]]


async def test_a_forum_takes_messages_in_topics_that_exist(town):
    made = await town.sim("/groups", title="Форум", members=[LEADER], admins=[LEADER], type="supergroup", is_forum=True)
    there = made["chat"]["id"]
    await town.sim(f"/chats/{there}/bot", by=LEADER, status="member")
    await town.say(there, "/ask", LEADER, message_thread_id=7)

    sent = await town.did("sendMessage", chat_id=there, text="x", message_thread_id=7)
    assert (sent["message_thread_id"], sent["chat"]["is_forum"]) == (7, True)
    assert "thread not found" in await town.refused("sendMessage", chat_id=there, text="x", message_thread_id=8)


async def test_a_new_person_appears_with_a_private_chat(town):
    made = await town.sim("/people", first_name="Азамат", language_code="ky", username="azamat", is_premium=True)
    person = made["person"]["id"]

    assert made["chat"]["id"] == person
    await town.say(person, "/start")
    assert (await town.updates())[0]["message"]["from"]["is_premium"] is True
    assert "taken" in await town.cannot("/people", first_name="x", id=person)


# what the bot may ask


async def test_the_bot_may_ask_about_chats_it_is_in(town, chat, group):
    assert (await town.did("getChat", chat_id=chat))["first_name"] == "Айгерим"
    assert (await town.did("getChat", chat_id=group))["title"]
    assert (await town.did("getChatMemberCount", chat_id=group)) == 4
    admins = await town.did("getChatAdministrators", chat_id=group)
    assert [(one["user"]["id"], one["status"]) for one in admins] == [(LEADER, "creator")]
    assert (await town.did("getChatMember", chat_id=group, user_id=ASKER))["status"] == "member"
    assert "chat not found" in await town.refused("getChat", chat_id=CANDIDATE_RU)


# reactions


async def test_reactions_come_only_when_asked_for(town, chat):
    sent = await town.did("sendMessage", chat_id=chat, text="x")
    path = f"/chats/{chat}/messages/{sent['message_id']}/react"
    assert (await town.sim(path, **{"from": chat}, emoji="👍"))["update_id"] is None

    await town.did("getUpdates", allowed_updates=["message", "message_reaction"])
    await town.sim(path, **{"from": chat}, emoji=None)
    (update,) = await town.updates()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == []


# looking


async def test_unread_are_the_bots_messages_nobody_has_looked_at(town, chat):
    for _ in range(2):
        await town.did("sendMessage", chat_id=chat, text="x")
    assert (await town.chat(chat))["unread"] == 2

    await town.messages(chat)
    assert (await town.chat(chat))["unread"] == 0


async def test_older_messages_come_page_by_page(town, chat):
    for place in range(5):
        await town.say(chat, str(place))

    newest = (await town.seen(f"/chats/{chat}/messages", limit=2))["messages"]
    older = (await town.seen(f"/chats/{chat}/messages", limit=2, before=newest[0]["message_id"]))["messages"]
    assert [one["text"] for one in older + newest] == ["1", "2", "3", "4"]


async def test_events_stream_as_they_happen(town, chat):
    start = (await town.seen("/state"))["n"]
    async with town.client.get("/sim/events", params={"after": start}) as stream:
        await town.did("sendMessage", chat_id=chat, text="салам")
        lines = []
        while not any("салам" in line for line in lines):
            lines.append((await asyncio.wait_for(stream.content.readline(), 5)).decode())

    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert f"id: {start + 1}\n" in lines


async def test_a_page_that_was_away_too_long_is_told_of_the_gap(town, chat):
    assert (await town.seen("/poll", after=10**9))["events"][0]["kind"] == "gap"
    town.world.journal.events.clear()

    assert (await town.seen("/poll", after=0))["events"][0]["kind"] == "gap"


async def test_a_poll_of_events_wakes_with_the_first(town, chat):
    start = (await town.seen("/state"))["n"]
    waiting = asyncio.ensure_future(town.seen("/poll", after=start, timeout=10))
    await asyncio.sleep(0.05)
    await town.say(chat, "салам")

    events = (await asyncio.wait_for(waiting, 2))["events"]
    assert events[0]["message"]["text"] == "салам"


async def test_the_log_says_what_the_bot_sent(town, chat):
    await town.did("sendMessage", chat_id=chat, text="<b>x</b>", parse_mode="HTML")
    await town.refused("sendMessage", chat_id=chat, text="")

    sent, refused = (await town.seen("/requests", method="sendMessage", chat_id=chat))["requests"]
    assert (sent["ok"], sent["status"]) == (True, 200)
    assert (sent["params"]["text"], sent["response"]["text"]) == ("<b>x</b>", "x")
    assert (refused["ok"], refused["status"], refused["error"]) == (False, 400, "Bad Request: message text is empty")
    assert (await town.seen("/requests", after=sent["n"]))["requests"] == [refused]
    assert all(one["method"] != "getUpdates" for one in (await town.seen("/requests"))["requests"])
    assert (await town.seen("/requests", method="getUpdates"))["requests"]


async def test_a_reset_empties_the_world(town, chat):
    await town.sim("/faults", latency_ms=5)
    await town.sim("/reset")

    state = await town.seen("/state")
    assert (state["people"], state["chats"], state["faults"]["latency_ms"]) == ([], [], 0)
