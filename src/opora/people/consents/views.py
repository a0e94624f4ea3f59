"""Recording a consent outside an application, and its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child

from . import services
from .forms import ConsentForm, WithdrawalForm
from .models import Consent

BOTH = ("GET", "POST")


def _file(child: Child) -> str:
    return f"{reverse('children:child', args=[child.public_id])}#child_consents"


@route("consent.record", Child, methods=BOTH)
def consent_new(request: ActorRequest, child: Child) -> HttpResponse:
    """A consent signed on paper, written down; usually the step «Заявление принято» does it."""
    guardians = [link.guardian for link in child.guardianships.filter(ended_on=None).select_related("guardian")]
    initial = {"guardian": request.GET.get("guardian", ""), "kind": request.GET.get("kind", "")}
    form = ConsentForm(guardians, request.POST or None, initial={key: value for key, value in initial.items() if value})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.consent_record(actor=request.actor, child=child, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Согласие внесено.")
            return redirect(_file(child))
    context = {"form": form, "child": child, "back": _file(child)}
    return render(request, "consents/record.html", context, status=422 if form.is_bound else 200)


@route("consent.withdraw", Consent, methods=BOTH)
def consent_withdrawal(request: ActorRequest, consent: Consent) -> HttpResponse:
    """A withdrawal; the page says by which day processing stops."""
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["withdrawn_on"]
        attempt(form, lambda: services.consent_withdraw(actor=request.actor, consent=consent, on=day))
        if form.is_valid():
            stop = services.processing_stops_on(day)
            messages.warning(request, f"Согласие отозвано. Обработка данных прекращается не позднее {stop:%d.%m.%Y}.")
            return redirect(_file(consent.child))
    today = timezone.localdate()
    context = {
        "form": form,
        "consent": consent,
        "child": consent.child,
        "stop_on": services.processing_stops_on(today),
        "term": services.withdrawal_term(today),
        "back": _file(consent.child),
    }
    return render(request, "consents/withdraw.html", context, status=422 if form.is_bound else 200)
