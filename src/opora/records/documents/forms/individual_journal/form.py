"""The journal of individual work with children."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.worklog import SOURCE, LogJournal, LogRow


class IndividualRow(LogRow, total=False):
    """A child at one piece of work."""

    child: str
    """Name and class: «Данилов Миша Игоревич, 4 «А»»."""
    content: str
    """What was done, by which material."""
    attendance: str
    """«на занятии», «болезнь», «пропуск»."""
    result: str
    """Dynamics and what was seen; empty for whoever may not read texts of support."""


class IndividualJournalData(LogJournal, total=False):
    """The rows; empty prints ruled rows."""

    rows: list[IndividualRow]


FORM = Form(
    code="individual_journal",
    title="Журнал индивидуальной работы",
    source=SOURCE,
    orientation="landscape",
    data=IndividualJournalData,
)
