"""Согласия"""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "opora.people.consents"
    label = "consents"
    verbose_name = "Согласия"
