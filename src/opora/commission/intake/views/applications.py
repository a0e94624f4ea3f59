"""The application: new, changed, signed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_on
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child
from opora.people.consents.models import Consent
from opora.people.consents.services import consents_in_force

from .. import services
from ..facts import edition_of, guardians_of, usual_answers
from ..forms.applications import ApplicationForm, ReceiveForm
from ..models import Application
from .answers import shown_again, to_case

SENDERS = 300


def _senders() -> list[str]:
    return list(Organisation.objects.order_by("short_name").values_list("short_name", flat=True)[:SENDERS])


@route("case.open", Child, methods=("GET", "POST"))
def application_new(request: ActorRequest, child: Child) -> HttpResponse:
    """Take an application for a chosen child; what the last one said stands in the form."""
    running = Case.objects.visible_to(request.actor).filter(child=child).open().first()
    if running is not None:
        return render(request, "intake/application_open.html", {"child": child, "case": running}, status=409)
    today = timezone.localdate()
    guardians = guardians_of(child)
    offered = ApplicationForm.offered(usual_answers(request.actor, child), today)
    form = ApplicationForm(
        request.POST or None, initial=offered, child=child, guardians=guardians, law=law_on(today, request.actor.at.pk)
    )
    if form.is_valid():
        case = attempt(form, lambda: _submit(request, child, form))
        if case is not None:
            return redirect("intake:receive", public_id=case.public_id)
    context = {"form": form, "child": child, "guardians": guardians, "senders": _senders(), "is_new": True}
    return shown_again(request, "intake/application.html", context)


def _submit(request: ActorRequest, child: Child, form: ApplicationForm) -> Case:
    on = form.cleaned_data["on"]
    return services.application_submit(
        actor=request.actor, child=child, on=on, referred_by=_sender(request, form), **form.answers()
    )


def _sender(request: ActorRequest, form: ApplicationForm) -> Organisation | None:
    return services.sender_by_name(
        actor=request.actor, name=form.cleaned_data["sender"], initiator=form.cleaned_data["initiator"]
    )


@route("application.change", Application, methods=("GET", "POST"))
def application_edit(request: ActorRequest, application: Application) -> HttpResponse:
    """Change what the application says; the list of papers follows."""
    case = application.case
    values: dict[str, Any] = {name: getattr(application, name) for name in services.CHANGEABLE}
    guardians = guardians_of(case.child)
    form = ApplicationForm(
        request.POST or None, initial=ApplicationForm.offered(values, case.opened_on),
        child=case.child, guardians=guardians, law=edition_of(case),
    )  # fmt: skip
    del form.fields["on"]
    if form.is_valid() and attempt(form, lambda: _change(request, application, form)) is not None:
        return to_case(case)
    context = {"form": form, "child": case.child, "case": case, "guardians": guardians, "senders": _senders()}
    return shown_again(request, "intake/application.html", context)


def _change(request: ActorRequest, application: Application, form: ApplicationForm) -> Application:
    return services.application_change(
        actor=request.actor, application=application, referred_by=_sender(request, form), **form.answers()
    )


@route("case.receive", Case, methods=("GET", "POST"))
def receive(request: ActorRequest, case: Case) -> HttpResponse:
    """Print for signature, record the signatures: the step `case.receive` on one page."""
    today = timezone.localdate()
    application = Application.objects.visible_to(request.actor).filter(case=case).select_related("applicant").first()
    if application is None:
        raise Http404
    held = consents_in_force(case.child, application.applicant, today)
    names = ("application_on", "consent_child_on", "consent_guardian_on")
    form = ReceiveForm(request.POST or None, request.FILES or None, initial=dict.fromkeys(names, today))
    for kind, field in ((Consent.Kind.CHILD_DATA, "consent_child"), (Consent.Kind.GUARDIAN_DATA, "consent_guardian")):
        if kind in held:
            del form.fields[f"{field}_on"], form.fields[f"{field}_scan"]
    if form.is_valid() and attempt(form, lambda: _receive(request, case, form)) is not None:
        return redirect("intake:papers", public_id=case.public_id)
    context = {"form": form, "case": case, "application": application, "held": held, "child": case.child}
    return shown_again(request, "intake/receive.html", context)


def _receive(request: ActorRequest, case: Case, form: ReceiveForm) -> Case:
    dates = {name: value for name, value in form.cleaned_data.items() if name.endswith("_on")}
    return services.application_receive(
        actor=request.actor, case=case, on=timezone.localdate(), scans=form.scans(), **dates
    )
