"""Методики"""

from django.apps import AppConfig


class MethodsConfig(AppConfig):
    name = "opora.commission.methods"
    label = "methods"
    verbose_name = "Методики"
