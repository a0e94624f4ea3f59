"""Приём"""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "opora.commission.intake"
    label = "intake"
    verbose_name = "Приём"
