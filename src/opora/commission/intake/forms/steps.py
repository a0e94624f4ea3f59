"""A step with its reason."""

from __future__ import annotations

from typing import Any

from django import forms

from ..services.steps import REASON_LIMIT


class ReasonForm(forms.Form):
    """One question: why. Usual answers may be offered."""

    usual = forms.ChoiceField(label="Причина", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Причина", max_length=REASON_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, usual: tuple[str, ...] = (), ask: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual:
            self.fields["usual"].choices = [(words, words) for words in usual]  # type: ignore[attr-defined]
            self.fields["reason"].label = "Подробности"
        else:
            del self.fields["usual"]
        if not ask:
            del self.fields["reason"]

    @property
    def words(self) -> str:
        """The usual answer and the details in one sentence."""
        parts = (self.cleaned_data.get("usual", ""), self.cleaned_data.get("reason", ""))
        return ". ".join(part.strip() for part in parts if part and part.strip())
