"""Whether an article was useful: one opinion a person and article, the last one counts."""

from datetime import datetime

import aiosqlite

from bot.domain.ids import ChatId, Language, Slug
from bot.storage.moments import epoch


async def save(
    tx: aiosqlite.Connection, chat: ChatId, slug: Slug, language: Language, useful: bool, now: datetime
) -> None:
    """Side effect: this chat's opinion of the article."""
    await tx.execute(
        """INSERT INTO opinions (chat_id, slug, language, useful, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (chat_id, slug) DO UPDATE SET useful = excluded.useful, language = excluded.language,
                                                     at = excluded.at""",
        (chat, slug, language, useful, epoch(now)),
    )


async def counts(db: aiosqlite.Connection) -> dict[Slug, tuple[int, int]]:
    """For each article: how many found it useful, and how many did not."""
    rows = await db.execute_fetchall(
        "SELECT slug, sum(useful) AS yes, sum(1 - useful) AS no FROM opinions GROUP BY slug ORDER BY slug"
    )
    return {Slug(row["slug"]): (row["yes"], row["no"]) for row in rows}
