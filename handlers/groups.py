"""Groups: the bot comes and goes, an admin chooses its language, and a mention or a reply is a question."""

from aiogram import Bot, F, Router
from aiogram.filters import (
    ADMINISTRATOR,
    IS_MEMBER,
    IS_NOT_MEMBER,
    ChatMemberUpdatedFilter,
    Command,
    CommandStart,
    or_f,
)
from aiogram.types import ChatMemberUpdated, Message

from bot.domain.chats import Group, Subscriber
from bot.domain.ids import ChatId, Language, UpdateId
from bot.services import Services
from bot.telegram.keyboards import inline
from bot.texts import menu
from handlers.context import heard
from handlers.guide import contents
from handlers.questions import answer, asking_of, tell
from handlers.reading import Albums, mentions, part_of
from handlers.speaking import say

A_GROUP = F.chat.type.in_({"group", "supergroup"})


async def added(event: ChatMemberUpdated, services: Services, group: Group | None) -> None:
    """The bot is in: one card says how to ask it, and an admin chooses the language."""
    known = await services.join_group(ChatId(event.chat.id), event.chat.title or "")
    if group is None or not group.reachable:
        letter = menu.group_card(known.language, services.bot_name)
        await event.answer(letter.text, reply_markup=inline(letter))


async def promoted(event: ChatMemberUpdated, services: Services) -> None:
    """The bot is still in, with other rights."""
    await services.join_group(ChatId(event.chat.id), event.chat.title or "")


async def removed(event: ChatMemberUpdated, services: Services) -> None:
    """The bot is out, or a person blocked it: nothing is sent there until it speaks again."""
    await services.lose_chat(ChatId(event.chat.id))


async def migrated(message: Message, services: Services) -> None:
    """The group became a supergroup."""
    if message.migrate_to_chat_id is not None:
        await services.move_chat(ChatId(message.chat.id), ChatId(message.migrate_to_chat_id))


async def came_back(event: ChatMemberUpdated, services: Services) -> None:
    """A person who had blocked the bot lets it in again."""
    await services.start_chat.came_back(ChatId(event.chat.id))


async def card(message: Message, group: Group | None, services: Services) -> None:
    """/help, /start and /language in a group show the card."""
    known = group or await services.join_group(ChatId(message.chat.id), message.chat.title or "")
    await say(message, menu.group_card(known.language, services.bot_name))


async def command(message: Message, group: Group | None, language: Language | None, services: Services) -> None:
    """A command is never a question: one that names us gets the contents or the card, any other is not ours."""
    name, _, whose = (message.text or "").split(maxsplit=1)[0].partition("@")
    to_us = whose.casefold() == services.bot_name.casefold()
    if to_us and name.casefold() == "/guide" and language is not None:
        await contents(message, services, language)
    elif to_us or (not whose and mentions(message, services.bot_name)):
        await card(message, group, services)


async def named_or_answered(message: Message, services: Services, bot: Bot) -> bool:
    """Whether these words are for the bot: a mention, or a reply to one of its messages."""
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    return to_us or mentions(message, services.bot_name)


async def ask(
    message: Message,
    person: Subscriber | None,
    group: Group | None,
    services: Services,
    language: Language | None,
    cause: UpdateId,
    *,
    silent: bool = False,
) -> None:
    """A question in a group, answered as a reply with at most one message."""
    part = part_of(message, services.bot_name)
    if group is None:
        group = await services.join_group(ChatId(message.chat.id), message.chat.title or "")
    if part is None or message.from_user is None:
        await say(message, menu.group_card(group.language, services.bot_name), reply=True)
        return
    asking = asking_of(message, message.from_user.id, person, group, heard(part.text, language))
    await answer(message, asking, part, services, cause, silent=silent)


async def edited(
    message: Message,
    person: Subscriber | None,
    group: Group | None,
    services: Services,
    language: Language | None,
    cause: UpdateId,
) -> None:
    """A corrected question that waits is told to whoever has it; no other correction is met with a second message."""
    part = part_of(message, services.bot_name)
    if part is None or message.from_user is None or (message.text or "").startswith("/"):
        return
    asking = asking_of(message, message.from_user.id, person, group, heard(part.text, language))
    if await services.answer_question.ask_desk.of_message(asking.chat, part.message_id):
        await tell(message, asking, services.answer_question.correct(asking, part, cause), services)


def build() -> Router:
    """Works with privacy mode on, as an ordinary member."""
    router = Router(name="groups")
    albums, ours = Albums(), Albums()

    async def to_us(message: Message, services: Services, bot: Bot) -> bool:
        """Only the first photo of an album carries the words that name the bot."""
        if await named_or_answered(message, services, bot):
            ours.first(message)
            return True
        return message.media_group_id is not None and message in ours

    async def ask_once(
        message: Message,
        person: Subscriber | None,
        group: Group | None,
        services: Services,
        language: Language | None,
        cause: UpdateId,
    ) -> None:
        silent = not albums.first(message)
        await ask(message, person, group, services, language, cause, silent=silent)

    came = ChatMemberUpdatedFilter(IS_NOT_MEMBER >> (IS_MEMBER | ADMINISTRATOR))
    left = ChatMemberUpdatedFilter(IS_MEMBER >> IS_NOT_MEMBER)
    router.my_chat_member.register(came_back, F.chat.type == "private", came)
    router.my_chat_member.register(added, A_GROUP, came)
    router.my_chat_member.register(removed, left)
    router.my_chat_member.register(promoted, A_GROUP)
    inside = Router(name="inside groups")
    inside.message.filter(A_GROUP)
    inside.message.register(migrated, F.migrate_to_chat_id)
    inside.message.register(card, or_f(CommandStart(), Command("help", "language")))
    inside.message.register(command, F.text.startswith("/"))
    inside.message.register(ask_once, to_us)
    inside.edited_message.filter(A_GROUP)
    inside.edited_message.register(edited)
    router.include_router(inside)
    return router
