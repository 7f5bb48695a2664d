"""/quiz: a person answers twelve quiz polls in a row; a group's administrator starts one question a day."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, PollAnswer

from bot.domain.guide import Article
from bot.domain.ids import ChatId, Language, Slug, UpdateId
from bot.services import Services
from bot.services.quiz import RunsAlready, Step
from bot.telegram.keyboards import inline
from bot.telegram.messenger import poll
from bot.texts import quiz, refusals
from handlers.hearing_groups import A_GROUP, IN_A_GROUP, rules
from handlers.reading import flag, pressed
from handlers.speaking import NO_PREVIEW, receive, say, show


async def intro(message: Message, services: Services, language: Language) -> None:
    """/quiz tells what comes."""
    await say(message, quiz.intro(len(services.take_quiz.questions), language))


async def intro_pressed(query: CallbackQuery, services: Services, language: Language) -> None:
    """The same, in place of the pressed message."""
    await show(query, quiz.intro(len(services.take_quiz.questions), language))


async def begin(query: CallbackQuery, services: Services, language: Language, cause: UpdateId, bot: Bot) -> None:
    """The first question."""
    await receive(query)
    chat = ChatId(query.from_user.id)
    await go_on(bot, chat, await services.take_quiz.begin(chat, cause), services, language)


async def answered(
    answer: PollAnswer, services: Services, language: Language | None, cause: UpdateId, bot: Bot
) -> None:
    """An answer brings the next question, or how it went; the answers of groups are not counted."""
    if answer.user is None or not answer.option_ids or language is None:
        return
    chat = ChatId(answer.user.id)
    step = await services.take_quiz.answer(chat, answer.poll_id, answer.option_ids[0], cause)
    if step is not None:
        await go_on(bot, chat, step, services, language)


async def go_on(bot: Bot, chat: ChatId, step: Step, services: Services, language: Language) -> None:
    """Ask the next question, or tell the result."""
    of = len(services.take_quiz.questions)
    if step.question is None:
        letter = quiz.result(step.sitting, of, unknown(step, services, language), services.bot_name, language)
        await bot.send_message(chat, letter.text, reply_markup=inline(letter), link_preview_options=NO_PREVIEW)
        return
    letter = quiz.question(step.question, of, language)
    assert letter.quiz is not None
    sent = await bot.send_poll(chat, **poll(letter.quiz))
    assert sent.poll is not None
    await services.take_quiz.sent(chat, sent.poll.id, step.question)


def unknown(step: Step, services: Services, language: Language) -> tuple[Article, ...]:
    """The articles on what was answered wrongly, each once."""
    slugs: dict[Slug, None] = {services.take_quiz.questions[one - 1].article: None for one in step.sitting.wrong}
    found = (services.read_guide.article(slug, language) for slug in slugs)
    return tuple(article for article in found if article is not None)


async def group_intro(message: Message, services: Services, language: Language | None) -> None:
    """/quiz in a group."""
    await say(message, quiz.group_intro(len(services.group_quiz.questions), language or Language.KY))


async def in_a_group(
    query: CallbackQuery, on: bool, services: Services, language: Language, cause: UpdateId, bot: Bot
) -> None:
    """An administrator of the group begins the quiz or stops it."""
    message = query.message
    if message is None:
        await receive(query)
        return
    if not await rules(bot, message.chat.id, query.from_user.id):
        await receive(query, refusals.only_admins(language), alert=True)
        return
    chat = ChatId(message.chat.id)
    if not on:
        await show(query, quiz.group_stopped(await services.group_quiz.stop(chat), language))
        return
    await services.join_group(chat, message.chat.title or "")
    try:
        await services.group_quiz.start(chat, ChatId(query.from_user.id), cause)
    except RunsAlready as running:
        await receive(query, quiz.runs_already(running.left, language), alert=True)
        return
    await show(query, quiz.group_begun(language))


def build() -> Router:
    """A person's own quiz, in private."""
    router = Router(name="quiz")
    router.message.register(intro, Command("quiz"))
    router.callback_query.register(intro_pressed, pressed("qzi"))
    router.callback_query.register(begin, pressed("qz"))
    return router


def build_groups() -> Router:
    """A group's quiz."""
    router = Router(name="quiz in groups")
    router.message.register(group_intro, A_GROUP, Command("quiz"))
    router.callback_query.register(in_a_group, IN_A_GROUP, pressed("qzg", on=flag))
    return router


def build_answers() -> Router:
    """Answers to polls."""
    router = Router(name="poll answers")
    router.poll_answer.register(answered)
    return router
