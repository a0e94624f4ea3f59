from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "opora.school.support.plans"
    label = "plans"
    verbose_name = "Планы работы"
