"""What a specialist found, as a value that rules can ask about (P-12, P-19)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.commission.cases.flow import CONCLUDED
from opora.commission.examinations.models import Examination
from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedJSONField, SealedTextField

from .querysets import FindingQuerySet

SOURCE_LIMIT = 240


class Basis(models.TextChoices):
    """What a finding rests on, in one word; the words beside it are free."""

    EXAMINATION = "examination", "обследование и наблюдение"
    MEDICAL = "medical", "медицинское заключение"
    PARENTS = "parents", "со слов родителей"
    SCHOOL = "school", "документы организации, продукты деятельности"


class Finding(Owned):
    """One fact of the edition's `facts.toml` in one specialist's sheet, with its source, date and author."""

    loaded_with = ("examination__case__child",)
    person_path = "examination__case__child__public_id"
    field_classes = {"code": "special_texts", "value": "special_texts", "source": "special_texts"}
    cleared_on_erasure = {
        "code": "", "value": {}, "source": "",
    }  # fmt: skip
    kept_on_erasure = {
        "recorded_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("code", "value", "source")
    spared_on_withdrawal = {"examination__case__status__in": CONCLUDED}

    examination = models.ForeignKey(Examination, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField("признак", max_length=60, blank=True)
    value = SealedJSONField("значение")
    source = SealedTextField("на чём основано", limit=SOURCE_LIMIT, one_line=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("записано", auto_now=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "данные для рекомендации"
        verbose_name_plural = "данные для рекомендации"
        ordering = ["examination", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "code"], condition=~Q(code=""), name="finding_once_per_sheet"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def person_id(self) -> str:
        return self.examination.person_id

    @property
    def basis(self) -> str:
        """The code of `Basis` that the source begins with, or an empty text."""
        return self.source.partition(":")[0]

    @property
    def source_words(self) -> str:
        """«медицинское заключение: выписка от 12.03.2026»."""
        return source_in_words(self.source)


def source_in_words(source: str) -> str:
    """The label of the basis and the words after it; a text without a known basis as it is."""
    basis, _, words = source.partition(":")
    if basis not in Basis.values:
        return source
    return ": ".join(filter(None, (str(Basis(basis).label), words.strip())))
