"""Help asked of other bodies and got: centres, health, guardianship, police (S-13)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Child
from opora.people.disclosures.models import Disclosure

from .querysets import OutsideContactQuerySet

DAY_OF_WORK = "a day of work, without a name"


class OutsideContact(Owned):
    """A request for help to another body, about a child or the service's work, and its answer.

    What it tells about a child needs a ground: a consent of the family, or a written request or court decision, whose
    paper is `disclosure`. `person_id` is empty where it is about nobody.
    """

    loaded_with = ("child", "body", "position__user", "disclosure")
    person_path = "person_id"
    field_classes = {"asked": "support_texts", "answer": "support_texts"}
    cleared_on_erasure = {"asked": "", "answer": "", "consent_note": ""}
    kept_on_erasure = {
        "person_id": "a random id", "kind": "a code", "ground": "a code", "body_title": "a body, without a name",
        "asked_on": DAY_OF_WORK, "due_on": DAY_OF_WORK, "answered_on": DAY_OF_WORK, "outcome": "a code",
        "recorded_at": DAY_OF_WORK,
    }  # fmt: skip
    cleared_on_withdrawal = ("asked", "answer", "consent_note")

    class Kind(models.TextChoices):
        HELP = "help", "помощь ребёнку"
        CONSULTATION = "consultation", "консультация специалистов"
        JOINT = "joint", "совместная работа, межведомственная помощь"
        METHODS = "methods", "методическая помощь"

    class Ground(models.TextChoices):
        NOBODY = "nobody", "сведений о ребёнке не передаём"
        CONSENT = "consent", "согласие родителей"
        REQUEST = "request", "письменный запрос или решение суда"

    class Outcome(models.TextChoices):
        WAITING = "waiting", "ждём ответа"
        HELPED = "helped", "помощь получена"
        PARTLY = "partly", "помощь получена частично"
        REFUSED = "refused", "отказано"
        SILENT = "silent", "ответа нет"

    person_id = models.CharField("карта", max_length=40, blank=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, blank=True, related_name="outside_contacts")
    kind = models.CharField("о чём", max_length=12, choices=Kind.choices)
    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="куда"
    )
    body_title = models.CharField("другая организация", max_length=300, blank=True)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="кто обратился")
    asked_on = models.DateField("когда")
    asked = SealedTextField("о чём просим", limit=4000)
    ground = models.CharField("основание передачи сведений", max_length=8, choices=Ground.choices)
    consent_note = SealedTextField("чьё согласие и когда дано", limit=300, one_line=True, blank=True)
    disclosure = models.ForeignKey(
        Disclosure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="переданные сведения",
    )
    due_on = models.DateField("ответ ждём до", null=True, blank=True)
    answered_on = models.DateField("ответ получен", null=True, blank=True)
    answer = SealedTextField("ответ", limit=5000, blank=True)
    outcome = models.CharField("итог", max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OutsideContactQuerySet.as_manager()

    class Meta:
        verbose_name = "обращение в другую организацию"
        verbose_name_plural = "обращения в другие организации"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="an_answer_comes_after_the_question",
            ),
            models.CheckConstraint(condition=Q(body__isnull=False) | ~Q(body_title=""), name="a_contact_has_its_body"),
        ]
        indexes = [models.Index(fields=["organisation", "outcome", "due_on"], name="contacts_waiting")]

    def __str__(self) -> str:
        return f"обращение от {self.asked_on:%d.%m.%Y}"

    @property
    def is_waiting(self) -> bool:
        return self.outcome == self.Outcome.WAITING

    def is_late(self, on: date) -> bool:
        return self.is_waiting and self.due_on is not None and self.due_on < on

    @property
    def addressee(self) -> str:
        return self.body.short_name if self.body else self.body_title
