"""The list of papers as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from opora.commission.cases.models import Case

from .facts import edition_of
from .models import Paper, PaperFile

SHORT = {
    "original": "оригинал",
    "copy": "копия",
    "original_or_certified_copy": "оригинал или заверенная копия",
}


@dataclass
class PaperLine:
    """A paper with what the edition says of it and its scans."""

    paper: Paper
    plain: str
    form: str
    files: list[PaperFile] = field(default_factory=list)
    removed: list[PaperFile] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.paper.received_on is None:
            return "missing" if self.paper.is_missing else "absent"
        return "checked" if self.paper.checked_on else "received"


def paper_lines(case: Case) -> list[PaperLine]:
    """All lines in order, in three queries."""
    law = {one.code: one for one in edition_of(case).papers}
    found = case.papers.select_related("checked_by").prefetch_related("files__file")
    lines = []
    for paper in found:
        paper.case = case
        asked = law.get(paper.requirement)
        line = PaperLine(paper, asked.parent_text if asked else "", SHORT[asked.form] if asked else "")
        for attached in paper.files.all():
            (line.removed if attached.removed_at else line.files).append(attached)
        lines.append(line)
    return lines
