"""Forms of emergencies."""

from __future__ import annotations

from typing import Any

from django import forms

from .services import LONGEST_TEXT, SHORTEST_REASON

NEEDED, NOT_NEEDED = "yes", "no"


class OpenForm(forms.Form):
    """Which card and why."""

    number = forms.CharField(
        label="Номер дела", max_length=20, required=False, help_text="Например, 12/2026. Знаете номер — имя не нужно"
    )
    full_name = forms.CharField(
        label="Или фамилия, имя, отчество полностью", max_length=250, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    birth_date = forms.DateField(label="и дата рождения", required=False)
    reason = forms.CharField(
        label="Почему карта нужна сейчас", min_length=SHORTEST_REASON, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Что случилось и почему нельзя подождать. Прочтёт руководитель",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("number"):
            for name, what in (("full_name", "имя"), ("birth_date", "дату рождения")):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, f"Укажите номер дела или {what}.")
        return typed


class ReviewForm(forms.Form):
    """The verdict of the head."""

    was_justified = forms.ChoiceField(
        label="Доступ был нужен?", choices=[(NEEDED, "да, был нужен"), (NOT_NEEDED, "нет, не был нужен")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    verdict = forms.CharField(
        label="Вывод", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Если не был нужен — что было не так и что сделано",
    )  # fmt: skip

    @property
    def answers(self) -> dict[str, Any]:
        return {
            "was_justified": self.cleaned_data["was_justified"] == NEEDED, "verdict": self.cleaned_data["verdict"],
        }  # fmt: skip
