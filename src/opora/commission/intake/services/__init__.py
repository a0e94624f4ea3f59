"""The writes of the reception, by noun."""

from .applications import (
    CHANGEABLE,
    application_change,
    application_receive,
    application_submit,
    consents_require,
    sender_by_name,
)
from .bookings import (
    booking_arrive,
    booking_cancel,
    booking_make,
    booking_miss,
    booking_move,
    booking_of,
    nearest_free,
)
from .papers import (
    file_remove,
    file_return,
    paper_add,
    paper_attach,
    paper_change,
    paper_receive,
    paper_remove,
    paper_undo,
    paper_usual_medium,
)
from .reception import day_hours, place_save, slot_close, slots_open, template_days, template_save
from .steps import case_refuse, case_withdraw, papers_accept, papers_reopen

__all__ = [
    "CHANGEABLE",
    "application_change",
    "application_receive",
    "application_submit",
    "booking_arrive",
    "booking_cancel",
    "booking_make",
    "booking_miss",
    "booking_move",
    "booking_of",
    "case_refuse",
    "case_withdraw",
    "consents_require",
    "day_hours",
    "file_remove",
    "file_return",
    "nearest_free",
    "paper_add",
    "paper_attach",
    "paper_change",
    "paper_receive",
    "paper_remove",
    "paper_undo",
    "paper_usual_medium",
    "papers_accept",
    "papers_reopen",
    "place_save",
    "sender_by_name",
    "slot_close",
    "slots_open",
    "template_days",
    "template_save",
]
