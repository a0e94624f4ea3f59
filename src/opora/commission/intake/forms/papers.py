"""Lines of the list of papers."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import Paper


class PaperForm(forms.Form):
    """The details of a line."""

    medium = forms.ChoiceField(label="Вид", choices=[("", "не указан"), *Paper.Medium.choices], required=False)
    sheets = forms.IntegerField(label="Листов", min_value=1, max_value=2000, required=False)
    note = forms.CharField(
        label="Замечание", max_length=300, required=False,
        help_text="Увидит родитель: «нет печати», «выписке больше полугода»",
    )  # fmt: skip

    def __init__(self, *args: Any, own_line: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own_line:
            self.fields["title"] = forms.CharField(label="Документ", max_length=500)
            self.order_fields(["title", "medium", "sheets", "note"])


class OwnPaperForm(forms.Form):
    """A line that the edition does not ask for."""

    title = forms.CharField(label="Какой документ", max_length=500)
    obligatory = forms.BooleanField(label="Без него дело не вести", required=False)
