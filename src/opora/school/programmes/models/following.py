"""What is done and seen while a programme runs: marks and observations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.vault.fields import SealedTextField

from ..expecting import MarkQuerySet, ObservationQuerySet
from .plan import Activity, Criterion
from .programme import Programme


class Mark(Owned):
    """A mark of fulfilment of an activity with its result and recommendation; the latest one is its state."""

    loaded_with = ("activity__programme__child", "marked_by")
    person_path = "activity__programme__child__public_id"
    field_classes = {"result": "support_texts", "recommendation": "support_texts"}
    cleared_on_erasure = {"result": "", "recommendation": ""}
    kept_on_erasure = {
        "state": "a code", "on": "a day of work, without a name", "marked_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("result", "recommendation")

    class State(models.TextChoices):
        DONE = "done", "выполнено"
        PARTLY = "partly", "выполнено частично"
        NOT_DONE = "not_done", "не выполнено"
        UNDER_WAY = "under_way", "идёт"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="marks")
    on = models.DateField("когда")
    state = models.CharField("отметка", max_length=10, choices=State.choices)
    result = SealedTextField("результат", limit=3000, blank=True)
    recommendation = SealedTextField("рекомендация", limit=3000, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = "отметка о выполнении"
        verbose_name_plural = "отметки о выполнении"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.activity.person_id


class Observation(Owned):
    """A value of a criterion on a day, in whose eyes: the specialist's, teacher's, parents', the child's own.

    Without a criterion these are words on the programme as a whole; `at_end` is an opinion of the final meeting.
    """

    loaded_with = ("programme__child", "criterion", "recorded_by")
    person_path = "programme__child__public_id"
    field_classes = {"words": "support_texts", "who": "support_texts"}
    cleared_on_erasure = {"words": "", "who": "", "value": None}
    kept_on_erasure = {
        "voice": "a code", "at_end": "a code", "on": "a day of work, without a name",
        "recorded_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("words", "who", "value")

    class Voice(models.TextChoices):
        SPECIALIST = "specialist", "специалист"
        TEACHER = "teacher", "классный руководитель, педагог"
        PARENT = "parent", "родители"
        CHILD = "child", "сам обучающийся"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="observations")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    on = models.DateField("когда")
    voice = models.CharField("чьими глазами", max_length=10, choices=Voice.choices, default=Voice.SPECIALIST)
    value = models.DecimalField("значение", max_digits=6, decimal_places=1, null=True, blank=True)
    words = SealedTextField("наблюдение", limit=5000, blank=True)
    who = SealedTextField("чьи слова", limit=200, one_line=True, blank=True)
    at_end = models.BooleanField("мнение на итоговом заседании", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "наблюдение"
        verbose_name_plural = "наблюдения"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "on", "voice"],
                condition=Q(criterion__isnull=False),
                name="one_value_a_day_per_voice",
            ),
        ]

    def __str__(self) -> str:
        return f"наблюдение {self.on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.programme.person_id
