"""A browser in which a person has signed in before: a signed cookie, void as soon as his password changes."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from opora.foundation.accounts.models import User

COOKIE = "opora_device"
AGE = 180 * 24 * 60 * 60
SHARED_BY = 12  # people who may use one computer


def _parts(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(COOKIE, "")[:1000].split(".")


def _mark(user: User, device: str) -> str:
    return salted_hmac("opora.device", f"{user.pk}:{user.password}:{device}", algorithm="sha256").hexdigest()[:32]


def known_device(request: HttpRequest, user: User | None) -> str:
    """The id of the device when this person has signed in from it; else an empty string."""
    device, *marks = _parts(request)
    if user is None or not device or len(device) > 24:
        return ""
    own = _mark(user, device)
    return device if any(constant_time_compare(own, mark) for mark in marks) else ""


def remember(response: HttpResponse, request: HttpRequest, user: User) -> None:
    """Mark the browser as one in which the person has signed in."""
    device, *marks = _parts(request)
    if not marks or not 0 < len(device) <= 24:
        device, marks = secrets.token_urlsafe(12), []
    own = _mark(user, device)
    kept = [own, *(mark for mark in marks if mark != own)][:SHARED_BY]
    response.set_cookie(
        COOKIE, ".".join([device, *kept]), max_age=AGE, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
