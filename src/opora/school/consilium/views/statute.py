"""The page of terms: the school's own statute beside the usual values and their clauses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.people.law import law_on
from opora.regulations.consilium.entries import ConsiliumTerm

from .. import services
from ..forms import SettingsForm
from ..terms import statute_of


@route("consilium.settings", methods=("GET", "POST"))
def settings(request: ActorRequest) -> HttpResponse:
    """Every value has the clause that the usual one rests on."""
    today = timezone.localdate()
    statute = statute_of(request.actor.at)
    form = SettingsForm(request.POST or None, instance=statute, actor=request.actor, today=today)
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: services.settings_save(actor=request.actor, **form.cleaned_data))
        if saved is not None:
            messages.success(request, "Порядок работы консилиума сохранён.")
            return HttpResponseRedirect(reverse("consilium:settings"))
    usual = law_on(today).entries("consilium_term", ConsiliumTerm)
    context = {"form": form, "usual": usual}
    return render(request, "consilium/settings.html", context, status=422 if form.is_bound else 200)
