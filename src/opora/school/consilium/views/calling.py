"""An unplanned meeting: from a confirmed concern, from the card of a child, from the curator's board."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.children.models import Child
from opora.school.signals.models import Concern

from .. import services
from ..forms import CallForm
from ..models import AgendaItem, ConsiliumMeeting
from .answers import item_url, prepare_url


@route("meeting.call", Child, methods=("GET", "POST"))
def call(request: ActorRequest, child: Child) -> HttpResponse:
    """`?ground=` is one of the grounds of the agenda."""
    wanted = request.GET.get("ground", "")
    ground = wanted if wanted in AgendaItem.Ground.values else AgendaItem.Ground.PARENTS
    return _called(request, child, None, ground)


@route("meeting.call", Concern, methods=("GET", "POST"))
def call_of_concern(request: ActorRequest, concern: Concern) -> HttpResponse:
    """At a mark of risk the day is today and cannot be later."""
    return _called(request, concern.child, concern, AgendaItem.Ground.CONCERN)


def _called(request: ActorRequest, child: Child, concern: Concern | None, ground: str) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    last = ConsiliumMeeting.objects.visible_to(actor).exclude(state="cancelled").first()
    initial = {"day": today, "ground": ground, "place": last.place if last else ""}
    form = CallForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        item = attempt(
            form,
            lambda: services.meeting_call(actor=actor, child=child, on=today, concern=concern, **form.cleaned_data),
        )
        if item is not None:
            now = item.meeting.day == today and may(actor, "meeting.run")
            return HttpResponseRedirect(item_url(item) if now else prepare_url(item))
    context = {"form": form, "child": child, "concern": concern}
    return render(request, "consilium/call.html", context, status=422 if form.is_bound else 200)
