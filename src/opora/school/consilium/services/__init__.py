"""The one door for writes of this room."""

from .agenda import (
    item_add,
    item_change,
    item_move,
    item_open,
    item_postpone,
    item_remove,
)
from .invitations import participant_invite, participant_mark, participant_remove
from .meetings import (
    composition_on,
    meeting_call,
    meeting_cancel,
    meeting_change,
    meeting_end,
    meeting_plan,
    meeting_start,
    member_set_present,
    usual_posts,
)
from .opinions import (
    opinion_annul,
    opinion_offer,
    opinion_sign,
    opinion_sign_paper,
    opinion_withdraw,
)
from .protocols import protocol_annul, protocol_issue, protocol_read
from .referrals import referral_annul, referral_answer, referral_make
from .statute import settings_save
from .talk import decision_set, may_write, parents_hear, section_write
from .telling import parents_tell, teachers_tell

__all__ = [
    "composition_on",
    "decision_set",
    "item_add",
    "item_change",
    "item_move",
    "item_open",
    "item_postpone",
    "item_remove",
    "may_write",
    "meeting_call",
    "meeting_cancel",
    "meeting_change",
    "meeting_end",
    "meeting_plan",
    "meeting_start",
    "member_set_present",
    "opinion_annul",
    "opinion_offer",
    "opinion_sign",
    "opinion_sign_paper",
    "opinion_withdraw",
    "parents_hear",
    "parents_tell",
    "participant_invite",
    "participant_mark",
    "participant_remove",
    "protocol_annul",
    "protocol_issue",
    "protocol_read",
    "referral_annul",
    "referral_answer",
    "referral_make",
    "section_write",
    "settings_save",
    "teachers_tell",
    "usual_posts",
]
