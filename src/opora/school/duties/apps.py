from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "opora.school.duties"
    label = "duties"
    verbose_name = "Заключения ПМПК в школе"
