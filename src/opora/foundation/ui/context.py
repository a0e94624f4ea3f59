"""What every page knows: who works where, the menu, the version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from opora.foundation.access.actors import workplaces_of
from opora.foundation.accounts.actors import Actor

from .navigation import Link, links
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
        "low_vision": user.low_vision if user and signed_in else request.COOKIES.get(LOW_VISION_COOKIE) == "1",
        "key_hints": bool(user and signed_in and user.shows_keys),
        "demo": getattr(settings, "DEMO", False),
        "version": settings.VERSION,
        "today": timezone.localdate(),
    }


def _menu(actor: Actor | None, request: HttpRequest) -> list[Link]:
    return list(links(actor, request)) if actor else []
