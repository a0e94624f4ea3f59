"""Права доступа."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "opora.foundation.access"
    label = "access"
    verbose_name = "Права доступа"

    def ready(self) -> None:
        from . import knowledge  # noqa: F401 - tells the lower room how rows are limited

        autodiscover_modules("permissions")
