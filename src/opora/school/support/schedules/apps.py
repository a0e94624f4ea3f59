from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    name = "opora.school.support.schedules"
    label = "schedules"
    verbose_name = "Графики работы"
