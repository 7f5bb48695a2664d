"""Coordinators: /invite, /people, accepting an invitation, revoking at once."""

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.types import BotCommand, BotCommandScopeChat, CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from bot.domain.chats import Role, Subscriber
from bot.domain.errors import NotAllowed
from bot.domain.ids import ChatId, Language, PlaceSlug, UpdateId
from bot.domain.places import COUNTRY
from bot.ports import Letter
from bot.services import Services
from bot.texts import me, menu, people, unanswered
from bot.texts import statistics as numbers
from handlers.reading import pressed
from handlers.speaking import say, show
from handlers.start import set_commands

log = structlog.get_logger()


async def colleagues(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/people: who holds which role."""
    await say(message, await _colleagues(person, services, language))


async def colleagues_again(
    query: CallbackQuery, person: Subscriber, services: Services, language: Language, page: int = 1
) -> None:
    """The list, in place, at this page."""
    await show(query, await _colleagues(person, services, language, page))


async def whom(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/invite: which role."""
    await say(message, people.roles_to_offer(await _roles(person, services), language))


async def whom_again(query: CallbackQuery, person: Subscriber, services: Services, language: Language) -> None:
    """Which role, in place."""
    await show(query, people.roles_to_offer(await _roles(person, services), language))


async def where(query: CallbackQuery, role: Role, services: Services, language: Language) -> None:
    """For which branch of places."""
    tree = await services.place_book.tree()
    country = tree.get(COUNTRY)
    if country is not None:
        await show(query, me.branch(country, tree, f"i.{role}", 1, language, choosable=True))


async def invite(
    query: CallbackQuery, role: Role, place: PlaceSlug, services: Services, language: Language, cause: UpdateId
) -> None:
    """A one-time link to hand over."""
    invitation, token = await services.people.invite(ChatId(query.from_user.id), role, place, cause)
    if query.bot is None:
        return
    link = await create_start_link(query.bot, f"inv_{token}")
    await show(query, people.invitation(invitation, link, await services.place_book.tree(), language, services.zone))


async def statistics(message: Message, person: Subscriber, services: Services, language: Language) -> None:
    """/stats: how many, never who."""
    counts = await services.count_all(person.chat_id)
    titles = [(services.read_guide.article(slug, language), both) for slug, both in counts.opinions.items()]
    opinions = [(article.title, *both) for article, both in titles if article is not None]
    letter = numbers.statistics(counts.people, counts.questions, opinions, language)
    more = await services.list_unanswered.may_see(person.chat_id)
    await say(message, unanswered.with_button(letter, more, language))


async def accept(query: CallbackQuery, token: str, services: Services, language: Language, cause: UpdateId) -> None:
    """The role is held from now on."""
    chat = ChatId(query.from_user.id)
    accepted = await services.people.accept(chat, query.from_user.full_name, token, cause)
    await show(query, people.accepted(accepted, await services.place_book.tree(), language))
    if isinstance(query.message, Message):
        await set_commands(query.message, services, language)


async def refuse(query: CallbackQuery, language: Language) -> None:
    """No role; the invitation stands for whoever has the link."""
    await show(query, Letter(people.not_accepted(language)))


async def revoke(query: CallbackQuery, grant: int, person: Subscriber, services: Services, language: Language) -> None:
    """Asked once before a role ends."""
    found, _invites = await services.people.colleagues(person.chat_id)
    tree = await services.place_book.tree()
    for one in found:
        if one.grant.id == grant:
            await show(query, people.revoke_question(one.grant, one.name, tree, language))
            return
    await show(query, await _colleagues(person, services, language))


async def revoke_now(
    query: CallbackQuery, grant: int, person: Subscriber, services: Services, language: Language, cause: UpdateId
) -> None:
    """The role ends at once, and its commands leave the menu of who held it."""
    ended = await services.people.revoke(person.chat_id, grant, cause)
    if query.bot is not None:
        await _commands_of(ended.chat_id, query.bot, services)
    await show(query, await _colleagues(person, services, language), people.revoked(language))


async def withdraw(
    query: CallbackQuery, number: int, person: Subscriber, services: Services, language: Language, cause: UpdateId
) -> None:
    """An invitation that nobody has accepted is withdrawn."""
    await services.people.revoke_invite(person.chat_id, number, cause)
    await show(query, await _colleagues(person, services, language), people.revoked(language))


def build() -> Router:
    """Private chats only; the role is checked by the use case at the moment of acting."""
    router = Router(name="people")
    router.message.register(colleagues, Command("people"))
    router.message.register(whom, Command("invite"))
    router.message.register(statistics, Command("stats"))
    router.callback_query.register(colleagues_again, pressed("people"))
    router.callback_query.register(colleagues_again, pressed("people", page=int))
    router.callback_query.register(where, pressed("i", role=Role))
    router.callback_query.register(whom_again, pressed("invite"))
    router.callback_query.register(accept, pressed("accept", token=str))
    router.callback_query.register(refuse, pressed("refuse"))
    router.callback_query.register(revoke, pressed("revoke", grant=int))
    router.callback_query.register(revoke_now, pressed("revoked", grant=int))
    router.callback_query.register(withdraw, pressed("withdraw", number=int))
    return router


async def _roles(person: Subscriber, services: Services) -> frozenset[Role]:
    roles = await services.people.may_invite(person.chat_id)
    if not roles:
        raise NotAllowed("invite")
    return roles


async def _commands_of(chat: ChatId, bot: Bot, services: Services) -> None:
    language = await services.people.language_of(chat)
    if language is None:
        return
    roles = frozenset(grant.role for grant in await services.authority.grants(chat))
    try:
        await bot.set_my_commands(
            [BotCommand(command=name, description=meaning) for name, meaning in menu.commands(language, roles)],
            scope=BotCommandScopeChat(chat_id=chat),
        )
    except TelegramAPIError as error:
        log.warning("commands_not_set", error=type(error).__name__)


async def _colleagues(person: Subscriber, services: Services, language: Language, page: int = 1) -> Letter:
    found, invites = await services.people.colleagues(person.chat_id)
    tree = await services.place_book.tree()
    return people.colleagues([(one.grant, one.name) for one in found], invites, page, tree, language, services.zone)
