from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "opora.school.support.contacts"
    label = "contacts"
    verbose_name = "Обращения в другие организации"
