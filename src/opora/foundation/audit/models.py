"""Domain events: who did or saw what, when. Ids and field names only, never the data itself."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Organisation

from .querysets import EventQuerySet


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
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The Russian sentence of the event: «Открыта карта ребёнка»."""
        from .vocabulary import sentence_of

        return sentence_of(self.code, self.details)
