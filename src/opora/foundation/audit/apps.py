"""Журнал событий."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "opora.foundation.audit"
    label = "audit"
    verbose_name = "Журнал событий"

    def ready(self) -> None:
        autodiscover_modules("events")
