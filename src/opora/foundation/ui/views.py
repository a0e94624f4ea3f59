"""Pages about the pages themselves: the mode for low vision, keys, the place of work."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from opora.foundation.access.middleware import WORKPLACE
from opora.foundation.access.routes import ActorRequest, own_route, public_route

from . import services

YEAR = 365 * 24 * 60 * 60


def _back(request: HttpRequest) -> HttpResponseRedirect:
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else "/")


@public_route("POST")
def low_vision(request: HttpRequest) -> HttpResponse:
    """Switch the mode for people with low vision; works before sign-in too."""
    turned_on = request.POST.get("on") == "1"
    if request.user.is_authenticated:
        services.low_vision_set(actor=cast(ActorRequest, request).actor, on=turned_on)
    response = _back(request)
    response.set_cookie(
        services.LOW_VISION_COOKIE, "1" if turned_on else "0",
        max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure(),
    )  # fmt: skip
    return response


@own_route("GET")
def keys(request: ActorRequest) -> HttpResponse:
    """The list of keys."""
    return render(request, "ui/keys.html")


@own_route("POST")
def key_hints(request: ActorRequest) -> HttpResponse:
    """Show or hide the names of keys beside buttons."""
    services.key_hints_set(actor=request.actor, on=request.POST.get("on") == "1")
    return _back(request)


@own_route("POST")
def choose_workplace(request: ActorRequest) -> HttpResponse:
    """Work for another organisation; the desk of that place opens."""
    place = services.workplace_choose(actor=request.actor, public_id=request.POST.get("workplace", ""))
    request.session[WORKPLACE] = place.public_id
    return HttpResponseRedirect("/")
