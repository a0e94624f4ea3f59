"""How sign-in differs from the library's defaults."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by the organisation; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Логин или пароль не подходят. Проверьте раскладку и Caps Lock.",
        "too_many_login_attempts": "Слишком много попыток. Подождите пять минут и войдите снова.",
        "incorrect_code": "Код не подходит. Дождитесь следующего и введите его.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in needs no congratulation."""
