"""The log of the organisation for its head: read, seal, export, check."""

from __future__ import annotations

import tempfile
from typing import Any, cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.events import LOG_READ
from opora.foundation.audit.models import Checkpoint, Event
from opora.foundation.audit.services import read_note
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response

from . import services, tasks
from .forms import ExportForm
from .keys import NoKey, public_keys
from .listing import log_listing
from .models import Inspection
from .rows import checkpoint_record

SHOWN = 60
IN_MEMORY = 4 * 1024 * 1024


@route("evidence.view")
def log(request: ActorRequest) -> HttpResponse:
    """Everything that was read and done here, the newest first."""
    read_note(LOG_READ, actor=request.actor)
    rows = Event.objects.visible_to(request.actor).select_related("user")
    return list_response(
        request, log_listing(request.actor), rows, template="evidence/log.html", **seals(request.actor)
    )


def seals(actor: Actor) -> dict[str, Any]:
    """The last checkpoint and the last check, for the line over the log."""
    return {
        "last": Checkpoint.objects.visible_to(actor).first(),
        "checked": Inspection.objects.visible_to(actor).filter(good__isnull=False).first(),
    }


@route("evidence.view")
def checkpoints(request: ActorRequest) -> HttpResponse:
    """Checkpoints, the public key, and the checks that were made."""
    made = list(Checkpoint.objects.visible_to(request.actor).defer("rows", "registers", "statement")[:SHOWN])
    try:
        keys, trouble = public_keys(), ""
    except NoKey as missing:
        keys, trouble = [], str(missing)
    context = {
        "checkpoints": made,
        "keys": keys,
        "trouble": trouble,
        "inspections": list(Inspection.objects.visible_to(request.actor).select_related("user")[:10]),
        **seals(request.actor),
    }
    return render(request, "evidence/checkpoints.html", context)


@route("evidence.export")
def last_checkpoint(request: ActorRequest) -> HttpResponse:
    """The last checkpoint as a file, to be kept elsewhere: with it a cut tail is found."""
    last = Checkpoint.objects.visible_to(request.actor).first()
    if last is None:
        return redirect("evidence:checkpoints")
    response = HttpResponse(services.checkpoint_text(checkpoint_record(last)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{last.number:06}.json"'
    return response


@route("evidence.export", methods=("GET", "POST"), step_up=True)
def export(request: ActorRequest) -> HttpResponse:
    """Everything as one file that anybody can check."""
    form = ExportForm(request.POST or None)
    if request.method == "POST":
        form = ExportForm(request.POST)
        if form.is_valid() and (file := attempt(form, lambda: _written(request.actor, form))) is not None:
            name = f"evidence-{timezone.localdate():%Y-%m-%d}.jsonl"
            answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/jsonl")
            return cast(HttpResponse, answer)
    status = 422 if form.is_bound else 200
    return render(request, "evidence/export.html", {"form": form, **seals(request.actor)}, status=status)


def _written(actor: Actor, form: ExportForm) -> Any:
    """The whole file before the first byte is given out: an error in the middle gives out nothing."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the answer
    for line in services.evidence_export(actor=actor, with_content=form.cleaned_data["with_content"]):
        file.write(line.encode())
    file.seek(0)
    return file


@route("evidence.check", methods=("POST",))
def check(request: ActorRequest) -> HttpResponse:
    """Order a check and go to the page that shows how far it is."""
    made = services.inspection_order(actor=request.actor, start=tasks.start)
    return redirect("evidence:inspection", public_id=made.public_id)


@route("evidence.view", Inspection)
def inspection(request: ActorRequest, found: Inspection) -> HttpResponse:
    """How far a check is, then what it has found; asks itself anew until it is over."""
    context = {
        "inspection": found,
        "is_stale": found.is_underway and timezone.now() - found.asked_at > services.STALE,
    }
    template = "evidence/inspection_state.html" if request.htmx else "evidence/inspection.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
