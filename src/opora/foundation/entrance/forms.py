"""Codes of the second factor: behind the throttle, each good for one use on any worker."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from . import events, services, throttle

KEPT_USED = 120  # seconds; longer than a code of the application is good for


class _Once(forms.Form):
    """Adds to the library's form: the throttle, and a mark of the used code in the row of the factor."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        try:
            attempt = throttle.begin(throttle.knock_by_code(context.request, self.user))
        except throttle.TooManyTries as late:
            raise ValidationError(late.message, code="too_many_tries") from late
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP and not _first_use(self.authenticator, code):
                raise ValidationError("Этот код уже использован. Дождитесь следующего и введите его.")
        except ValidationError:
            services.sign_in_failed(request=context.request, user=self.user, event=events.CODE_FAILED)
            raise
        attempt.delete()
        return code


@transaction.atomic
def _first_use(authenticator: Authenticator, code: str) -> bool:
    """Whether nobody has used the code yet; written down in the row itself, which all workers share."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    mark = salted_hmac("opora.used-code", normalize_user_code(code), algorithm="sha256").hexdigest()[:24]
    now = int(time.time())
    used = [(one, at) for one, at in row.data.get("used", []) if abs(now - at) < KEPT_USED]
    if any(constant_time_compare(mark, one) for one, _ in used):
        return False
    row.data["used"] = [*used, (mark, now)]
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True


class CodeForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """The second step of sign-in."""


class CodeAgainForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """The step-up by a code."""


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A changed password is another one; the old one is asked behind the throttle."""

    user: Any

    def clean_oldpassword(self) -> str:
        try:
            attempt = throttle.begin(throttle.knock_by_password(context.request, self.user.username))
        except throttle.TooManyTries as late:
            raise ValidationError(late.message, code="too_many_tries") from late
        old: str = super().clean_oldpassword()
        attempt.delete()
        return old

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}  # type: ignore[no-untyped-call]
        if data.get("password1") and data["password1"] == data.get("oldpassword"):
            self.add_error("password1", "Новый пароль совпадает с нынешним. Придумайте другой.")
        return data
