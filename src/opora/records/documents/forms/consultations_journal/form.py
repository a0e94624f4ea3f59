"""The journal of consultations of pupils, parents, teachers."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.worklog import SOURCE, LogJournal, LogRow


class ConsultationRow(LogRow, total=False):
    """One consultation."""

    audience: str
    """«родители», «педагоги», «обучающиеся»; with the count of people when more than one came."""
    children: str
    """Who was consulted or whom it was about, with classes; each on a line of its own."""
    content: str
    outcome: str
    """Advice that was given, and what was seen of each child for whoever may read it."""


class ConsultationsJournalData(LogJournal, total=False):
    """The rows; empty prints ruled rows."""

    rows: list[ConsultationRow]


FORM = Form(
    code="consultations_journal",
    title="Журнал консультаций",
    source=SOURCE,
    orientation="landscape",
    data=ConsultationsJournalData,
)
