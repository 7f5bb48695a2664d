"""/me: place, who one is, topics, language; each one tap, each can be left out."""

from aiogram import Router
from aiogram.filters import Command, or_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Subscriber, TopicOfInterest
from bot.domain.guide import Reader
from bot.domain.ids import Language
from bot.services import Services
from bot.texts import me
from handlers.reading import flag, menu_key, pressed
from handlers.speaking import say, show


async def about(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """What is known, as a new message."""
    await say(message, me.me(person, await services.place_book.tree(), language))


async def back(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """What is known, in place; a name is no longer awaited."""
    await state.clear()
    await show(query, me.me(person, await services.place_book.tree(), language))


async def readers(query: CallbackQuery, person: Subscriber, language: Language) -> None:
    """Who one is."""
    await show(query, me.readers(person.readers, language))


async def reader(
    query: CallbackQuery, one: Reader, on: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """One more, or one less."""
    chosen = person.readers | {one} if on else person.readers - {one}
    await services.describe.readers(person.chat_id, chosen)
    await show(query, me.readers(chosen, language))


async def topics(query: CallbackQuery, person: Subscriber, language: Language) -> None:
    """What one wants to hear of."""
    await show(query, me.topics(person.topics, language))


async def topic(
    query: CallbackQuery, one: TopicOfInterest, on: bool, person: Subscriber, services: Services, language: Language
) -> None:
    """One more, or one less."""
    chosen = person.topics | {one} if on else person.topics - {one}
    await services.describe.topics(person.chat_id, chosen)
    await show(query, me.topics(chosen, language))


async def languages(query: CallbackQuery, language: Language) -> None:
    """The choice of language, from here."""
    await show(query, me.language_choice(language))


def build() -> Router:
    """Private chats only."""
    router = Router(name="me")
    router.message.register(about, or_f(Command("me"), menu_key("me")))
    router.callback_query.register(back, pressed("me"))
    router.callback_query.register(reader, pressed("me:reader", one=Reader, on=flag))
    router.callback_query.register(topic, pressed("me:topic", one=TopicOfInterest, on=flag))
    router.callback_query.register(readers, pressed("me:readers"))
    router.callback_query.register(topics, pressed("me:topics"))
    router.callback_query.register(languages, pressed("me:language"))
    return router
