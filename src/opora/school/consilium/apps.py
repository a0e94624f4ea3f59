from django.apps import AppConfig


class ConsiliumConfig(AppConfig):
    name = "opora.school.consilium"
    label = "consilium"
    verbose_name = "Консилиум"
