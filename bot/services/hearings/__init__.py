"""Hearings: announced, moved, cancelled and concluded, followed, come to, spoken at. One verb each."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.ports import Clock, Nudge
from bot.services.hearings.announce import AnnounceHearing, CancelHearing, ConcludeHearing, MoveHearing
from bot.services.hearings.come import Come
from bot.services.hearings.contribute import Contribute, Moderate
from bot.services.hearings.drafts import Drafts
from bot.services.hearings.fill import FillDraft
from bot.services.hearings.follow import Follow
from bot.services.hearings.letters import HearingLetters
from bot.services.hearings.notices import Notices
from bot.services.hearings.reading import ReadAnnouncement
from bot.services.hearings.show import ShowHearings
from bot.services.places import PlaceBook
from bot.storage.database import Database
from bot.texts.hearings import Setting


@dataclass(frozen=True, slots=True)
class Hearings:
    """Every use case about hearings by its verb, and what their words need."""

    announce: AnnounceHearing
    move: MoveHearing
    cancel: CancelHearing
    conclude: ConcludeHearing
    drafts: Drafts
    fill: FillDraft
    read: ReadAnnouncement
    follow: Follow
    come: Come
    contribute: Contribute
    moderate: Moderate
    show: ShowHearings
    letters: HearingLetters
    setting: Setting
    clock: Clock


def build_hearings(
    db: Database, clock: Clock, place_book: PlaceBook, zone: ZoneInfo, bot_name: str, nudge: Nudge
) -> Hearings:
    """All of it, wired."""
    places, authority = place_book.base, place_book.authority
    setting = Setting(places, zone, bot_name)
    notices = Notices(places, zone)
    follow = Follow(db, clock, places)
    show = ShowHearings(db, clock, places, authority, follow)
    drafts = Drafts(db, clock, authority, notices)
    return Hearings(
        announce=AnnounceHearing(db, clock, authority, notices, nudge),
        move=MoveHearing(db, clock, authority, notices, nudge),
        cancel=CancelHearing(db, clock, authority, notices, nudge),
        conclude=ConcludeHearing(db, clock, authority, notices, nudge),
        drafts=drafts,
        fill=FillDraft(drafts, clock),
        read=ReadAnnouncement(clock, drafts, authority, place_book),
        follow=follow,
        come=Come(db, clock, authority, notices, nudge),
        contribute=Contribute(db, clock, notices, nudge),
        moderate=Moderate(db, clock, authority, nudge),
        show=show,
        letters=HearingLetters(db, clock, show, setting),
        setting=setting,
        clock=clock,
    )
