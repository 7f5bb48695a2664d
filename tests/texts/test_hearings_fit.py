"""The longest hearing that the form takes, in both languages at once, still fits into one message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from bot.domain.contributions import Contribution, ContributionId, ContributionKind
from bot.domain.hearings import Hearing, HearingId, HearingKind, HearingStatus, Material, Outcome, Shown, Terms
from bot.domain.ids import ChatId, Language, MessageId, PlaceSlug
from bot.texts import contributions, hearing_lists, hearings
from bot.texts.hearings import Setting
from bot.texts.pieces import units
from tests.texts.test_letters_fit import fits
from tests.town import Kernel

AT = datetime(2026, 12, 18, 8, tzinfo=UTC)
LONG = "Ы&<ө" * 500


def longest(kernel: Kernel) -> tuple[Hearing, Setting]:
    files = tuple(Material("document", f"f{n}", "я" * 80 + f"{n}.pdf", 3_000_000) for n in range(10))
    terms = Terms(
        PlaceSlug("tup-aa"), HearingKind.BUDGET, LONG[:300], AT, LONG[:200], None, False, "https://" + "x" * 290,
        LONG[:1500], LONG[:200], LONG[:200], LONG[:300], AT - timedelta(days=1), files,
    )  # fmt: skip
    return Hearing(HearingId(12), PlaceSlug("tup-aa"), AT, terms, ChatId(1), AT), Setting(
        kernel.places, ZoneInfo("Asia/Bishkek"), "a_bot_with_a_long_name_bot"
    )


def size(text: str) -> int:
    return units(unescape(hearings.TAG.sub("", text)))


@pytest.mark.parametrize("status", HearingStatus)
def test_the_card_of_the_longest_hearing_in_both_languages(kernel: Kernel, status: HearingStatus) -> None:
    hearing, setting = longest(kernel)
    words = LONG[:1000]
    outcome = Outcome(words, words, words, words, hearing.terms.files[0], 900, 400)
    shown = Shown(replace(hearing, status=status, reason=LONG[:1000]), outcome, 12, 3, 4)

    text = hearings.fitting(
        lambda level: "\n\n".join(hearings.card(shown, setting, one, group=True, level=level) for one in Language)
    )

    assert 300 < size(text) <= 4096


def test_everything_changed_at_once_in_both_languages(kernel: Kernel) -> None:
    hearing, setting = longest(kernel)
    other = replace(
        hearing.terms, topic=LONG[1:301], venue=LONG[1:201], link="https://" + "y" * 290, organiser=LONG[1:201],
        contact=LONG[1:201], proposals=LONG[1:301], starts_at=AT + timedelta(days=1), files=(),
    )  # fmt: skip

    text = hearings.fitting(
        lambda level: "\n\n".join(
            hearings.was_now(other, hearing.terms, setting, one, level)
            + hearings.card(Shown(hearing), setting, one, group=True, level=level)
            for one in Language
        )
    )

    assert size(text) <= 4096
    assert "&l…" not in text and "&am…" not in text


@pytest.mark.parametrize("language", Language)
def test_lists_of_the_longest_hearings_and_words(kernel: Kernel, language: Language) -> None:
    hearing, setting = longest(kernel)
    fits(hearing_lists.ahead([hearing] * 12, hearing, [PlaceSlug("tup")], setting, language), "ahead")
    fits(hearing_lists.past([(hearing, False)] * 12, setting, language), "past")
    one = Contribution(
        ContributionId(123456), HearingId(12), ChatId(1), ChatId(1), language, ContributionKind.PROPOSAL, LONG[:3000],
        MessageId(1), AT, answer=LONG[:3000], signed="я" * 60,
    )  # fmt: skip
    fits(contributions.listing(hearing, [one] * 7, 1, language), "listing")
    fits(contributions.to_moderate(one, hearing, language, setting), "to moderate")
    fits(contributions.fate(one, one, "answered", hearing, language), "fate")
