"""Log lines: one JSON object each, with the cause; never the token, never a person's words."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

QUIET = ("aiogram", "aiosqlite", "apscheduler", "aiohttp", "asyncio", "markdown_it")


class _NoToken(logging.Filter):
    """Takes the token out of every line that other libraries write."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _without(record.getMessage(), self._token), ()
        return True


def begin(level: str, token: str = "", *, people: bool = False) -> None:
    """From now on everything is logged to standard error; `people` prints lines for a person's eye."""
    number = logging.getLevelName(level)
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_NoToken(token))
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=number, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))

    def no_token(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: _without(value, token) if isinstance(value, str) else value for key, value in event.items()}

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            no_token,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
            if people
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def _without(text: str, token: str) -> str:
    return text.replace(token, "<token>") if token else text
