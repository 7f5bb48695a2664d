"""/help, /privacy and /forget."""

from aiogram import Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import ChatId, Language, UpdateId
from bot.ports import Letter
from bot.services import Services
from bot.texts import menu
from handlers.reading import menu_key, pressed
from handlers.speaking import anew, say, show, take_down_commands


async def help_screen(message: Message, services: Services, language: Language) -> None:
    """Everything one can do."""
    roles = frozenset(grant.role for grant in await services.authority.grants(ChatId(message.chat.id)))
    await say(message, menu.help_screen(language, roles))


async def privacy(message: Message, language: Language) -> None:
    """What is kept, why, how long."""
    await say(message, menu.privacy(language))


async def forget(message: Message, language: Language) -> None:
    """Ask once before everything goes."""
    await say(message, menu.forget_question(language))


async def forget_now(query: CallbackQuery, services: Services, language: Language, cause: UpdateId) -> None:
    """Everything goes at once."""
    await services.forget(ChatId(query.from_user.id), cause)
    services.quotas.memory.forget(ChatId(query.from_user.id))
    await show(query, Letter(menu.forget_question(language).text))
    await anew(query, menu.forgotten(language))
    if query.bot is not None:
        await take_down_commands(query.bot, query.from_user.id)


async def keep(query: CallbackQuery, language: Language) -> None:
    """The person changed their mind."""
    await show(query, Letter(menu.not_forgotten(language)))


def build() -> Router:
    """Private chats only."""
    router = Router(name="privacy")
    router.message.register(help_screen, or_f(Command("help"), menu_key("help")))
    router.message.register(privacy, Command("privacy"))
    router.message.register(forget, Command("forget"))
    router.callback_query.register(forget_now, pressed("forget_now"))
    router.callback_query.register(keep, pressed("keep"))
    return router
