"""Передача сведений"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DisclosuresConfig(AppConfig):
    name = "opora.people.disclosures"
    label = "disclosures"
    verbose_name = "Передача сведений"

    def ready(self) -> None:
        autodiscover_modules("disclosing")
