"""Forms of consents."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.people.children.models import Guardian

from .models import Consent


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
    """The day on which a consent was taken back."""

    withdrawn_on = forms.DateField(label="Дата заявления об отзыве", initial=timezone.localdate)
