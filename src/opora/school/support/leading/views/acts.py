"""The register of acts, notices of them, and who has read them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.law import law_on
from opora.regulations.acts.register import act_of, standing

from .. import services
from ..forms import NoticeForm
from ..law import ActLine, act_lines
from ..load import SERVICE
from ..models import ActNotice

MOST = 30


@route("notice.view")
def law(request: ActorRequest) -> HttpResponse:
    """What has changed, all acts with what is known of them, and what the specialists were told."""
    today = timezone.localdate()
    lines = act_lines(today)
    titles = {one.act.code: one.act.short for one in lines}
    notices = ActNotice.objects.visible_to(request.actor).prefetch_related("readings").select_related("told_by")
    people = _people(request, today)
    told = [
        (one, titles.get(one.act, one.act), len({row.user_id for row in one.readings.all()} & people.keys()))
        for one in notices[:MOST]
    ]
    context = {
        "law": law_on(today), "lines": lines, "changed": [one for one in lines if one.change],
        "unknown": [one for one in lines if not one.standing.is_known], "told": told,
        "tells": may(request.actor, "notice.tell"),
    }  # fmt: skip
    return render(request, "leading/law.html", context)


def _people(request: ActorRequest, today: date) -> dict[int, Position]:
    """Everybody at the service on a day, one post each."""
    rows = Position.objects.visible_to(request.actor).held_on(today).filter(role__in=SERVICE)
    return {one.user_id: one for one in rows.select_related("user").order_by("user__last_name", "pk")}


@route("notice.tell", methods=("GET", "POST"))
def tell(request: ActorRequest) -> HttpResponse:
    """Tell the specialists of an act."""
    lines = act_lines(timezone.localdate())
    form = NoticeForm(_choices(lines), request.POST or None, initial={"act": request.GET.get("act", "")[:60]})
    if request.method == "POST" and form.is_valid():
        told = attempt(form, lambda: services.notice_tell(actor=request.actor, **form.cleaned_data))
        if told is not None:
            messages.success(request, "Специалистам сообщено: акт появится на их рабочих столах.")
            return redirect("leading:law")
    context = {"form": form, "back": reverse("leading:law")}
    return render(request, "leading/tell.html", context, status=422 if form.errors else 200)


def _choices(lines: list[ActLine]) -> list[tuple[str, str]]:
    """Changed acts first."""
    ordered = sorted(lines, key=lambda one: not one.change)
    return [(one.act.code, one.act.short) for one in ordered]


@route("notice.view", ActNotice)
def notice(request: ActorRequest, found: ActNotice) -> HttpResponse:
    """What was told, and who has read it."""
    today = timezone.localdate()
    law_today = law_on(today)
    try:
        line: ActLine | None = ActLine(act := act_of(law_today, found.act), standing(law_today, act))
    except KeyError:
        line = None
    readings = {one.user_id: one.read_at for one in found.readings.all()}
    people = _people(request, today)
    rows = [(one, readings.get(pk)) for pk, one in people.items() if pk != found.told_by_id]
    user = request.actor.user
    reads = user is not None and user.pk in people and user.pk not in readings and user.pk != found.told_by_id
    context = {
        "notice": found, "line": line, "people": rows, "reads": reads and may(request.actor, "notice.read"),
        "silent": sum(1 for _, read_at in rows if read_at is None),
    }  # fmt: skip
    return render(request, "leading/notice.html", context)


@route("notice.read", ActNotice, methods=("POST",))
def notice_was_read(request: ActorRequest, found: ActNotice) -> HttpResponse:
    """One press."""
    services.notice_read(actor=request.actor, notice=found)
    messages.success(request, "Записано: вы ознакомились.")
    return redirect("leading:notice", public_id=found.public_id)
