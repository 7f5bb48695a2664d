"""A group is set up for hearings in two taps: language, place; only its administrators do that."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.domain.chats import Group
from bot.domain.hearings import Lead
from bot.domain.ids import ChatId, Language, PlaceSlug
from bot.domain.places import COUNTRY
from bot.ports import Letter
from bot.services import Services
from bot.texts import hearing_lists, me, menu, refusals
from handlers.reading import flag, pressed
from handlers.speaking import hang_out_commands, receive, say, show

A_GROUP = F.chat.type.in_({"group", "supergroup"})
IN_A_GROUP = F.message.chat.type.in_({"group", "supergroup"})
RULES = ("creator", "administrator")
BOTH = "both"


async def rules(bot: Bot, chat: int, person: int) -> bool:
    """Whether this person administers the group now."""
    return (await bot.get_chat_member(chat, person)).status in RULES


def thread_of(message: Message) -> int | None:
    """The topic of a forum in which the message stands."""
    return message.message_thread_id if message.is_topic_message else None


def languages_read(value: str) -> Language | None:
    """One language of a button, or None for both."""
    return None if value == BOTH else Language(value)


async def choose(
    query: CallbackQuery, chosen: Language | None, services: Services, language: Language | None, bot: Bot
) -> None:
    """The first tap: the language, or both; then the place is asked, unless it is known."""
    message = query.message
    if not isinstance(message, Message):
        await receive(query)
        return
    if not await rules(bot, message.chat.id, query.from_user.id):
        await receive(query, refusals.only_admins(language), alert=True)
        return
    chat = ChatId(message.chat.id)
    known = await services.join_group(chat, message.chat.title or "")
    await services.hearings.follow.group_language(chat, chosen, thread_of(message))
    await show(query, await set_up(chat, known.place, chosen or Language.KY, services))
    await hang_out_commands(bot, message.chat.id, menu.group_commands(chosen or Language.KY))


async def set_up(chat: ChatId, place: PlaceSlug | None, language: Language, services: Services) -> Letter:
    """The question for the place, or the card of a group that is ready."""
    now = await services.hearings.follow.now(chat)
    if place is not None and place in now.places:
        languages = now.listener.languages(language)
        return hearing_lists.group_ready(now.listener, place, now.a_month, languages, services.hearings.setting)
    return await branch(COUNTRY, 1, language, services)


async def branch(slug: PlaceSlug, number: int, language: Language, services: Services) -> Letter:
    """One node of the tree, to choose the group's place from."""
    tree = await services.place_book.tree()
    place = tree.get(slug) or next(iter(tree))
    letter = me.branch(place, tree, "g", number, language, choosable=place.slug != COUNTRY)
    above = menu.group_card(language, services.bot_name).text.partition("\n\n")[0]
    wanted = hearing_lists.group_place_wanted(language)
    return Letter(f"{above}\n\n{wanted}", (*letter.buttons, *menu.group_languages()))


async def browse(
    query: CallbackQuery,
    slug: PlaceSlug,
    number: int,
    services: Services,
    language: Language,
    bot: Bot,
) -> None:
    """Down and up the tree."""
    if await _refused(query, language, bot):
        return
    await show(query, await branch(slug, number, language, services))


async def place(query: CallbackQuery, slug: PlaceSlug, services: Services, language: Language, bot: Bot) -> None:
    """The second tap: the place; the group is ready."""
    if await _refused(query, language, bot) or services.hearings.setting.places.get(slug) is None:
        await receive(query)
        return
    message = query.message
    if isinstance(message, Message):
        chat = ChatId(message.chat.id)
        await services.hearings.follow.group_place(chat, slug, thread_of(message))
        await show(query, await set_up(chat, slug, language, services))


async def names_the_place(message: Message, services: Services, bot: Bot) -> dict[str, PlaceSlug] | bool:
    """A reply to the question for the place that names one gives it. Anything else is not ours."""
    replied = message.reply_to_message
    asked = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    rows = replied.reply_markup.inline_keyboard if replied is not None and replied.reply_markup else ()
    ours = any((one.callback_data or "").startswith(("p:g:", "ps:g:")) for row in rows for one in row)
    if not asked or not ours:
        return False
    found = [one for one in await services.place_book.find(message.text or "") if one.exact]
    return {"slug": found[0].place.slug} if found else False


async def typed(message: Message, slug: PlaceSlug, services: Services, language: Language | None, bot: Bot) -> None:
    """The place by its name; of equal names the tree is opened where they stand."""
    if message.from_user is None or not await rules(bot, message.chat.id, message.from_user.id):
        await say(message, Letter(refusals.only_admins(language)), reply=True)
        return
    chat, spoken = ChatId(message.chat.id), language or Language.KY
    same = [one.place for one in await services.place_book.find(message.text or "") if one.exact]
    if len(same) > 1:
        tree = await services.place_book.tree()
        await say(message, me.found(same, tree, "g", spoken, exact=True), reply=True)
        return
    await services.hearings.follow.group_place(chat, slug, thread_of(message))
    await say(message, await set_up(chat, slug, spoken, services))


async def card(message: Message, group: Group | None, services: Services) -> None:
    """/setup: what is set, to be changed by administrators."""
    known = group or await services.join_group(ChatId(message.chat.id), message.chat.title or "")
    if known.language is None:
        await say(message, menu.group_card(None, services.bot_name))
        return
    await say(message, await set_up(known.chat_id, known.place, known.language, services))


async def languages(query: CallbackQuery, services: Services, language: Language, bot: Bot) -> None:
    """The choice of language once more."""
    if not await _refused(query, language, bot):
        await show(query, menu.group_card(language, services.bot_name))


async def lead(
    query: CallbackQuery, lead: Lead, on: bool, group: Group, services: Services, language: Language, bot: Bot
) -> None:
    """One reminder more or less for the group."""
    if not await _refused(query, language, bot):
        await services.hearings.follow.lead(group.chat_id, lead, on)
        await show(query, await set_up(group.chat_id, group.place, language, services))


async def mute(query: CallbackQuery, on: bool, group: Group, services: Services, language: Language, bot: Bot) -> None:
    """Everything about hearings in this group, or nothing."""
    if not await _refused(query, language, bot):
        await services.hearings.follow.mute(group.chat_id, on)
        await show(query, await set_up(group.chat_id, group.place, language, services))


def build() -> Router:
    """Works with privacy mode on, as an ordinary member."""
    router = Router(name="hearing groups")
    router.message.filter(A_GROUP)
    router.callback_query.filter(IN_A_GROUP)
    router.message.register(card, Command("setup"))
    router.message.register(typed, names_the_place)
    router.callback_query.register(choose, pressed("group", chosen=languages_read))
    settled = Router(name="groups that have a language")
    settled.callback_query.register(browse, pressed("p:g", slug=PlaceSlug, number=int))
    settled.callback_query.register(place, pressed("ps:g", slug=PlaceSlug))
    settled.callback_query.register(languages, pressed("hgl"))
    settled.callback_query.register(lead, pressed("hfl", lead=Lead, on=flag))
    settled.callback_query.register(mute, pressed("hfm", on=flag))
    settled.callback_query.filter(_has_language)
    router.include_router(settled)
    return router


async def _has_language(query: CallbackQuery, group: Group | None, language: Language | None) -> bool:
    return group is not None and language is not None


async def _refused(query: CallbackQuery, language: Language, bot: Bot) -> bool:
    message = query.message
    if message is not None and await rules(bot, message.chat.id, query.from_user.id):
        return False
    await receive(query, refusals.only_admins(language), alert=True)
    return True
