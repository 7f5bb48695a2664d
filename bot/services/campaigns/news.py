"""Words to coordinators about a campaign, written when they are sent, from the campaign as it is then."""

from dataclasses import dataclass

from bot.domain.campaigns import CampaignStatus, CampaignTopic
from bot.domain.deliveries import Source, SourceKind
from bot.domain.ids import CampaignId, ChatId, Language
from bot.ports import Letter
from bot.services.campaigns.letters import CampaignLetters
from bot.services.campaigns.reporting import ReportCampaign
from bot.storage import campaigns, chats
from bot.texts import campaign_news, campaign_reports


@dataclass(frozen=True, slots=True)
class WriteNews:
    """The Letter for a test or a word about a campaign; None when it means nothing any more."""

    report: ReportCampaign
    letters: CampaignLetters

    async def __call__(self, source: Source, chat: ChatId) -> Letter | None:
        id = CampaignId(source.subject)
        about = source.occasion.partition(" ")[0]
        if source.kind is SourceKind.CAMPAIGN_TEST:
            return await self.letters.as_test(id, Language(about))
        ground = self.report.ground
        one = await campaigns.by_id(ground.db.read, id)
        if one is None:
            return None
        person = await chats.subscriber(ground.db.read, chat)
        language = person.language if person and person.language else Language.KY
        match about:
            case "approve":
                waits = one.status is CampaignStatus.WAITING and source.occasion == f"approve {one.version}"
                return campaign_news.asks_for_approval(one, language) if waits else None
            case "approved":
                return campaign_news.approved(one, language, ground.zone)
            case "back":
                return campaign_news.sent_back(one, language)
            case "begun":
                return campaign_news.begun(one, language)
            case "paused" | "elsewhere" | "handed":
                if one.status is not CampaignStatus.PAUSED:
                    return None
                standing = await self.report.launching.standing(id)
                return campaign_reports.progress(one, standing.tally, standing.source, 0.0, language, ground.zone)
            case "silence":
                releasable = one.draft.content.topic is CampaignTopic.HOW_TO_VOTE
                return campaign_news.silence(one, releasable, language)
            case "report":
                found = await self.report.of(id)
                return campaign_reports.report(
                    one, found.standing.tally, found.causes, found.oblasts, found.taps, ground.places, language
                )
        return None
