"""The two tables of candidates that people send: a party's list, and a district with its votes."""

from bot.domain.quotas.people import Candidate, Feature, Listed
from bot.domain.quotas.typed import Entry, candidates, listed
from bot.sheets.reading import read
from bot.sheets.sheet import Column, Record

NAME = Column(
    "name",
    ("ФИО", "Аты-жөнү", "имя", "Фамилия, имя, отчество", "аты", "кандидат", "талапкер", "full name", "candidate"),
)
SEX = Column("sex", ("пол", "жынысы", "жыныс", "gender"))
VOTES = Column("votes", ("голоса", "добуштар", "голосов", "число голосов", "добуш", "добуштардын саны"))
WITHDRAWN = Column("withdrawn", ("снят", "выбыл", "снялся", "чыкты", "чыгып кетти"), required=False)
FEATURES = {
    Feature.YOUNG: Column("young", ("молодёжь", "молодой", "жаштар", "жаш", "youth"), required=False),
    Feature.MINORITY: Column("minority", ("этническая группа", "меньшинство", "этникалык топ"), required=False),
    Feature.DISABILITY: Column("disability", ("инвалидность", "ОВЗ", "майыптык", "майыптыгы бар"), required=False),
}


def list_in(name: str, content: bytes) -> tuple[tuple[Listed, ...], frozenset[Feature]]:
    """A party's list out of a file, and which columns of features it has. Raises WrongSheet, WrongInput."""
    table = read(name, content).table((NAME, SEX, *FEATURES.values()))
    there = frozenset(feature for feature, column in FEATURES.items() if column.name in table.found)
    entries = [
        Entry(
            one.line,
            one["name"],
            one["sex"],
            features=tuple((each, one[FEATURES[each].name]) for each in sorted(there)),
        )
        for one in table
    ]
    return listed(entries), there


def votes_in(name: str, content: bytes) -> tuple[Candidate, ...]:
    """The candidates of a district out of a file. Raises WrongSheet, WrongInput."""
    table = read(name, content).table((NAME, SEX, VOTES, WITHDRAWN))
    return candidates(_entry(one) for one in table)


def _entry(one: Record) -> Entry:
    return Entry(one.line, one["name"], one["sex"], one["votes"], one["withdrawn"])
