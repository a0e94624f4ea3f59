"""What every page knows: who works where, the menu, the version."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from opora.foundation.access.actors import workplaces_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.scope import scope, within

from .navigation import Link, links
from .notices import Notice, notices_of
from .services import LOW_VISION_COOKIE


def workplace(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Queries are made only when the page shows the menu."""
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    actor: Actor | None = getattr(request, "actor", None) if signed_in else None
    places = SimpleLazyObject(lambda: workplaces_of(request.user, timezone.localdate()) if signed_in else [])  # type: ignore[arg-type]
    return {
        "actor": actor,
        "workplaces": places,
        "menu": SimpleLazyObject(lambda: _menu(actor, request)),
        "notices": SimpleLazyObject(lambda: _notices(actor)),
        "low_vision": user.low_vision if user and signed_in else request.COOKIES.get(LOW_VISION_COOKIE) == "1",
        "key_hints": bool(user and signed_in and user.shows_keys),
        "demo": getattr(settings, "DEMO", False),
        "version": settings.VERSION,
        "today": timezone.localdate(),
    }


def _menu(actor: Actor | None, request: HttpRequest) -> list[Link]:
    return list(links(actor, request)) if actor else []


def _notices(actor: Actor | None) -> list[Notice]:
    """Pages of the sign-in library stand outside of any organisation; their notices are those of the workplace."""
    if actor is None or actor.organisation is None:
        return []
    with nullcontext() if scope().is_told else within(actor.organisation):
        return notices_of(actor)
