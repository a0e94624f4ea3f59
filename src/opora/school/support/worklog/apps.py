from importlib import import_module

from django.apps import AppConfig


class WorklogConfig(AppConfig):
    name = "opora.school.support.worklog"
    label = "worklog"
    verbose_name = "Учёт работы"

    def ready(self) -> None:
        import_module(f"{self.name}.filling")
