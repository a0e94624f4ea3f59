"""Шифрование хранимых данных."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class VaultConfig(AppConfig):
    name = "opora.foundation.vault"
    label = "vault"
    verbose_name = "Шифрование хранимых данных"

    def ready(self) -> None:
        from .keyring import forget

        request_started.connect(forget, dispatch_uid="vault.forget.before")
        request_finished.connect(forget, dispatch_uid="vault.forget.after")
