"""A party's list held against the rules: what breaks, at which position, and the smallest change that mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.domain.quotas.people import Feature, Listed, Sex
from bot.domain.quotas.rules import MostRule

ORDER = "order"


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule that a person tries out; for local lists none of these is confirmed.

    `order`: no more than `number` of one sex in a row. A feature: at least `number` percent of the list have it."""

    rule: str
    number: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken: the position where it breaks, the limit, and how many there are.

    `sex` is the one that is too many; None when a feature is too rare (then `limit` is the least)."""

    rule: str
    position: int
    limit: int
    have: int
    confirmed: bool
    sex: Sex | None = None


class Act(StrEnum):
    """What is changed in a list."""

    REPLACE = "replace"  # by a person of the other sex
    SWAP = "swap"  # two positions change places
    INCLUDE = "include"  # so many more with a feature


@dataclass(frozen=True, slots=True)
class Change:
    """One step of mending: a position to replace (`sex` is who should stand there), two positions to swap, or a feature
    of which `count` more are needed."""

    act: Act
    position: int = 0
    other: int = 0
    sex: Sex | None = None
    feature: Feature | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says. `ok` speaks of the confirmed rule only; `tried` are the others held against it."""

    women: int
    men: int
    limit: int
    rule: MostRule
    tried: tuple[Trial, ...]
    findings: tuple[Finding, ...]
    repair: tuple[Change, ...]

    @property
    def ok(self) -> bool:
        """Whether every confirmed rule holds."""
        return not any(finding.confirmed for finding in self.findings)

    @property
    def length(self) -> int:
        """Names in the list."""
        return self.women + self.men


def check(names: Sequence[Listed], rule: MostRule, tried: Sequence[Trial] = ()) -> Verdict:
    """Hold a list against the rule in force and whatever is tried out besides."""
    sexes = tuple(one.sex for one in names)
    limit = rule.limit(len(names))
    run = min((trial.number for trial in tried if trial.rule == ORDER), default=len(names))
    features = [(Feature(trial.rule), trial.number) for trial in tried if trial.rule != ORDER]
    rare = [_rare(names, feature, percent) for feature, percent in features]
    found = [_too_many(sexes, rule, limit), _run(sexes, run), *rare]
    findings = tuple(one for one in found if one is not None)
    wanting = tuple(
        Change(Act.INCLUDE, feature=Feature(one.rule), count=one.limit - one.have) for one in rare if one is not None
    )
    women = sexes.count(Sex.WOMAN)
    mended = _mended(sexes, limit, run) if any(one.sex is not None for one in findings) else ()
    return Verdict(women, len(sexes) - women, limit, rule, tuple(tried), findings, (*mended, *wanting))


def _too_many(sexes: Sequence[Sex], rule: MostRule, limit: int) -> Finding | None:
    """More than the limit of one sex; the position is that of the first one too many."""
    for sex in Sex:
        places = [place for place, one in enumerate(sexes, 1) if one is sex]
        if len(places) > limit:
            return Finding(rule.name, places[limit], limit, len(places), True, sex)
    return None


def _run(sexes: Sequence[Sex], limit: int) -> Finding | None:
    """The first run of one sex that is longer than `limit`. Why a run and not a share: women put last pass it."""
    before = 0
    for sex, people in groupby(sexes):
        length = sum(1 for _ in people)
        if length > limit:
            return Finding(ORDER, before + limit + 1, limit, length, False, sex)
        before += length
    return None


def _rare(names: Sequence[Listed], feature: Feature, percent: int) -> Finding | None:
    have = sum(feature in one.features for one in names)
    least = -(-len(names) * percent // 100)
    return Finding(feature.value, len(names), least, have, False) if have < least else None


def _mended(sexes: Sequence[Sex], limit: int, run: int) -> tuple[Change, ...]:
    """The fewest changes, the lowest positions first to go; () when no list of this length can satisfy both.

    Of the lists that keep the rules the nearest is sought, position by position; a woman and a man out of place are one
    swap, whoever remains is one replacement."""
    length, women = len(sexes), sexes.count(Sex.WOMAN)
    far = length * length + 1  # one change weighs more than any sum of positions
    target: tuple[tuple[int, int], _Path] | None = None
    for wanted, (cost, path) in sorted(_nearest(sexes, run, far).items()):
        if max(wanted, length - wanted) > limit:
            continue
        apart, below = cost // far, cost % far
        weight = (apart + abs(wanted - women)) // 2, below
        if target is None or weight < target[0]:
            target = weight, path
    if target is None:
        return ()
    line = _unwound(target[1])
    wrong = [place for place, (now, then) in enumerate(zip(sexes, line, strict=True), 1) if now is not then]
    into = {sex: [place for place in wrong if line[place - 1] is sex] for sex in Sex}
    pairs = min(len(into[Sex.WOMAN]), len(into[Sex.MAN]))
    swaps = [
        Change(Act.SWAP, min(one, other), max(one, other))
        for one, other in zip(into[Sex.WOMAN][:pairs], into[Sex.MAN][:pairs], strict=True)
    ]
    rest = [Change(Act.REPLACE, place, sex=sex) for sex in Sex for place in into[sex][pairs:]]
    return (*swaps, *sorted(rest, key=lambda one: one.position))


@dataclass(frozen=True, slots=True)
class _Path:
    """The last position of a list being built, and what stands before it."""

    before: "_Path | None"
    sex: Sex


def _nearest(sexes: Sequence[Sex], run: int, far: int) -> dict[int, tuple[int, _Path]]:
    """For each number of women the nearest list without a longer run: its cost and the list."""
    states: dict[tuple[int, Sex | None, int], tuple[int, _Path | None]] = {(0, None, 0): (0, None)}
    for place, now in enumerate(sexes):
        following: dict[tuple[int, Sex | None, int], tuple[int, _Path | None]] = {}
        for (women, last, length), (cost, path) in states.items():
            for sex in Sex:
                longer = length + 1 if sex is last else 1
                if longer > run:
                    continue
                key = (women + (sex is Sex.WOMAN), sex, longer if run < len(sexes) else 0)
                dearer = cost + (far + len(sexes) - place - 1 if sex is not now else 0)
                if key not in following or dearer < following[key][0]:
                    following[key] = (dearer, _Path(path, sex))
        states = following
    best: dict[int, tuple[int, _Path]] = {}
    for (women, _last, _length), (cost, path) in states.items():
        if path is not None and (women not in best or cost < best[women][0]):
            best[women] = (cost, path)
    return best


def _unwound(path: _Path) -> list[Sex]:
    line: list[Sex] = []
    step: _Path | None = path
    while step is not None:
        line.append(step.sex)
        step = step.before
    return line[::-1]
