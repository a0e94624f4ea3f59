"""Conditions: the list of all of them, one of them, its mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response

from .. import events, services
from ..forms import DutyForm, MarkForm
from ..listing import counts_of, duty_listing
from ..models import SchoolDuty
from ..offers import positions_of
from .page import brought_page


@route("duty.view")
def duty_list(request: ActorRequest) -> HttpResponse:
    """Conditions of all conclusions in force that the person may know."""
    read_note(events.DUTIES_LISTED, actor=request.actor)
    today = timezone.localdate()
    rows = SchoolDuty.objects.visible_to(request.actor).of_present()
    counts = {} if request.htmx or request.GET.get("format") else counts_of(rows, today)
    return list_response(
        request, duty_listing(request.actor, today), rows.select_related("brought__child", "responsible__user"),
        template="duties/list.html", counts=counts,
    )  # fmt: skip


@route("duty.keep", SchoolDuty, methods=("GET", "POST"))
def duty(request: ActorRequest, found: SchoolDuty) -> HttpResponse:
    """Words, responsible person, day."""
    positions = positions_of(request.actor, timezone.localdate())
    initial = {
        "title": found.title, "hours": found.hours, "due_on": found.due_on,
        "responsible": found.responsible.public_id if found.responsible else "",
    }  # fmt: skip
    form = DutyForm(positions, request.POST or None, initial=initial)
    if found.kind != SchoolDuty.Kind.LESSONS:
        del form.fields["hours"]
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.duty_change(actor=request.actor, duty=found, **form.cleaned_data))
        if form.is_valid():
            return redirect(_line_of(found))
    context = {"form": form, "duty": found, "child": found.brought.child, "back": _line_of(found)}
    return render(request, "duties/duty.html", context, status=422 if form.errors else 200)


@route("duty.keep", SchoolDuty, methods=("POST",))
def remove(request: ActorRequest, found: SchoolDuty) -> HttpResponse:
    """Take away a line entered by mistake."""
    target = reverse("duties:brought", args=[found.brought.public_id])
    try:
        services.duty_remove(actor=request.actor, duty=found)
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, "Условие убрано.")
    return redirect(target)


@route("duty.mark", SchoolDuty, methods=("POST",))
def mark(request: ActorRequest, found: SchoolDuty) -> HttpResponse:
    """One tap; what is not created asks why, and a refused mark keeps what was typed."""
    form = MarkForm(request.POST)
    if form.is_valid():
        attempt(form, lambda: services.duty_mark(actor=request.actor, duty=found, **form.cleaned_data))
    if form.is_valid():
        return redirect(_line_of(found))
    said = " ".join(str(one) for errors in form.errors.values() for one in errors)
    typed = request.POST.get("reason", "")[:1000]
    return brought_page(request, found.brought, refused=found, refusal=said, typed=typed, status=422)


def _line_of(found: SchoolDuty) -> str:
    return f"{reverse('duties:brought', args=[found.brought.public_id])}#duty-{found.public_id}"
