"""Steps of the case that are made here: arrival, discussion, back to the examination."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.intake.models import Booking
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.answers import carried_out
from opora.foundation.ui.forms import attempt

from .. import services
from ..board import startable_visit
from ..forms import DiscussForm
from ..models import Examination
from .addresses import case_url, session_url, sheet_url


@route("case.arrive", Case, methods=("GET", "POST"))
def case_arrive(request: ActorRequest, case: Case) -> HttpResponse:
    """Arrival from the page of the case; the session of the day is made on the way."""
    today = timezone.localdate()
    refusal = None
    if request.method == "POST":
        try:
            visit = services.case_arrive(actor=request.actor, case=case, on=today)
        except Refusal as raised:
            refusal = raised
        else:
            return HttpResponseRedirect(session_url(visit.session))
    booking = (
        Booking.objects.visible_to(request.actor)
        .filter(case=case, state=Booking.State.BOOKED)
        .select_related("slot__place")
        .first()
    )
    context = {"case": case, "booking": booking, "today": today, "refusal": refusal}
    return render(request, "examinations/case_arrive.html", context, status=422 if refusal else 200)


@route("case.discuss", Case, methods=("GET", "POST"))
def case_discuss(request: ActorRequest, case: Case) -> HttpResponse:
    """All sheets with their state, what speaks against going on, and the one button."""
    form = DiscussForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moved = attempt(
            form,
            lambda: services.case_discuss(
                actor=request.actor, case=case, on=timezone.localdate(), reason=form.cleaned_data["reason"]
            ),
        )
        if moved is not None:
            return HttpResponseRedirect(case_url(case))
    sheets = Examination.objects.visible_to(request.actor).filter(case=case).with_people()
    context = {
        "form": form,
        "case": case,
        "sheets": sheets,
        "against": services.obstacles(case),
        "is_head": request.actor.has(Role.COMMISSION_HEAD),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "examinations/case_discuss.html", context, status=status)


@route("case.reexamine", Case, methods=("GET", "POST"))
def case_reexamine(request: ActorRequest, case: Case) -> HttpResponse:
    """Back to the examination."""
    refusal = None
    if request.method == "POST":
        try:
            services.case_reexamine(actor=request.actor, case=case, on=timezone.localdate())
        except Refusal as raised:
            refusal = raised
        else:
            return HttpResponseRedirect(case_url(case))
    context = {"case": case, "refusal": refusal}
    return render(request, "examinations/case_reexamine.html", context, status=422 if refusal else 200)


@route("examination.write", Case, methods=("POST",))
def case_examine(request: ActorRequest, case: Case) -> HttpResponse:
    """«Начать обследование» on the page of the case."""
    found = startable_visit(request.actor, case)
    wanted = request.POST.get("position", "")
    position = Position.objects.visible_to(request.actor).filter(public_id=wanted, user=request.actor.person).first()
    if position is None:
        raise Http404
    begun = Examination.objects.visible_to(request.actor).filter(case=case, position=position).last()
    if begun is not None:
        return HttpResponseRedirect(sheet_url(begun))

    def start() -> None:
        if found is None:
            raise Refusal("not_arrived", "Начать обследование нельзя: ребёнок не отмечен на заседании.")
        services.examination_start(actor=request.actor, visit=found[0], position=position)

    response = carried_out(request, start, case_url(case))
    begun = Examination.objects.visible_to(request.actor).filter(case=case, position=position).last()
    return HttpResponseRedirect(sheet_url(begun)) if begun is not None else response
