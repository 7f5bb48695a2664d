"""The bot's commands, names and polls."""

import pytest

from bot.demo.characters import CANDIDATE_KY, CANDIDATE_RU, GROUP_MEMBERS


def commands(*names):
    return [{"command": name, "description": f"{name}!"} for name in names]


async def shown(town, chat, person=None):
    found = await town.seen(f"/chats/{chat}/commands", person=person or chat)
    return [one["command"] for one in found["commands"]]


async def test_the_narrowest_scope_wins_and_in_it_the_phones_language(town):
    await town.did("setMyCommands", commands=commands("default"))
    assert await shown(town, CANDIDATE_KY) == ["default"]
    await town.did("setMyCommands", commands=commands("default_ky"), language_code="ky")
    assert (await shown(town, CANDIDATE_KY), await shown(town, CANDIDATE_RU)) == (["default_ky"], ["default"])

    await town.did("setMyCommands", commands=commands("private"), scope={"type": "all_private_chats"})
    assert await shown(town, CANDIDATE_KY) == ["private"]

    own = {"type": "chat", "chat_id": CANDIDATE_KY}
    await town.did("setMyCommands", commands=commands("own"), scope=own)
    assert (await shown(town, CANDIDATE_KY), await shown(town, CANDIDATE_RU)) == (["own"], ["private"])
    assert (await town.chat(CANDIDATE_KY))["commands"] == commands("own")

    await town.did("deleteMyCommands", scope=own)
    assert await shown(town, CANDIDATE_KY) == ["private"]


async def test_in_groups_administrators_may_see_others(town, group):
    leader, asker, _ = GROUP_MEMBERS
    await town.did("setMyCommands", commands=commands("all"), scope={"type": "all_group_chats"})
    await town.did("setMyCommands", commands=commands("admins"), scope={"type": "all_chat_administrators"})
    assert (await shown(town, group, leader), await shown(town, group, asker)) == (["admins"], ["all"])

    await town.did("setMyCommands", commands=commands("here"), scope={"type": "chat", "chat_id": group})
    assert (await shown(town, group, leader), await shown(town, group, asker)) == (["here"], ["here"])
    member = {"type": "chat_member", "chat_id": group, "user_id": asker}
    await town.did("setMyCommands", commands=commands("mine"), scope=member)
    assert (await shown(town, group, leader), await shown(town, group, asker)) == (["here"], ["mine"])
    assert (await town.chat(group))["commands"] == commands("mine")


async def test_commands_are_got_as_they_were_set(town):
    await town.did("setMyCommands", commands=commands("start"), language_code="ru")

    assert await town.did("getMyCommands", language_code="ru") == commands("start")
    assert await town.did("getMyCommands") == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"commands": commands("Start")}, "BOT_COMMAND_INVALID"),
        ({"commands": commands("по-русски")}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x" * 257}]}, "commands[0].description must be of 1-256"),
        ({"commands": commands(*["a"] * 101)}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": commands("a"), "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
        ({"commands": commands("a"), "scope": {"type": "chat"}}, "field scope.chat_id of BotCommandScopeChat"),
        ({"commands": commands("a"), "language_code": "kyrgyz"}, "LANG_CODE_INVALID"),
    ],
)
async def test_wrong_commands_are_refused(town, params, words):
    assert words in await town.refused("setMyCommands", **params)


async def test_a_change_of_commands_is_told_to_the_pages(town, chat):
    start = (await town.seen("/state"))["n"]
    await town.did("setMyCommands", commands=commands("own"), scope={"type": "chat", "chat_id": chat})

    told = [one for one in (await town.seen("/poll", after=start))["events"] if one["kind"] == "chat"]
    assert [(one["chat_id"], one["chat"]["commands"]) for one in told] == [(chat, commands("own"))]


async def test_names_and_descriptions_are_kept_by_language(town):
    await town.did("setMyName", name="Кеңеш жардамчысы", language_code="ky")
    await town.did("setMyDescription", description="О выборах")
    await town.did("setMyShortDescription", short_description="Кыскача", language_code="ky")

    assert (await town.did("getMyName", language_code="ky"))["name"] == "Кеңеш жардамчысы"
    assert (await town.did("getMyName", language_code="ru"))["name"] == "Кеңеш"
    assert (await town.did("getMyDescription", language_code="ky"))["description"] == "О выборах"
    assert (await town.did("getMyShortDescription"))["short_description"] == ""
    assert "0-64" in await town.refused("setMyName", name="x" * 65)


async def test_the_menu_button_is_kept_by_chat(town, chat):
    await town.did("setChatMenuButton", chat_id=chat, menu_button={"type": "commands"})
    await town.did("setChatMenuButton", menu_button={"type": "default"})

    assert (await town.did("getChatMenuButton", chat_id=chat))["type"] == "commands"
    assert (await town.did("getChatMenuButton"))["type"] == "default"


async def test_a_quiz_is_voted_on_and_stopped(town, chat):
    options = [{"text": "21"}, {"text": "25"}]
    sent = await town.did(
        "sendPoll", chat_id=chat, question="Канча жаштан?", options=options, type="quiz", is_anonymous=False,
        correct_option_ids=[0], explanation="<b>21</b> жаштан", explanation_parse_mode="HTML",
    )  # fmt: skip
    assert sent["poll"]["explanation"] == "21 жаштан"
    path = f"/chats/{chat}/messages/{sent['message_id']}/vote"
    await town.sim(path, **{"from": chat}, options=[0])

    answer, poll = await town.updates()
    assert (answer["poll_answer"]["user"]["id"], answer["poll_answer"]["option_ids"]) == (chat, [0])
    assert poll["poll"]["options"][0]["voter_count"] == 1
    assert "cannot be changed" in await town.cannot(path, **{"from": chat}, options=[1])
    assert (await town.did("stopPoll", chat_id=chat, message_id=sent["message_id"]))["is_closed"] is True
    assert "closed" in await town.cannot(path, **{"from": chat}, options=[])


async def test_an_anonymous_poll_tells_counts_and_no_names(town, chat):
    sent = await town.did("sendPoll", chat_id=chat, question="?", options=[{"text": "a"}, {"text": "b"}])
    await town.sim(f"/chats/{chat}/messages/{sent['message_id']}/vote", **{"from": chat}, options=[1])

    (update,) = await town.updates()
    assert update["poll"]["total_voter_count"] == 1


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"type": "quiz"}, "correct_option_ids"),
        ({"type": "quiz", "correct_option_ids": [2]}, "wrong correct option"),
        ({"type": "vote"}, "poll type"),
        ({"correct_option_ids": [0]}, "for quizzes only"),
        ({"options": [{"text": "a"}]}, "at least 2"),
        ({"options": [{"text": "a"}, {"text": " "}]}, "non-empty"),
        ({"options": [{"text": "a"}, {"text": "b" * 101}]}, "options[1].text must be of 1-100"),
        ({"question": "x" * 301}, "question must be of 1-300"),
        ({"options": ["a", "b"]}, "options[0] must be InputPollOption"),
    ],
)
async def test_wrong_polls_are_refused(town, chat, params, words):
    usual = {"question": "?", "options": [{"text": "a"}, {"text": "b"}]}

    assert words in await town.refused("sendPoll", chat_id=chat, **usual | params)
