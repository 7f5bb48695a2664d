"""Audience rules as conditions on rows of `chats`, and how many they pick. Letters on their way call none of this."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import aiosqlite

from bot.domain.audiences import Audience, Headcount
from bot.domain.campaigns import CampaignTopic
from bot.domain.ids import Language, PlaceSlug, SourceId
from bot.domain.places import COUNTRY, Level, Places
from bot.storage.moments import epoch

OPTED_OUT = "coalesce(opt_outs.everything <> (instr(' ' || opt_outs.topics || ' ', ' ' || :topic || ' ') > 0), 0)"


def condition(rule: Audience, places: Places) -> tuple[str, dict[str, Any]]:
    """The rule as SQL over a row of `chats`, and its named values."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    if COUNTRY not in rule.places:
        parts.append("chats.place IN (SELECT value FROM json_each(:in_places))")
        values["in_places"] = _branches(rule.places, places)
    if rule.without:
        parts.append("coalesce(chats.place, '') NOT IN (SELECT value FROM json_each(:out_places))")
        values["out_places"] = _branches(rule.without, places)
    kinds = json.dumps(sorted(rule.kinds))
    parts.append("chats.kind IN (SELECT value FROM json_each(:kinds))")
    values["kinds"] = kinds
    if rule.languages:
        parts.append("coalesce(chats.language, 'ky') IN (SELECT value FROM json_each(:languages))")
        values["languages"] = json.dumps(sorted(rule.languages))
    if rule.readers:
        one_of = [f"' ' || chats.readers || ' ' LIKE :reader_{reader}" for reader in sorted(rule.readers)]
        parts.append(f"({' OR '.join(one_of)})")
        values |= {f"reader_{reader}": f"% {reader} %" for reader in rule.readers}
    if (since := rule.seen_after) is not None:
        parts.append("chats.seen_at >= :seen_after")
        values["seen_after"] = epoch(since)
    if rule.not_got:
        parts.append(
            """NOT EXISTS (SELECT 1 FROM sources AS told CROSS JOIN deliveries AS got
                           ON got.source_id = told.id AND got.chat_id = chats.chat_id
                           WHERE told.kind = 'campaign' AND told.subject IN (SELECT value FROM json_each(:not_got))
                             AND got.status IN (2, 5))"""
        )
        values["not_got"] = json.dumps(sorted(rule.not_got))
    return " AND ".join(parts), values


async def count(db: aiosqlite.Connection, rule: Audience, topic: CampaignTopic | None, places: Places) -> Headcount:
    """How many the rule picks now, by what a coordinator is shown before approval."""
    where, values = condition(rule, places)
    rows = await db.execute_fetchall(
        f"""SELECT chats.place, coalesce(chats.language, 'ky') AS language, count(*) AS n,
                   sum(chats.reachable) AS reached, sum({OPTED_OUT}) AS out
            FROM chats LEFT JOIN opt_outs ON opt_outs.chat_id = chats.chat_id
            WHERE {where} GROUP BY chats.place, coalesce(chats.language, 'ky')""",
        values | {"topic": topic or ""},
    )
    languages: Counter[Language] = Counter()
    oblasts: Counter[PlaceSlug | None] = Counter()
    chosen = reachable = out = 0
    for row in rows:
        chosen, reachable, out = chosen + row["n"], reachable + row["reached"], out + row["out"]
        languages[Language(row["language"])] += row["n"]
        oblasts[oblast_of(PlaceSlug(row["place"]) if row["place"] else None, places)] += row["n"]
    return Headcount(chosen, reachable, out, dict(languages), dict(oblasts))


async def meets(db: aiosqlite.Connection, rule: Audience, sources: list[SourceId], places: Places) -> bool:
    """Whether anybody whom the rule picks has been owed a letter of one of these sources."""
    where, values = condition(rule, places)
    rows = await db.execute_fetchall(
        f"""SELECT 1 FROM deliveries JOIN chats ON chats.chat_id = deliveries.chat_id
            WHERE deliveries.source_id IN (SELECT value FROM json_each(:those)) AND {where} LIMIT 1""",
        values | {"those": json.dumps(sources)},
    )
    return bool(list(rows))


async def outcomes(db: aiosqlite.Connection, source: SourceId) -> list[Mapping[str, Any]]:
    """How the letters of one source ended: status, reason, place and language with their number, for the report."""
    rows = await db.execute_fetchall(
        """SELECT deliveries.status, deliveries.reason, chats.place, coalesce(chats.language, 'ky') AS language,
                  count(*) AS n
           FROM deliveries LEFT JOIN chats ON chats.chat_id = deliveries.chat_id
           WHERE deliveries.source_id = ?
           GROUP BY deliveries.status, deliveries.reason, chats.place, coalesce(chats.language, 'ky')""",
        (source,),
    )
    return [dict(row) for row in rows]


def oblast_of(place: PlaceSlug | None, places: Places) -> PlaceSlug | None:
    """The oblast or the city of the republic that a place lies in."""
    for slug in places.upwards(place) if place else ():
        here = places.get(slug)
        if here is not None and here.level in (Level.OBLAST, Level.REPUBLICAN_CITY):
            return slug
    return None


def _branches(roots: tuple[PlaceSlug, ...], places: Places) -> str:
    return json.dumps([one.slug for one in places if any(places.within(one.slug, root) for root in roots)])
