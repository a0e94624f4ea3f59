from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SignalsConfig(AppConfig):
    name = "opora.school.signals"
    label = "signals"
    verbose_name = "Скрининги и сигналы"

    def ready(self) -> None:
        autodiscover_modules("ending", "hiding")
