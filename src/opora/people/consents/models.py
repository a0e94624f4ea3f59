"""Consents to process data (C-07): a paper for each purpose, with its end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned
from opora.people.children.models import Child, Guardian

from .querysets import ConsentQuerySet


class Consent(Owned):
    """One signed consent: of whom, for what, when, on paper or not, and when it was taken back."""

    loaded_with = ("child", "guardian")

    class Kind(models.TextChoices):
        CHILD_DATA = "child_data", "Согласие на обработку персональных данных ребёнка (прил. 2.17)"
        GUARDIAN_DATA = "guardian_data", "Согласие на обработку персональных данных родителя (прил. 2.18)"

    class Medium(models.TextChoices):
        PAPER = "paper", "на бумаге"
        ELECTRONIC = "electronic", "в электронной форме"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="consents")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField("вид", max_length=16, choices=Kind.choices)
    signed_on = models.DateField("подписано")
    medium = models.CharField("форма", max_length=10, choices=Medium.choices, default=Medium.PAPER)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "kind"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_consent_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("signed_on")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def person_id(self) -> str:
        return self.child.public_id
