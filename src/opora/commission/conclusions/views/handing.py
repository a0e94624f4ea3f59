"""Handing the copy over to the family."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.deadlines import deadline
from opora.commission.cases.models import Case
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.files.services import file_store
from opora.foundation.files.views import respond_file
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt

from .. import events, services
from ..forms import HandoverForm, SendForm
from ..listing import deadline_words
from ..models import Conclusion, Handover
from ..sources import applicant_of, guardians_of


def _handover_of(request: ActorRequest, case: Case) -> Handover:
    rows = Handover.objects.visible_to(request.actor).filter(
        conclusion__case=case, conclusion__state=Conclusion.State.SIGNED
    )
    found = rows.select_related("conclusion__case__child", "recipient", "scan", "recorded_by").first()
    if found is None:
        raise Http404
    return found


def _usual(handover: Handover, today: date) -> dict[str, Any]:
    """What is most likely: the applicant, today, in person unless it was posted."""
    recipient = handover.recipient or applicant_of(handover.conclusion.case)
    way = Handover.Way.POST if handover.sent_on else Handover.Way.IN_PERSON
    return {
        "recipient": recipient, "received_on": today, "sent_on": today, "way": way, "school_copy": True,
        "track_number": handover.track_number,
    }  # fmt: skip


def _page(request: ActorRequest, handover: Handover, **forms: Any) -> HttpResponse:
    today = timezone.localdate()
    guardians = guardians_of(handover.conclusion.case.child)
    usual = _usual(handover, today)
    has_opinions = handover.conclusion.opinions.exists()
    context = {
        "handover": handover,
        "conclusion": handover.conclusion,
        "case": handover.conclusion.case,
        "child": handover.conclusion.case.child,
        "words": deadline_words(handover, today),
        "state": "done" if handover.received_on else deadline(handover.due_on, today),
        "form": HandoverForm(guardians=guardians, has_opinions=has_opinions, initial=usual),
        "send_form": SendForm(guardians=guardians, initial=usual),
        "has_opinions": has_opinions,
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "conclusions/handover.html", context | forms, status=422 if failed else 200)


@route("case.hand_over", Case, methods=("GET", "POST"), opens=events.HANDOVER_OPENED)
def handover(request: ActorRequest, case: Case) -> HttpResponse:
    """Record that the family has its copy."""
    found = _handover_of(request, case)
    if request.method != "POST":
        return _page(request, found)
    guardians = guardians_of(case.child)
    has_opinions = found.conclusion.opinions.exists()
    form = HandoverForm(request.POST, request.FILES, guardians=guardians, has_opinions=has_opinions)
    recorded = attempt(form, lambda: _record(request, found, form.cleaned_data)) if form.is_valid() else None
    if recorded is not None:
        messages.success(request, "Выдача записана, дело завершено.")
        return HttpResponseRedirect(reverse("cases:case", args=[case.public_id]))
    return _page(request, found, form=form)


def _record(request: ActorRequest, found: Handover, given: dict[str, Any]) -> Handover:
    scan = given["scan"]
    return services.handover_record(
        actor=request.actor,
        handover=found,
        recipient=given["recipient"],
        received_on=given["received_on"],
        today=timezone.localdate(),
        way=given["way"],
        school_copy=given["school_copy"],
        opinions_given=given.get("opinions_given", False),
        scan=file_store(actor=request.actor, upload=scan, person_id=found.person_id) if scan else None,
    )


@route("case.hand_over", Case, methods=("POST",))
def send(request: ActorRequest, case: Case) -> HttpResponse:
    """Record that the copy went by post."""
    found = _handover_of(request, case)
    form = SendForm(request.POST, guardians=guardians_of(case.child))
    if form.is_valid():
        given = form.cleaned_data
        sent = attempt(
            form,
            lambda: services.handover_send(
                actor=request.actor, handover=found, today=timezone.localdate(), recipient=given["recipient"],
                sent_on=given["sent_on"], track_number=given["track_number"],
            ),
        )  # fmt: skip
        if sent is not None:
            messages.success(request, "Отправка записана. Когда придёт уведомление, отметьте получение.")
            return HttpResponseRedirect(reverse("conclusions:handover", args=[case.public_id]))
    return _page(request, found, send_form=form)


@route("handover.view", Handover)
def scan(request: ActorRequest, handover: Handover) -> HttpResponse:
    """The scan of the parent's signature."""
    if handover.scan is None:
        raise Http404
    try:
        return respond_file(handover.scan, actor=request.actor, person_id=handover.person_id)
    except Refusal as refusal:
        return refused(request, refusal)
