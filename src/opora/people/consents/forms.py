"""Forms of consents."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.people.children.models import Guardian

from .models import Consent, Withdrawal


class ConsentForm(forms.Form):
    """A signed consent that came later than the application."""

    guardian = forms.ModelChoiceField(label="Кто подписал", queryset=Guardian.objects.none())
    kind = forms.ChoiceField(label="Согласие", choices=Consent.Kind.choices, widget=forms.RadioSelect)
    signed_on = forms.DateField(label="Дата подписи", initial=timezone.localdate)
    medium = forms.ChoiceField(
        label="Форма", choices=Consent.Medium.choices, initial=Consent.Medium.PAPER, widget=forms.RadioSelect
    )

    def __init__(self, guardians: list[Guardian], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Guardian]", self.fields["guardian"])
        field.queryset = Guardian.objects.filter(pk__in=[one.pk for one in guardians])
        field.to_field_name = "public_id"
        field.empty_label = None


class WithdrawalForm(forms.Form):
    """The paper by which a consent was taken back."""

    withdrawn_on = forms.DateField(
        label="Когда получено заявление об отзыве", initial=timezone.localdate,
        help_text="От этого дня считается срок",
    )  # fmt: skip
    way = forms.ChoiceField(
        label="Как получено", choices=Withdrawal.Way.choices, initial=Withdrawal.Way.IN_PERSON,
        widget=forms.RadioSelect,
    )  # fmt: skip
    scan = forms.FileField(label="Скан заявления", required=False, help_text="PDF, JPEG или PNG")


class LiftForm(forms.Form):
    """Why a withdrawal was recorded by mistake."""

    reason = forms.CharField(label="В чём ошибка", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
