"""A conclusion is brought, looked at, corrected, answered, ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.services import file_store
from opora.foundation.files.views import respond_file
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.typography import plural
from opora.people.children.models import Child
from opora.people.law import law_on

from .. import events, services
from ..forms import AnswerForm, BroughtForm, EndForm, LinesForm, PaperForm, shelf_of
from ..models import BroughtConclusion
from ..offers import drafts_of_lines
from .page import brought_page

BOTH = ("GET", "POST")


def _file_of(child: Child) -> str:
    return f"{reverse('children:child', args=[child.public_id])}#child_duties"


@route("duty.keep", Child, methods=BOTH)
def brought_new(request: ActorRequest, child: Child) -> HttpResponse:
    """The paper and its conditions on one page; each condition gets its responsible person and day by itself."""
    form = BroughtForm(child, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _record(request, child, form))
        if made is not None:
            messages.success(request, "Заключение внесено. Проверьте, кто за что отвечает и к какому дню.")
            return redirect("duties:brought", public_id=made.public_id)
    context = {"form": form, "child": child, "back": _file_of(child), "shelf": form.shelf, "ticked": form.ticked}
    return render(request, "duties/brought_new.html", context, status=422 if form.errors else 200)


def _record(request: ActorRequest, child: Child, form: BroughtForm) -> BroughtConclusion:
    upload = form.cleaned_data["scan"]
    kept = file_store(actor=request.actor, upload=upload, person_id=child.public_id) if upload else None
    return services.brought_record(
        actor=request.actor, child=child, duties=form.drafts(), scan=kept,
        presented_before=form.cleaned_data["presented_before"], **form.fields_given,
    )  # fmt: skip


@route("duty.keep", Child)
def shelf(request: ActorRequest, child: Child) -> HttpResponse:
    """Conditions to tick for the chosen programme, as a piece of the form."""
    law = law_on(timezone.localdate())
    offered = shelf_of(law, child, request.GET.get("programme", ""), request.GET.get("orientation", ""))
    context = {"shelf": offered, "ticked": request.GET.getlist("conditions"), "child": child}
    return render(request, "duties/shelf.html", context)


@route("duty.view", BroughtConclusion, opens=events.BROUGHT_OPENED)
def brought(request: ActorRequest, found: BroughtConclusion) -> HttpResponse:
    """What the school has to do, by whom, by when, how it stands."""
    return brought_page(request, found)


@route("duty.keep", BroughtConclusion, methods=BOTH)
def brought_edit(request: ActorRequest, found: BroughtConclusion) -> HttpResponse:
    """Correct what was written down of the paper."""
    form = PaperForm(found.child, request.POST or None, initial=PaperForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        attempt(
            form,
            lambda: services.brought_change(
                actor=request.actor, brought=found, presented_before=form.cleaned_data["presented_before"],
                **form.fields_given,
            ),
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, "Исправлено.")
            return redirect("duties:brought", public_id=found.public_id)
    return _form_page(request, "duties/brought_edit.html", found, form)


@route("duty.keep", BroughtConclusion, methods=BOTH)
def answer(request: ActorRequest, found: BroughtConclusion) -> HttpResponse:
    """Whether the parents agree to the conditions."""
    form = AnswerForm(
        request.POST or None,
        initial={"parents_answer": found.parents_answer, "parents_words": found.parents_words},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        attempt(
            form,
            lambda: services.parents_answer_record(
                actor=request.actor, brought=found, answer=given["parents_answer"], words=given["parents_words"],
                on=given["on"],
            ),
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, "Ответ родителей записан.")
            return redirect("duties:brought", public_id=found.public_id)
    return _form_page(request, "duties/answer.html", found, form)


@route("duty.keep", BroughtConclusion, methods=BOTH)
def add(request: ActorRequest, found: BroughtConclusion) -> HttpResponse:
    """More conditions, a line each."""
    form = LinesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        drafts = drafts_of_lines(form.cleaned_data["lines"], timezone.localdate())
        kept = attempt(form, lambda: services.duties_add(actor=request.actor, brought=found, duties=drafts))
        if kept is not None:
            messages.success(request, f"Добавлено: {plural(len(kept), 'условие,условия,условий')}.")
            return redirect("duties:brought", public_id=found.public_id)
    return _form_page(request, "duties/add.html", found, form)


@route("duty.keep", BroughtConclusion, methods=BOTH)
def end(request: ActorRequest, found: BroughtConclusion) -> HttpResponse:
    """The conclusion obliges no more."""
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.brought_end(actor=request.actor, brought=found, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Заключение больше не действует; отметки остались.")
            return redirect("duties:brought", public_id=found.public_id)
    return _form_page(request, "duties/end.html", found, form)


@route("duty.view", BroughtConclusion)
def scan(request: ActorRequest, found: BroughtConclusion) -> HttpResponse:
    """The scan of the paper."""
    if found.scan is None:
        raise Http404
    try:
        return respond_file(found.scan, actor=request.actor, person_id=found.person_id)
    except Refusal as refusal:
        return refused(request, refusal)


def _form_page(
    request: ActorRequest, template: str, found: BroughtConclusion, form: PaperForm | AnswerForm | LinesForm | EndForm
) -> HttpResponse:
    back = reverse("duties:brought", args=[found.public_id])
    context = {"form": form, "brought": found, "child": found.child, "back": back}
    return render(request, template, context, status=422 if form.errors else 200)
