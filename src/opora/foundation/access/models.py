"""Who may do what: positions (C-06) and undertakings of non-disclosure (C-08)."""

from django.conf import settings
from django.db import models

from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Owned

from .querysets import PositionQuerySet, UndertakingQuerySet


class Position(Owned):
    """A post of one person at one organisation; a person may hold several, at several places, one after another."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="positions", verbose_name="сотрудник"
    )
    role = models.CharField("роль", max_length=30, choices=Role.choices)
    title = models.CharField("должность", max_length=160, blank=True)
    speciality = models.CharField("специальность", max_length=30, choices=Speciality.choices, blank=True)
    medical_speciality = models.CharField("врачебная специальность", max_length=80, blank=True)
    in_composition = models.BooleanField("входит в состав комиссии", default=True)
    started_on = models.DateField("с")
    ended_on = models.DateField("по", null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "должность"
        verbose_name_plural = "должности"
        ordering = ["user__last_name", "role"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("started_on")),
                name="position_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} — {self.caption}"

    @property
    def caption(self) -> str:
        """What stands under a signature: «учитель-логопед», «врач (психиатр)»."""
        if self.speciality == Speciality.DOCTOR and self.medical_speciality:
            return f"врач ({self.medical_speciality})"
        return self.title or self.get_speciality_display() or self.get_role_display()


class Undertaking(Owned):
    """A signed undertaking of non-disclosure (letter, annex 2.19): before it nobody reads about a child."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="undertakings", verbose_name="сотрудник"
    )
    signed_on = models.DateField("подписано")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="внёс"
    )
    recorded_at = models.DateTimeField("внесено", auto_now_add=True)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        verbose_name = "обязательство о неразглашении"
        verbose_name_plural = "обязательства о неразглашении"
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_undertaking_per_workplace")]

    def __str__(self) -> str:
        return f"{self.user} — {self.signed_on:%d.%m.%Y}"


class AcceptedForm(models.Model):
    """A form that was already carried out: the same key brings the person to its result, not to a second deed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "принятая форма"
        verbose_name_plural = "принятые формы"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_form_is_accepted_once")]

    def __str__(self) -> str:
        return self.key
