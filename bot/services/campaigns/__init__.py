"""Campaigns, one verb each; `Campaigns` holds them for the handlers."""

from dataclasses import dataclass

from bot.services.campaigns.approving import ApproveCampaign
from bot.services.campaigns.drafting import DraftCampaign
from bot.services.campaigns.ground import Ground
from bot.services.campaigns.launching import CancelCampaign, LaunchCampaign, PauseCampaign
from bot.services.campaigns.letters import CampaignLetters
from bot.services.campaigns.news import WriteNews
from bot.services.campaigns.reporting import ConfirmHome, ReportCampaign
from bot.services.campaigns.stopping import StopCampaigns
from bot.services.campaigns.tending import TendCampaigns


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Every verb of campaigns, on one ground."""

    draft: DraftCampaign
    approve: ApproveCampaign
    launch: LaunchCampaign
    pause: PauseCampaign
    cancel: CancelCampaign
    report: ReportCampaign
    stop: StopCampaigns
    home: ConfirmHome
    tend: TendCampaigns

    @classmethod
    def on(cls, ground: Ground) -> "Campaigns":
        """All of them, wired."""
        draft, launch = DraftCampaign(ground), LaunchCampaign(ground)
        pause = PauseCampaign(ground, launch)
        return cls(
            draft=draft,
            approve=ApproveCampaign(ground, draft),
            launch=launch,
            pause=pause,
            cancel=CancelCampaign(ground, launch),
            report=ReportCampaign(ground, launch),
            stop=StopCampaigns(ground.db, ground.clock),
            home=ConfirmHome(ground),
            tend=TendCampaigns(ground, launch, pause),
        )


__all__ = ["CampaignLetters", "Campaigns", "Ground", "WriteNews"]
