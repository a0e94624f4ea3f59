"""Сотрудники."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "opora.foundation.staff"
    label = "staff"
    verbose_name = "Сотрудники"
