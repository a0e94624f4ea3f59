"""Recording a consent outside an application, and its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.services import file_store
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child

from .. import services
from ..forms import ConsentForm, WithdrawalForm
from ..models import Consent, Withdrawal

BOTH = ("GET", "POST")


def file_of(child: Child) -> str:
    """The child's file at its consents."""
    return f"{reverse('children:child', args=[child.public_id])}#child_consents"


@route("consent.record", Child, methods=BOTH, even_frozen=True)
def consent_new(request: ActorRequest, child: Child) -> HttpResponse:
    """A consent signed on paper, written down; usually the step «Заявление принято» does it.

    Open for a frozen card too: a new consent is how the family lets its processing go on.
    """
    guardians = [link.guardian for link in child.guardianships.filter(ended_on=None).select_related("guardian")]
    initial = {"guardian": request.GET.get("guardian", ""), "kind": request.GET.get("kind", "")}
    form = ConsentForm(guardians, request.POST or None, initial={key: value for key, value in initial.items() if value})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.consent_record(actor=request.actor, child=child, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, "Согласие внесено.")
            return redirect(file_of(child))
    context = {"form": form, "child": child, "back": file_of(child)}
    return render(request, "consents/record.html", context, status=422 if form.is_bound else 200)


@route("consent.withdraw", Consent, methods=BOTH, even_frozen=True)
def consent_withdrawal(request: ActorRequest, consent: Consent) -> HttpResponse:
    """A withdrawal; the page says what happens at once and by which day the rest is done."""
    form = WithdrawalForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _withdraw(request, consent, form))
        if made is not None:
            messages.warning(request, f"Обработка остановлена. Исполнить отзыв — до {made.stop_on:%d.%m.%Y}.")
            return redirect("consents:withdrawal", public_id=made.public_id)
    term = services.stop_term(timezone.localdate(), consent.signed_on)
    context = {
        "form": form,
        "consent": consent,
        "child": consent.child,
        "is_of_child": consent.kind == Consent.Kind.CHILD_DATA,
        "term": term,
        "back": file_of(consent.child),
    }
    return render(request, "consents/withdraw.html", context, status=422 if form.is_bound else 200)


def _withdraw(request: ActorRequest, consent: Consent, form: WithdrawalForm) -> Withdrawal:
    given = form.cleaned_data
    upload = given["scan"]
    kept = file_store(actor=request.actor, upload=upload, person_id=consent.person_id) if upload else None
    return services.consent_withdraw(
        actor=request.actor, consent=consent, on=given["withdrawn_on"], way=given["way"], scan=kept
    )
