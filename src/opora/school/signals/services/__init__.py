"""Writes of the room: concerns, the examination they lead to, screenings, tables of results."""

from .concerns import concern_decline, concern_raise, concern_send
from .examining import examination_draft, examination_record
from .screenings import Mark, result_settle, results_save, screening_start
from .settings import terms_save
from .tables import table_bring, table_cancel, table_confirm, table_fail, table_read, table_write

__all__ = [
    "Mark",
    "concern_decline",
    "concern_raise",
    "concern_send",
    "examination_draft",
    "examination_record",
    "result_settle",
    "results_save",
    "screening_start",
    "table_bring",
    "table_cancel",
    "table_confirm",
    "table_fail",
    "table_read",
    "table_write",
    "terms_save",
]
