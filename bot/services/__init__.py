"""Use cases, one verb each. `Services` is what a handler may call; `app.py` builds it by hand."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.services.answering import AnswerQuestion
from bot.services.authority import Authority
from bot.services.campaigns import Campaigns
from bot.services.chats import Describe, Forget, JoinGroup, LoseChat, MoveChat, StartChat
from bot.services.desk import Desk
from bot.services.editing import OpenGuide, ReloadGuide
from bot.services.people import People
from bot.services.places import PlaceBook
from bot.services.reading import ReadGuide, SayUseful
from bot.services.showing import ShowArticle
from bot.services.statistics import CountAll
from bot.services.suggesting import SuggestArticles


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case by its verb, and the few settings that words need."""

    start_chat: StartChat
    join_group: JoinGroup
    lose_chat: LoseChat
    move_chat: MoveChat
    describe: Describe
    forget: Forget
    answer_question: AnswerQuestion
    desk: Desk
    people: People
    authority: Authority
    place_book: PlaceBook
    open_guide: OpenGuide
    reload_guide: ReloadGuide
    read_guide: ReadGuide
    say_useful: SayUseful
    show_article: ShowArticle
    suggest_articles: SuggestArticles
    count_all: CountAll
    campaigns: Campaigns
    zone: ZoneInfo
    bot_name: str

    @property
    def phone(self) -> str:
        """The telephone of the commission, as the guide says it now."""
        return self.open_guide.phone
