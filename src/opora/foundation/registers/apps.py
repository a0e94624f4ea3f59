"""Номера и журналы"""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "opora.foundation.registers"
    label = "registers"
    verbose_name = "Номера и журналы"
