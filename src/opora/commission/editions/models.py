"""What the head of a central commission has compared with the official text (P-33)."""

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned

from .querysets import ConfirmedValueQuerySet


class ConfirmedValue(Owned):
    """A value of the law that was unverified, as the official text has it; holds for the commission and its branches.

    Rows are added and never changed: a correction or an annulment is a new row that names the old one. `edition`,
    `table`, `code` name the entry of the edition; `values` are its fields as confirmed.
    """

    edition = models.CharField("редакция", max_length=20)
    table = models.CharField("вид записи", max_length=40)
    code = models.CharField("запись", max_length=60)
    values = models.JSONField("значения", default=dict, blank=True)
    clause = models.CharField("документ и пункт", max_length=300)
    since = models.DateField("действует с")
    note = models.CharField("пояснение", max_length=500, blank=True)
    is_annulment = models.BooleanField("отмена подтверждения", default=False)
    reason = models.CharField("почему изменено", max_length=500, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="вместо"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="подтвердил"
    )
    signed_as = models.CharField("имя подтвердившего", max_length=200)
    confirmed_at = models.DateTimeField("подтверждено", auto_now_add=True)

    objects = ConfirmedValueQuerySet.as_manager()

    class Meta:
        verbose_name = "подтверждённое значение"
        verbose_name_plural = "подтверждённые значения"
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "edition", "table", "code"],
                condition=models.Q(replaces__isnull=True),
                name="a_value_is_first_confirmed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.code}, {self.clause}"
