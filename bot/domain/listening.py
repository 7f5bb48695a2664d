"""How a chat wants to hear of hearings: which kinds, how often, which reminders, in which languages, in which topic."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.hearings import Hearing, HearingKind, Lead
from bot.domain.ids import ChatId, Language

DIGEST_HOUR = time(9)
NEVER_LATER_THAN = timedelta(hours=48)
NIGHT_BEGINS, NIGHT_ENDS = time(22), time(8)


class Cadence(StrEnum):
    """How often a chat is told of new hearings."""

    AT_ONCE = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Listener:
    """A chat and how it wants to hear. No kinds means every kind. `thread` is a forum's topic."""

    chat_id: ChatId
    kinds: frozenset[HearingKind] = frozenset()
    cadence: Cadence = Cadence.AT_ONCE
    leads: frozenset[Lead] = frozenset(Lead)
    both: bool = False
    thread: int | None = None
    muted: bool = False

    def wants(self, kind: HearingKind | None) -> bool:
        """Whether a hearing of this kind concerns the chat."""
        return not self.muted and (not self.kinds or kind in self.kinds)

    def languages(self, own: Language | None) -> tuple[Language, ...]:
        """In which languages a letter to this chat is written, Kyrgyz first."""
        return tuple(Language) if self.both else (own or Language.KY,)

    def told_at(self, hearing: Hearing, now: datetime, zone: ZoneInfo) -> datetime:
        """When a notice is due here: a digest never waits beyond 48 hours before the start or the deadline."""
        if self.cadence is Cadence.AT_ONCE:
            return now
        moments = [_next_digest(self.cadence, now, zone), hearing.starts_at - NEVER_LATER_THAN]
        if hearing.terms.proposals_until is not None:
            moments.append(hearing.terms.proposals_until - NEVER_LATER_THAN)
        return max(now, min(moments))


def at_night(now: datetime, zone: ZoneInfo) -> bool:
    """Whether people sleep: what is sent then goes without sound."""
    clock = now.astimezone(zone).time()
    return clock >= NIGHT_BEGINS or clock < NIGHT_ENDS


def _next_digest(cadence: Cadence, now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    at = local.replace(hour=DIGEST_HOUR.hour, minute=0, second=0, microsecond=0)
    if at <= local:
        at += timedelta(days=1)
    if cadence is Cadence.WEEKLY:
        at += timedelta(days=-at.weekday() % 7)
    return at.astimezone(now.tzinfo)
