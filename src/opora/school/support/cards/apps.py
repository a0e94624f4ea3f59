from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "opora.school.support.cards"
    label = "cards"
    verbose_name = "Карты сопровождения"
