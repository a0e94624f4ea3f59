"""Papers of a case, of a child's file and of a person as PDF pages."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, own_route, route
from opora.foundation.registers.models import Snapshot
from opora.foundation.ui.errors import refused
from opora.people.children.models import Child

from .. import services
from ..builders import CASE_FORMS
from ..selectors import signed_snapshot
from .answers import respond_pdf


@route("paper.print", Case)
def case_form(request: ActorRequest, case: Case, code: str) -> HttpResponse:
    """A form of a case. What is signed already is given out as it was signed, the rest is printed anew."""
    if code not in CASE_FORMS:
        raise Http404
    snapshot = signed_snapshot(request.actor, case, code)
    if snapshot is not None:
        return respond_pdf(request, lambda: services.paper_read(actor=request.actor, snapshot=snapshot))
    return respond_pdf(
        request,
        lambda: services.paper_print(actor=request.actor, code=code, subject=case, on=timezone.localdate()),
    )


@route("paper.read", Snapshot)
def issued(request: ActorRequest, snapshot: Snapshot) -> HttpResponse:
    """A frozen paper: always the same bytes."""
    return respond_pdf(request, lambda: services.paper_read(actor=request.actor, snapshot=snapshot))


@route("paper.print", Child)
def child_contents(request: ActorRequest, child: Child) -> HttpResponse:
    """Contents of the child's file."""
    return respond_pdf(
        request,
        lambda: services.file_contents_print(actor=request.actor, child=child, on=timezone.localdate()),
    )


@route("disclosure.view", Child, even_frozen=True)
def data_transfers(request: ActorRequest, child: Child) -> HttpResponse:
    """To whom the child's data was given, for the parent."""
    return respond_pdf(
        request,
        lambda: services.transfers_print(actor=request.actor, child=child, on=timezone.localdate()),
    )


@own_route("GET")
def undertaking(request: ActorRequest) -> HttpResponse:
    """One's own undertaking of non-disclosure, to be signed before the first child is seen."""
    if request.actor.organisation is None:
        return refused(request, Refusal("no_position", "У вас сейчас нет должности ни в одной организации."))
    return respond_pdf(
        request,
        lambda: services.undertaking_print(actor=request.actor, user=request.actor.person, on=timezone.localdate()),
    )


@route("undertaking.record", Position)
def undertaking_of(request: ActorRequest, position: Position) -> HttpResponse:
    """The undertaking of a colleague, printed by whoever records it."""
    return respond_pdf(
        request,
        lambda: services.undertaking_print(actor=request.actor, user=position.user, on=timezone.localdate()),
    )
