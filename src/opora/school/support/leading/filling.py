"""What the log asks: an entry with a verdict stays, else the verdict would go with it."""

from __future__ import annotations

from ..worklog.models import WorkEntry
from ..worklog.staying import tells_stay
from .models import QualityReview


@tells_stay
def judged(entry: WorkEntry) -> str:
    """An entry that was only drawn is not told: its author does not know of it."""
    rows = QualityReview.objects.of(entry.organisation).filter(entry=entry.pk).exclude(verdict="")
    return "Запись проверена руководителем, её оценка хранится вместе с ней." if rows.exists() else ""
