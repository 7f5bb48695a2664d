"""/reload: an editor opens the new edition of the guide."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.domain.chats import Subscriber
from bot.domain.ids import Language, UpdateId
from bot.services import Services
from bot.services.editing import Reloaded
from bot.texts import editing
from handlers.speaking import say


async def reload(message: Message, person: Subscriber, services: Services, language: Language, cause: UpdateId) -> None:
    """The guide is read anew, or it is said why not."""
    result = await services.reload_guide(person.chat_id, language, cause)
    if isinstance(result, Reloaded):
        await say(message, editing.reloaded(result.articles, result.facts, result.changed, language))
    else:
        await say(message, editing.not_reloaded(result.first, result.total, language))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="editing")
    router.message.register(reload, Command("reload"))
    return router
