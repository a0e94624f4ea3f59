"""The list of plans; a new plan by one click on its term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.foundation.ui.typography import plural

from .. import services
from ..forms import NewPlanForm
from ..listing import plan_listing, plan_rows
from ..models import WorkPlan
from ..selectors import own_post, staff_on
from ..terms import Term, offered_terms

SERVICE = "service"


@route("plan.view")
def plan_list(request: ActorRequest) -> HttpResponse:
    """All plans that the person reads."""
    listing = plan_listing(request.actor, may_write=may(request.actor, "plan.write"))
    return list_response(request, listing, plan_rows(request.actor), template="plans/list.html")


@dataclass(frozen=True)
class Offer:
    """A term that may be planned by one click; `plan` is there when it is planned already."""

    term: Term
    caption: str
    plan: WorkPlan | None


def _owners(request: ActorRequest, today: date) -> dict[str, Position | None]:
    """Whose plans the person draws up: his own; the head of the service draws up everyone's and the service's."""
    post = own_post(request.actor, today)
    found: dict[str, Position | None] = {}
    if request.actor.has(Role.SERVICE_HEAD):
        found[SERVICE] = None
        staff = [one for one in staff_on(request.actor, today) if one.role == Role.SCHOOL_SPECIALIST]
        if post is not None and post.role == Role.SERVICE_HEAD:
            found[post.public_id] = post
        return found | {one.public_id: one for one in staff}
    return found | ({post.public_id: post} if post else {})


def _caption(owner: Position | None) -> str:
    return f"{owner.user.short_name}, {owner.inner_caption}" if owner else "Служба сопровождения"


@route("plan.write", methods=("GET", "POST"))
def plan_new(request: ActorRequest) -> HttpResponse:
    """Terms to click; what is planned already leads to its plan."""
    today = timezone.localdate()
    owners = _owners(request, today)
    wanted = request.POST.get("whose") or request.GET.get("whose", "")
    chosen = wanted if wanted in owners else next(iter(owners), "")
    choices = [(key, _caption(owner)) for key, owner in owners.items()]
    form = NewPlanForm(choices, request.POST or None, initial={"whose": chosen, "day": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        owner = owners.get(given["whose"] or chosen)
        made = attempt(
            form,
            lambda: services.plan_open(actor=request.actor, horizon=given["horizon"], day=given["day"], owner=owner),
        )
        if made is not None:
            return _made(request, made)
    context = {"form": form, "owners": choices, "chosen": chosen, "offers": _offers(owners.get(chosen), request)}
    return render(request, "plans/new.html", context, status=422 if form.is_bound else 200)


def _made(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    count = plan.items.count()
    if count:
        messages.success(request, f"Из более широкого плана взято: {plural(count, 'строка,строки,строк')}.")
    return redirect("plans:plan", public_id=plan.public_id)


def _offers(owner: Position | None, request: ActorRequest) -> list[Offer]:
    terms = offered_terms(timezone.localdate())
    plans = WorkPlan.objects.visible_to(request.actor).filter(
        owner=owner, starts_on__in=[one.starts_on for one in terms]
    )  # fmt: skip
    known = {(one.horizon, one.starts_on): one for one in plans}
    return [
        Offer(one, WorkPlan.Horizon(one.horizon).label, known.get((one.horizon, one.starts_on))) for one in terms
    ]  # fmt: skip


@route("plan.write", WorkPlan, methods=("POST",))
def plan_remove(request: ActorRequest, plan: WorkPlan) -> HttpResponse:
    """Throw a draft away."""
    try:
        services.plan_remove(actor=request.actor, plan=plan)
    except Refusal as refusal:
        return refused(request, refusal)
    messages.success(request, "Черновик плана удалён.")
    return redirect("plans:list")
