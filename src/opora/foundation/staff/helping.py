"""A colleague who cannot get in: a new password, a lost second factor, sessions to end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, own_route, route
from opora.foundation.accounts.models import User
from opora.foundation.entrance import services
from opora.foundation.entrance.models import AccountSession
from opora.foundation.entrance.querysets import FACTORS
from opora.foundation.entrance.sealing import seal, unseal
from opora.foundation.ui.typography import plural

ONCE = "shown_once"


def keep_once(request: HttpRequest, user: User, password: str) -> None:
    """Hold a fresh password, sealed, until the next page shows it and forgets it."""
    request.session[ONCE] = [user.public_id, seal(password)]


@route("staff.sign_in", Position, methods=("GET", "POST"), step_up=True)
def sign_in(request: ActorRequest, position: Position) -> HttpResponse:
    """How an employee signs in: where he is signed in now, a new password for him."""
    if request.method == "POST":
        try:
            return _help(request, position, request.POST.get("deed", ""))
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(reverse("staff:sign_in", args=[position.public_id]))
    person = position.user
    context = {
        "position": position,
        "person": person,
        "sessions": AccountSession.objects.filter(user=person).going_on(),
        "has_factor": person.authenticator_set.filter(type__in=FACTORS).exists(),
    }
    return render(request, "staff/sign_in.html", context)


def _help(request: ActorRequest, position: Position, deed: str) -> HttpResponse:
    if deed == "password":
        keep_once(request, position.user, services.password_reset(actor=request.actor, position=position))
        return HttpResponseRedirect(reverse("staff:password_once"))
    if deed != "sessions":
        raise Refusal("unknown", "Такого действия нет.")
    count = services.sessions_end_of(actor=request.actor, position=position)
    messages.success(request, f"Завершено: {plural(count, 'сеанс,сеанса,сеансов')}.")
    return HttpResponseRedirect(reverse("staff:sign_in", args=[position.public_id]))


@route("staff.factor_reset", Position, methods=("POST",), step_up=True)
def factor_reset(request: ActorRequest, position: Position) -> HttpResponse:
    """The telephone or the key is lost: at the next sign-in the employee sets up a new one."""
    try:
        services.second_factor_reset(actor=request.actor, position=position)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Второй фактор сброшен: при следующем входе сотрудник настроит новый.")
    return HttpResponseRedirect(reverse("staff:sign_in", args=[position.public_id]))


@own_route("GET")
def password_once(request: ActorRequest) -> HttpResponse:
    """The password that I have just given somebody; a second look finds nothing."""
    kept = request.session.pop(ONCE, None)
    person = User.objects.filter(public_id=kept[0]).first() if kept else None
    password = unseal(kept[1]) if kept and person else ""
    return render(request, "staff/password_once.html", {"person": person, "password": password})


@route("organisation.change", methods=("POST",), step_up=True)
def factor_rule(request: ActorRequest) -> HttpResponse:
    """Require a second factor of everyone here, or stop requiring it."""
    place = services.second_factor_rule_set(actor=request.actor, on=request.POST.get("on") == "1")
    messages.success(
        request,
        "Второй фактор обязателен для всех сотрудников."
        if place.requires_second_factor
        else "Второй фактор теперь по желанию.",
    )
    return HttpResponseRedirect(reverse("staff:organisation"))
