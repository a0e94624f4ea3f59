"""Журналы"""

from django.apps import AppConfig


class JournalsConfig(AppConfig):
    name = "opora.records.journals"
    label = "journals"
    verbose_name = "Журналы"
