from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "opora.school.support.analysis"
    label = "analysis"
    verbose_name = "Анализ работы за год"
