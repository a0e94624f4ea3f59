"""The period of a print and the day of a certification."""

from __future__ import annotations

from typing import Any

from django import forms


class PeriodForm(forms.Form):
    """Both days are included."""

    since = forms.DateField(label="С")
    until = forms.DateField(label="По")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Конец периода раньше его начала.")
        return cleaned


class CertifyForm(forms.Form):
    """The day of the signatures."""

    on = forms.DateField(label="Дата заверения")
