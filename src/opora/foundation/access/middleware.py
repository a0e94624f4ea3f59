"""Gives each request its actor and ends sessions that are too old."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import nowhere

from .actors import actor_of

WORKPLACE = "workplace"
STARTED = "started_at"
RENEWED = "renewed_at"


class ActorMiddleware:
    """`request.actor` is computed once, at its first use, from today's positions: a dismissal works at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep_session(request, int(time.time()))
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        with nowhere():
            return self.get_response(request)


def _keep_session(request: HttpRequest, now: int) -> None:
    """End a session that is too old; put off the idle end of another one, at most once a minute."""
    if now - request.session.setdefault(STARTED, now) > settings.SESSION_ABSOLUTE_AGE:
        logout(request)
    elif now - request.session.get(RENEWED, 0) >= settings.SESSION_RENEWED_AFTER:
        request.session[RENEWED] = now


def _actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    chosen = request.session.get(WORKPLACE)
    place = Organisation.objects.filter(public_id=chosen).first() if chosen else None
    return actor_of(request.user, on=timezone.localdate(), organisation=place)
