"""The case file to read beside a work sheet: why the child came, what is known, which papers are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opora.commission.cases.models import Case
from opora.commission.intake.models import Application, Paper, PaperFile
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Diagnosis, Disability, Enrolment, Family

from .models import Examination


@dataclass(frozen=True)
class FilePaper:
    """A received paper with its scans."""

    paper: Paper
    files: list[PaperFile]


def case_file(actor: Actor, case: Case) -> dict[str, Any]:
    """What the sheet shows on its right side; a fixed number of queries."""
    child = case.child
    return {
        "application": Application.objects.visible_to(actor).filter(case=case).first(),
        "diagnoses": list(Diagnosis.objects.visible_to(actor).filter(child=child)),
        "disabilities": list(Disability.objects.visible_to(actor).filter(child=child)),
        "enrolment": Enrolment.objects.visible_to(actor)
        .filter(child=child, ended_on__isnull=True)
        .select_related("school")
        .first(),
        "family": Family.objects.visible_to(actor).filter(child=child).first(),
        "papers": _papers(actor, case),
        "missing": Paper.objects.visible_to(actor)
        .filter(case=case, presence=Paper.Presence.OBLIGATORY, received_on__isnull=True)
        .count(),
        "earlier": list(
            Examination.objects.visible_to(actor)
            .filter(case__child=child)
            .exclude(case=case)
            .with_people()
            .order_by("-started_at")[:12]
        ),
    }


def _papers(actor: Actor, case: Case) -> list[FilePaper]:
    received = list(Paper.objects.visible_to(actor).filter(case=case, received_on__isnull=False))
    files: dict[int, list[PaperFile]] = {}
    attached = PaperFile.objects.visible_to(actor).filter(paper__case=case, removed_at__isnull=True)
    for one in attached.select_related("file"):
        files.setdefault(one.paper_id, []).append(one)
    return [FilePaper(paper, files.get(paper.pk, [])) for paper in received]
