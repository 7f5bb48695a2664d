"""A list built position by position, as one short word that a button can carry: nothing has to be kept meanwhile."""

from collections.abc import Sequence
from enum import StrEnum

from bot.domain.quotas.people import Sex

START = "1"


class Step(StrEnum):
    """What a press adds to a list being built."""

    WOMAN = "w"
    MAN = "m"
    BACK = "b"
    CHECK = "c"


def after(words: str) -> tuple[tuple[Sex, ...], Step | None]:
    """The list behind «3w» (a hexadecimal word and a step), the step taken; and the step. Raises ValueError."""
    step = Step(words[-1:]) if words != START else None
    number = int(words[:-1] if step else words, 16)
    if number < 1 or number.bit_length() > 201:
        raise ValueError(words)
    sexes = tuple(Sex.WOMAN if bit == "1" else Sex.MAN for bit in f"{number:b}"[1:])
    if step is Step.WOMAN:
        sexes = (*sexes, Sex.WOMAN)
    elif step is Step.MAN:
        sexes = (*sexes, Sex.MAN)
    elif step is Step.BACK:
        sexes = sexes[:-1]
    return sexes[:200], step


def word(sexes: Sequence[Sex]) -> str:
    """The list as one word; at most 51 letters for 200 positions."""
    return f"{int('1' + ''.join('1' if sex is Sex.WOMAN else '0' for sex in sexes), 2):x}"
