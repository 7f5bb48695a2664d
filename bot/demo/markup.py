"""Keyboards as Telegram accepts them. Types and sizes of fields are checked before; here is what they mean together."""

from typing import Any
from urllib.parse import urlsplit

from bot.demo.html import link_address
from bot.demo.refusals import bad_request

ROW_LIMIT = 8
INLINE_LIMIT = 100
REPLY_LIMIT = 300
REPLY_ROW_LIMIT = 12

ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip


def _url_complaint(url: str) -> str | None:
    if not url.strip():
        return "URL is empty"
    if link_address(url) is not None:
        return None
    scheme = urlsplit(url).scheme
    if "://" in url and scheme not in ("http", "https", "ftp", "tg", "ton"):
        return "Unsupported URL protocol"
    return "Wrong HTTP URL"


def _inline_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: exactly one action is allowed, not {' and '.join(actions)}"
        )
    if (url := button.get("url")) is not None and (complaint := _url_complaint(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {complaint}")
    if (app := button.get("web_app")) is not None and not app["url"].startswith("https://"):
        raise bad_request(f"inline keyboard button Web App URL '{app['url']}' is invalid: Only HTTPS links are allowed")


def checked_inline(markup: dict[str, Any]) -> dict[str, Any]:
    """An inline keyboard that Telegram would take, without empty rows; raises Refused."""
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        if len(row) > ROW_LIMIT:
            raise bad_request(f"more than {ROW_LIMIT} buttons in a row of the inline keyboard")
        for button in row:
            _inline_button(button)
    if sum(map(len, rows)) > INLINE_LIMIT:
        raise bad_request("reply markup is too long")
    return markup | {"inline_keyboard": rows}


def checked_reply(markup: dict[str, Any], private: bool) -> dict[str, Any]:
    """A reply keyboard that Telegram would take; raises Refused."""
    rows = [row for row in markup["keyboard"] if row]
    if not rows:
        raise bad_request("reply keyboard must have at least one button")
    for row in rows:
        if len(row) > REPLY_ROW_LIMIT:
            raise bad_request(f"more than {REPLY_ROW_LIMIT} buttons in a row of the reply keyboard")
        for button in row:
            if not button["text"].strip():
                raise bad_request("keyboard button text must be non-empty")
            asks = [name for name in button if name.startswith(("request_", "web_app"))]
            if len(asks) > 1:
                raise bad_request(f"keyboard button {button['text']!r} asks for more than one thing")
            if asks and not private and asks[0] in ("request_contact", "request_location", "request_poll", "web_app"):
                kind = asks[0].removeprefix("request_").replace("contact", "phone number").replace("_", " ")
                raise bad_request(f"{kind} can be requested in private chats only")
    if sum(map(len, rows)) > REPLY_LIMIT:
        raise bad_request("reply markup is too long")
    return markup | {"keyboard": rows}


def inline_of(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The inline keyboard of an edit or of nothing; None when there are no buttons left. Raises Refused."""
    if markup is None:
        return None
    checked = checked_inline(markup)
    return checked if checked["inline_keyboard"] else None
