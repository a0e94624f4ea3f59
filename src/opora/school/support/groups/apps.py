from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "opora.school.support.groups"
    label = "groups"
    verbose_name = "Группы и занятия"
