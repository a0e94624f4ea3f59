"""Вход"""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "opora.foundation.entrance"
    label = "entrance"
    verbose_name = "Вход"
