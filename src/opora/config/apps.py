"""Сборка"""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "opora.config"
    label = "config"
    verbose_name = "Сборка"

    def ready(self) -> None:
        # Sent for each app with models, in their order: at the last one every table is there.
        post_migrate.connect(_raise_walls, sender=[one for one in apps.get_app_configs() if one.models_module][-1])


def _raise_walls(**_: Any) -> None:
    from opora.foundation.organisations.walls import raise_walls

    raise_walls()
