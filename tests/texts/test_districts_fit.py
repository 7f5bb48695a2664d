"""The words of /place fit one message and their buttons are read whole, for every aiyl aimak in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.app import GUIDES
from bot.domain.ids import ChatId, Language, PlaceSlug
from bot.domain.quotas.districts import LONGEST_ACT, Districting, DistrictsEntry
from bot.domain.quotas.reservation import reservation
from bot.guide.places import load_places
from bot.texts import districts
from tests.domain.quotas.rules import reserve
from tests.texts.test_buttons import is_read_whole
from tests.texts.test_letters_fit import fits

MOST = Districting((100,) * 60, "<" * LONGEST_ACT, date(2024, 9, 5), "https://example.org/" + "a&" * 200)


@pytest.mark.parametrize("language", Language)
def test_the_longest_districts_fit_one_message(language: Language) -> None:
    places, found = load_places(GUIDES / "places.csv"), reservation(MOST.seats, reserve())
    slug = PlaceSlug("chon-sary-oy")
    entry = DistrictsEntry(10**9, slug, MOST, ChatId(1), datetime(2026, 9, 1, tzinfo=UTC), "Ы" * 60)
    card = districts.card(slug, places, [entry] * 6, found, language, ZoneInfo("Asia/Bishkek"))
    preview = districts.preview(slug, places, MOST, found, "a" * 12, language)
    now = districts.stands_now(MOST, language)
    for letter in (card, preview, replace(preview, text=f"{now}\n\n{preview.text}")):
        fits(districts.moved(letter, language), letter.text[:60])
        is_read_whole(letter)


@pytest.mark.parametrize("language", Language)
def test_every_aiyl_aimak_can_be_offered_and_entered(language: Language) -> None:
    places = load_places(GUIDES / "places.csv")
    for place in places:
        for letter in (
            districts.ask_kenesh(place, place.parent or place.slug, places, language),
            districts.not_known(place.slug, places, language),
            districts.ask_seats(place.slug, places, language),
            districts.withdraw_question(place.slug, 10**9, places, language),
        ):
            fits(letter, place.slug)
            is_read_whole(letter)
