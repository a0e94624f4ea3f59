"""Заключения"""

from django.apps import AppConfig


class ConclusionsConfig(AppConfig):
    name = "opora.commission.conclusions"
    label = "conclusions"
    verbose_name = "Заключения"
