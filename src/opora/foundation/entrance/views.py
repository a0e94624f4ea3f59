"""One's own sessions, and the page on which a second factor is asked for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, own_route
from opora.foundation.access.step_up import require_proof
from opora.foundation.ui.typography import plural

from . import services
from .models import AccountSession

PAST = 20


@own_route("GET")
def sessions(request: ActorRequest) -> HttpResponse:
    """Where I am signed in now, and where I was before."""
    own = AccountSession.objects.visible_to(request.actor)
    now = list(own.going_on())
    past = own.exclude(pk__in=[one.pk for one in now]).select_related("ended_by")[:PAST]
    return render(request, "entrance/sessions.html", {"sessions": now, "past": past, "current": _current(request)})


@own_route("POST")
def end(request: ActorRequest) -> HttpResponse:
    """End one session, or all but this one."""
    asked = request.POST.get("session", "")
    if asked == "others":
        count = services.sessions_end_others(actor=request.actor, current=_current(request))
        messages.success(request, f"Завершено: {plural(count, 'сеанс,сеанса,сеансов')}.")
        return HttpResponseRedirect(reverse("entrance:sessions"))
    session = AccountSession.objects.visible_to(request.actor).filter(public_id=asked).first()
    try:
        if session is None:
            raise Refusal("unknown", "Такого сеанса нет.")
        services.session_end(actor=request.actor, session=session)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Сеанс завершён: {session.browser}.")
    return HttpResponseRedirect(reverse("entrance:sessions"))


@own_route("GET")
def required(request: ActorRequest) -> HttpResponse:
    """Says why a second factor is asked for, and offers the two kinds."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    if request.account_session.has_factor:  # type: ignore[attr-defined]
        return HttpResponseRedirect(wanted if safe else "/")
    return render(request, "entrance/required.html", {"place": request.actor.organisation})


@own_route("POST")
def key_off(request: ActorRequest) -> HttpResponse:
    """Remove one of my security keys."""
    require_proof(request)
    try:
        services.key_remove(actor=request.actor, number=request.POST.get("key", ""))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Ключ удалён.")
    return HttpResponseRedirect(reverse("mfa_index"))


def _current(request: ActorRequest) -> str:
    return str(request.session.get(services.SESSION, ""))
