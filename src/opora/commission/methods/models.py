"""Methods that an organisation adds to the letter's, its marks on those, and what was used in a sheet (P-13)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from opora.commission.cases.flow import CONCLUDED
from opora.commission.examinations.models import Examination
from opora.foundation.accounts.roles import Speciality
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField
from opora.regulations.methods.choosing import ages
from opora.regulations.methods.entries import ADULT

from .querysets import MethodUseQuerySet, OwnMethodQuerySet

NOTE_LIMIT = 300
TITLE_LIMIT = 300


class OwnMethod(Owned):
    """A method that the letter does not name; without a speciality it is for every member.

    It is offered from `from_months`, full, until `to_months`, not reached. A method that was used is never deleted,
    only put away.
    """

    title = models.CharField("название", max_length=TITLE_LIMIT)
    speciality = models.CharField("специалист", max_length=30, choices=Speciality.choices, blank=True)
    from_months = models.PositiveSmallIntegerField("возраст от", default=0)
    to_months = models.PositiveSmallIntegerField("возраст до", default=ADULT)
    note = models.CharField("пояснение", max_length=NOTE_LIMIT, blank=True)
    is_preliminary = models.BooleanField("для предварительного обследования", default=False)
    is_active = models.BooleanField("предлагать в листах", default=True)

    objects = OwnMethodQuerySet.as_manager()

    class Meta:
        verbose_name = "своя методика"
        verbose_name_plural = "свои методики"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "speciality", "title"], name="own_method_once"),
            models.CheckConstraint(
                condition=Q(from_months__lt=F("to_months"), to_months__lte=ADULT), name="own_method_ages_grow"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.from_months >= self.to_months:
            raise ValidationError({"to_months": "Возраст «до» должен быть больше возраста «от»."})
        if self.to_months > ADULT:
            raise ValidationError({"to_months": "Комиссия обследует детей до 18 лет."})

    @property
    def ages(self) -> str:
        """«От 5 до 7 лет»; empty for every age."""
        return "" if (self.from_months, self.to_months) == (0, ADULT) else ages(self.from_months, self.to_months)


class PreliminaryMark(Owned):
    """The organisation takes a method of the letter in the preliminary examination: the letter's italics are lost."""

    code = models.CharField("методика", max_length=40)

    objects = OwnedQuerySet["PreliminaryMark"].as_manager()

    class Meta:
        verbose_name = "отметка о предварительном обследовании"
        verbose_name_plural = "отметки о предварительном обследовании"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="preliminary_mark_once")]

    def __str__(self) -> str:
        return self.code


class MethodUse(Owned):
    """A method used in a specialist's sheet: one of the edition (`code`) or an own one; `title` as it was used."""

    loaded_with = ("examination__case__child", "examination__specialist")
    person_path = "examination__case__child__public_id"
    field_classes = {"title": "special_texts", "note": "special_texts"}
    cleared_on_erasure = {
        "code": "", "own": None, "title": "", "note": "",
    }  # fmt: skip
    kept_on_erasure = {
        "used_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("code", "own", "title", "note")
    spared_on_withdrawal = {"examination__case__status__in": CONCLUDED}

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="methods_used")
    code = models.CharField("методика редакции", max_length=40, blank=True)
    own = models.ForeignKey(
        OwnMethod, on_delete=models.PROTECT, null=True, blank=True, related_name="uses", verbose_name="своя методика"
    )
    title = models.CharField("название", max_length=TITLE_LIMIT, blank=True)
    note = SealedTextField("как применена", limit=NOTE_LIMIT, one_line=True, blank=True)
    used_at = models.DateTimeField("отмечена", auto_now_add=True)

    objects = MethodUseQuerySet.as_manager()

    class Meta:
        verbose_name = "использованная методика"
        verbose_name_plural = "использованные методики"
        ordering = ["examination", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "code"], condition=~Q(code=""), name="method_once_per_sheet"
            ),
            models.UniqueConstraint(
                fields=["examination", "own"], condition=Q(own__isnull=False), name="own_method_once_per_sheet"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> str:
        return self.examination.person_id

    @property
    def printed(self) -> str:
        """As it stands in the protocol: the title, in brackets how it was used."""
        return f"{self.title} ({self.note})" if self.note else self.title
