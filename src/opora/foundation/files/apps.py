"""Файлы"""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "opora.foundation.files"
    label = "files"
    verbose_name = "Файлы"
