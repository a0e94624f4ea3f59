"""Pages of the sign-in library that Опора uses; the names of the addresses are the library's own.

What changes the protection of an account is written into the log in the same transaction.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType

from . import events, services
from .devices import remember


class _Told:
    """Adds the event to a library's view, in the transaction of its deed."""

    told: EventType
    kind = ""
    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            record(self.told, actor=self.request.actor, subject=self.request.user, kind=self.kind)
        return response


class PasswordChange(account.PasswordChangeView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            services.password_changed(request=self.request, user=form.user)
        reauthenticate_by_password(self.request)
        remember(response, self.request, form.user)
        return response


class TotpOn(_Told, totp.ActivateTOTPView):  # type: ignore[misc]
    told, kind = events.FACTOR_ADDED, services.APPLICATION


class TotpOff(_Told, totp.DeactivateTOTPView):  # type: ignore[misc]
    told, kind = events.FACTOR_REMOVED, services.APPLICATION


class KeyOn(_Told, webauthn.AddWebAuthnView):  # type: ignore[misc]
    told, kind = events.FACTOR_ADDED, services.KEY


class ReserveCodes(_Told, recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    told = events.CODES_ISSUED


urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", PasswordChange.as_view(), name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("code/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("code/settings/", mfa.index, name="mfa_index"),
    path("code/app/on/", TotpOn.as_view(), name="mfa_activate_totp"),
    path("code/app/off/", TotpOff.as_view(), name="mfa_deactivate_totp"),
    path("code/reserve/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("code/reserve/new/", ReserveCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("key/on/", KeyOn.as_view(), name="mfa_add_webauthn"),
    path("key/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
