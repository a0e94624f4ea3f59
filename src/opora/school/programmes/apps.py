from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "opora.school.programmes"
    label = "programmes"
    verbose_name = "Программы сопровождения"
