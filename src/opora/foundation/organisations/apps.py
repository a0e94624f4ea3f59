"""Организации"""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "opora.foundation.organisations"
    label = "organisations"
    verbose_name = "Организации"
