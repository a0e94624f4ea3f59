"""Обследования"""

from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    name = "opora.commission.examinations"
    label = "examinations"
    verbose_name = "Обследования"
