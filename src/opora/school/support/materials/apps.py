from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "opora.school.support.materials"
    label = "materials"
    verbose_name = "Методики, программы и проекты"
