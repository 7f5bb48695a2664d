"""The inbound rim: thin aiogram handlers. The order in which an update looks for its handler is told here, once."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, TelegramObject

from bot.domain.ids import Language
from bot.services import Services
from bot.texts.menu import menu_labels
from handlers import (
    candidacy,
    candidate_desk,
    contributions,
    desk,
    district_form,
    districts,
    editing,
    election_lines,
    elections,
    errors,
    faq,
    groups,
    guide,
    hearing_desk,
    hearing_form,
    hearing_groups,
    hearings,
    inline,
    me,
    people,
    places,
    privacy,
    questions,
    quiz,
    quota,
    start,
    unanswered,
)
from handlers.context import KnownLanguage, WhoSpeaks
from handlers.quota_traces import LeaveNoTrace

MENU_KEYS = frozenset(label for language in Language for label in menu_labels(language).values())


class CommandsEndForms(BaseMiddleware):
    """A command or a key of the menu means something new: a half-filled form is closed first."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        state: FSMContext | None = data.get("state")
        words = event.text or "" if isinstance(event, Message) else ""
        if state is not None and (words.startswith("/") or words in MENU_KEYS):
            await state.clear()
        return await handler(event, data)


def build_router(services: Services) -> Router:
    """The whole inbound rim for these services."""
    root = Router(name="root")
    who = WhoSpeaks(services)
    for observer in (
        root.message,
        root.edited_message,
        root.callback_query,
        root.my_chat_member,
        root.inline_query,
        root.poll_answer,
    ):
        observer.outer_middleware(who)
    no_trace = LeaveNoTrace(services)
    for observer in (root.message, root.edited_message, root.callback_query):
        observer.outer_middleware(no_trace)
    root.include_routers(
        errors.build(),
        inline.build(),
        quiz.build_answers(),
        start.build(),
        hearing_groups.build(),
        contributions.build_group(),
        quiz.build_groups(),
        groups.build(),
        _private(),
        _buttons(),
    )
    return root


def _private() -> Router:
    """Private chats whose language is known."""
    private = Router(name="private")
    private.message.filter(F.chat.type == "private")
    private.edited_message.filter(F.chat.type == "private")
    private.callback_query.filter(F.message.chat.type == "private")
    known = KnownLanguage(start.first)
    for observer in (private.message, private.edited_message, private.callback_query):
        observer.outer_middleware(known)
    private.message.outer_middleware(CommandsEndForms())
    private.include_routers(
        privacy.build(),
        guide.build(),
        me.build(),
        people.build(),
        hearings.build(),
        hearing_form.build(),
        hearing_desk.build(),
        contributions.build(),
        elections.build(),
        election_lines.build(),
        candidacy.build(),
        candidate_desk.build(),
        editing.build(),
        desk.build(),
        faq.build(),
        unanswered.build(),
        district_form.build(),
        districts.build(),
        places.build(),
        quota.build(),
        quiz.build(),
        questions.build(),  # takes any message, so it comes last
    )
    return private


def _buttons() -> Router:
    """Buttons that work everywhere, and at last those that nobody takes."""
    buttons = Router(name="buttons")
    buttons.callback_query.outer_middleware(KnownLanguage(start.first))
    buttons.include_routers(
        guide.build_buttons(),
        faq.build_buttons(),
        quota.build_buttons(),
        hearings.build_buttons(),
        contributions.build_buttons(),
        questions.build_buttons(),
        errors.build_last(),
    )
    return buttons
