"""The reference page of methods: the organisation's own ones, and the letter's with the organisation's marks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.commission.editions.laws import law_on
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.regulations.methods.choosing import method_lists

from .. import services
from ..forms import OwnMethodForm
from ..models import OwnMethod, PreliminaryMark


@route("method.view")
def method_list(request: ActorRequest) -> HttpResponse:
    """Own methods, then every list of the edition in force."""
    law = law_on(timezone.localdate(), request.actor.at.pk)
    context = {
        "own": OwnMethod.objects.visible_to(request.actor),
        "lists": method_lists(law),
        "specialities": {one.code: one.title for one in law.specialities},
        "marked": set(PreliminaryMark.objects.visible_to(request.actor).values_list("code", flat=True)),
        "opened": request.GET.get("list", ""),
    }
    return render(request, "methods/list.html", context)


@route("method.keep", methods=("POST",))
def preliminary_mark(request: ActorRequest) -> HttpResponse:
    """Mark which methods of one list are taken in the preliminary examination."""
    code = request.POST.get("list", "")[:40]
    law = law_on(timezone.localdate(), request.actor.at.pk)
    try:
        services.preliminary_mark(actor=request.actor, law=law, list_code=code, codes=request.POST.getlist("marked"))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("methods:list")
    messages.success(request, "Отметки сохранены.")
    return redirect(f"{reverse('methods:list')}?list={code}#list-{code}")


@route("method.keep", methods=("GET", "POST"))
def own_new(request: ActorRequest) -> HttpResponse:
    """Add an own method."""
    return _own(request, OwnMethod(organisation=request.actor.at))


@route("method.keep", OwnMethod, methods=("GET", "POST"))
def own_edit(request: ActorRequest, own: OwnMethod) -> HttpResponse:
    """Change an own method; sheets that named it stay as they are."""
    return _own(request, own)


def _own(request: ActorRequest, own: OwnMethod) -> HttpResponse:
    form = OwnMethodForm(request.POST or None, instance=own)
    if form.is_valid():
        saved = attempt(form, lambda: services.own_method_save(actor=request.actor, own=form.instance))
        if saved is not None:
            messages.success(request, f"Методика сохранена: {saved.title}.")
            return redirect("methods:list")
    status = 422 if form.is_bound else 200
    return render(request, "methods/own_form.html", {"form": form, "own": own}, status=status)


@route("method.keep", OwnMethod, methods=("POST",))
def own_offer(request: ActorRequest, own: OwnMethod) -> HttpResponse:
    """Put an own method away, or offer it again."""
    services.own_method_offer(actor=request.actor, own=own, offered=request.POST.get("offered") == "1")
    return redirect("methods:list")
