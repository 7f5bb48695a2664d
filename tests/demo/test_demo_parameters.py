"""Every parameter against the Bot API's table, stricter than Telegram."""

import json
from pathlib import Path

import pytest

from bot.demo import derive
from bot.demo.check import checked, fields_of, method_named
from bot.demo.refusals import Refused

DESCRIPTION = Path(__file__).parents[3] / "shared" / "bot-api.json"


def test_the_table_is_what_the_description_says():
    if not DESCRIPTION.is_file():
        pytest.skip(f"the Bot API description is not beside the repository: {DESCRIPTION.name}")
    api = json.loads(DESCRIPTION.read_text(encoding="utf-8"))

    assert derive.TABLE.read_text(encoding="utf-8") == derive.written(derive.table(api))


def test_the_table_knows_sizes_and_values_from_the_prose():
    text = fields_of("methods", "sendMessage")["text"]
    pressed = fields_of("types", "InlineKeyboardButton")["callback_data"]

    assert (text.low, text.high, text.parsed, text.required) == (1, 4096, True, True)
    assert (pressed.low, pressed.high, pressed.unit) == (1, 64, "bytes")
    assert fields_of("types", "BotCommandScopeChat")["type"].choice == {"chat"}
    assert "👍" in fields_of("types", "ReactionTypeEmoji")["emoji"].choice


def test_each_newer_field_gives_its_reason_and_is_not_in_the_table():
    newer = json.loads((derive.TABLE.parent / "newer.json").read_text(encoding="utf-8"))
    table = json.loads(derive.TABLE.read_text(encoding="utf-8"))

    for section in ("methods", "types"):
        for owner, fields in newer[section].items():
            for name, field in fields.items():
                assert field["why"], name
                assert name not in table[section][owner]


def test_method_names_are_case_insensitive():
    assert method_named("SENDmessage") == "sendMessage"


BUTTON = {"text": "Ооба", "callback_data": "yes"}


def keyboard(*buttons):
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"chat_id": 1}, "message text is empty"),
        ({"text": "x"}, "parameter chat_id is required"),
        ({"chat_id": 1, "text": "x", "txt": "y"}, "parameter txt is not in the Bot API"),
        ({"chat_id": 1, "text": "x", "reply_to_message_id": 5}, "parameter reply_to_message_id is not in the Bot API"),
        ({"chat_id": 1, "text": 5}, "parameter text must be String"),
        ({"chat_id": 1, "text": "x", "disable_notification": "perhaps"}, "disable_notification must be Boolean"),
        ({"chat_id": 1.5, "text": "x"}, "parameter chat_id must be Integer or String"),
        ({"chat_id": True, "text": "x"}, "parameter chat_id must be Integer or String"),
        ({"chat_id": 1, "text": "x", "message_thread_id": "a"}, "parameter message_thread_id must be Integer"),
        ({"chat_id": 1, "text": "x", "entities": "[{]"}, "can't parse entities JSON object"),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0}]}, "entities[0].length"),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "fat", "offset": 0, "length": 1}]}, "must be one of"),
        ({"chat_id": 1, "text": "x", "reply_markup": [BUTTON]}, "parameter reply_markup must be InlineKeyboardMarkup"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": keyboard({"text": "a", "calback_data": "b"})},
            "inline_keyboard[0][0].calback_data is not in the Bot API type InlineKeyboardButton",
        ),
        ({"chat_id": 1, "text": "x", "reply_markup": keyboard(BUTTON) | {"x": 1}}, "field reply_markup.x is not"),
        ({"chat_id": 1, "text": "x", "reply_markup": keyboard({"callback_data": "b"})}, "[0][0].text of"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "ж" * 33})},
            "BUTTON_DATA_INVALID",
        ),
        ({"chat_id": 1, "text": "x", "reply_markup": keyboard({"text": "a", "callback_data": ""})}, "BUTTON_DATA"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": keyboard({"text": "a", "copy_text": {"text": "x" * 257}})},
            "copy_text.text must be of 1-256 chars",
        ),
        ({"chat_id": 1, "text": "x", "reply_parameters": {"message_id": "5"}}, "reply_parameters.message_id must be"),
    ],
)
def test_what_telegram_would_refuse_or_ignore_is_refused(params, complaint):
    with pytest.raises(Refused) as refused:
        checked("sendMessage", params, {})

    assert complaint in refused.value.description
    assert refused.value.code == 400


def test_a_form_and_a_json_body_mean_the_same():
    markup = keyboard(BUTTON)
    form = {"chat_id": "-5", "text": "7", "disable_notification": "true", "reply_markup": json.dumps(markup)}
    body = {"chat_id": -5, "text": "7", "disable_notification": True, "reply_markup": markup}

    assert checked("sendMessage", form, {}) == checked("sendMessage", body, {}) == body


def test_a_button_newer_than_the_table_passes():
    disabled = {"text": "2/5", "disabled": {}}

    assert checked("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": keyboard(disabled)}, {})


def test_an_album_is_of_one_kind_of_items_that_it_names():
    photos = [{"type": "photo", "media": "a"}, {"type": "photo", "media": "b"}]
    assert checked("sendMediaGroup", {"chat_id": 1, "media": photos}, {})

    with pytest.raises(Refused, match="2-10 items"):
        checked("sendMediaGroup", {"chat_id": 1, "media": photos[:1]}, {})


async def test_an_unknown_method_is_not_found(town):
    answer = await town.call("sendMesage", chat_id=1, text="x")

    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_known_method_that_is_not_imitated_says_so_after_its_check(town):
    assert await town.refused("banChatMember", chat_id=1, user_id=2) == (
        "Bad Request: banChatMember is not imitated by this server"
    )
    assert "parameter user is not in the Bot API" in await town.refused("banChatMember", chat_id=1, user=2)


@pytest.mark.parametrize(("token", "code"), [("nonsense", 404), ("12:", 404), ("12:abc", 200)])
async def test_a_token_has_a_number_a_colon_and_a_secret(town, token, code):
    async with town.client.get(f"/bot{token}/getMe") as response:
        assert response.status == code
        answer = await response.json()
        assert answer["ok"] is (code == 200)
        if code == 200:
            assert answer["result"]["id"] == 12


async def test_a_required_token_is_the_only_one(town):
    town.world.token = "5:right"

    assert (await town.call("getMe"))["error_code"] == 401
    async with town.client.get("/bot5:right/getMe") as response:
        assert response.status == 200


async def test_a_body_that_is_no_json_is_refused(town):
    async with town.client.post("/bot7:x/getMe", data="{", headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400
