"""The tree of places: branches, equal names, former reform, the nearest above."""

from dataclasses import replace

import pytest

from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import COUNTRY, Level, Nearness, Place, PlaceMatch, Places, nearest_above


def a_place(slug: str, parent: str | None = "rayon", level: Level = Level.AIYL_AIMAK, **changes: object) -> Place:
    names = {Language.KY: f"{slug} айыл аймагы", Language.RU: f"{slug} айылный аймак"}
    usual = Place(PlaceSlug(slug), level, PlaceSlug(parent) if parent else None, names, as_of="pre-2024")
    return replace(usual, **changes)


def named(ky: str, ru: str) -> dict[Language, str]:
    return {Language.KY: ky, Language.RU: ru}


AK_SUU = named("Ак-Суу айыл аймагы", "Ак-Сууский айылный аймак")
COUNTRY_PLACE = a_place("kg", None, Level.COUNTRY)
OBLAST = a_place("oblast", "kg", Level.OBLAST)
RAYON = a_place("rayon", "oblast", Level.RAYON, names=named("Лейлек району", "Лейлекский район"))
OTHER_RAYON = a_place("other", "oblast", Level.RAYON, names=named("Аксы району", "Аксыйский район"))
AIMAK = a_place("aimak", names=AK_SUU, derived=True)
NAMESAKE = a_place("namesake", "other", names=AK_SUU)
LONELY = a_place("lonely", derived=True, names=named("Дара айыл аймагы", "Дарыинский айылный аймак"))
TREE = Places([COUNTRY_PLACE, OBLAST, RAYON, OTHER_RAYON, AIMAK, NAMESAKE, LONELY])


def test_the_way_up_begins_with_the_place_and_ends_with_the_country():
    assert TREE.upwards(AIMAK.slug) == (AIMAK.slug, RAYON.slug, OBLAST.slug, COUNTRY)


def test_a_loop_in_the_tree_does_not_hang_the_way_up():
    one, two = a_place("one", "two"), a_place("two", "one")

    assert Places([one, two]).upwards(one.slug) == (one.slug, two.slug)


def test_children_come_in_the_order_of_the_file():
    assert TREE.children(OBLAST.slug) == (RAYON, OTHER_RAYON)
    assert TREE.children(AIMAK.slug) == ()


def test_a_place_lies_within_itself_and_all_above_but_not_beside():
    assert TREE.within(AIMAK.slug, AIMAK.slug)
    assert TREE.within(AIMAK.slug, COUNTRY)
    assert not TREE.within(AIMAK.slug, OTHER_RAYON.slug)
    assert not TREE.within(RAYON.slug, AIMAK.slug)


def test_the_nearest_above_may_be_the_place_itself():
    assert nearest_above(TREE, AIMAK.slug, {AIMAK.slug, RAYON.slug}) == AIMAK.slug


def test_the_nearest_above_is_the_lowest_that_has_one():
    assert nearest_above(TREE, AIMAK.slug, {COUNTRY, OBLAST.slug, OTHER_RAYON.slug}) == OBLAST.slug


def test_nobody_above_is_none():
    assert nearest_above(TREE, AIMAK.slug, {OTHER_RAYON.slug, NAMESAKE.slug}) is None
    assert nearest_above(TREE, PlaceSlug("nowhere"), {COUNTRY}) is None


def test_equal_names_are_told_apart_by_the_rayon_in_both_languages():
    assert TREE.label(NAMESAKE, Language.KY) == "Ак-Суу айыл аймагы (Аксы району)"
    assert TREE.label(NAMESAKE, Language.RU) == "Ак-Сууский айылный аймак (Аксыйский район)"


def test_names_that_are_equal_in_one_language_only_are_told_apart_in_both():
    spelled_otherwise = replace(NAMESAKE, names=named("Ак-Суу айыл аймагы", "Ак-Суйский айылный аймак"))
    tree = Places([COUNTRY_PLACE, OBLAST, RAYON, OTHER_RAYON, AIMAK, spelled_otherwise])

    assert tree.label(AIMAK, Language.RU) == "Ак-Сууский айылный аймак (Лейлекский район)"


def test_a_name_that_nobody_shares_stands_alone():
    assert TREE.label(LONELY, Language.RU) == "Дарыинский айылный аймак"


def test_the_same_name_at_another_level_is_told_by_its_kind_and_needs_no_more():
    city = a_place("city", "rayon", Level.CITY, names=AK_SUU)
    tree = Places([COUNTRY_PLACE, OBLAST, RAYON, AIMAK, city])

    assert tree.label(city, Language.RU) == "Ак-Сууский айылный аймак"


def test_a_derived_name_is_marked_in_kyrgyz_only():
    assert TREE.label(LONELY, Language.KY) == "≈ Дара айыл аймагы"
    assert TREE.label(AIMAK, Language.KY) == "≈ Ак-Суу айыл аймагы (Лейлек району)"
    assert "≈" not in TREE.label(AIMAK, Language.RU)


def test_a_confirmed_name_loses_its_mark_and_the_others_keep_theirs():
    tree = TREE.with_confirmed({LONELY.slug})
    lonely, aimak = tree.get(LONELY.slug), tree.get(AIMAK.slug)

    assert lonely is not None
    assert aimak is not None
    assert tree.label(lonely, Language.KY) == "Дара айыл аймагы"
    assert tree.label(aimak, Language.KY).startswith("≈ ")
    assert [place.slug for place in tree] == [place.slug for place in TREE]


def test_the_same_confirmations_give_the_same_tree_and_others_another():
    tree = TREE.with_confirmed({LONELY.slug})

    assert TREE.with_confirmed(frozenset({LONELY.slug, PlaceSlug("nowhere")})) is tree
    assert TREE.with_confirmed({LONELY.slug, AIMAK.slug}) is not tree
    assert TREE.with_confirmed(set()) is TREE


def test_only_what_stands_as_before_the_reform_says_so():
    assert AIMAK.before_reform
    assert not replace(AIMAK, as_of="2025").before_reform


@pytest.mark.parametrize(
    ("nearness", "exact"),
    [(Nearness.NAME, True), (Nearness.SPELLING, True), (Nearness.BEGINNING, False), (Nearness.PART, False)],
)
def test_a_guess_is_not_exact(nearness: Nearness, exact: bool):
    assert PlaceMatch(AIMAK, nearness, 90.0, "Ак-Суу").exact is exact
