"""Согласия"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConsentsConfig(AppConfig):
    name = "opora.people.consents"
    label = "consents"
    verbose_name = "Согласия"

    def ready(self) -> None:
        autodiscover_modules("ending")
