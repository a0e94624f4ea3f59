from django.apps import AppConfig


class PresentationsConfig(AppConfig):
    name = "opora.school.presentations"
    label = "presentations"
    verbose_name = "Представления и характеристики"
