"""What the Bot API says when it refuses, in Telegram's own words."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """The Bot API refuses a call: its error code, its words and, for some, parameters."""

    def __init__(self, description: str, code: int = 400, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.description = description
        self.code = code
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The JSON that Telegram answers with."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(words: str) -> Refused:
    """A 400 with these words after Telegram's "Bad Request: "."""
    return Refused(f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    """A 403 with these words after Telegram's "Forbidden: "."""
    return Refused(f"Forbidden: {words}", 403)


def too_many(retry_after: int) -> Refused:
    """A 429 that asks to wait `retry_after` seconds."""
    return Refused(f"Too Many Requests: retry after {retry_after}", 429, {"retry_after": retry_after})


def conflict(words: str) -> Refused:
    """A 409: two pollers, or a poller beside a webhook."""
    return Refused(f"Conflict: {words}", 409)


def migrated(chat_id: int) -> Refused:
    """A basic group that has become the supergroup `chat_id`."""
    return Refused(
        "Bad Request: group chat was upgraded to a supergroup chat", parameters={"migrate_to_chat_id": chat_id}
    )


def unauthorized() -> Refused:
    """A 401: this token is not (or no longer) a bot's."""
    return Refused("Unauthorized", 401)


def not_found() -> Refused:
    """A 404: no such method, or no such form of a token."""
    return Refused("Not Found", 404)


POLLED_ELSEWHERE = "terminated by other getUpdates request; make sure that only one bot instance is running"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
