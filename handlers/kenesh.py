"""The aiyl kenesh of a place in /quota: its reserve at once where a coordinator has entered its districts."""

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import Language, PlaceSlug
from bot.domain.quotas.districts import NoAiylKenesh
from bot.services import Services
from bot.texts import districts
from handlers import quota
from handlers.speaking import receive, show


async def give(
    query: CallbackQuery, slug: PlaceSlug, services: Services, language: Language, state: FSMContext
) -> None:
    """A villager's aiyl kenesh: its reserve at once, or the word that its districts are not known, and a form."""
    tree = await services.place_book.tree()
    try:
        known = await services.districts.known(slug)
    except NoAiylKenesh as error:
        await receive(query, districts.no_kenesh(error, tree, language), alert=True)
        return
    await state.set_state(quota.Counting.aiyl)
    if known is None:
        await show(query, districts.not_known(slug, tree, language))
    elif isinstance(query.message, Message):
        around = districts.around(slug, tree, known, language)
        await quota.give(query.message, services.quotas.of_place(known), services, language, around)
        await receive(query)
