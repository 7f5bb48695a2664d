"""Who the bot talks with: subscribers, groups, and the roles of coordinators."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.guide import Reader
from bot.domain.ids import ChatId, Language, PlaceSlug


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"


class TopicOfInterest(StrEnum):
    """What a person may ask to hear about."""

    ELECTIONS = "elections"
    QUOTA = "quota"
    BUDGET = "budget"
    PROGRAMMES = "programmes"
    HEARINGS = "hearings"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person's Chat that has started us. A language of None means the choice is not yet made."""

    chat_id: ChatId
    language: Language | None = None
    place: PlaceSlug | None = None
    village: str = ""
    readers: frozenset[Reader] = field(default_factory=frozenset)
    topics: frozenset[TopicOfInterest] = field(default_factory=frozenset)
    reachable: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group Chat; bound to a Place by its admin."""

    chat_id: ChatId
    title: str
    language: Language | None = None
    place: PlaceSlug | None = None
    reachable: bool = True


class Role(StrEnum):
    """What a coordinator may do, within a branch of places."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    DESK = "desk"
    EDITOR = "editor"
    OBSERVER = "observer"


class Act(StrEnum):
    """What a role may or may not do; checked at the moment of acting."""

    ANSWER = "answer"
    INVITE = "invite"
    REVOKE = "revoke"
    SEE_PEOPLE = "see_people"
    ADD_ALIAS = "add_alias"
    SEE_STATISTICS = "see_statistics"
    SEE_OPINIONS = "see_opinions"
    SEE_UNANSWERED = "see_unanswered"
    PUBLISH = "publish"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    ANNOUNCE = "announce"
    MODERATE = "moderate"
    RELOAD_GUIDE = "reload_guide"
    ENTER_DISTRICTS = "enter_districts"
    RUN_ELECTIONS = "run_elections"
    SERVE_CANDIDATES = "serve_candidates"


ALLOWS: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset(Act),
    Role.COORDINATOR: frozenset(Act) - {Act.RELOAD_GUIDE, Act.WITHDRAW},
    Role.DESK: frozenset({Act.ANSWER, Act.ADD_ALIAS, Act.MODERATE}),
    Role.EDITOR: frozenset({Act.ADD_ALIAS, Act.SEE_OPINIONS, Act.RELOAD_GUIDE, Act.APPROVE, Act.WITHDRAW}),
    Role.OBSERVER: frozenset({Act.SEE_STATISTICS, Act.SEE_OPINIONS}),
}

MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.COORDINATOR: frozenset({Role.DESK, Role.EDITOR, Role.OBSERVER}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of one coordinator over one branch of places, until revoked."""

    id: int
    chat_id: ChatId
    role: Role
    place: PlaceSlug
    granted_at: datetime
    granted_by: ChatId | None


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time offer of a role; shown before it is accepted."""

    id: int
    role: Role
    place: PlaceSlug
    created_by: ChatId
    expires_at: datetime
