"""Forms of plans. They check form; sense is checked by the services, whose refusals come back here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from opora.foundation.access.models import Position

from ..materials.models import WorkDirection
from .models import PlanItem, WorkPlan

NO_NAMES = "Без имён детей"


class NewPlanForm(forms.Form):
    """Which plan, of whom, for which day; the term follows from the day."""

    horizon = forms.ChoiceField(label="План", choices=WorkPlan.Horizon.choices, initial=WorkPlan.Horizon.MONTH)
    whose = forms.ChoiceField(label="Чей план", required=False)
    day = forms.DateField(label="Любой день срока", help_text="Срок система определит сама: неделя, месяц, учебный год")

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = owners  # type: ignore[attr-defined]


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The aim and the tasks of a plan."""

    class Meta:
        model = WorkPlan
        fields = ("aim", "tasks")
        widgets = {"aim": forms.Textarea(attrs={"rows": 2}), "tasks": forms.Textarea(attrs={"rows": 3})}
        labels = {"aim": "Цель", "tasks": "Задачи"}


class ItemForm(forms.Form):
    """A line of a plan; `responsible` is the public id of a post, or empty."""

    title = forms.CharField(label="Мероприятие", max_length=500, required=False)
    direction = forms.ChoiceField(label="Направление", choices=WorkDirection.choices)
    aim = forms.CharField(label="Цель", max_length=500, required=False)
    participants = forms.CharField(label="Участники", max_length=300, required=False)
    starts_on = forms.DateField(label="С")
    ends_on = forms.DateField(label="По")
    responsible = forms.CharField(label="Ответственный", max_length=40, required=False)
    expected_result = forms.CharField(label="Результат", max_length=500, required=False)

    def __init__(self, staff: Sequence[Position], *args: Any, item: PlanItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.public_id: one for one in staff}
        if item is not None and item.responsible is not None:
            self.known.setdefault(item.responsible.public_id, item.responsible)

    def clean_responsible(self) -> Position | None:
        wanted = self.cleaned_data["responsible"]
        if not wanted:
            return None
        if wanted not in self.known:
            raise forms.ValidationError("Этого сотрудника нет в списке: обновите страницу.")
        return self.known[wanted]


class RemarksForm(forms.Form):
    remarks = forms.CharField(
        label="Что исправить", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Что меняется и почему", max_length=500, help_text=NO_NAMES)
