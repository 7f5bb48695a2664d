"""The tree of places: country → oblast → rayon or city → aiyl aimak; two names, a date, aliases."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from bot.domain.ids import Language, PlaceSlug

COUNTRY = PlaceSlug("kg")
BEFORE_REFORM = "pre-2024"
DERIVED_MARK = "≈ "
_KIND = re.compile(r"\s*\b(?:айыл аймагы|району|айылный аймак|район)\b\s*", re.IGNORECASE)


class Level(StrEnum):
    """What kind of place it is; the order is how equal names are listed."""

    COUNTRY = "country"
    OBLAST = "oblast"
    REPUBLICAN_CITY = "republican_city"
    RAYON = "rayon"
    CITY = "city"
    CITY_DISTRICT = "city_district"
    AIYL_AIMAK = "aiyl_aimak"


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree. `derived` says that its Kyrgyz name awaits a coordinator's word (shown with ≈);
    `former` is what it was called before a renaming; `successor` is the place that took its people over."""

    slug: PlaceSlug
    level: Level
    parent: PlaceSlug | None
    names: Mapping[Language, str]
    as_of: str
    derived: bool = False
    aliases: tuple[str, ...] = ()
    former: Mapping[Language, str] = field(default_factory=dict)
    successor: PlaceSlug | None = None

    @property
    def before_reform(self) -> bool:
        """Whether it stands here as it was before the reform of aiyl aimaks of 2024."""
        return self.as_of == BEFORE_REFORM

    @property
    def elects_aiyl_kenesh(self) -> bool:
        """Whether it has an aiyl kenesh: an aiyl aimak that has not become something else."""
        return self.level is Level.AIYL_AIMAK and self.successor is None


@dataclass(frozen=True, slots=True)
class PlaceAlias:
    """One more way in which people call a place, added by a coordinator."""

    alias: str
    place: PlaceSlug


class Nearness(IntEnum):
    """How what was typed met a name; the smaller the nearer."""

    NAME = 0  # a name or an alias, letter by letter but for case, ё and hyphens
    LETTERS = 1  # the same, with о у н typed for ө ү ң
    SPELLING = 2  # the same by sound: дж for ж, Latin letters, a Russian adjective, a case ending
    BEGINNING = 3  # the beginning of a name
    TYPO = 4  # a few letters away
    PART = 5  # only some of the words name a place


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that typed words may mean. `words` is the name or alias they met; `score` runs from 0 to 100."""

    place: Place
    nearness: Nearness
    score: float
    words: str

    @property
    def exact(self) -> bool:
        """Whether the words name the place, however they are spelled; false for a guess."""
        return self.nearness <= Nearness.SPELLING


class Places:
    """The whole tree; knows branches, ancestors, children, and how to tell equal names apart."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_slug = {place.slug: place for place in places}
        self._children: dict[PlaceSlug, list[Place]] = {}
        for place in self._by_slug.values():
            if place.parent is not None:
                self._children.setdefault(place.parent, []).append(place)
        self._with_confirmed: dict[frozenset[PlaceSlug], Places] = {}
        self._bearers = Counter(
            (place.level, language, name.casefold())
            for place in self._by_slug.values()
            for language, name in place.names.items()
        )

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_slug.values())

    def __len__(self) -> int:
        return len(self._by_slug)

    def get(self, slug: str) -> Place | None:
        """The place of this slug, or None."""
        return self._by_slug.get(PlaceSlug(slug))

    def children(self, slug: PlaceSlug) -> tuple[Place, ...]:
        """The places right below, in the order of the file."""
        return tuple(self._children.get(slug, ()))

    def upwards(self, slug: PlaceSlug) -> tuple[PlaceSlug, ...]:
        """The place itself and all above it, nearest first, the country last."""
        path: list[PlaceSlug] = []
        here: PlaceSlug | None = slug
        while here is not None and here in self._by_slug and here not in path:
            path.append(here)
            here = self._by_slug[here].parent
        return tuple(path)

    def within(self, slug: PlaceSlug, branch: PlaceSlug) -> bool:
        """Whether `slug` is `branch` or lies below it."""
        return branch in self.upwards(slug)

    def shares_name(self, place: Place) -> bool:
        """Whether another place of this level bears the same name in one of the languages."""
        return any(self._bearers[place.level, language, name.casefold()] > 1 for language, name in place.names.items())

    def label(self, place: Place, language: Language) -> str:
        """The name as people see it: ≈ before an unconfirmed Kyrgyz name, what lies above after a shared one."""
        mark = self._mark(place, language)
        above = self._shared_below(place)
        where = f" ({above.names[language]})" if above is not None else ""
        return f"{mark}{place.names[language]}{where}"

    def short(self, place: Place, language: Language) -> str:
        """The name on a button below what lies above it: without the words for a rayon and an aiyl aimak."""
        return self._mark(place, language) + _without_kind(place.names[language])

    def short_label(self, place: Place, language: Language) -> str:
        """The same with what lies above it after a shared name, also in short."""
        above = self._shared_below(place)
        where = f" ({_without_kind(above.names[language])})" if above is not None else ""
        return self.short(place, language) + where

    def path(self, place: Place, language: Language) -> str:
        """The whole name with all that lies above it but the country: «Дара айыл аймагы, Баткен району, …»."""
        above = [self._by_slug[slug] for slug in self.upwards(place.slug)[1:] if slug != COUNTRY]
        return self._mark(place, language) + ", ".join(one.names[language] for one in (place, *above))

    def _shared_below(self, place: Place) -> Place | None:
        """What tells a shared name apart; None for a name of one place."""
        return self._by_slug.get(place.parent) if place.parent is not None and self.shares_name(place) else None

    @staticmethod
    def _mark(place: Place, language: Language) -> str:
        return DERIVED_MARK if place.derived and language is Language.KY else ""

    def with_confirmed(self, confirmed: Set[PlaceSlug]) -> "Places":
        """The same tree, in which the names that coordinators confirmed are no longer derived.

        The same set gives the same object, so that what is built over a tree can be kept with it."""
        fresh = frozenset(slug for slug in confirmed if slug in self._by_slug and self._by_slug[slug].derived)
        if not fresh:
            return self
        if fresh not in self._with_confirmed:
            tree = Places(replace(place, derived=False) if place.slug in fresh else place for place in self)
            self._with_confirmed = {fresh: tree}
        return self._with_confirmed[fresh]


def _without_kind(name: str) -> str:
    return _KIND.sub(" ", name).strip().replace("имени", "им.")


def nearest_above(places: Places, slug: PlaceSlug, having: Container[PlaceSlug]) -> PlaceSlug | None:
    """The place itself, or the nearest above it, that is among `having`; None when there is none."""
    return next((here for here in places.upwards(slug) if here in having), None)
