"""The bank of the organisation: goals, tasks, activities and criteria without a child (K-05)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet

from .words import Audience, Direction, Scale


class BankItem(Owned):
    """A goal, task, activity or criterion of the organisation, without a child: offered by problem and age (K-05)."""

    class Kind(models.TextChoices):
        GOAL = "goal", "цель"
        TASK = "task", "задача"
        ACTIVITY = "activity", "мероприятие"
        CRITERION = "criterion", "критерий"

    kind = models.CharField("что это", max_length=10, choices=Kind.choices)
    title = models.CharField("формулировка", max_length=500)
    problem = models.CharField("проблема", max_length=120, blank=True)
    direction = models.CharField("направление", max_length=14, choices=Direction.choices, blank=True)
    audience = models.CharField("для кого", max_length=8, choices=Audience.choices, blank=True)
    age_from = models.PositiveSmallIntegerField("с, лет", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("до, лет", null=True, blank=True)
    form = models.CharField("форма проведения", max_length=200, blank=True)
    frequency = models.CharField("как часто", max_length=120, blank=True)
    planned_result = models.CharField("планируемый результат", max_length=500, blank=True)
    measure = models.CharField("чем измеряется", max_length=300, blank=True)
    scale = models.CharField("шкала", max_length=8, choices=Scale.choices, blank=True)
    is_retired = models.BooleanField("больше не предлагать", default=False)

    objects = OwnedQuerySet["BankItem"].as_manager()

    class Meta:
        verbose_name = "заготовка"
        verbose_name_plural = "банк заготовок"
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "title"], name="bank_item_once"),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="bank_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title
