"""The doors to the districts of aiyl keneshes: /place for coordinators, a place typed or numbers instead in /quota."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.domain.chats import Subscriber
from bot.domain.ids import Language
from bot.services import Services
from bot.texts import districts
from handlers import places, quota
from handlers.speaking import say

MOST_WORDS = 4  # of a place's name where numbers are awaited; a longer line is a question


async def begin(
    message: Message, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """/place: the coordinator's own branch of the tree, or a name that is typed."""
    near = await services.districts.branch(person.chat_id)
    await state.set_state(places.Typing.place)
    await state.set_data({"purpose": "d"})
    branch = await places.branch(services, person, "d", near, 1, language)
    await say(message, districts.which_place(branch, language))


async def names_a_kenesh(message: Message, services: Services, language: Language, state: FSMContext) -> bool:
    """Whether words name a place where /quota asked for the seats of one's kenesh; any other words stay a question."""
    words = message.text or "/"
    if await state.get_state() != quota.Counting.aiyl.state or words.startswith("/") or any(map(str.isdigit, words)):
        return False
    matches = [one for one in await services.place_book.find(words) if one.place.elects_aiyl_kenesh]
    if not matches or len(words.split()) > MOST_WORDS:
        return False
    asks = "?" in words or services.answer_question.knows(words, language)
    return not asks or any(one.exact for one in matches)


async def typed_kenesh(message: Message, services: Services, language: Language, state: FSMContext) -> None:
    """The name of one's place, perhaps with mistakes."""
    await state.set_state(places.Typing.place)
    await state.set_data({"purpose": "q"})
    await places.typed(message, services, language, state)


async def seats_instead(message: Message, state: FSMContext) -> bool:
    """Whether numbers come where /quota asked for a place."""
    if await state.get_state() != places.Typing.place.state or not any(map(str.isdigit, message.text or "")):
        return False
    return (await state.get_data()).get("purpose") == "q"


async def typed_seats(message: Message, services: Services, language: Language, state: FSMContext) -> None:
    """«5 6 7» instead of a place."""
    await state.clear()
    await state.set_state(quota.Counting.aiyl)
    await quota.typed_seats(message, services, language)


def build() -> Router:
    """Private chats only; before the places and the quotas, whose forms these words meet."""
    router = Router(name="districts")
    router.message.register(begin, Command("place"))
    router.message.register(typed_kenesh, names_a_kenesh)
    router.message.register(typed_seats, seats_instead)
    return router
