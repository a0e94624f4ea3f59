"""Places, usual days, slots."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import DayTemplate, Place

WEEKDAYS = ((0, "пн"), (1, "вт"), (2, "ср"), (3, "чт"), (4, "пт"), (5, "сб"), (6, "вс"))


class PlaceForm(forms.ModelForm[Place]):
    class Meta:
        model = Place
        fields = ("title", "address", "is_active")


class TemplateForm(forms.ModelForm[DayTemplate]):
    weekdays = forms.TypedMultipleChoiceField(
        label="Дни недели", choices=WEEKDAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Ни одного — каждый рабочий день",
    )  # fmt: skip

    class Meta:
        model = DayTemplate
        fields = (
            "title", "place", "starts", "ends", "lunch_starts", "lunch_ends", "minutes", "capacity", "weekdays",
        )  # fmt: skip
        widgets = {name: forms.TimeInput(format="%H:%M") for name in ("starts", "ends", "lunch_starts", "lunch_ends")}

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["place"].empty_label = None  # type: ignore[attr-defined]


class OpenSlotsForm(forms.Form):
    template = forms.ModelChoiceField(label="Шаблон дня", queryset=DayTemplate.objects.none(), empty_label=None)
    first = forms.DateField(label="С")
    last = forms.DateField(label="По")

    def __init__(self, *args: Any, templates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
