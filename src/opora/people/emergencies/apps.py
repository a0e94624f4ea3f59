"""Экстренный доступ"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EmergenciesConfig(AppConfig):
    name = "opora.people.emergencies"
    label = "emergencies"
    verbose_name = "Экстренный доступ"

    def ready(self) -> None:
        autodiscover_modules("lookups")
