"""Опросники и шкалы"""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "opora.commission.instruments"
    label = "instruments"
    verbose_name = "Опросники и шкалы"
