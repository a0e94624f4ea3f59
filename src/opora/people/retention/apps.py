"""Хранение и уничтожение карт"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RetentionConfig(AppConfig):
    name = "opora.people.retention"
    label = "retention"
    verbose_name = "Хранение и уничтожение карт"

    def ready(self) -> None:
        from .services import erasing  # noqa: F401 - says how a destruction is carried out again after a restore

        autodiscover_modules("keeping")
