"""Forms of this room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from ..worklog.listing import Span
from .models import QualityReview
from .services.quality import MOST


class DrawForm(forms.Form):
    """How many entries of each specialist, of which month."""

    month = forms.ChoiceField(label="За какой месяц")
    count = forms.IntegerField(label="Записей у каждого", min_value=1, max_value=MOST, initial=2)

    def __init__(self, months: Iterable[Span], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {one.code: one for one in months}
        cast(forms.ChoiceField, self.fields["month"]).choices = [(one.code, one.label) for one in self.months.values()]


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(label="Оценка", choices=QualityReview.Verdict.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Замечания", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Без имён детей: автор прочтёт это на рабочем столе",
    )  # fmt: skip


class NoticeForm(forms.Form):
    act = forms.ChoiceField(label="Акт")
    words = forms.CharField(
        label="На что обратить внимание", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, acts: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["act"]).choices = list(acts)
