from django.apps import AppConfig


class PassportsConfig(AppConfig):
    name = "opora.school.support.passports"
    label = "passports"
    verbose_name = "Социальный паспорт"
