"""The plans of three made-up candidates, with their dates, to be checked by hand against the fact base.

`python -m tests.bench.candidacy_plans`"""

from datetime import date

from bot.domain.candidacy import Candidacy, Way, plan
from bot.domain.elections import Kenesh
from bot.domain.ids import CandidacyId, ChatId, ElectionId, Language, PlaceSlug
from bot.guide.facts import Facts
from bot.guide.steps import load_steps
from bot.texts.elections import when
from tests.elections import GUIDES, an_election

CANDIDATES = ((Way.AIYL_SELF, "tort-gul"), (Way.AIYL_PARTY, "tort-gul"), (Way.CITY_LIST, "karakol"))
DAYS = (date(2024, 11, 17), date(2030, 5, 19))


def main() -> None:
    """Print every plan."""
    steps = load_steps(GUIDES / "steps.toml", Facts.load(GUIDES))
    for voting_day in DAYS:
        for way, place in CANDIDATES:
            election = an_election(voting_day, Kenesh(way.kenesh), (place,))
            candidacy = Candidacy(CandidacyId(1), ChatId(1), PlaceSlug(place), way, ElectionId(0))
            print(f"\n{way}, {place}, voting on {voting_day:%d.%m.%Y}")
            for number, line in enumerate(plan(candidacy, steps, election), 1):
                at = line.deadline
                said = "" if at is None else f"{when(at, Language.RU)} (E{(at.day - voting_day).days:+d})"
                print(f"  {number:2}. {line.title[Language.RU]:60} {said}")


if __name__ == "__main__":
    main()
