"""Учётные записи"""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "opora.foundation.accounts"
    label = "accounts"
    verbose_name = "Учётные записи"
