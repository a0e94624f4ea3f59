"""The period of a print and the day of a certification."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from opora.foundation.access.models import Position

from .worklog import JOURNALS

FIRST_YEAR, LAST_YEAR = 2000, 2100  # other years are slips of the pen, and the calendar ends somewhere


class PeriodForm(forms.Form):
    """Both days are included."""

    since = forms.DateField(label="С")
    until = forms.DateField(label="По")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                self.add_error(name, f"Проверьте год: он от\u00a0{FIRST_YEAR} до\u00a0{LAST_YEAR}.")
        if since and until and until < since:
            self.add_error("until", "Конец периода раньше его начала.")
        return cleaned


class LogForm(PeriodForm):
    """Which journal of the log, whose, of which period."""

    field_order = ("journal", "keeper", "since", "until")

    def __init__(self, *args: Any, posts: Sequence[Position], reads_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {one.public_id: one for one in posts}
        names = [(one.public_id, f"{one.user.short_name}, {one.inner_caption}") for one in posts]
        everybody = [("", "Все специалисты")] if reads_all else []
        journals = [(one.code, one.title) for one in JOURNALS.values()]
        self.fields["journal"] = forms.ChoiceField(label="Журнал", choices=journals)
        self.fields["keeper"] = forms.ChoiceField(
            label="Кто ведёт", choices=[*everybody, *names], required=not reads_all
        )
        self.order_fields(self.field_order)

    @property
    def keeper_post(self) -> Position | None:
        """The chosen post; None for all specialists."""
        return self.posts.get(self.cleaned_data.get("keeper", ""))


class CertifyForm(forms.Form):
    """The day of the signatures."""

    on = forms.DateField(label="Дата заверения")
