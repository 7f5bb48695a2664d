"""Use cases, one verb each. `Services` is what a handler may call; `app.py` builds it by hand."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.services.answering import AnswerQuestion
from bot.services.authority import Authority
from bot.services.candidacy import Candidacies
from bot.services.candidate_desk import CandidateDesk
from bot.services.chats import Describe, Forget, JoinGroup, LoseChat, MoveChat, StartChat
from bot.services.desk import Desk
from bot.services.districts import Districts
from bot.services.editing import OpenGuide, ReloadGuide
from bot.services.election_letters import ElectionLetters
from bot.services.elections import Elections
from bot.services.faq import PublishReply
from bot.services.faq_basis import ChooseBasis
from bot.services.faq_reading import ReadFaq
from bot.services.hearings import Hearings
from bot.services.people import People
from bot.services.places import PlaceBook
from bot.services.quiz import GroupQuiz, TakeQuiz
from bot.services.quotas import Quotas
from bot.services.reading import ReadGuide, SayUseful
from bot.services.reminding import OweReminders
from bot.services.showing import ShowArticle
from bot.services.silence import Silence
from bot.services.statistics import CountAll
from bot.services.suggesting import SuggestArticles
from bot.services.unanswered import ListUnanswered


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
    quotas: Quotas
    take_quiz: TakeQuiz
    group_quiz: GroupQuiz
    districts: Districts
    publish_reply: PublishReply
    read_faq: ReadFaq
    choose_basis: ChooseBasis
    list_unanswered: ListUnanswered
    hearings: Hearings
    silence: Silence
    elections: Elections
    owe_reminders: OweReminders
    candidacies: Candidacies
    candidate_desk: CandidateDesk
    election_letters: ElectionLetters
    zone: ZoneInfo
    bot_name: str

    @property
    def phone(self) -> str:
        """The telephone of the commission, as the guide says it now."""
        return self.open_guide.phone
