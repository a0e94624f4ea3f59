"""Printing and statistics on the page of the log's journals."""

from __future__ import annotations

from typing import Any

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel

from .worklog import JOURNALS


def work_journal(actor: Actor, journal: Any) -> dict[str, Any]:
    """The journal that is open is offered first."""
    return {"chosen": journal.code if journal.code in JOURNALS else ""}


panel("work-journal", 10, "Печать", "journals/work_journal.html", "work_journal.print", work_journal)
