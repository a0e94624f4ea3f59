"""Who may do what: positions (C-06) and undertakings of non-disclosure (C-08)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Owned

from .querysets import EmergencyQuerySet, FreezeQuerySet, PositionQuerySet, UndertakingQuerySet


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

    @property
    def inner_caption(self) -> str:
        """The same inside a sentence: «классный руководитель», «председатель ППк»."""
        caption = self.caption
        return f"{caption[:1].lower()}{caption[1:]}" if caption[1:2].islower() else caption


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


class Freeze(Owned):
    """Processing of a child's data is stopped: a withdrawn consent (annexes 2.17, 2.18) or an order of destruction.

    Nobody reads, prints or changes anything of a frozen file, except through routes that the law leaves open.
    """

    called_in_acts = None
    cleared_on_erasure = {
        "lift_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "since": "a day of work, without a name", "recorded_at": "a day of work, without a name",
        "lifted_at": "a day of work, without a name", "person_id": "a random id", "ground": "fixed words",
    }  # fmt: skip

    person_id = models.CharField("карта", max_length=40)
    ground = models.CharField("основание", max_length=300)
    since = models.DateField("с")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="внёс"
    )
    recorded_at = models.DateTimeField("внесено", auto_now_add=True)
    lifted_at = models.DateTimeField("снято", null=True, blank=True)
    lift_reason = models.CharField("почему снято", max_length=300, blank=True)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        verbose_name = "остановка обработки"
        verbose_name_plural = "остановки обработки"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person_id"],
                condition=models.Q(lifted_at__isnull=True),
                name="a_file_is_frozen_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ground}, с {self.since:%d.%m.%Y}"


class EmergencyAccess(Owned):
    """One child's file opened for an hour, with a written reason, to someone who does not work with the child.

    The head is told at once and reviews it afterwards.
    """

    cleared_on_erasure = {
        "reason": "", "verdict": "",
    }  # fmt: skip
    kept_on_erasure = {
        "opened_at": "a day of work, without a name", "expires_at": "a day of work, without a name",
        "ended_at": "a day of work, without a name", "reviewed_at": "a day of work, without a name",
        "person_id": "a random id",
    }  # fmt: skip

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="кому открыто"
    )
    person_id = models.CharField("карта", max_length=40)
    reason = models.TextField("причина", max_length=1000)
    opened_at = models.DateTimeField("открыто", auto_now_add=True)
    expires_at = models.DateTimeField("до")
    ended_at = models.DateTimeField("закрыто раньше", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="проверил",
    )  # fmt: skip
    reviewed_at = models.DateTimeField("проверено", null=True, blank=True)
    was_justified = models.BooleanField("доступ был нужен", null=True, blank=True)
    verdict = models.TextField("вывод проверки", max_length=1000, blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = "экстренный доступ"
        verbose_name_plural = "экстренные доступы"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("opened_at")), name="emergency_access_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("user")),
                name="nobody_reviews_his_own_access",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "user", "person_id"], name="emergency_of_user")]

    def __str__(self) -> str:
        return f"{self.user}, {timezone.localtime(self.opened_at):%d.%m.%Y %H:%M}"

    @property
    def closed_at(self) -> datetime:
        """When the file was or will be closed again."""
        return self.ended_at or self.expires_at

    def is_running(self, now: datetime) -> bool:
        return self.ended_at is None and self.expires_at > now


class AcceptedForm(models.Model):
    """A form that was already carried out: the same key at the same address brings the person to its result, not to
    a second deed. Kept for two days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "принятая форма"
        verbose_name_plural = "принятые формы"
        constraints = [models.UniqueConstraint(fields=["user", "key", "path"], name="a_form_is_accepted_once")]
        indexes = [models.Index(fields=["at"], name="accepted_form_at")]

    def __str__(self) -> str:
        return self.key
