"""The list of papers: one page, one click per line."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.foundation.access.fields import field_class, sees
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.views import respond_file
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt

from .. import services
from ..forms.papers import OwnPaperForm, PaperForm
from ..lines import paper_lines
from ..missing import missing_text
from ..models import Paper, PaperFile
from .answers import shown_again


def papers_address(case: Case, paper: Paper | None = None) -> str:
    return reverse("intake:papers", args=[case.public_id]) + (f"#p-{paper.public_id}" if paper else "")


@route("intake.view", Case)
def papers(request: ActorRequest, case: Case) -> HttpResponse:
    """Every paper of the case, what is missing, and the next step."""
    return _papers_page(request, case, OwnPaperForm())


def _papers_page(request: ActorRequest, case: Case, form: OwnPaperForm) -> HttpResponse:
    lines = paper_lines(case)
    every = [line.paper for line in lines]
    context = {
        "case": case, "child": case.child, "lines": lines, "form": form,
        "missing_count": sum(paper.is_missing for paper in every),
        "received_count": sum(paper.received_on is not None for paper in every),
        "text": missing_text(case, every), "is_open": case.is_open,
    }  # fmt: skip
    return shown_again(request, "intake/papers.html", context)


@route("papers.change", Paper, methods=("POST",))
def paper_receive(request: ActorRequest, paper: Paper) -> HttpResponse:
    """«Получен»: received in its usual form and compared with the original by me today."""
    return carried_out(
        request,
        lambda: services.paper_receive(
            actor=request.actor, paper=paper, on=timezone.localdate(), checked=request.POST.get("checked", "1") == "1"
        ),
        papers_address(paper.case, paper),
    )


@route("papers.change", Paper, methods=("POST",))
def paper_undo(request: ActorRequest, paper: Paper) -> HttpResponse:
    """Take the tick back."""
    return carried_out(
        request, lambda: services.paper_undo(actor=request.actor, paper=paper), papers_address(paper.case, paper)
    )


@route("papers.change", Paper, methods=("GET", "POST"))
def paper_edit(request: ActorRequest, paper: Paper) -> HttpResponse:
    """Original or copy, sheets, a note to the parent."""
    initial = {name: getattr(paper, name) for name in ("title", "medium", "sheets", "note")}
    form = PaperForm(request.POST or None, initial=initial, own_line=paper.is_own_line)
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, lambda: services.paper_change(actor=request.actor, paper=paper, **values)) is not None:
            return HttpResponseRedirect(papers_address(paper.case, paper))
    return shown_again(request, "intake/paper.html", {"form": form, "paper": paper, "case": paper.case})


@route("papers.change", Case, methods=("POST",))
def paper_add(request: ActorRequest, case: Case) -> HttpResponse:
    """Add an own line."""
    form = OwnPaperForm(request.POST)
    if form.is_valid():
        paper = attempt(form, lambda: services.paper_add(actor=request.actor, case=case, **form.cleaned_data))
        if paper is not None:
            return HttpResponseRedirect(papers_address(case, paper))
    return _papers_page(request, case, form)


@route("papers.change", Paper, methods=("POST",))
def paper_remove(request: ActorRequest, paper: Paper) -> HttpResponse:
    """Remove an own line."""
    back = papers_address(paper.case)
    return carried_out(
        request, lambda: services.paper_remove(actor=request.actor, paper=paper), back, done="Строка убрана."
    )


@route("papers.change", Paper, methods=("POST",))
def paper_attach(request: ActorRequest, paper: Paper) -> HttpResponse:
    """Attach several scans; each one is told of apart, good ones stay when another is refused."""
    uploads = request.FILES.getlist("files")
    if not uploads:
        messages.error(request, "Выберите файл: скан или снимок документа.")
    for upload in uploads:
        try:
            services.paper_attach(actor=request.actor, paper=paper, upload=upload, on=timezone.localdate())
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(papers_address(paper.case, paper))


@route("intake.view", PaperFile)
def file_open(request: ActorRequest, attached: PaperFile) -> HttpResponse:
    """Give the scan of a paper; one of the family's documents only to those who see documents."""
    if attached.paper.is_identity and not sees(request.actor, "identity"):
        raise PermissionDenied(field_class("identity").who)
    try:
        return respond_file(attached.file, actor=request.actor, person_id=attached.person_id)
    except Refusal as refusal:
        return refused(request, refusal)


@route("papers.change", PaperFile, methods=("POST",))
def file_remove(request: ActorRequest, attached: PaperFile) -> HttpResponse:
    """Put a scan aside."""
    return carried_out(
        request, lambda: services.file_remove(actor=request.actor, attached=attached),
        papers_address(attached.paper.case, attached.paper),
    )  # fmt: skip


@route("papers.change", PaperFile, methods=("POST",))
def file_return(request: ActorRequest, attached: PaperFile) -> HttpResponse:
    """Bring a scan back."""
    return carried_out(
        request, lambda: services.file_return(actor=request.actor, attached=attached),
        papers_address(attached.paper.case, attached.paper),
    )  # fmt: skip


@route("intake.view", Case)
def missing(request: ActorRequest, case: Case) -> HttpResponse:
    """What is missing, as a text for the parent."""
    return render(request, "intake/missing.html", {"case": case, "text": missing_text(case)})
