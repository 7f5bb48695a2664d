"""Everything that can be known to be wrong before the bot runs: guide, places, catalogues, unreached admins."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.domain.elections import UsualDeadline
from bot.domain.ids import ChatId, Language
from bot.guide import check as guide_check
from bot.guide.calendar import FILE as CALENDAR
from bot.guide.calendar import read_calendar
from bot.guide.facts import Facts
from bot.guide.places import place_problems
from bot.guide.problems import Problem
from bot.guide.quiz import FILE as QUIZ
from bot.guide.quiz import read_quiz
from bot.guide.quotas import FILE as QUOTAS
from bot.guide.quotas import read_quotas
from bot.guide.steps import FILE as STEPS
from bot.guide.steps import read_steps
from bot.i18n import LOCALES
from bot.settings import Settings
from bot.storage import chats
from bot.telegram.post import BotApiError, Post, PostError

_PLACEHOLDER = re.compile(r"\{\w*\}|</?\w+")


def problems(guides: Path, today: date | None = None, older_than: date | None = None) -> list[Problem]:
    """Everything wrong in the files of the project, with file and line."""
    found = [*guide_check.problems(guides, today, older_than), *place_problems(guides / "places.csv")]
    found += _of_rules(guides)
    for language in Language:
        found += _of_catalogue(LOCALES / language / "LC_MESSAGES" / "messages.po", language)
    return sorted(set(found))


def _of_rules(guides: Path) -> list[Problem]:
    facts, _told_already = Facts.read(guides)
    slugs = {path.name.partition(".")[0] for path in guides.glob("*/*.md")}
    found: list[Problem] = []
    if (guides / QUOTAS).exists():
        found += read_quotas(guides / QUOTAS, facts.citations)[1]
    usual: tuple[UsualDeadline, ...] = ()
    if (guides / CALENDAR).exists():
        usual, wrong = read_calendar(guides / CALENDAR, facts.citations, slugs)
        found += wrong
    if (guides / STEPS).exists():
        found += read_steps(guides / STEPS, facts, slugs, (one.key for one in usual))[1]
    if (guides / QUIZ).exists():
        rules = read_quotas(guides / QUOTAS, facts.citations)[0]
        found += read_quiz(guides / QUIZ, facts, rules.counts(), slugs)[1]
    return found


def unreached(settings: Settings) -> tuple[ChatId, ...]:
    """The first administrators who have not pressed /start, so that the bot cannot write to them."""
    known = chats.people_in(settings.database)
    return tuple(admin for admin in settings.admins if admin not in known)


async def live(settings: Settings) -> list[str]:
    """What Telegram itself says against these settings: the token, privacy and inline mode, a forgotten webhook."""
    found = []
    async with Post(settings.bot_token.get_secret_value(), settings.bot_api_base) as post:
        try:
            me = await post("getMe")
            webhook = await post("getWebhookInfo")
        except BotApiError as error:
            return [f"BOT_TOKEN: Telegram answers {error.description}"]
        except PostError as error:
            return [f"BOT_API_BASE: {settings.bot_api_base} cannot be reached ({type(error).__name__})"]
    if me.get("can_read_all_group_messages"):
        found.append("privacy mode is off at BotFather: the bot would read every word of its groups; switch it on")
    if not me.get("supports_inline_queries"):
        found.append(
            "inline mode is off at BotFather: nobody can send articles from other chats; /setinline switches it on"
        )
    if webhook.get("url"):
        found.append("a webhook is set: long polling gets nothing until it is deleted")
    return found


def _of_catalogue(file: Path, language: Language) -> Iterator[Problem]:
    if not file.exists():
        yield Problem(file, 1, "there is no catalogue")
        return
    with file.open("rb") as opened:
        messages = read_po(opened, locale=str(language))
    for message in messages:
        if message.id:
            yield from (Problem(file, message.lineno or 1, wrong) for wrong in _of_message(message))


def _of_message(message: Message) -> Iterator[str]:
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    key = message.id if isinstance(message.id, str) else message.id[0]
    if message.fuzzy:
        yield f"«{key[:40]}» is fuzzy"
    if not all(said):
        yield f"«{key[:40]}» is not translated"
    elif any(_marks(form) != _marks(key) for form in said if form):
        yield f"«{key[:40]}» has other placeholders or tags than the code"


def _marks(words: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(words))
