"""What the rules refuse is said in one sentence; what broke on our side is logged with its cause and said too."""

import sqlite3
from pathlib import Path

import structlog
from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Update

from bot.domain.errors import NotAllowed, Refusal
from bot.domain.ids import ChatId, Language, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.texts import refusals
from bot.texts.words import escape
from handlers.speaking import receive, say

log = structlog.get_logger()

ROOT = Path(__file__).resolve().parent.parent
OURS = (str(ROOT / "handlers"), str(ROOT / "bot"))


async def refused(event: ErrorEvent, services: Services) -> None:
    """A Refusal is explained; an attempt without the right to it is logged."""
    error = event.exception
    query, message = event.update.callback_query, event.update.message
    asked = query or message
    sender = asked.from_user if asked is not None else None
    if not isinstance(error, Refusal) or sender is None:
        return
    person = await services.start_chat.subscriber(ChatId(sender.id))
    language = person.language if person and person.language else Language.KY
    if isinstance(error, NotAllowed):
        await services.authority.refused(ChatId(sender.id), error.what, UpdateId(event.update.update_id))
    words = refusals.refusal(error, language)
    if query is not None:
        await receive(query, words, alert=True)
    elif message is not None:
        await say(message, Letter(escape(words)), reply=True)


async def broken(event: ErrorEvent, services: Services) -> object:
    """Our own mistake: logged with its cause, never with a person's words; a clear word where somebody waits.

    Troubles that pass (the network, Telegram, a locked file) are left to the inbox, which tries again."""
    error = event.exception
    passing = isinstance(error, sqlite3.OperationalError | AiogramError)
    if passing and not isinstance(error, TelegramBadRequest):
        return UNHANDLED
    log.error("handler_failed", cause=type(error).__name__, where=_where(error), exc_info=not _may_hold_words(error))
    await apologize(event.update, services)
    return True


async def apologize(update: Update, services: Services) -> None:
    """One clear sentence to whoever waits; when even that cannot be said, the log knows."""
    query, message = update.callback_query, update.message
    asked = query or message
    sender = asked.from_user if asked is not None else None
    if sender is None:
        return
    try:
        person = await services.start_chat.subscriber(ChatId(sender.id))
        words = refusals.our_fault(person.language if person else None)
        if query is not None:
            await receive(query, words, alert=True)
        elif message is not None and message.chat.type == "private":
            await say(message, Letter(words), reply=True)
    except (AiogramError, sqlite3.Error) as error:
        log.warning("apology_not_said", cause=type(error).__name__)


async def not_kept(update: Update, services: Services) -> None:
    """To whoever waits for an update that cannot be written down: so it is now, and whom to call."""
    query, message = update.callback_query, update.message
    asked = query or message
    if asked is None or asked.from_user is None or (message is not None and message.chat.type != "private"):
        return
    try:
        person = await services.start_chat.subscriber(ChatId(asked.from_user.id))
        language = person.language if person else None
        if query is not None:
            await receive(query, refusals.not_now(language), alert=True)
        elif message is not None:
            await say(message, Letter(refusals.not_kept(language, escape(services.phone))))
    except (AiogramError, sqlite3.Error) as error:
        log.warning("not_kept_not_said", cause=type(error).__name__)


async def old_button(query: CallbackQuery, language: Language | None) -> None:
    """A button that nobody takes is one of another time."""
    await receive(query, refusals.old_button(language), alert=True)


def build() -> Router:
    """Errors of every handler below the root."""
    router = Router(name="errors")
    router.errors.register(refused, ExceptionTypeFilter(Refusal))
    router.errors.register(broken)
    return router


def build_last() -> Router:
    """Buttons that nobody has taken."""
    router = Router(name="last")
    router.callback_query.register(old_button)
    return router


def _where(error: BaseException) -> str:
    innermost, ours = "", ""
    trace = error.__traceback__
    while trace is not None:
        innermost = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        if trace.tb_frame.f_code.co_filename.startswith(OURS):
            ours = innermost
        trace = trace.tb_next
    return ours or innermost


def _may_hold_words(error: BaseException) -> bool:
    """Telegram's refusals and checks of values repeat what was sent, people's words included."""
    return isinstance(error, AiogramError | ValueError)
