"""The journal of diagnostics."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.worklog import SOURCE, LogJournal, LogRow


class DiagnosticsRow(LogRow, total=False):
    """A child at one examination; an examination of a class without names is one row."""

    child: str
    """Name and class, or how many were examined: «26 чел.»."""
    method: str
    value: str
    """«12,5», empty when nothing was measured."""
    level: str
    """«ниже среднего»; empty for whoever may not read texts of support."""
    result: str
    """What was seen, what follows from it."""


class DiagnosticsJournalData(LogJournal, total=False):
    """The rows; empty prints ruled rows."""

    rows: list[DiagnosticsRow]


FORM = Form(
    code="diagnostics_journal",
    title="Журнал диагностики",
    source=SOURCE,
    orientation="landscape",
    data=DiagnosticsJournalData,
)
