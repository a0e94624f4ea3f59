"""What a child takes along who leaves in the middle of a programme."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedTextField

from ..querysets import WholeQuerySet
from .programme import Programme

LIMIT = 5_000_000  # characters of a package: 300 activities with the marks and observations of years


class ProgrammeHandover(Owned):
    """What goes to the next school: the programme, its marks and what was observed, sealed with a hash.

    Prepared when the programme is closed; the exchange between organisations sends it (`sent_on`).
    """

    loaded_with = ("programme__child", "prepared_by")
    person_path = "programme__child__public_id"
    field_classes = {"archive": "support_texts"}
    cleared_on_erasure = {"archive": ""}
    kept_on_erasure = {
        "sha256": "the hash of a long text", "prepared_on": "a day of work, without a name",
        "sent_on": "a day of work, without a name", "prepared_at": "a day of work, without a name",
        "marks": "a figure without a name", "observations": "a figure without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("archive",)

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="handover")
    prepared_on = models.DateField("подготовлен")
    archive = SealedTextField("архив", limit=LIMIT)
    sha256 = models.CharField("отпечаток", max_length=64)
    marks = models.PositiveIntegerField("отметок внутри", default=0)
    observations = models.PositiveIntegerField("наблюдений внутри", default=0)
    sent_on = models.DateField("передан", null=True, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)

    objects = WholeQuerySet["ProgrammeHandover"].as_manager()

    class Meta:
        verbose_name = "пакет программы для другой школы"
        verbose_name_plural = "пакеты программ для других школ"
        ordering = ["-prepared_on", "-pk"]

    def __str__(self) -> str:
        return f"пакет программы от {self.prepared_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.programme.person_id
