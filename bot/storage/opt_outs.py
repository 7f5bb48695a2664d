"""Who wants no campaigns, or not on these topics, and what each chat received lately: rows found by their key."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from bot.domain.campaigns import CampaignTopic
from bot.domain.ids import ChatId, Language
from bot.storage.moments import epoch


@dataclass(frozen=True, slots=True)
class OptOut:
    """What a person stopped: everything but `topics`, or only `topics`."""

    everything: bool = False
    topics: frozenset[CampaignTopic] = frozenset()

    def stops(self, topic: CampaignTopic | None) -> bool:
        """Whether campaigns on this topic are not wanted."""
        return self.everything != (topic in self.topics)

    @property
    def kept(self) -> frozenset[CampaignTopic]:
        """The topics that are still wanted."""
        return frozenset(topic for topic in CampaignTopic if not self.stops(topic))


@dataclass(frozen=True, slots=True)
class Turn:
    """What is asked of a chat when its campaign letter's turn comes."""

    language: Language
    opted_out: OptOut
    received: tuple[int, ...]


async def of_chat(db: aiosqlite.Connection, chat: ChatId) -> OptOut:
    """What this chat has stopped."""
    rows = await db.execute_fetchall("SELECT everything, topics FROM opt_outs WHERE chat_id = ?", (chat,))
    return next((_opt_out(row["everything"], row["topics"]) for row in rows), OptOut())


async def save(tx: aiosqlite.Connection, chat: ChatId, stands: OptOut, now: datetime) -> None:
    """Side effect: from the commit on no campaign letter that this stops begins its way to the chat."""
    if not stands.everything and not stands.topics:
        await tx.execute("DELETE FROM opt_outs WHERE chat_id = ?", (chat,))
        return
    await tx.execute(
        """INSERT INTO opt_outs (chat_id, everything, topics, at) VALUES (?, ?, ?, ?)
           ON CONFLICT (chat_id) DO UPDATE SET everything = excluded.everything, topics = excluded.topics""",
        (chat, stands.everything, " ".join(sorted(stands.topics)), epoch(now)),
    )


async def turns(db: aiosqlite.Connection, of: Sequence[ChatId]) -> dict[ChatId, Turn]:
    """Language, opt-out and the last letters of chats, by primary keys only: nothing is counted."""
    rows = await db.execute_fetchall(
        """SELECT chats.chat_id, coalesce(chats.language, 'ky') AS language, opt_outs.everything, opt_outs.topics,
                  campaign_receipts.recent
           FROM chats LEFT JOIN opt_outs ON opt_outs.chat_id = chats.chat_id
           LEFT JOIN campaign_receipts ON campaign_receipts.chat_id = chats.chat_id
           WHERE chats.chat_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(of)),),
    )
    return {
        ChatId(row["chat_id"]): Turn(
            Language(row["language"]),
            OptOut() if row["everything"] is None else _opt_out(row["everything"], row["topics"]),
            tuple(int(one) for one in (row["recent"] or "").split()),
        )
        for row in rows
    }


async def forget(tx: aiosqlite.Connection, chat: ChatId) -> None:
    """Side effect: nothing says any more what this chat stopped or received."""
    await tx.execute("DELETE FROM opt_outs WHERE chat_id = ?", (chat,))
    await tx.execute("DELETE FROM campaign_receipts WHERE chat_id = ?", (chat,))


async def forget_old(tx: aiosqlite.Connection, before: datetime) -> None:
    """Side effect: receipts whose newest is older than that are gone."""
    await tx.execute("DELETE FROM campaign_receipts WHERE CAST(substr(recent, 1, 10) AS INTEGER) < ?", (epoch(before),))


def _opt_out(everything: int, topics: str) -> OptOut:
    return OptOut(bool(everything), frozenset(CampaignTopic(one) for one in topics.split() if one in _TOPICS))


_TOPICS = frozenset(str(one) for one in CampaignTopic)
