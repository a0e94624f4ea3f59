"""How long a child's card is kept, what keeps it longer, and its end (C-11)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncYear

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child

NBSP = "\u00a0"
DAY = "a day of work, without a name"


class CardKeeping(Owned):
    """Made with the first hold or order of a card: here the database itself forbids to destroy what is held."""

    person_path = "child__public_id"
    kept_on_erasure = {"destroyed_on": DAY}

    child = models.OneToOneField(Child, on_delete=models.PROTECT, related_name="keeping")
    holds = models.PositiveSmallIntegerField("запретов уничтожать", default=0)
    destroyed_on = models.DateField("уничтожена", null=True, blank=True)

    objects = OwnedQuerySet["CardKeeping"].as_manager()

    class Meta:
        verbose_name = "хранение карты"
        verbose_name_plural = "хранение карт"
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_on__isnull=True) | Q(holds=0), name="a_held_card_is_not_destroyed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class LegalHold(Owned):
    """A ban to destroy a card: a court case, an inquiry, a complaint. It ends by itself on its day or by the head."""

    loaded_with = ("child", "placed_by", "released_by")
    person_path = "child__public_id"
    called_in_acts = None
    cleared_on_erasure = {"reason": "", "release_reason": ""}
    kept_on_erasure = {"until": DAY, "placed_at": DAY, "released_at": DAY}
    stays_by_law = "основание названо в самом запрете"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="holds")
    reason = SealedTextField("основание", limit=500)
    until = models.DateField("до", null=True, blank=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField("записан", auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField("снят", null=True, blank=True)
    release_reason = SealedTextField("почему снят", limit=500, blank=True)

    objects = OwnedQuerySet["LegalHold"].as_manager()

    class Meta:
        verbose_name = "запрет уничтожать карту"
        verbose_name_plural = "запреты уничтожать карты"
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return f"{self.reason}, до {self.until:%d.%m.%Y}" if self.until else self.reason

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_in_force(self) -> bool:
        return self.released_at is None


class DestructionOrder(Owned):
    """One person proposes with a reason, the head, another person, destroys; the act and the log stay three years."""

    loaded_with = ("child", "proposed_by", "decided_by", "act", "log")
    person_path = "child__public_id"
    called_in_acts = None
    # The end of the term is the birthday: only its year stays.
    cleared_on_erasure = {"basis": "", "decline_reason": "", "due_on": TruncYear("due_on")}
    kept_on_erasure = {
        "reason": "a code", "state": "a code", "proposed_at": DAY, "decided_at": DAY, "destroyed_on": DAY,
        "keep_until": DAY,
    }  # fmt: skip
    stays_by_law = "приказ Роскомнадзора от 28.10.2022 № 179"

    class Reason(models.TextChoices):
        TERM = "term", "срок хранения истёк"
        WITHDRAWAL = "withdrawal", "согласие отозвано, обследования не было"
        COURT = "court", "решение суда или предписание надзора"

    class State(models.TextChoices):
        PROPOSED = "proposed", "ждёт решения руководителя"
        DESTROYED = "destroyed", "карта уничтожена"
        DECLINED = "declined", "отклонено"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="destruction_orders")
    reason = models.CharField("причина", max_length=10, choices=Reason.choices)
    basis = SealedTextField("реквизиты решения", limit=300, one_line=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.PROPOSED)
    due_on = models.DateField("срок хранения до")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("предложено", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decline_reason = SealedTextField("почему отклонено", limit=500, blank=True)
    destroyed_on = models.DateField("уничтожена", null=True, blank=True)
    number = models.PositiveIntegerField("№ акта", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    act = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    log = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    keep_until = models.DateField("акт и выгрузка хранятся до", null=True, blank=True)

    objects = OwnedQuerySet["DestructionOrder"].as_manager()

    class Meta:
        verbose_name = "акт об уничтожении"
        verbose_name_plural = "акты об уничтожении"
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=~Q(state="declined"), name="a_card_is_destroyed_once"),
            models.UniqueConstraint(
                fields=["organisation", "year", "number"],
                condition=Q(number__isnull=False),
                name="destruction_act_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="destroyed")
                | Q(
                    decided_by__isnull=False,
                    number__isnull=False,
                    act__isnull=False,
                    log__isnull=False,
                    destroyed_on__isnull=False,
                    keep_until__gt=F("destroyed_on"),
                ),
                name="a_destroyed_card_has_its_act",
            ),
            models.CheckConstraint(
                condition=~Q(state="destroyed") | ~Q(decided_by=F("proposed_by")), name="two_people_destroy_a_card"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="destruction_waiting")]

    def __str__(self) -> str:
        return f"Акт №{NBSP}{self.number_title}" if self.number else "Предложение уничтожить карту"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_proposed(self) -> bool:
        return self.state == self.State.PROPOSED

    @property
    def number_title(self) -> str:
        return f"{self.number}/{self.year}" if self.number else ""
