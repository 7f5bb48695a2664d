"""Updates and the answers to what people press."""

import re
from typing import Any

from bot.demo import markup
from bot.demo.call import Call, imitates
from bot.demo.check import Upload, fields_of
from bot.demo.entities import TEXT_LIMIT, formatted
from bot.demo.refusals import QUERY_TOO_OLD, bad_request, conflict
from bot.demo.world import Query, World

QUERY_LIVES_S = 60.0
POLL_LIMIT_S = 50
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def _asked(call: Call, name: str, chat: bool) -> Query:
    """The query a parameter names, asked in a chat or in the input line; raises when it is gone or too old."""
    query = call.world.queries.get(call.params[name])
    if query is None or call.world.now() - query.at > QUERY_LIVES_S or (query.chat_id is not None) is not chat:
        raise bad_request(QUERY_TOO_OLD)
    return query


def _settle(query: Query, answer: dict[str, Any]) -> None:
    query.answer = answer
    if query.waiting is not None and not query.waiting.done():
        query.waiting.set_result(None)


def _choose(call: Call) -> None:
    """Remember which kinds of updates the bot wants; one that is no kind is refused, Telegram would ignore it."""
    chosen = call.get("allowed_updates")
    if chosen is None:
        return
    if unknown := set(chosen) - set(fields_of("types", "Update")):
        raise bad_request(f"allowed_updates has no {', '.join(sorted(unknown))}")
    call.world.updates.allowed = frozenset(chosen)


@imitates("getUpdates")
async def get_updates(call: Call) -> Any:
    """What happened since the last confirmed update."""
    updates = call.world.updates
    if updates.webhook:
        raise conflict(WEBHOOK_ACTIVE)
    _choose(call)
    timeout = max(0, min(call.get("timeout", 0), POLL_LIMIT_S))
    return await updates.poll(call.get("offset", 0), call.get("limit", 100), timeout)


@imitates("setWebhook")
async def set_webhook(call: Call) -> bool:
    """Keeps the address and ends polling; nothing is pushed to it."""
    updates = call.world.updates
    url = call.params["url"]
    if call.get("drop_pending_updates"):
        updates.clear()
    _choose(call)
    if not url:
        updates.webhook = {}
        return True
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    kept = ("url", "max_connections", "ip_address")
    updates.webhook = {name: call.params[name] for name in kept if name in call.params}
    updates.webhook["has_custom_certificate"] = isinstance(call.get("certificate"), Upload)
    updates.interrupt("terminated by setWebhook request")
    return True


@imitates("deleteWebhook")
async def delete_webhook(call: Call) -> bool:
    """Back to polling."""
    if call.get("drop_pending_updates"):
        call.world.updates.clear()
    call.world.updates.webhook = {}
    return True


@imitates("getWebhookInfo")
async def webhook_state(call: Call) -> Any:
    """The webhook and how many updates wait."""
    updates = call.world.updates
    shown: dict[str, Any] = {"url": "", "has_custom_certificate": False} | updates.webhook
    shown["pending_update_count"] = updates.pending
    if updates.allowed:
        shown["allowed_updates"] = sorted(updates.allowed)
    return shown


@imitates("answerCallbackQuery")
async def answer_callback_query(call: Call) -> bool:
    """The short word (or the alert) that somebody sees who pressed a button."""
    world = call.world
    query = _asked(call, "callback_query_id", chat=True)
    if query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    url = call.get("url")
    if url and not url.startswith((f"https://t.me/{world.bot.username}?start=", f"t.me/{world.bot.username}?start=")):
        raise bad_request("URL_INVALID")
    answer = {"text": call.get("text"), "show_alert": call.get("show_alert", False), "url": url}
    world.journal.tell("answer", query.chat_id, callback_query_id=query.id, person=query.person, **answer)
    _settle(query, answer)
    return True


def offered(world: World, result: dict[str, Any]) -> dict[str, Any]:
    """What a result of an inline query puts into a chat, as fields of a Message: its words and its keyboard."""
    given = result.get("input_message_content") or {}
    content: dict[str, Any] = {"via_bot": world.bot.user()}
    if "message_text" in given:
        words = formatted(
            given["message_text"], given.get("parse_mode"), given.get("entities"), world.user, TEXT_LIMIT,
            "message is too long",
        )  # fmt: skip
        if not words.text:
            raise bad_request("message text is empty")
        content |= words.fields()
        if preview := given.get("link_preview_options"):
            content["link_preview_options"] = preview
    if inline := markup.inline_of(result.get("reply_markup")):
        content["reply_markup"] = inline
    return content


def _leads_somewhere(button: dict[str, Any]) -> None:
    """The button above a list opens a Web App or the bot with a parameter, exactly one of the two."""
    if ("web_app" in button) is ("start_parameter" in button):
        raise bad_request("can't parse inline query results button: exactly one action is allowed")
    if "start_parameter" in button and not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad_request("START_PARAM_INVALID")


@imitates("answerInlineQuery")
async def answer_inline_query(call: Call) -> bool:
    """What is offered to somebody who types the bot's name in any chat."""
    query = _asked(call, "inline_query_id", chat=False)
    if query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    results = call.params["results"]
    if len(call.get("next_offset", "").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    if (button := call.get("button")) is not None:
        _leads_somewhere(button)
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [one["id"] for one in results]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for one in results:
        if one["type"] == "article" and "input_message_content" not in one:
            raise bad_request("can't parse inline query result: message content is not specified")
        offered(call.world, one)
    _settle(query, {name: call.params[name] for name in ("results", "button", "next_offset") if name in call.params})
    return True
