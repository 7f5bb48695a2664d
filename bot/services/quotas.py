"""Quotas as use cases: seats, lists and votes counted by the rules of the day. Names stay in memory, for an hour."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.errors import Unknown
from bot.domain.ids import ChatId, Language, UpdateId
from bot.domain.quotas.allocation import Allocation, allocate
from bot.domain.quotas.districts import Districting
from bot.domain.quotas.lists import Trial, Verdict, check
from bot.domain.quotas.people import Candidate, Feature, Listed, Sex
from bot.domain.quotas.reservation import Range, Reservation, reservation, reserve_range
from bot.domain.quotas.rules import QuotaRules, in_force
from bot.domain.quotas.typed import pasted_list, pasted_votes, seats_of, total_and_districts
from bot.ports import Clock
from bot.sheets.candidates import list_in, votes_in
from bot.storage.database import Database
from bot.texts import quota_tables
from bot.texts.pictures import seats as pictures
from bot.texts.quotas_asking import position_name

KEPT_SECONDS = 3600.0
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A list, what was said of it, and the features that its file tells of."""

    names: tuple[Listed, ...]
    verdict: Verdict
    features: frozenset[Feature] = frozenset()


Result = Reservation | Range | CheckedList | Allocation


class Memory:
    """Results by a token, each for one chat and an hour at most, the oldest giving way; nothing is written anywhere."""

    def __init__(self, clock: Clock, seconds: float = KEPT_SECONDS, at_most: int = MOST_KEPT) -> None:
        self._clock = clock
        self._seconds = seconds
        self._at_most = at_most
        self._kept: OrderedDict[str, tuple[ChatId, float, Result]] = OrderedDict()

    def keep(self, chat: ChatId, result: Result) -> str:
        """The token under which this chat finds its result again."""
        self.forget_old()
        token = secrets.token_hex(6)
        self._kept[token] = (chat, self._clock.monotonic() + self._seconds, result)
        while len(self._kept) > self._at_most:
            self._kept.popitem(last=False)
        return token

    def find(self, chat: ChatId, token: str) -> Result | None:
        """What this chat kept under the token, or None once it is gone."""
        self.forget_old()
        owner, _until, result = self._kept.get(token, (None, 0.0, None))
        return result if owner == chat else None

    def forget_old(self) -> None:
        """Side effect: whatever has had its hour is gone."""
        now = self._clock.monotonic()
        while self._kept and next(iter(self._kept.values()))[1] <= now:
            self._kept.popitem(last=False)

    def forget(self, chat: ChatId) -> None:
        """Side effect: nothing of this chat remains."""
        for token in [token for token, kept in self._kept.items() if kept[0] == chat]:
            del self._kept[token]


@dataclass(frozen=True, slots=True)
class Quotas:
    """Counts by the rules in force today. What is typed wrongly raises WrongInput or WrongSheet with its line."""

    rules: QuotaRules
    clock: Clock
    zone: ZoneInfo
    db: Database
    memory: Memory = field(kw_only=True)

    def of_seats(self, words: str) -> Reservation:
        """The reserve for «5 6 7»."""
        return reservation(seats_of(words), in_force(self.rules.reserve, self._today()))

    def of_place(self, known: Districting) -> Reservation:
        """The reserve of a place whose districts a coordinator has entered, by the rule of the day of their act."""
        return reservation(known.seats, in_force(self.rules.reserve, known.as_of))

    def between(self, words: str) -> Range:
        """The fewest and the most for «21 3»: seats, districts."""
        return reserve_range(*total_and_districts(words), in_force(self.rules.reserve, self._today()))

    def of_list(self, words: str) -> CheckedList:
        """A list as written into the chat."""
        return self._checked(pasted_list(words))

    def of_steps(self, sexes: Sequence[Sex], language: Language) -> CheckedList:
        """A list without names, built position by position."""
        return self._checked(tuple(Listed(position_name(number, language), sex) for number, sex in enumerate(sexes, 1)))

    async def of_list_file(self, name: str, content: bytes) -> CheckedList:
        """A list out of a file, read beside the event loop."""
        names, features = await asyncio.to_thread(list_in, name, content)
        return replace(self._checked(names), features=features)

    def tried(self, before: CheckedList, trial: Trial) -> CheckedList:
        """The same list with one more rule tried out; the same kind of rule replaces its earlier number."""
        others = [one for one in before.verdict.tried if one.rule != trial.rule]
        return replace(before, verdict=check(before.names, before.verdict.rule, (*others, trial)))

    def of_votes(self, words: str, seats: int) -> Allocation:
        """Candidates as written into the chat."""
        return self._allocated(pasted_votes(words), seats)

    async def of_votes_file(self, name: str, content: bytes, seats: int) -> Allocation:
        """Candidates out of a file, read beside the event loop."""
        return self._allocated(await asyncio.to_thread(votes_in, name, content), seats)

    def leave_no_trace(self, cause: UpdateId) -> None:
        """The update carries names: once it is done and emptied, the write-ahead log is emptied too."""
        self.db.forgetting.add(cause)

    async def picture(self, result: Result, language: Language) -> bytes:
        """A result as a PNG picture, drawn beside the event loop."""
        drawn = result.verdict if isinstance(result, CheckedList) else result
        names = result.names if isinstance(result, CheckedList) else ()
        return await asyncio.to_thread(pictures.draw, drawn, names, language)

    async def table(self, result: Result, language: Language) -> bytes:
        """A result as an Excel file."""
        drawn = result.verdict if isinstance(result, CheckedList) else result
        names = result.names if isinstance(result, CheckedList) else ()
        return await asyncio.to_thread(quota_tables.table, drawn, names, language)

    def kept(self, chat: ChatId, token: str) -> Result:
        """What this chat may still do something with. Raises Unknown once it is gone."""
        result = self.memory.find(chat, token)
        if result is None:
            raise Unknown(token)
        return result

    def _checked(self, names: tuple[Listed, ...]) -> CheckedList:
        return CheckedList(names, check(names, in_force(self.rules.most, self._today())))

    def _allocated(self, candidates: Sequence[Candidate], seats: int) -> Allocation:
        today = self._today()
        return allocate(candidates, seats, in_force(self.rules.allocation, today), in_force(self.rules.reserve, today))

    def _today(self) -> date:
        return self.clock.now().astimezone(self.zone).date()
