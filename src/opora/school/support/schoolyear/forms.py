"""Forms of the settings of the service; sense is checked by the services."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality

from .models import MOST_HOURS, Cabinet, DayOff, ServiceSettings
from .reading import SPECIALITIES, FullRate


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Length of a lesson, limit of a group, days to log."""

    class Meta:
        model = ServiceSettings
        fields = ("lesson_minutes", "group_limit", "days_to_log", "works_saturdays")
        help_texts = {
            "group_limit": "Группу больше этой система не заведёт",
            "days_to_log": "Позже запись помечена как опоздавшая; столько же дней после месяца он открыт для записей",
        }


class DayOffForm(forms.ModelForm):  # type: ignore[type-arg]
    """A range; an empty end is a single day."""

    ends_on = forms.DateField(label="По", required=False, help_text="Пусто — один день")

    class Meta:
        model = DayOff
        fields = ("title", "starts_on", "ends_on", "works")
        labels = {"title": "Что это", "starts_on": "С", "works": "в эти дни, наоборот, учатся"}

    def _post_clean(self) -> None:
        """Nothing of the model is checked here: the service does it, with the end filled in."""


class CabinetForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Cabinet
        fields = ("title", "seats", "is_retired")

    def _post_clean(self) -> None:
        """A title that is taken is said by the service in a sentence."""


class NormsForm(forms.Form):
    """Two figures for each speciality."""

    def __init__(self, norms: dict[str, FullRate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norms = norms
        for one in SPECIALITIES:
            norm = norms.get(one)
            for kind, label in (("week", "часов в неделю"), ("direct", "из них с людьми")):
                initial = getattr(norm, f"{kind}_hours") if norm else None
                self.fields[f"{kind}-{one}"] = forms.DecimalField(
                    label=f"{one.label}: {label}",
                    initial=initial,
                    required=norm is not None,
                    min_value=0,
                    max_value=MOST_HOURS,
                    max_digits=4,
                    decimal_places=1,
                    localize=True,
                )

    def lines(self) -> list[dict[str, Any]]:
        return [
            {
                "title": Speciality(one).label, "week": self[f"week-{one}"], "direct": self[f"direct-{one}"],
                "norm": self.norms.get(one),
            }
            for one in SPECIALITIES
        ]  # fmt: skip

    @property
    def has_recalled(self) -> bool:
        """Whether some of the norms nobody has compared with the act."""
        return any(not one.is_own for one in self.norms.values())

    def given(self) -> dict[str, tuple[Decimal, Decimal]]:
        typed = self.cleaned_data
        pairs = {str(one): (typed.get(f"week-{one}"), typed.get(f"direct-{one}")) for one in SPECIALITIES}
        return {key: (week, direct) for key, (week, direct) in pairs.items() if week is not None and direct is not None}


class RatesForm(forms.Form):
    """The rate of each specialist in a year."""

    def __init__(self, posts: Sequence[Position], rates: dict[int, Decimal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        for post in posts:
            self.fields[f"rate-{post.public_id}"] = forms.DecimalField(
                label=f"{post.user.full_name}: ставка", initial=rates.get(post.pk, Decimal(1)), max_digits=3,
                decimal_places=2, localize=True,
            )  # fmt: skip

    def lines(self) -> list[dict[str, Any]]:
        return [{"post": post, "rate": self[f"rate-{post.public_id}"]} for post in self.posts]

    def given(self) -> list[tuple[Position, Decimal]]:
        return [(post, self.cleaned_data[f"rate-{post.public_id}"]) for post in self.posts]
