"""/unanswered: what people asked and the guide does not know, for the coordinators of their places."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Subscriber
from bot.domain.ids import Language
from bot.ports import Letter
from bot.services import Services
from bot.texts import unanswered
from handlers.reading import flag, pressed
from handlers.speaking import receive, say, show


async def asked(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """The first page, by the command."""
    await say(message, await _page(person, False, 1, services, language))


async def pressed_elsewhere(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """The first page, as a message below the one whose button was pressed."""
    letter = await _page(person, False, 1, services, language)
    if isinstance(query.message, Message):
        await say(query.message, letter)
    await receive(query)


async def page(
    query: CallbackQuery, known: bool, number: int, person: Subscriber, services: Services, language: Language
) -> None:
    """Another page, or the other list, in place."""
    await show(query, await _page(person, known, number, services, language))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="unanswered")
    router.message.register(asked, Command("unanswered"))
    router.callback_query.register(pressed_elsewhere, pressed("un"))
    router.callback_query.register(page, pressed("unp", known=flag, number=int))
    return router


async def _page(person: Subscriber, known: bool, number: int, services: Services, language: Language) -> Letter:
    found = await services.list_unanswered(person.chat_id, known)
    return unanswered.unanswered(found.found, found.erased, found.files, number, language, known=known)
