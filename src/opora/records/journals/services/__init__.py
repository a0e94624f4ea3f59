"""Printing and certifying journals: those of registers, those of the service's daily log, its statistics."""

from .registers import (
    DIRECT_LIMIT,
    TooLong,
    journal_print,
    print_fail,
    print_make,
    print_order,
    print_read,
    session_certify,
    session_entries,
    sessions_to_certify,
)
from .worklog import log_export, log_print, oversees, posts_to_print, reads_all, statistics_export, statistics_print

__all__ = [
    "DIRECT_LIMIT",
    "TooLong",
    "journal_print",
    "log_export",
    "log_print",
    "oversees",
    "posts_to_print",
    "print_fail",
    "print_make",
    "print_order",
    "print_read",
    "reads_all",
    "session_certify",
    "session_entries",
    "sessions_to_certify",
    "statistics_export",
    "statistics_print",
]
