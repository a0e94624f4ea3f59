"""The sections of a child's file, each with a page where it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt

from .. import services
from ..forms import (
    SCHOOLS,
    ChildForm,
    DiagnosisForm,
    DisabilityForm,
    EndForm,
    EnrolmentForm,
    FamilyForm,
    NamesForm,
    PreventionForm,
)
from ..models import Child, Diagnosis, Disability, Family, PreventionRecord
from ..suggestions import CHILD_LISTS, suggestions

BOTH = ("GET", "POST")


def section(
    request: ActorRequest,
    child: Child,
    form: BaseForm,
    deed: Callable[[], Any],
    *,
    title: str,
    anchor: str,
    template: str = "children/section.html",
    **context: Any,
) -> HttpResponse:
    """Show the form of a section or carry its deed out and go back to the section in the file."""
    back = f"{reverse('children:child', args=[child.public_id])}#{anchor}"
    if request.method == "POST" and form.is_valid():
        attempt(form, deed)
        if form.is_valid():
            messages.success(request, "Сохранено.")
            return redirect(back)
    context |= {"form": form, "child": child, "title": title, "back": back}
    return render(request, template, context, status=422 if form.is_bound else 200)


@route("child.change", Child, methods=BOTH)
def child_edit(request: ActorRequest, child: Child) -> HttpResponse:
    """Name, birth, addresses, documents."""
    form = ChildForm(request.POST or None, initial=model_to_dict(child))
    return section(
        request, child, form,
        lambda: services.child_change(actor=request.actor, child=child, **form.cleaned_data),
        title="О ребёнке", anchor="about", template="children/child_edit.html",
        **suggestions(request.actor, *CHILD_LISTS),
    )  # fmt: skip


@route("child.change", Child, methods=BOTH)
def names(request: ActorRequest, child: Child) -> HttpResponse:
    """The child's name in its cases."""
    form = NamesForm(child, child.sex, request.POST or None)
    return section(
        request, child, form,
        lambda: services.names_decline(actor=request.actor, person=child, forms=form.corrections),
        title="Имя по падежам", anchor="about", lead_template="children/names_lead.html",
    )  # fmt: skip


@route("child.change", Child, methods=BOTH)
def enrolment(request: ActorRequest, child: Child) -> HttpResponse:
    """The present place of study: mended in place, or left for a new one with `?move=1`."""
    present = child.present_enrolment
    moves = present is None or request.GET.get("move") == "1"
    initial = {} if moves or present is None else model_to_dict(present) | {"school": present.school or ""}
    form = EnrolmentForm(request.POST or None, initial=initial)

    def deed() -> Any:
        typed = form.cleaned_data
        school = services.school_by_name(actor=request.actor, name=typed["school"], level=typed["level"])
        if moves or present is None:
            return services.enrolment_set(actor=request.actor, child=child, school=school, **form.details)
        return services.enrolment_change(actor=request.actor, enrolment=present, school=school, **form.details)

    return section(
        request, child, form, deed, title="Новое место обучения" if moves else "Место обучения", anchor="study",
        moves=moves, present=present, lead_template="children/study_lead.html", **suggestions(request.actor, SCHOOLS),
    )  # fmt: skip


@route("child.change", Child, methods=BOTH)
def family(request: ActorRequest, child: Child) -> HttpResponse:
    """What the commission asks about the family."""
    known = Family.objects.filter(child=child).first()
    form = FamilyForm(request.POST or None, initial=model_to_dict(known) if known else {})
    return section(
        request, child, form,
        lambda: services.family_save(actor=request.actor, child=child, **form.cleaned_data),
        title="Семья", anchor="family",
    )  # fmt: skip


@route("child.change", Child, methods=BOTH)
def disability_new(request: ActorRequest, child: Child) -> HttpResponse:
    """A certificate of disability."""
    form = DisabilityForm(request.POST or None)
    return section(
        request, child, form,
        lambda: services.disability_add(actor=request.actor, child=child, **form.cleaned_data),
        title="Инвалидность", anchor="health",
    )  # fmt: skip


@route("child.change", Disability, methods=BOTH)
def disability_edit(request: ActorRequest, disability: Disability) -> HttpResponse:
    """Change a certificate of disability."""
    form = DisabilityForm(request.POST or None, initial=model_to_dict(disability))
    return section(
        request, disability.child, form,
        lambda: services.disability_change(actor=request.actor, disability=disability, **form.cleaned_data),
        title="Инвалидность", anchor="health",
    )  # fmt: skip


@route("child.change", Child, methods=BOTH)
def diagnosis_new(request: ActorRequest, child: Child) -> HttpResponse:
    """A diagnosis from a medical paper."""
    form = DiagnosisForm(request.POST or None)
    return section(
        request, child, form,
        lambda: services.diagnosis_add(actor=request.actor, child=child, **form.cleaned_data),
        title="Диагноз", anchor="health", **suggestions(request.actor, "known-icd10"),
    )  # fmt: skip


@route("child.change", Diagnosis, methods=("POST",))
def diagnosis_drop(request: ActorRequest, diagnosis: Diagnosis) -> HttpResponse:
    """Take a diagnosis away."""
    child = diagnosis.child
    services.diagnosis_remove(actor=request.actor, diagnosis=diagnosis)
    messages.success(request, "Диагноз убран.")
    return redirect(f"{reverse('children:child', args=[child.public_id])}#health")


@route("child.risk", Child, methods=BOTH)
def prevention_new(request: ActorRequest, child: Child) -> HttpResponse:
    """Registration with a prevention body."""
    form = PreventionForm(request.POST or None)
    return section(
        request, child, form,
        lambda: services.prevention_add(actor=request.actor, child=child, **form.cleaned_data),
        title="Профилактический учёт", anchor="prevention",
    )  # fmt: skip


@route("child.risk", PreventionRecord, methods=BOTH)
def prevention_off(request: ActorRequest, prevention: PreventionRecord) -> HttpResponse:
    """The child is no longer registered."""
    form = EndForm(request.POST or None)
    return section(
        request, prevention.child, form,
        lambda: services.prevention_end(actor=request.actor, prevention=prevention, **form.cleaned_data),
        title=f"Снять с учёта: {prevention}", anchor="prevention",
    )  # fmt: skip
