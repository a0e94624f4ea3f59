"""Step-up: what would hurt most is done by whoever has just proved that it is he, not by whoever sits at his screen."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest


class ProofNeeded(Exception):
    """The deed is allowed, but the person must prove himself first; `entrance` asks and brings him back."""


def recently_proved(request: HttpRequest) -> bool:
    """Whether a password or a second factor was given in this session within `STEP_UP_AGE` seconds.

    A moment in the future (the clock went back) proves nothing.
    """
    if not request.user.is_authenticated:
        return False
    moments = [float(one.get("at", 0)) for one in get_authentication_records(request, request.user)]
    return any(0 <= time.time() - moment < settings.STEP_UP_AGE for moment in moments)


def require_proof(request: HttpRequest, wanted: bool = True) -> None:
    """Raises ProofNeeded."""
    if wanted and not recently_proved(request):
        raise ProofNeeded
