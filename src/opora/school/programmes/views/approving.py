"""The director's page, and the end before the end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt

from .. import services
from ..events import PROGRAMME_OPENED
from ..forms import ReasonForm
from ..models import Programme
from ..plan import findings_of, plan_of
from ..writing import programme_content
from .addresses import programme_url


@route("programme.approve", Programme, methods=("GET", "POST"), opens=PROGRAMME_OPENED)
def approve(request: ActorRequest, programme: Programme) -> HttpResponse:
    """What is approved, with which remarks it was agreed, and the one button."""
    actor, today = request.actor, timezone.localdate()
    refusal = None
    if request.method == "POST":
        try:
            moved = services.programme_approve(actor=actor, programme=programme, on=today)
        except Refusal as raised:
            refusal = raised
        else:
            messages.success(request, f"Программа утверждена: № {moved.number}/{moved.year}.")
            return HttpResponseRedirect(programme_url(programme))
    plan = plan_of(actor, programme)
    context = {
        "programme": programme,
        "child": programme.child,
        "content": programme_content(actor, programme, today, plan=plan),
        "blocks": [one for one in findings_of(actor, programme, today, plan=plan, final=True) if one.is_block],
        "refusal": refusal,
    }
    return render(request, "programmes/approve.html", context, status=422 if refusal else 200)


@route("programme.cancel", Programme, methods=("GET", "POST"))
def cancel(request: ActorRequest, programme: Programme) -> HttpResponse:
    """A programme ends before its end."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moved = attempt(
            form,
            lambda: services.programme_cancel(
                actor=request.actor, programme=programme, on=timezone.localdate(), reason=form.cleaned_data["reason"]
            ),
        )
        if moved is not None:
            return HttpResponseRedirect(programme_url(programme))
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/cancel.html", {"form": form, "programme": programme}, status=status)
