"""Hearings in numbers: how many were told, came, spoke and were answered; never who."""

from collections.abc import Sequence
from datetime import datetime

import aiosqlite

from bot.domain.deliveries import TOLD, SourceKind
from bot.domain.hearings import HearingId, HearingKind, HearingNumbers, HearingStatus
from bot.domain.ids import PlaceSlug
from bot.storage.moments import epoch, moment

_TOLD = ", ".join(str(int(one)) for one in TOLD)


async def of_places(
    db: aiosqlite.Connection, places: Sequence[PlaceSlug], since: datetime, until: datetime
) -> list[HearingNumbers]:
    """Every hearing of these places that starts within this time, the earliest first."""
    rows = await db.execute_fetchall(
        f"""SELECT hearings.id, place, kind, topic, starts_at, status, present, women,
                   (SELECT count(DISTINCT chat_id) FROM sources JOIN deliveries ON source_id = sources.id
                    WHERE sources.kind = '{SourceKind.HEARING}' AND subject = hearings.id
                      AND deliveries.status IN ({_TOLD})) AS told,
                   (SELECT coalesce(sum(1 + extra), 0) FROM comings WHERE hearing_id = hearings.id) AS coming,
                   (SELECT coalesce(sum(came), 0) FROM attendances WHERE hearing_id = hearings.id) AS came,
                   (SELECT count(*) FROM contributions WHERE hearing_id = hearings.id) AS words,
                   (SELECT count(*) FROM contributions WHERE hearing_id = hearings.id AND answer <> '') AS answered
            FROM hearings LEFT JOIN hearing_outcomes ON hearing_outcomes.hearing_id = hearings.id
            WHERE starts_at >= ? AND starts_at < ? AND place IN ({", ".join("?" * len(places))})
            ORDER BY starts_at, hearings.id""",
        (epoch(since), epoch(until), *places),
    )
    return [
        HearingNumbers(
            HearingId(row["id"]),
            PlaceSlug(row["place"]),
            HearingKind(row["kind"]),
            row["topic"],
            moment(row["starts_at"]),
            HearingStatus(row["status"]),
            row["told"],
            row["coming"],
            row["came"],
            row["present"],
            row["women"],
            row["words"],
            row["answered"],
        )
        for row in rows
    ]
