"""Sealing, exporting and checking the log."""

from .exporting import evidence_export
from .inspecting import STALE, database_verify, inspection_fail, inspection_order, inspection_run, rows_count
from .sealing import checkpoint_make, checkpoint_path, checkpoint_text

__all__ = [
    "STALE",
    "checkpoint_make",
    "checkpoint_path",
    "checkpoint_text",
    "database_verify",
    "evidence_export",
    "inspection_fail",
    "inspection_order",
    "inspection_run",
    "rows_count",
]
