"""Organisations (C-05) and the base of every row that belongs to one."""

from typing import ClassVar

from django.db import models

from opora.foundation.identifiers import PublicIdField

from .querysets import OrganisationQuerySet


class Organisation(models.Model):
    """A commission, school, clinic or other body; the letterhead of its papers is taken from here."""

    class Kind(models.TextChoices):
        CENTRAL_COMMISSION = "central_commission", "Центральная ПМПК"
        TERRITORIAL_COMMISSION = "territorial_commission", "Территориальная ПМПК"
        SCHOOL = "school", "Школа"
        KINDERGARTEN = "kindergarten", "Детский сад"
        SUPPORT_CENTRE = "support_centre", "Центр ППМС-помощи"
        MEDICAL = "medical", "Медицинская организация"
        SOCIAL = "social", "Социальное обслуживание"
        JUVENILE_COMMISSION = "juvenile_commission", "КДНиЗП"
        POLICE = "police", "Полиция"
        DISABILITY_BUREAU = "disability_bureau", "Бюро МСЭ"
        AUTHORITY = "authority", "Орган управления образованием"
        OTHER = "other", "Другая организация"

    public_id = PublicIdField()
    kind = models.CharField("вид", max_length=30, choices=Kind.choices)
    full_name = models.CharField("официальное полное наименование", max_length=400)
    short_name = models.CharField("краткое наименование", max_length=120)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="branches",
        verbose_name="вышестоящая организация",
    )  # fmt: skip
    address = models.CharField("адрес", max_length=300, blank=True)
    district = models.CharField("район, город", max_length=120, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    letterhead = models.TextField("верх бланка (учредитель)", blank=True)
    works_here = models.BooleanField("ведёт дела в Опоре", default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_commission(self) -> bool:
        return self.kind in (self.Kind.CENTRAL_COMMISSION, self.Kind.TERRITORIAL_COMMISSION)


class Owned(models.Model):
    """A row that belongs to one organisation, which is its wall (decision 3 of docs/architecture.md).

    `loaded_with` names what a page about one row reads together with it, in the same query.
    """

    loaded_with: ClassVar[tuple[str, ...]] = ()

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="организация"
    )
    public_id = PublicIdField()

    class Meta:
        abstract = True
