"""An Audience is a rule that picks chats, kept as plain values so that it can be read back as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.chats import ChatKind
from bot.domain.guide import Reader
from bot.domain.ids import CampaignId, Language, PlaceSlug


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a campaign is for. Empty `languages` and `readers` mean all of them; `places` are whole branches."""

    places: tuple[PlaceSlug, ...]
    languages: frozenset[Language] = frozenset()
    kinds: frozenset[ChatKind] = frozenset({ChatKind.PRIVATE})
    readers: frozenset[Reader] = frozenset()
    active_since: date | None = None
    without: tuple[PlaceSlug, ...] = ()
    not_got: tuple[CampaignId, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The rule as plain values in a fixed order."""
        return {
            "places": sorted(self.places),
            "languages": sorted(self.languages),
            "kinds": sorted(self.kinds),
            "readers": sorted(self.readers),
            "active_since": self.active_since.isoformat() if self.active_since else None,
            "without": sorted(self.without),
            "not_got": sorted(self.not_got),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Audience":
        """The rule that `as_json` kept."""
        return cls(
            places=tuple(PlaceSlug(one) for one in kept["places"]),
            languages=frozenset(Language(one) for one in kept["languages"]),
            kinds=frozenset(ChatKind(one) for one in kept["kinds"]),
            readers=frozenset(Reader(one) for one in kept["readers"]),
            active_since=date.fromisoformat(kept["active_since"]) if kept["active_since"] else None,
            without=tuple(PlaceSlug(one) for one in kept["without"]),
            not_got=tuple(CampaignId(one) for one in kept["not_got"]),
        )

    @property
    def seen_after(self) -> datetime | None:
        """The first moment of the day since which the chat must have spoken to us."""
        day = self.active_since
        return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many a rule picks now; `chosen` = reachable + unreachable, and some of them have opted out."""

    chosen: int = 0
    reachable: int = 0
    opted_out: int = 0
    by_language: Mapping[Language, int] = field(default_factory=dict)
    by_oblast: Mapping[PlaceSlug | None, int] = field(default_factory=dict)

    @property
    def unreachable(self) -> int:
        """Those whose chat is closed to us."""
        return self.chosen - self.reachable
