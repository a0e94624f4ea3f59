"""Domain events: who did or saw what, when. Ids and field names only, never the data itself."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Organisation

from .querysets import CheckpointQuerySet, EventQuerySet


class Event(models.Model):
    """One line of the log. Written in the transaction of the deed it tells of, never changed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="организация"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="кто"
    )
    code = models.CharField("событие", max_length=60)
    subject_type = models.CharField("вид предмета", max_length=60, blank=True)
    subject_id = models.CharField("предмет", max_length=40, blank=True)
    person_id = models.CharField("карта, к которой относится", max_length=40, blank=True)
    details = models.JSONField("подробности", default=dict, blank=True)
    at = models.DateTimeField("когда", auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "события"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "person_id", "-id"], name="audit_person"),
            models.Index(fields=["organisation", "subject_type", "subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["organisation", "-id"], name="audit_organisation"),
            models.Index(fields=["organisation", "user", "code", "subject_id", "-id"], name="audit_reader"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The Russian sentence of the event: «Открыта карта ребёнка»."""
        from .vocabulary import sentence_of

        return sentence_of(self.code, self.details)


class Checkpoint(models.Model):
    """A signed seal over the events since the one before it, and over the heads of all registers.

    `statement` is what is signed; `rows` and `registers` are short hashes of the sealed rows, whose own hashes stand
    in the statement, so that a check can name the first bad row (docs/adr/0013-evidence.md). Never changed.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="организация"
    )
    number = models.PositiveIntegerField("номер")
    first_id = models.BigIntegerField("с события")
    last_id = models.BigIntegerField("по событие")
    count = models.PositiveIntegerField("событий")
    head = models.CharField("отпечаток цепочки", max_length=64, blank=True)
    previous = models.CharField("отпечаток прежней отметки", max_length=64, blank=True)
    statement = models.JSONField("что заверено")
    rows = models.TextField("перечень событий", blank=True)
    registers = models.JSONField("перечни записей журналов", default=dict, blank=True)
    signature = models.CharField("подпись", max_length=120)
    made_at = models.DateTimeField("заверено", auto_now_add=True)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        verbose_name = "отметка журнала событий"
        verbose_name_plural = "отметки журнала событий"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_checkpoint_is_made_once"),
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(organisation=None), name="a_checkpoint_of_the_place_is_made_once"
            ),
        ]

    def __str__(self) -> str:
        return f"№\u00a0{self.number}"
