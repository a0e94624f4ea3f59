"""Рабочие листы"""

from django.apps import AppConfig


class WorksheetsConfig(AppConfig):
    name = "opora.foundation.worksheets"
    label = "worksheets"
    verbose_name = "Рабочие листы"
