"""The child's file (карта ребёнка): who, with whom, where, what, and everything that happened to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.ui.panels import shown

from ..events import CHILD_OPENED
from ..forms import family_kinds
from ..models import Child, Family

HISTORY = 15
ALL_HISTORY = 500


@route("child.view", Child, opens=CHILD_OPENED)
def child(request: ActorRequest, child: Child) -> HttpResponse:
    """The file with its sections, the panels of the upper rooms and the history."""
    family = Family.objects.filter(child=child).first()
    titles = dict(family_kinds())
    today = timezone.localdate()
    events = Event.objects.visible_to(request.actor).about_person(child.public_id).select_related("user")
    everything = request.GET.get("history") == "all"
    context = {
        "child": child,
        "enrolments": list(child.enrolments.select_related("school")),
        "guardianships": list(child.guardianships.select_related("guardian")),
        "disabilities": [(one, one.is_valid_on(today)) for one in child.disabilities.all()],
        "diagnoses": list(child.diagnoses.all()),
        "prevention": list(child.prevention_records.order_by("ended_on", "pk")),
        "family": family,
        "family_kinds": [titles.get(code, code) for code in family.kinds] if family else [],
        "siblings": list(Child.objects.visible_to(request.actor).siblings_of(child)),
        "panels": shown("child", request.actor, child),
        "events": list((events if everything else events.deeds())[: ALL_HISTORY if everything else HISTORY]),
        "history_is_short": not everything,
    }
    return render(request, "children/child.html", context)
