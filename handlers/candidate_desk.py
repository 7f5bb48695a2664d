"""/candidates: how many stand at which step, and a coordinator's letter to those."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Subscriber
from bot.domain.ids import Language, UpdateId
from bot.services import Services
from bot.texts import candidate_desk as words
from bot.texts import refusals
from handlers.reading import pressed
from handlers.speaking import receive, say, show


class Writing(StatesGroup):
    """The words to candidates are awaited, then the yes."""

    text = State()
    sure = State()


async def candidates(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """How many stand at which step."""
    await say(message, words.stages(await services.candidate_desk.stages(person.chat_id), language))


async def again(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """The same, in place."""
    await state.clear()
    await show(query, words.stages(await services.candidate_desk.stages(person.chat_id), language))


async def write(
    query: CallbackQuery, key: str, person: Subscriber, services: Services, language: Language, state: FSMContext
) -> None:
    """To whom; then the words."""
    found = [one for one in await services.candidate_desk.stages(person.chat_id) if one.key == key]
    if not found:
        await receive(query, refusals.old_button(language), alert=True)
        return
    await state.set_state(Writing.text)
    await state.set_data({"step": key, "count": found[0].count})
    await show(query, words.ask_letter(found[0], language))


async def text(message: Message, person: Subscriber, language: Language, state: FSMContext) -> None:
    """The words; then a look at them."""
    said = (message.text or "").strip()
    if not 3 <= len(said) <= words.LONGEST_LETTER:
        await say(message, words.too_long(language))
        return
    form = await state.get_data()
    await state.update_data(text=said)
    await state.set_state(Writing.sure)
    await say(message, words.preview(said, person.name, int(form.get("count", 0)), language))


async def send(
    query: CallbackQuery,
    person: Subscriber,
    services: Services,
    language: Language,
    state: FSMContext,
    cause: UpdateId,
) -> None:
    """The letter is owed."""
    form = await state.get_data()
    said = str(form.get("text", ""))
    if not said:
        await receive(query, refusals.old_button(language), alert=True)
        return
    count = await services.candidate_desk.write(person.chat_id, str(form.get("step", "")), said, cause)
    await state.clear()
    await show(query, words.sent(count, language))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="candidate_desk")
    router.message.register(candidates, Command("candidates"))
    router.message.register(text, Writing.text, F.text)
    router.callback_query.register(again, pressed("cs:all"))
    router.callback_query.register(write, pressed("cs:write", key=str))
    router.callback_query.register(send, pressed("cs:send"))
    return router
