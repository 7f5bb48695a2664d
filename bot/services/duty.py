"""Who is on duty for a place, and what a new colleague finds waiting."""

from collections.abc import Iterable
from datetime import datetime

import aiosqlite

from bot.domain.chats import ALLOWS, Act, Grant, Role
from bot.domain.deliveries import SourceKind, Urgency
from bot.domain.ids import ChatId, PlaceSlug, QuestionId
from bot.domain.places import COUNTRY, Places
from bot.storage import chats, deliveries, questions, roles
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


async def owe_what_waits(tx: aiosqlite.Connection, places: Places, chat: ChatId, now: datetime) -> None:
    """Owe to a coordinator who has just come the questions that nobody was told of."""
    for question in await questions.unfinished(tx, WAITING_AT_MOST):
        if chat not in await on_duty(tx, places, question.place):
            continue
        first = (await questions.parts(tx, question.id))[:1]
        if first and not await deliveries.letters_of(tx, SourceKind.QUESTION, first[0].id):
            await owe_question(tx, question.id, (chat,), now)


async def _reached(db: aiosqlite.Connection, chat: ChatId) -> bool:
    person = await chats.subscriber(db, chat)
    return person is not None and person.reachable


def _chats(grants: Iterable[Grant]) -> tuple[ChatId, ...]:
    return tuple(dict.fromkeys(grant.chat_id for grant in grants))
