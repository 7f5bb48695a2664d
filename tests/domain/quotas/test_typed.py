"""What people type: numbers, sexes, votes; and what is wrong names its line."""

import pytest

from bot.domain.quotas.people import Sex
from bot.domain.quotas.typed import Mistake, WrongInput, pasted_list, pasted_votes, range_bounds, seats_of


def mistake(act: object, words: str) -> tuple[Mistake, int]:
    with pytest.raises(WrongInput) as caught:
        act(words)  # type: ignore[operator]
    return caught.value.mistake, caught.value.line


@pytest.mark.parametrize("words", ["5 6 7", "5, 6, 7", "5+6+7", "5;6;7", "  5\n6\n7 "])
def test_seats_are_read_however_they_are_parted(words: str) -> None:
    assert seats_of(words) == (5, 6, 7)


@pytest.mark.parametrize("words", ["0", "-5", "5 -6", "101", "10000", "5,6,x", "5.5", "٥", "5 6 seven", "1e3"])
def test_seats_are_whole_numbers_from_1_to_100(words: str) -> None:
    assert mistake(seats_of, words)[0] is Mistake.SEATS


def test_no_seats_and_too_many_districts_are_told_apart() -> None:
    assert mistake(seats_of, " ")[0] is Mistake.NO_SEATS
    assert mistake(seats_of, "5 " * 61)[0] is Mistake.TOO_MANY_DISTRICTS


def test_no_district_can_be_empty() -> None:
    with pytest.raises(WrongInput) as caught:
        range_bounds("3", "5")
    assert caught.value.mistake is Mistake.FEWER_SEATS


@pytest.mark.parametrize(
    ("line", "name", "sex"),
    [
        ("Иванова Анна ж", "Иванова Анна", Sex.WOMAN),
        ("1. Петров Пётр, м", "Петров Пётр", Sex.MAN),
        ("2) Асанова Айнура - аял", "Асанова Айнура", Sex.WOMAN),
        ("3 Үсөнов Өмүрбек\tЭркек", "Үсөнов Өмүрбек", Sex.MAN),
        ("Салтанат кызы Асель;F", "Салтанат кызы Асель", Sex.WOMAN),
        ("Жумабек уулу Бакыт (м)", "", None),
        ("О. Ли-Ким м.", "О. Ли-Ким", Sex.MAN),
    ],
)
def test_a_line_of_a_list_is_a_name_and_a_sex(line: str, name: str, sex: Sex | None) -> None:
    if sex is None:
        assert mistake(pasted_list, line) == (Mistake.SEX, 1)
    else:
        (one,) = pasted_list(line)
        assert (one.name, one.sex) == (name, sex)


@pytest.mark.parametrize(
    ("line", "votes", "withdrawn"),
    [
        ("Анна ж 120", 120, False),
        ("Анна 120 ж", 120, False),
        ("1. Анна, ж, 1 200", 1200, False),
        ("Анна;ж;0", 0, False),
        ("Анна ж 12 снята", 12, True),
        ("Анна а 12 чыкты", 12, True),
    ],
)
def test_a_line_of_votes_is_a_name_a_sex_and_a_number(line: str, votes: int, withdrawn: bool) -> None:
    (one,) = pasted_votes(line)

    assert (one.name, one.sex, one.votes, one.withdrawn) == ("Анна", Sex.WOMAN, votes, withdrawn)


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("Анна ж\n\nПётр х", Mistake.SEX, 3),
        ("Анна ж\nПётр", Mistake.SEX, 2),
        ("Анна ж\nАННА ж", Mistake.TWICE, 2),
        ("", Mistake.NOBODY, 0),
        ("\n".join(f"Кандидат{'а' * (n + 1)} ж" for n in range(201)), Mistake.TOO_MANY, 201),
    ],
)
def test_what_is_wrong_with_a_list_names_its_line(text: str, expected: Mistake, line: int) -> None:
    if expected is Mistake.TOO_MANY:
        text = "\n".join(f"Имя {chr(1072 + n // 30)}{chr(1072 + n % 30)} ж" for n in range(201))
    assert mistake(pasted_list, text) == (expected, line)


@pytest.mark.parametrize("votes", ["-5", "12.5", "12x", "99999999999", "сто"])
def test_votes_are_whole_numbers(votes: str) -> None:
    assert mistake(pasted_votes, f"Анна ж 5\nПётр м {votes}") == (Mistake.VOTES, 2)


def test_votes_that_are_not_there_are_asked_for() -> None:
    assert mistake(pasted_votes, "Анна ж") == (Mistake.VOTES, 1)
