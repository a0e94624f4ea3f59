"""The one door for writes of this room."""

from .agreeing import (
    agreement_record,
    programme_agree,
    programme_send_to_family,
    programme_take_back,
    proposal_answer,
    proposal_record,
)
from .approving import programme_approve, programme_cancel
from .copying import plan_copy
from .drafting import section_write, term_set
from .leaving import handover_is_whole, programme_close
from .opening import curator_change, curators_on, programme_open
from .planning import LineSaved, activity_copy, line_add, line_change, line_move, line_remove, part_of
from .steps import lead_require, may_lead, programme_advance, programme_lock, step_require
from .versions import version_keep

__all__ = [
    "LineSaved",
    "activity_copy",
    "agreement_record",
    "curator_change",
    "curators_on",
    "handover_is_whole",
    "lead_require",
    "line_add",
    "line_change",
    "line_move",
    "line_remove",
    "may_lead",
    "part_of",
    "plan_copy",
    "programme_advance",
    "programme_agree",
    "programme_approve",
    "programme_cancel",
    "programme_close",
    "programme_lock",
    "programme_open",
    "programme_send_to_family",
    "programme_take_back",
    "proposal_answer",
    "proposal_record",
    "section_write",
    "step_require",
    "term_set",
    "version_keep",
]
