"""What the worker does by itself, and when it last did it."""

from django.db import models


class Job(models.Model):
    """One kind of regular work: a backup, the check of stored files. Several workers share it by this row."""

    name = models.CharField("работа", max_length=40, unique=True)
    started_at = models.DateTimeField("начата", null=True)
    seen_at = models.DateTimeField("жива", null=True)
    finished_at = models.DateTimeField("окончена", null=True)
    succeeded_at = models.DateTimeField("удалась", null=True)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    trouble = models.CharField("что не так", max_length=400, blank=True)
    told = models.CharField("итог", max_length=400, blank=True)

    class Meta:
        verbose_name = "регулярная работа"
        verbose_name_plural = "регулярные работы"

    def __str__(self) -> str:
        return self.name
