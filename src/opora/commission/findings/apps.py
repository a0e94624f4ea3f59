"""Данные для рекомендации"""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "opora.commission.findings"
    label = "findings"
    verbose_name = "Данные для рекомендации"
