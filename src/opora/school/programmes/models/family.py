"""The family's word: proposals, what was shown to it, agreement or refusal (K-08)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.people.children.models import Guardian

from ..querysets import WholeQuerySet
from .plan import Activity
from .programme import Programme


class Proposal(Owned):
    """What the family proposes or asks to change, and the curator's answer."""

    loaded_with = ("programme__child", "guardian", "activity")
    person_path = "programme__child__public_id"
    field_classes = {"text": "support_texts", "answer": "support_texts"}
    cleared_on_erasure = {"text": "", "answer": ""}
    kept_on_erasure = {
        "state": "a code", "made_on": "a day of work, without a name", "answered_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("text", "answer")

    class State(models.TextChoices):
        MADE = "made", "ждёт ответа"
        TAKEN = "taken", "учтено"
        DECLINED = "declined", "не учтено"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="proposals")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = SealedTextField("предложение семьи", limit=3000)
    made_on = models.DateField("когда")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.MADE)
    answer = SealedTextField("ответ куратора", limit=3000, blank=True)
    answered_on = models.DateField("ответ дан", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WholeQuerySet["Proposal"].as_manager()

    class Meta:
        verbose_name = "предложение семьи"
        verbose_name_plural = "предложения семей"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"предложение от {self.made_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.programme.person_id


class ProgrammeVersion(Owned):
    """What a programme said at one moment: kept when it goes to the family, is agreed, approved, changed."""

    loaded_with = ("programme__child", "kept_by")
    person_path = "programme__child__public_id"
    field_classes = {"content": "support_texts", "why": "support_texts"}
    cleared_on_erasure = {"content": {}, "why": ""}
    kept_on_erasure = {
        "number": "a number of a version", "stage": "a code", "kept_at": "a day of work, without a name",
        "kept_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("content", "why")

    class Stage(models.TextChoices):
        SHOWN = "shown", "показана семье"
        AGREED = "agreed", "согласована"
        APPROVED = "approved", "утверждена"
        CHANGED = "changed", "изменения и дополнения"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("версия")
    stage = models.CharField("когда сохранена", max_length=8, choices=Stage.choices, default=Stage.SHOWN)
    kept_on = models.DateField("день")
    why = SealedTextField("почему сохранена", limit=300, one_line=True, blank=True)
    content = SealedJSONField("содержание")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = WholeQuerySet["ProgrammeVersion"].as_manager()

    class Meta:
        verbose_name = "версия программы"
        verbose_name_plural = "версии программы"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="programme_version_once")]

    def __str__(self) -> str:
        return f"версия {self.number}"

    @property
    def person_id(self) -> str:
        return self.programme.person_id


class Agreement(Owned):
    """A word of a representative on the programme: acquainted and agrees, or refuses (000, closing part)."""

    loaded_with = ("programme__child", "guardian", "version")
    person_path = "programme__child__public_id"
    field_classes = {"words": "support_texts"}
    cleared_on_erasure = {"words": ""}
    kept_on_erasure = {"answer": "a code", "signed_on": "a day of work, without a name"}
    cleared_on_withdrawal = ("words",)
    stays_by_law = "152-ФЗ, ст. 9: оператор доказывает, что согласие было"

    class Answer(models.TextChoices):
        AGREED = "agreed", "ознакомлен, согласен участвовать"
        REFUSED = "refused", "ознакомлен, не согласен"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField("ответ", max_length=8, choices=Answer.choices)
    words = SealedTextField("слова родителя, причина отказа", limit=3000, blank=True)
    signed_on = models.DateField("подписано")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = WholeQuerySet["Agreement"].as_manager()

    class Meta:
        verbose_name = "согласование с семьёй"
        verbose_name_plural = "согласования с семьёй"
        ordering = ["-signed_on", "-pk"]

    def __str__(self) -> str:
        return str(self.get_answer_display())

    @property
    def person_id(self) -> str:
        return self.programme.person_id
