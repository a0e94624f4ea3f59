"""Дела"""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "opora.commission.cases"
    label = "cases"
    verbose_name = "Дела"
