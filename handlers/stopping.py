"""«Токтот», «стоп», "stop" alone: no more campaigns; topics are kept one by one, and all is taken back by a tap."""

from aiogram import Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from bot.domain.campaigns import CampaignTopic
from bot.domain.ids import ChatId, Language
from bot.services import Services
from bot.texts import opting_out
from handlers.reading import pressed
from handlers.speaking import say, show


async def says_stop(message: Message) -> bool:
    """Whether the message says nothing but stop."""
    return opting_out.asks_to_stop(message.text or "")


async def stop(message: Message, services: Services, language: Language) -> None:
    """From now on no campaign comes."""
    stands = await services.campaigns.stop(ChatId(message.chat.id))
    await say(message, opting_out.stopped(stands.kept, language), reply=True)


async def turn(query: CallbackQuery, topic: CampaignTopic, services: Services, language: Language) -> None:
    """One topic is kept, or stopped again."""
    stands = await services.campaigns.stop.turn(ChatId(query.from_user.id), topic)
    await show(query, opting_out.stopped(stands.kept, language))


async def undo(query: CallbackQuery, services: Services, language: Language) -> None:
    """Everything comes again."""
    stands = await services.campaigns.stop.undo(ChatId(query.from_user.id))
    await show(query, opting_out.stopped(stands.kept, language))


def build() -> Router:
    """Private chats only."""
    router = Router(name="stopping")
    router.message.register(stop, or_f(Command("stop"), says_stop))
    router.callback_query.register(turn, pressed("oo", topic=CampaignTopic))
    router.callback_query.register(undo, pressed("oo_undo"))
    return router
