"""Who is on duty for a place, and what a new colleague finds waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from bot.domain.chats import ALLOWS, Act, Grant, Role
from bot.domain.deliveries import OPEN, TOLD, SourceKind, Urgency
from bot.domain.ids import ChatId, PlaceSlug, QuestionId
from bot.domain.places import COUNTRY, Places
from bot.domain.questions import Question, QuestionStatus
from bot.ports import Clock, Nudge
from bot.storage import chats, deliveries, questions, roles
from bot.storage.database import Database
from bot.texts.pieces import pieces

WAITING_AT_MOST = 200


def covers(places: Places, grant: Grant, act: Act, place: PlaceSlug | None) -> bool:
    """Whether this role allows this act in this place; no place means the whole country."""
    return act in ALLOWS[grant.role] and places.within(place or COUNTRY, grant.place)


async def on_duty(db: aiosqlite.Connection, places: Places, place: PlaceSlug | None) -> tuple[ChatId, ...]:
    """Coordinators of the nearest place above that has one who can be reached; at last the administrators."""
    standing = [grant for grant in await roles.standing(db) if Act.ANSWER in ALLOWS[grant.role]]
    answering = [grant for grant in standing if await _reached(db, grant.chat_id)]
    for here in places.upwards(place or COUNTRY):
        near = _chats(grant for grant in answering if grant.place == here and grant.role is not Role.ADMINISTRATOR)
        if near:
            return near
    return _chats(grant for grant in answering if covers(places, grant, Act.ANSWER, place))


async def owe_part(
    tx: aiosqlite.Connection,
    kind: SourceKind,
    part: questions.StoredPart,
    to: Iterable[ChatId],
    now: datetime,
    again: str = "",
) -> None:
    """Owe one message of a question to these coordinators: its words in pieces, then its file. `again` names a repeat
    that was asked for, which is an occasion of its own."""
    coordinators = tuple(to)
    occasions = [f"words {number}" for number, _ in enumerate(pieces(part.part.text), start=1)]
    occasions += ["file"] if part.part.file_id else []
    for occasion in occasions:
        await deliveries.owe(tx, kind, part.id, occasion + again, coordinators, urgency=Urgency.DESK, due_at=now)


async def owe_question(
    tx: aiosqlite.Connection, id: QuestionId, to: Iterable[ChatId], now: datetime, again: str = ""
) -> None:
    """Owe a whole question, all that was said under its number, to these coordinators."""
    coordinators = tuple(to)
    for number, part in enumerate(await questions.parts(tx, id)):
        kind = SourceKind.QUESTION if number == 0 else SourceKind.ADDITION
        await owe_part(tx, kind, part, coordinators, now, again)


async def owe_what_waits(tx: aiosqlite.Connection, places: Places, now: datetime) -> None:
    """Owe to whoever is on duty now the questions that nobody was told of who could still answer them."""
    for question in await questions.unfinished(tx, WAITING_AT_MOST):
        first = (await questions.parts(tx, question.id))[:1]
        letters = await deliveries.letters_of(tx, SourceKind.QUESTION, first[0].id) if first else []
        told = [letter.chat_id for letter in letters if letter.status in OPEN | TOLD]
        if any([await can_answer(tx, places, chat, question.place) for chat in told]):
            continue
        again = f" again {int(now.timestamp())}" if letters else ""
        if coordinators := await on_duty(tx, places, question.place):
            await owe_question(tx, question.id, coordinators, now, again)


async def pass_on(tx: aiosqlite.Connection, places: Places, chat: ChatId, now: datetime) -> None:
    """Whoever held these questions no longer can: they wait again and are owed to who is on duty now."""
    await questions.let_go(tx, chat)
    await owe_what_waits(tx, places, now)


async def as_it_stands(db: aiosqlite.Connection, places: Places, question: Question) -> Question:
    """The question, which waits again when whoever took it can no longer answer."""
    holder = question.taken_by
    if question.status is not QuestionStatus.TAKEN or holder is None:
        return question
    if await can_answer(db, places, holder, question.place):
        return question
    return question.moved_to(QuestionStatus.WAITING)


async def can_answer(db: aiosqlite.Connection, places: Places, chat: ChatId, place: PlaceSlug | None) -> bool:
    """Whether this chat can be reached and its role still covers answering in this place."""
    grants = await roles.of_chat(db, chat)
    return any(covers(places, grant, Act.ANSWER, place) for grant in grants) and await _reached(db, chat)


async def _reached(db: aiosqlite.Connection, chat: ChatId) -> bool:
    person = await chats.subscriber(db, chat)
    return person is not None and person.reachable


def _chats(grants: Iterable[Grant]) -> tuple[ChatId, ...]:
    return tuple(dict.fromkeys(grant.chat_id for grant in grants))


@dataclass(frozen=True, slots=True)
class PassOn:
    """Questions whose letters reached nobody who could answer are owed to whoever is on duty now."""

    db: Database
    clock: Clock
    places: Places
    nudge: Nudge

    async def __call__(self) -> None:
        async with self.db.transaction() as tx:
            await owe_what_waits(tx, self.places, self.clock.now())
        self.nudge()
