"""What a hearing says of itself, as JSON in one column and back."""

import json
from datetime import datetime
from typing import Any

from bot.domain.hearings import HearingKind, Item, Material, Spot, Terms
from bot.domain.ids import PlaceSlug
from bot.storage.moments import epoch, moment

_WORDS = ("topic", "venue", "link", "agenda", "organiser", "contact", "proposals")


def written(terms: Terms) -> str:
    """Only what is said is written."""
    found: dict[str, Any] = {name: getattr(terms, name) for name in _WORDS}
    found |= {
        "place": terms.place,
        "kind": terms.kind,
        "starts_at": _epoch(terms.starts_at),
        "proposals_until": _epoch(terms.proposals_until),
        "online": terms.online,
        "spot": None if terms.spot is None else [terms.spot.latitude, terms.spot.longitude],
        "files": [material_row(one) for one in terms.files],
        "unsure": sorted(terms.unsure),
    }
    return json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)


def read(text: str) -> Terms:
    """The terms of such a column."""
    found: dict[str, Any] = json.loads(text)
    return Terms(
        place=PlaceSlug(found["place"]) if "place" in found else None,
        kind=HearingKind(found["kind"]) if "kind" in found else None,
        starts_at=_moment(found.get("starts_at")),
        proposals_until=_moment(found.get("proposals_until")),
        online=bool(found.get("online")),
        spot=Spot(*found["spot"]) if "spot" in found else None,
        files=tuple(material(one) for one in found.get("files", ())),
        unsure=frozenset(Item(one) for one in found.get("unsure", ())),
        **{name: str(found.get(name, "")) for name in _WORDS},
    )


def material_row(one: Material) -> list[Any]:
    """A file as a row of JSON."""
    return [one.kind, one.file_id, one.name, one.size]


def material(row: list[Any]) -> Material:
    """A file from its row of JSON."""
    return Material(*row)


def _epoch(at: datetime | None) -> int | None:
    return None if at is None else epoch(at)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else moment(seconds)
