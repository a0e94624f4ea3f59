"""The list of papers: made by the edition, ticked off, filled with scans (P-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from opora.commission.cases.models import Case
from opora.commission.cases.services import case_lock
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.files.services import file_store
from opora.regulations.entries import PaperRequirement

from .. import events
from ..facts import edition_of, paper_facts
from ..models import Application, Paper, PaperFile

FILES_PER_PAPER = 60
USUAL_MEDIUM = {
    "original": Paper.Medium.ORIGINAL,
    "copy": Paper.Medium.COPY,
    "original_or_certified_copy": Paper.Medium.CERTIFIED_COPY,
}


def papers_list(*, actor: Actor, application: Application) -> list[Paper]:
    """Make the list for this child by the edition of the case; papers of the commission itself are not asked."""
    asked = edition_of(application.case).parent_papers_for(paper_facts(application))
    return Paper.objects.bulk_create([_line(actor, application.case, one) for one in asked])


def _line(actor: Actor, case: Case, asked: PaperRequirement) -> Paper:
    return Paper(
        organisation=actor.at, case=case, requirement=asked.code, title=asked.title, clause=asked.clause,
        presence=asked.presence, order=asked.order,
    )  # fmt: skip


def papers_refresh(*, actor: Actor, application: Application) -> None:
    """After a change of the application: add what is now asked, drop untouched lines that no longer are."""
    case = application.case
    asked = {one.code: one for one in edition_of(case).parent_papers_for(paper_facts(application))}
    here = {paper.requirement: paper for paper in case.papers.exclude(requirement="").prefetch_related("files")}
    Paper.objects.bulk_create([_line(actor, case, one) for code, one in asked.items() if code not in here])
    for code, paper in here.items():
        if code not in asked and paper.received_on is None and not paper.note and not paper.files.all():
            paper.delete()


def paper_usual_medium(paper: Paper) -> str:
    """Original or copy as the edition asks; an own line is a copy."""
    if not paper.requirement:
        return Paper.Medium.COPY
    try:
        return USUAL_MEDIUM[edition_of(paper.case).paper(paper.requirement).form]
    except KeyError:
        return Paper.Medium.COPY


@transaction.atomic
def paper_receive(
    *, actor: Actor, paper: Paper, on: date, medium: str = "", sheets: int | None = None, checked: bool = True
) -> Paper:
    """Tick a paper off; `checked` says that the actor has compared it with the original (annex 2.14)."""
    _require_open(actor, paper.case)
    paper.received_on = paper.received_on or on
    paper.medium = medium or paper.medium or paper_usual_medium(paper)
    paper.sheets = sheets if sheets is not None else paper.sheets
    if checked and paper.checked_on is None:
        paper.checked_by, paper.checked_on = actor.user, on
        _record(events.PAPER_CHECKED, actor, paper)
    paper.full_clean()
    paper.save()
    _record(events.PAPER_RECEIVED, actor, paper)
    return paper


@transaction.atomic
def paper_undo(*, actor: Actor, paper: Paper) -> Paper:
    """Take the tick back; scans and the note stay."""
    _require_open(actor, paper.case)
    paper.received_on = paper.checked_on = paper.checked_by = None
    paper.medium = ""
    paper.save(update_fields=["received_on", "checked_on", "checked_by", "medium"])
    _record(events.PAPER_RETURNED, actor, paper)
    return paper


@transaction.atomic
def paper_change(
    *, actor: Actor, paper: Paper, medium: str = "", sheets: int | None = None, note: str = "", title: str = ""
) -> Paper:
    """Mend the details of a line; the wording of a line asked by the edition stays as the source gives it."""
    _require_open(actor, paper.case)
    paper.medium, paper.sheets, paper.note = medium, sheets, note
    if title and paper.is_own_line:
        paper.title = title
    paper.full_clean()
    paper.save()
    _record(events.PAPER_CHANGED, actor, paper)
    return paper


@transaction.atomic
def paper_add(*, actor: Actor, case: Case, title: str, obligatory: bool = False, note: str = "") -> Paper:
    """Add a line that the edition does not ask for (annex 2.14: the card may be supplemented)."""
    _require_open(actor, case)
    last = case.papers.order_by("-order").first()
    paper = Paper(
        organisation=actor.at, case=case, title=title.strip(), clause="письмо ВК-1074/07, прил. 2.14", note=note,
        presence=Paper.Presence.OBLIGATORY if obligatory else Paper.Presence.IF_AVAILABLE,
        order=max(100, last.order + 1 if last else 0),
    )  # fmt: skip
    paper.full_clean()
    paper.save()
    _record(events.PAPER_ADDED, actor, paper)
    return paper


@transaction.atomic
def paper_remove(*, actor: Actor, paper: Paper) -> None:
    """Remove an own line that nothing was done with."""
    _require_open(actor, paper.case)
    if not paper.is_own_line:
        raise Refusal("asked", "Эту строку требует перечень, её не убирают.", paper.clause)
    if paper.received_on or paper.files.exists():
        raise Refusal("touched", "Документ уже получен: сначала отмените отметку и уберите файлы.")
    _record(events.PAPER_REMOVED, actor, paper)
    paper.delete()


@transaction.atomic
def paper_attach(*, actor: Actor, paper: Paper, upload: UploadedFile[Any], on: date) -> PaperFile:
    """Attach a scan. A paper that had not come is received by it, not yet compared with the original."""
    _require_open(actor, paper.case)
    if paper.files.filter(removed_at__isnull=True).count() >= FILES_PER_PAPER:
        raise Refusal("too_many", f"К одному документу прикладывают не больше {FILES_PER_PAPER} файлов.")
    stored = file_store(actor=actor, upload=upload, person_id=paper.person_id)
    attached = PaperFile.objects.create(organisation=actor.at, paper=paper, file=stored)
    _record(events.FILE_ATTACHED, actor, paper)
    if paper.received_on is None:
        paper_receive(actor=actor, paper=paper, on=on, checked=False)
    return attached


@transaction.atomic
def file_remove(*, actor: Actor, attached: PaperFile) -> PaperFile:
    """Put a file aside; it can be brought back."""
    _require_open(actor, attached.paper.case)
    attached.removed_at = timezone.now()
    attached.save(update_fields=["removed_at"])
    _record(events.FILE_REMOVED, actor, attached.paper)
    return attached


@transaction.atomic
def file_return(*, actor: Actor, attached: PaperFile) -> PaperFile:
    """Bring a removed file back."""
    _require_open(actor, attached.paper.case)
    attached.removed_at = None
    attached.save(update_fields=["removed_at"])
    _record(events.FILE_RETURNED, actor, attached.paper)
    return attached


def _require_open(actor: Actor, case: Case) -> None:
    require(actor, "papers.change")
    fresh = case_lock(case, actor)
    if not fresh.is_open:
        raise Refusal("finished", f"Дело {fresh.title} завершено, перечень документов не меняют.")


def _record(event_type: EventType, actor: Actor, paper: Paper) -> None:
    record(event_type, actor=actor, subject=paper, person_id=paper.person_id, paper=_named(paper))


def _named(paper: Paper) -> str:
    """The official title, cut for the log; an own line may hold anything, so it is not repeated there."""
    return Truncator(paper.title).words(12, truncate="…") if paper.requirement else "своя строка"
