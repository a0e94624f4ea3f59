"""What was put into a conclusion from the catalogue of the edition: the page tells it from one's own words (P-20)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField

from .drawing import Conclusion

TAKEN_LIMIT = 4000  # characters of one entry of the catalogue


class TakenText(Owned):
    """A text as it was when taken: `place` is the section or the answer it went to, `code` names it in the catalogue.

    What the section says now is compared with it; the section itself stays free text.
    """

    loaded_with = ("conclusion__case__child",)
    person_path = "conclusion__case__child__public_id"
    cleared_on_erasure = {
        "code": "", "text": "",
    }  # fmt: skip
    kept_on_erasure = {
        "place": "a code", "at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("code", "text")
    spared_on_withdrawal = {"conclusion__state__in": ("signed", "annulled")}

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="taken")
    place = models.CharField("куда", max_length=60)
    code = models.CharField("запись каталога", max_length=120, blank=True)
    text = SealedTextField("как взято", limit=TAKEN_LIMIT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet["TakenText"].as_manager()

    class Meta:
        verbose_name = "взятый из каталога текст"
        verbose_name_plural = "взятые из каталога тексты"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conclusion", "place", "code"], condition=~Q(code=""), name="taken_once_to_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.code}"

    @property
    def person_id(self) -> str:
        return self.conclusion.person_id
