"""How sign-in differs from the library's defaults."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from opora.foundation.access.step_up import recently_proved
from opora.foundation.accounts.models import User

from . import services, throttle
from .addresses import client_address
from .devices import remember
from .querysets import FACTORS
from .sealing import seal, unseal

WAYS = {
    "reauthenticate": "Паролем",
    "mfa_reauthenticate": "Кодом из приложения или запасным кодом",
    "mfa_reauthenticate:webauthn": "Ключом безопасности",
}


class Entrance(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by the organisation; tries are slowed by our own throttle; sessions are on a list."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Логин или пароль не подходят. Проверьте раскладку и Caps Lock.",
        "incorrect_password": "Пароль не подходит. Проверьте раскладку и Caps Lock.",
        "enter_current_password": "Нынешний пароль не подходит.",
        "incorrect_code": "Код не подходит. Дождитесь следующего и введите его.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in needs no congratulation."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check the password behind the throttle. Raises ValidationError when it is too early to try again."""
        login = str(credentials.get("username", ""))
        try:
            attempt = throttle.begin(throttle.knock_by_password(request, login))
        except throttle.TooManyTries as late:
            raise ValidationError(late.message, code="too_many_tries") from late
        user = super().authenticate(request, **credentials)
        if user is not None:
            attempt.delete()
        else:
            services.sign_in_failed(request=request, user=throttle.account_of(login))
        return user if isinstance(user, User) else None

    def login(self, request: HttpRequest, user: Any) -> None:
        with transaction.atomic():
            super().login(request, user)
            services.session_begin(request=request, user=user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(response, request, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        services.signed_out(request=request)
        super().logout(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not recently_proved(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        found = super().get_reauthentication_methods(user)
        return [one | {"description": WAYS.get(one["id"], one["description"])} for one in found]


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are sealed; where a second factor is required, the last one stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Ваша организация требует второй фактор, а другого у вас нет. "
        "Сначала добавьте другой, потом уберите этот.",
        "cannot_generate_recovery_codes": "Сначала добавьте второй фактор.",
        "incorrect_code": "Код не подходит. Дождитесь следующего и введите его.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return "Опора"

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Ключ № {count + 1}".replace(" ", "\u00a0")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        place = services.person_at_work(authenticator.user).organisation
        if place is None or not place.requires_second_factor:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return bool(others.exists())
