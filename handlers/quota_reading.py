"""Whether words answer a form of /quota, or are a list that nobody asked for, or just a question."""

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.domain.ids import Language
from bot.domain.quotas.typed import looks_like_list, looks_like_votes
from bot.services import Services

MOST_LETTERS = 12  # «5 мест, 6, 7» is numbers; a sentence is a question
MOST_WORDS = 8  # of one line: a name with sex and votes has fewer


async def is_numbers(message: Message, state: FSMContext) -> bool:
    """Whether words answer a form that waits for numbers; words without a digit leave it and are a question."""
    words = message.text or "/"
    if any(map(str.isdigit, words)) and not words.startswith("/"):
        letters = sum(map(str.isalpha, words))
        if letters <= MOST_LETTERS:
            return True
    await state.clear()
    return False


async def is_people(message: Message, services: Services, language: Language, state: FSMContext) -> bool:
    """Whether words answer a form that waits for names; a line that asks leaves it and is a question."""
    words = message.text or "/"
    if words.startswith("/"):
        return False
    one_line = "\n" not in words.strip()
    asks = one_line and (
        "?" in words or len(words.split()) > MOST_WORDS or services.answer_question.knows(words, language)
    )
    if asks:
        await state.clear()
    return not asks


async def is_list(message: Message) -> bool:
    """Whether somebody pasted a party's list without being asked: it must not become a question."""
    return looks_like_list(message.text or "")


async def is_votes(message: Message) -> bool:
    """Whether somebody pasted candidates with votes without being asked."""
    return looks_like_votes(message.text or "")
