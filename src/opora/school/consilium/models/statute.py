"""The terms and the standing posts of one school's consilium."""

from __future__ import annotations

from django.db import models

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet


class ConsiliumSettings(Owned):
    """Terms of the school's own statute of the consilium; the edition gives the usual ones (Р-93)."""

    protocol_days = models.PositiveSmallIntegerField("протокол оформить, рабочих дней", default=5)
    teachers_days = models.PositiveSmallIntegerField("ознакомить педагогов, рабочих дней", default=3)
    meetings_months = models.PositiveSmallIntegerField("плановое заседание не реже чем раз в, месяцев", default=6)
    first_control_months = models.DecimalField("первый контроль, месяцев", max_digits=3, decimal_places=1, default=1.5)
    second_control_months = models.DecimalField("второй контроль, месяцев", max_digits=3, decimal_places=1, default=3)
    quorum_percent = models.PositiveSmallIntegerField("заседание правомочно при, % состава", default=51)
    deputy = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="заместитель председателя",
    )  # fmt: skip
    secretary = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="секретарь"
    )
    act = models.CharField("положение о ППк, №, дата", max_length=200, blank=True)

    objects = OwnedQuerySet["ConsiliumSettings"].as_manager()

    class Meta:
        verbose_name = "порядок работы консилиума"
        verbose_name_plural = "порядок работы консилиумов"
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_statute_per_school")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
