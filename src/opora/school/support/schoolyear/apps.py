from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchoolYearConfig(AppConfig):
    name = "opora.school.support.schoolyear"
    label = "schoolyear"
    verbose_name = "Учебный год школы"

    def ready(self) -> None:
        autodiscover_modules("standing")
