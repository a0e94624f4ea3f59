"""One entry: read by those who may, changed by its author or by the head with a reason."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import record
from opora.foundation.ui.forms import attempt

from .. import events, services
from ..day import works_of
from ..forms import initial_of
from ..models import EntryChild, WorkEntry
from ..querysets import reads_words
from ..services.entries import may_change_entry, needs_reason
from ..staying import why_stays
from ..terms import open_until
from .day import address_of
from .line import LOOKS_UP, Line, child_unchosen, fresh_line, looked_up, refused, typed_line


@route("work.view", WorkEntry)
def entry(request: ActorRequest, found: WorkEntry) -> HttpResponse:
    """The entry with what was seen of each child; its form for whoever may change it."""
    if found.is_draft:
        return redirect(f"{reverse('worklog:day')}?entry={found.public_id}#id_topic")
    rows = list(EntryChild.objects.visible_to(request.actor).filter(entry=found).select_related("child", "activity"))
    record(events.ENTRY_OPENED, actor=request.actor, subject=found)
    for one in rows:
        record(events.ENTRY_OPENED, actor=request.actor, subject=one, person_id=one.person_id)
    line = None
    if may_change_entry(request.actor, found, timezone.localdate()):
        works = works_of(request.actor, found)
        line = fresh_line(request.actor, found.on, initial_of(found), works=works, also=found)
    return _page(request, found, rows, line)


def _page(
    request: ActorRequest, found: WorkEntry, rows: list[EntryChild], line: Line | None, status: int = 200
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    history = Event.objects.visible_to(actor).about(found).select_related("user")
    context = {
        "entry": found, "rows": rows, "open_until": open_until(found.organisation, found.on),
        "is_own": actor.user is not None and found.position.user_id == actor.user.pk, "is_changed": line is not None,
        "reads_words": reads_words(actor, found),
        "stays": why_stays(found) if line is not None and not may(actor, "work.mend") else "",
        "needs_reason": needs_reason(actor, found, today), "hidden": found.children.count() - len(rows),
        "action": reverse("worklog:change", args=[found.public_id]), "events": list(history[:20]),
        **(line.context(actor) if line else {}),
    }  # fmt: skip
    return render(request, "worklog/entry.html", context, status=status)


@route("work.log", WorkEntry, methods=("POST",))
def change(request: ActorRequest, found: WorkEntry) -> HttpResponse:
    """Save what was changed."""
    rows = list(EntryChild.objects.visible_to(request.actor).filter(entry=found).select_related("child", "activity"))
    if any(name in request.POST for name in LOOKS_UP):
        return _page(request, found, rows, looked_up(request, found.on, also=found))
    try:
        line = typed_line(request, found.on, also=found)
    except Refusal as refusal:
        line = typed_line(request, found.on, also=found, lenient=True)
        refused(line, refusal)
        return _page(request, found, rows, line, status=422)
    form = line.form
    if form.is_valid() and not child_unchosen(request, line):
        data = form.cleaned_data
        kept = attempt(
            form,
            lambda: services.entry_change(
                actor=request.actor, entry=found, work=form.work_typed(line.works), on=data["on"],
                reason=data["reason"], day_off_allowed=data["day_off"],
            ),
        )  # fmt: skip
        if kept is not None:
            messages.success(request, "Запись изменена.")
            return redirect(_back(request, kept, kept.on))
    return _page(request, found, rows, line, status=422)


@route("work.log", WorkEntry, methods=("POST",))
def remove(request: ActorRequest, found: WorkEntry) -> HttpResponse:
    """Take the entry away."""
    on = found.on
    try:
        services.entry_remove(actor=request.actor, entry=found, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("worklog:entry", public_id=found.public_id)
    messages.success(request, "Запись убрана.")
    return redirect(_back(request, found, on))


def _back(request: ActorRequest, found: WorkEntry, on: date) -> str:
    """One's own day, or the journal for whoever mends others' entries."""
    own = request.actor.user is not None and found.position.user_id == request.actor.user.pk
    return address_of(on) if own else reverse("worklog:journal")
