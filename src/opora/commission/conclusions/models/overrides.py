"""Warnings that the head signed over, each with the reason (P-23)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField

from .drawing import Conclusion

REASON_LIMIT = 1000
MESSAGE_LIMIT = 4000


class CheckOverride(Owned):
    """A warning of the checks before signing as it stood on the day, and why it was signed all the same."""

    loaded_with = ("conclusion__case__child",)
    person_path = "conclusion__case__child__public_id"
    field_classes = {"message": "special_texts", "reason": "special_texts"}
    called_in_acts = "Причины, с которыми подписаны замечания"
    cleared_on_erasure = {
        "message": "", "reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "code": "a code", "clause": "a clause of the law, without a name", "at": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.14: заключение и протокол"

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="overrides")
    code = models.CharField("проверка", max_length=60)
    message = SealedTextField("замечание", limit=MESSAGE_LIMIT)
    clause = models.CharField("основание", max_length=400)
    reason = SealedTextField("почему подписано", limit=REASON_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда", auto_now_add=True)

    objects = OwnedQuerySet["CheckOverride"].as_manager()

    class Meta:
        verbose_name = "причина подписи поверх замечания"
        verbose_name_plural = "причины подписи поверх замечаний"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def person_id(self) -> str:
        return self.conclusion.person_id
