"""Organisations (C-05) and the base of every row that belongs to one."""

from typing import Any, ClassVar

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
        GUARDIANSHIP_BODY = "guardianship_body", "Орган опеки и попечительства"
        COURT = "court", "Суд"
        PROSECUTOR = "prosecutor", "Прокуратура, следственный орган"
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
    requires_second_factor = models.BooleanField("второй фактор обязателен", default=True)

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

    `loaded_with` names what a page about one row reads together with it, in the same query. `person_path` is the
    look-up to the public id of the child's file that the row belongs to, empty for rows about nobody.
    `field_classes` names the fields that not every role sees, with their class (`access/fields.py`).

    What the law takes away stands next to the fields (security rules, item 11; `people/clearing.py` does it):
    `cleared_on_erasure` gives each field the value that it has after the child's card is destroyed,
    `kept_on_erasure` says of each other field why it may stay. Of the former, `cleared_on_withdrawal` names what goes
    already when the consent is withdrawn, unless the row answers to `spared_on_withdrawal`; there a foreign key
    to a kept file means its content. `stays_by_law` is the clause by which the rest stays after a withdrawal.
    `called_in_acts` names the rows in an act where their plural is no name of data; None leaves them out.
    """

    loaded_with: ClassVar[tuple[str, ...]] = ()
    person_path: ClassVar[str] = ""
    field_classes: ClassVar[dict[str, str]] = {}
    cleared_on_erasure: ClassVar[dict[str, Any]] = {}
    kept_on_erasure: ClassVar[dict[str, str]] = {}
    cleared_on_withdrawal: ClassVar[tuple[str, ...]] = ()
    spared_on_withdrawal: ClassVar[dict[str, Any]] = {}
    stays_by_law: ClassVar[str] = ""
    called_in_acts: ClassVar[str | None] = ""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="организация"
    )
    public_id = PublicIdField()

    class Meta:
        abstract = True
