"""The path of what the service draws up and the director approves: its table, and how one step of it is taken."""

from __future__ import annotations

from .flow import CLAUSE, DIRECTOR, HEAD, HEAD_CLAUSE, OPEN, Status, approval_flow

__all__ = ["CLAUSE", "DIRECTOR", "HEAD", "HEAD_CLAUSE", "OPEN", "Status", "approval_flow"]
