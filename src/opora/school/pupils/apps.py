from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PupilsConfig(AppConfig):
    name = "opora.school.pupils"
    label = "pupils"
    verbose_name = "Классы и обучающиеся"

    def ready(self) -> None:
        autodiscover_modules("marks", "now", "waiting", "leaving", "ending")
