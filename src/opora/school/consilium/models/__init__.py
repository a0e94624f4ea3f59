"""Meetings of the consilium (ППк), what is decided of each child there, and what the families are told (000, Р-93)."""

from .agenda import Acquaintance, AgendaItem, AgendaSection, Participant
from .meetings import ConsiliumMeeting, MeetingMember
from .opinions import ConsiliumOpinion, OpinionSignature
from .referrals import ReferralToCommission
from .statute import ConsiliumSettings

__all__ = [
    "Acquaintance",
    "AgendaItem",
    "AgendaSection",
    "ConsiliumMeeting",
    "ConsiliumOpinion",
    "ConsiliumSettings",
    "MeetingMember",
    "OpinionSignature",
    "Participant",
    "ReferralToCommission",
]
