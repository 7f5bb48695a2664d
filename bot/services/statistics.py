"""Counts for observers, editors and coordinators: no names, no words, only how many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.chats import Act, Grant
from bot.domain.errors import NotAllowed
from bot.domain.ids import ChatId, PlaceSlug, Slug
from bot.domain.questions import QuestionStatus
from bot.services.authority import Authority
from bot.storage import chats, opinions, questions, roles
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Statistics:
    """People and questions of one's branches (None when the role does not cover them), opinions of the guide."""

    people: int | None
    questions: Mapping[QuestionStatus, int] | None
    opinions: Mapping[Slug, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CountAll:
    """Counts within the branches of a coordinator, an editor or an observer. Raises NotAllowed for everybody else."""

    db: Database
    authority: Authority

    async def __call__(self, chat: ChatId) -> Statistics:
        grants = await roles.of_chat(self.db.read, chat)
        if not any(self.authority.allowed([grant], Act.SEE_OPINIONS, grant.place) for grant in grants):
            raise NotAllowed("statistics")
        useful = await opinions.counts(self.db.read)
        if not any(self.authority.allowed([grant], Act.SEE_STATISTICS, grant.place) for grant in grants):
            return Statistics(None, None, useful)
        people = sum(n for place, n in await chats.people_by_place(self.db.read) if self._seen(grants, place))
        states: Counter[QuestionStatus] = Counter()
        for place, status, n in await questions.statuses_by_place(self.db.read):
            if self._seen(grants, place):
                states[status] += n
        return Statistics(people, states, useful)

    def _seen(self, grants: list[Grant], place: PlaceSlug | None) -> bool:
        return self.authority.allowed(grants, Act.SEE_STATISTICS, place)
