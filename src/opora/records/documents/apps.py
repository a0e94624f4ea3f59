"""Бланки"""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "opora.records.documents"
    label = "documents"
    verbose_name = "Бланки"
