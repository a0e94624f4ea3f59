"""The referral of a child to ПМПК (Р-93)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Guardian

from ..querysets import OfItemQuerySet
from .agenda import AgendaItem


class ReferralToCommission(Owned):
    """The child is sent to ПМПК: a numbered paper that the representative receives against a signature (Р-93)."""

    loaded_with = ("item__child", "item__meeting", "commission", "guardian")
    person_path = "item__child__public_id"
    field_classes = dict.fromkeys(("purpose", "reasons", "papers", "words", "annul_reason"), "support_texts")
    cleared_on_erasure = {"purpose": "", "reasons": "", "papers": "", "words": "", "annul_reason": ""}
    kept_on_erasure = {
        "number": "a number of a paper", "year": "a number of a paper", "day": "a day of work, without a name",
        "handed_on": "a day of work, without a name", "answer": "a code",
        "answered_on": "a day of work, without a name", "annulled_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("purpose", "reasons", "papers", "words")

    class Answer(models.TextChoices):
        AGREED = "agreed", "получил, согласен обратиться"
        DISAGREED = "disagreed", "не согласен обращаться"

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="referrals", related_query_name="referral"
    )
    commission = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="ПМПК")
    number = models.PositiveIntegerField("№")
    year = models.PositiveSmallIntegerField("год")
    day = models.DateField("от")
    purpose = SealedTextField("цель направления", limit=1000)
    reasons = SealedTextField("причина направления", limit=3000)
    papers = SealedTextField("что передано родителю", limit=3000, blank=True)
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handed_on = models.DateField("получено родителем", null=True, blank=True)
    answer = models.CharField("ответ родителя", max_length=9, choices=Answer.choices, blank=True)
    answered_on = models.DateField("ответ дан", null=True, blank=True)
    words = SealedTextField("слова родителя", limit=3000, blank=True)
    annulled_on = models.DateField("аннулировано", null=True, blank=True)
    annul_reason = SealedTextField("почему аннулировано", limit=300, one_line=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfItemQuerySet["ReferralToCommission"].as_manager()

    class Meta:
        verbose_name = "направление на ПМПК"
        verbose_name_plural = "направления на ПМПК"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="referral_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(annulled_on__isnull=True), name="one_referral_in_force_per_item"
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True) | Q(handed_on__gte=F("day")),
                name="referral_is_handed_after_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"№\u00a0{self.number}/{self.year}"

    @property
    def person_id(self) -> str:
        return self.item.person_id
