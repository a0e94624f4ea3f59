"""Forms of keeping and destroying."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from .models import DestructionOrder


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class HoldForm(forms.Form):
    """Why a card must not be destroyed, and until when."""

    reason = forms.CharField(
        label="Основание", max_length=500, widget=_area(), help_text="Чьё решение или запрос, номер и дата"
    )
    until = forms.DateField(label="До какого дня", required=False, help_text="Пусто — пока руководитель не снимет")


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Причина", max_length=500, widget=_area())


class ProposeForm(forms.Form):
    """Why the card is to be destroyed; only grounds that hold today are offered."""

    reason = forms.ChoiceField(label="Почему", choices=DestructionOrder.Reason.choices, widget=forms.RadioSelect)
    basis = forms.CharField(
        label="Реквизиты решения", max_length=300, required=False,
        help_text="Для решения суда или предписания: чьё, дата, номер",
    )  # fmt: skip

    def __init__(self, *args: Any, reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["reason"])
        field.choices = [one for one in DestructionOrder.Reason.choices if one[0] in reasons]
        field.initial = reasons[0] if len(reasons) > 1 else None
