"""How sessions and tries are read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

if TYPE_CHECKING:
    from .models import AccountSession, SignInTry  # noqa: F401

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # reserve codes alone are no second factor


class AccountSessionQuerySet(models.QuerySet["AccountSession"]):
    def visible_to(self, actor: Any) -> Self:
        """One's own. Those of a colleague are reached through his post, under the right of the staff page."""
        if actor is None or actor.user is None:
            return self.none()
        return self.filter(user=actor.user)

    def going_on(self) -> Self:
        """Not ended, not idle for too long, not older than a session may be."""
        now = timezone.now()
        idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        oldest = timedelta(seconds=settings.SESSION_ABSOLUTE_AGE)
        return self.filter(ended_at=None, seen_at__gt=now - idle, started_at__gt=now - oldest)

    def with_factor(self) -> Self:
        """Adds `has_factor`: whether the person has a second factor, asked in the same query."""
        own = Authenticator.objects.filter(user=OuterRef("user"), type__in=FACTORS)
        return self.annotate(has_factor=Exists(own))


class SignInTryQuerySet(models.QuerySet["SignInTry"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(at__gt=moment)
