"""What people's pages are shown beyond what the bot gets: reactions, votes, what was kept from it, its own words."""

import asyncio

from aiohttp import web

from bot.demo import characters
from bot.demo.server import build_app

_, ASKER, _ = characters.GROUP_MEMBERS


async def shown(town, chat_id):
    """The newest message as the page reads it anew, and as the events told of it last."""
    (*_, told) = [one["message"] for one in (await town.seen("/poll", after=0))["events"] if "message" in one]
    return (await town.messages(chat_id))[-1], told


async def test_a_post_that_privacy_mode_kept_back_says_so_until_the_bot_gets_it(town, group):
    sent = await town.say(group, "өз ара", ASKER)
    kept, told = await shown(town, group)
    assert sent["message"] == kept == told
    assert kept["unseen_by_bot"] is True
    assert (await town.chat(group))["last"] == kept

    path = f"/chats/{group}/messages/{kept['message_id']}/edit"
    await town.sim(path, **{"from": ASKER}, text="@kenesh_demo_bot өз ара")
    kept, told = await shown(town, group)
    assert kept == told
    assert "unseen_by_bot" not in kept
    (update,) = await town.updates()
    assert "unseen_by_bot" not in update["edited_message"]


async def test_without_the_bot_in_the_group_no_post_was_kept_from_it(town, group):
    await town.sim(f"/chats/{group}/bot", by=ASKER, status="kicked")

    assert "unseen_by_bot" not in (await town.say(group, "өз ара", ASKER))["message"]


async def test_reactions_stay_with_their_message_for_people_and_not_for_the_bot(town, chat):
    asked = (await town.say(chat, "Кайда?"))["message"]["message_id"]
    thumb = {"type": "emoji", "emoji": "👍"}
    await town.did("setMessageReaction", chat_id=chat, message_id=asked, reaction=[thumb])
    await town.sim(f"/chats/{chat}/messages/{asked}/react", **{"from": chat}, emoji="🔥")
    await town.sim(f"/chats/{chat}/messages/{asked}/edit", **{"from": chat}, text="Качан?")

    kept, told = await shown(town, chat)
    own = {"by": chat, "reaction": {"type": "emoji", "emoji": "🔥"}}
    assert kept == told
    assert kept["reactions"] == [{"by": town.world.bot.id, "reaction": thumb}, own]
    assert "reactions" not in (await town.updates())[-1]["edited_message"]
    await town.sim(f"/chats/{chat}/messages/{asked}/react", **{"from": chat}, emoji=None)
    assert len((await town.messages(chat))[-1]["reactions"]) == 1


async def test_a_vote_stays_with_its_poll_for_people_and_not_for_the_bot(town, group):
    sent = await town.did("sendPoll", chat_id=group, question="?", options=[{"text": "a"}, {"text": "b"}])
    voted = await town.sim(f"/chats/{group}/messages/{sent['message_id']}/vote", **{"from": ASKER}, options=[1])

    kept, told = await shown(town, group)
    assert voted["message"] == kept == told
    assert kept["votes"] == [{"by": ASKER, "options": [1]}]
    assert "votes" not in (await town.did("stopPoll", chat_id=group, message_id=sent["message_id"]))


async def test_what_the_bot_says_of_itself_is_shown_in_the_language_of_each_phone(town, chat):
    await town.did("setMyDescription", description="For all")
    await town.did("setMyDescription", description="Баарына", language_code="ky")
    before = (await town.seen("/state"))["n"]
    await town.did("setMyShortDescription", short_description="Кыскача", language_code="ky")

    kyrgyz, russian = await town.chat(chat), await town.chat(characters.CANDIDATE_RU)
    assert (kyrgyz["description"], kyrgyz["short_description"]) == ("Баарына", "Кыскача")
    assert (russian["description"], russian["short_description"]) == ("For all", "")
    told = [one["chat"] for one in (await town.seen("/poll", after=before))["events"] if one["kind"] == "chat"]
    assert kyrgyz in told
    assert "description" not in await town.chat(characters.GROUP)
    await town.did("setMyDescription", description="", language_code="ky")
    assert (await town.chat(chat))["description"] == "For all"


async def test_a_page_that_closes_leaves_no_complaint(caplog):
    world = characters.cast()
    runner = web.AppRunner(build_app(world), access_log=None)  # the tests' own server would cancel the handler
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection(*runner.addresses[0])
    writer.write(b"GET /sim/events HTTP/1.1\r\nHost: page\r\n\r\n")
    await reader.readuntil(b": hello")
    writer.transport.abort()
    for _ in range(2):
        world.journal.tell("chat", None, words="x" * 100_000)
        await asyncio.sleep(0.05)
    await runner.cleanup()

    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
