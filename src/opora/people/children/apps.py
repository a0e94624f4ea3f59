"""Дети"""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "opora.people.children"
    label = "children"
    verbose_name = "Дети"

    def ready(self) -> None:
        from . import erasing  # noqa: F401 - says what else goes with a card
