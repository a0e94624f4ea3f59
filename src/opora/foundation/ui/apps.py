"""Оформление."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    name = "opora.foundation.ui"
    label = "ui"
    verbose_name = "Оформление"

    def ready(self) -> None:
        autodiscover_modules("navigation", "panels", "desk", "notices")
