"""The collegial opinion and the signatures under it (Р-93)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.vault.fields import SealedTextField

from ..querysets import OfItemQuerySet
from .agenda import AgendaItem


class ConsiliumOpinion(Owned):
    """The collegial opinion (коллегиальное заключение) on a child: frozen when the members sign it (Р-93)."""

    loaded_with = ("item__child", "item__meeting", "snapshot")
    person_path = "item__child__public_id"
    field_classes = {"annul_reason": "support_texts"}
    cleared_on_erasure = {"annul_reason": ""}
    kept_on_erasure = {
        "number": "a number of a paper", "year": "a number of a paper", "signed_on": "a day of work, without a name",
        "annulled_on": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "распоряжение Р-93, прил. 1: журнал учёта заседаний и коллегиальные заключения"

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="opinions", related_query_name="opinion"
    )
    number = models.PositiveIntegerField("№")
    year = models.PositiveSmallIntegerField("год")
    signed_on = models.DateField("подписано")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    annulled_on = models.DateField("аннулировано", null=True, blank=True)
    annul_reason = SealedTextField("почему аннулировано", limit=300, one_line=True, blank=True)

    objects = OfItemQuerySet["ConsiliumOpinion"].as_manager()

    class Meta:
        verbose_name = "коллегиальное заключение"
        verbose_name_plural = "коллегиальные заключения"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="opinion_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(annulled_on__isnull=True), name="one_opinion_in_force_per_item"
            ),
        ]

    def __str__(self) -> str:
        return f"№\u00a0{self.number}/{self.year}"

    @property
    def person_id(self) -> str:
        return self.item.person_id


class OpinionSignature(Owned):
    """A member's signature under the opinion, with a dissent where there is one."""

    loaded_with = ("item__child", "position__user")
    person_path = "item__child__public_id"
    field_classes = {"dissent": "support_texts"}
    cleared_on_erasure = {"dissent": ""}
    kept_on_erasure = {"signed_at": "a day of work, without a name"}
    cleared_on_withdrawal = ("dissent",)

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="signatures")
    opinion = models.ForeignKey(
        ConsiliumOpinion, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )  # empty until all have signed
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    on_paper = models.BooleanField("подпись на бумаге", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dissent = SealedTextField("особое мнение", limit=5000, blank=True)
    signed_at = models.DateTimeField("подписано", auto_now_add=True)

    objects = OfItemQuerySet["OpinionSignature"].as_manager()

    class Meta:
        verbose_name = "подпись под заключением"
        verbose_name_plural = "подписи под заключением"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "position"], condition=Q(opinion__isnull=True), name="member_signs_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)

    @property
    def person_id(self) -> str:
        return self.item.person_id
