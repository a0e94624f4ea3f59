"""Журнал событий: страницы, отметки, проверка."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "opora.foundation.evidence"
    label = "evidence"
    verbose_name = "Журнал событий: проверка"
