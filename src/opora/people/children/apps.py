"""Дети"""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "opora.people.children"
    label = "children"
    verbose_name = "Дети"
