"""Trouble on demand: latency, rate limits, errors, silence, broken answers, held calls."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.demo.refusals import too_many

GROUP_WINDOW_S = 60.0


class Deed(StrEnum):
    """What a planned fault does to a call."""

    TOO_MANY = "429"
    ERROR = "500"
    GATEWAY = "502html"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    HOLD_BEFORE = "hold_before"
    HOLD_AFTER = "hold_after"
    BAD_JSON = "bad_json"
    BLOCKED = "403_blocked"
    NO_CHAT = "400_chat_not_found"
    UNAUTHORIZED = "401"
    MIGRATE = "migrate"


@dataclass(slots=True)
class Planned:
    """One planned fault: for which calls, what, and how many times more (-1: until replaced)."""

    do: Deed
    method: str = "*"
    chat_id: int | None = None
    times: int = 1
    retry_after: int | None = None

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether it strikes this call; "*" leaves getUpdates alone."""
        named = method != "getUpdates" if self.method == "*" else self.method.lower() == method.lower()
        return self.times != 0 and named and (self.chat_id is None or self.chat_id == chat_id)

    def as_json(self) -> dict[str, Any]:
        """In the shape in which it was given."""
        given: dict[str, Any] = {"method": self.method, "do": str(self.do), "times": self.times}
        if self.chat_id is not None:
            given["chat_id"] = self.chat_id
        if self.retry_after is not None:
            given["retry_after"] = self.retry_after
        return given


@dataclass(slots=True)
class Limits:
    """How much one may send: overall and to a chat in a second, to a group in a minute."""

    all_per_second: float = 30
    chat_per_second: float = 1
    group_per_minute: float = 20


@dataclass(slots=True)
class Faults:
    """The trouble that is switched on now."""

    latency_ms: float = 0
    rate_limits: bool = False
    limits: Limits = field(default_factory=Limits)
    next: list[Planned] = field(default_factory=list)
    clock_shift_s: float = 0
    held: "dict[asyncio.Future[None], dict[str, Any]]" = field(default_factory=dict)
    _sent: deque[float] = field(default_factory=deque)
    _sent_to: dict[int, deque[float]] = field(default_factory=dict)

    def change(self, given: Mapping[str, Any]) -> None:
        """Take over the keys given; raises ValueError in words for one that makes no sense."""
        unknown = set(given) - {"latency_ms", "rate_limits", "limits", "next", "clock_shift_s", "held"}
        if unknown:
            raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
        planned = [_planned(one) for one in given.get("next", ())]
        limits = dict(given.get("limits", {}))
        if set(limits) - set(Limits.__slots__):
            raise ValueError(f"limits are {', '.join(Limits.__slots__)}")
        if "next" in given:
            self.next = planned
        for name, value in limits.items():
            setattr(self.limits, name, float(value))
        if "latency_ms" in given:
            self.latency_ms = float(given["latency_ms"])
        if "clock_shift_s" in given:
            self.clock_shift_s = float(given["clock_shift_s"])
        if "rate_limits" in given:
            self.rate_limits = bool(given["rate_limits"])
            self._sent.clear()
            self._sent_to.clear()

    def as_json(self) -> dict[str, Any]:
        """The state in the shape of /sim/faults."""
        return {
            "latency_ms": self.latency_ms,
            "rate_limits": self.rate_limits,
            "limits": {name: getattr(self.limits, name) for name in Limits.__slots__},
            "next": [one.as_json() for one in self.next],
            "clock_shift_s": self.clock_shift_s,
            "held": [
                {"n": entry["n"], "method": entry["method"], "chat_id": entry.get("chat_id")}
                for entry in self.held.values()
            ],
        }

    def strike(self, method: str, chat_id: int | None) -> Planned | None:
        """The fault planned for this call, counted down; None when it may pass."""
        if not self.next:
            return None
        for planned in self.next:
            if planned.meets(method, chat_id):
                if planned.times > 0:
                    planned.times -= 1
                if planned.times == 0:
                    self.next.remove(planned)
                return planned
        return None

    async def hold(self, entry: dict[str, Any]) -> None:
        """Wait until released; `entry` says in the log which call it is."""
        gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.held[gate] = entry
        try:
            await gate
        finally:
            self.held.pop(gate, None)

    def release(self) -> int:
        """Let every held call go on; how many they were."""
        gates = [gate for gate in self.held if not gate.done()]
        for gate in gates:
            gate.set_result(None)
        return len(gates)

    def spend(self, chat_id: int, group: bool, editing: bool, monotonic: Callable[[], float]) -> None:
        """Count a message to a chat; raises 429 when it is one too many. Edits count in groups only."""
        if not self.rate_limits or (editing and not group):
            return
        now = monotonic()
        everyone, here = self._sent, self._sent_to.setdefault(chat_id, deque())
        while everyone and everyone[0] <= now - 1:
            everyone.popleft()
        while here and here[0] <= now - (GROUP_WINDOW_S if group else 1):
            here.popleft()
        waits = []
        if len(everyone) >= self.limits.all_per_second:
            waits.append(everyone[0] + 1 - now)
        if not group and len(here) >= self.limits.chat_per_second:
            waits.append(here[0] + 1 - now)
        if group and len(here) >= self.limits.group_per_minute:
            waits.append(here[0] + GROUP_WINDOW_S - now)
        if waits:
            raise too_many(max(1, math.ceil(max(waits))))
        everyone.append(now)
        here.append(now)
        if len(self._sent_to) > 5_000:
            self._sent_to = {chat: sent for chat, sent in self._sent_to.items() if sent and sent[-1] > now - 60}


def _planned(given: Mapping[str, Any]) -> Planned:
    unknown = set(given) - set(Planned.__slots__)
    if unknown:
        raise ValueError(f"a planned fault has no {', '.join(sorted(unknown))}")
    try:
        do = Deed(str(given["do"]))
    except (KeyError, ValueError):
        raise ValueError(f'"do" is one of {", ".join(Deed)}') from None
    return Planned(
        do=do,
        method=str(given.get("method", "*")),
        chat_id=None if given.get("chat_id") is None else int(given["chat_id"]),
        times=int(given.get("times", 1)),
        retry_after=None if given.get("retry_after") is None else int(given["retry_after"]),
    )
