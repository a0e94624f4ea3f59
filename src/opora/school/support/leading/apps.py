from importlib import import_module

from django.apps import AppConfig


class LeadingConfig(AppConfig):
    name = "opora.school.support.leading"
    label = "leading"
    verbose_name = "Руководство Службой"

    def ready(self) -> None:
        import_module(f"{self.name}.filling")
