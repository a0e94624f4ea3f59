"""Observations over time: entered for one criterion or for all at once, drawn for each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.forms import attempt

from .. import events
from ..models import Criterion, Observation, Programme
from ..services import following
from ..summing import CriterionResult, summary_of

BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Drawn:
    """A criterion with its picture and the table beside it."""

    result: CriterionResult
    picture: SafeString


class ObservationForm(forms.Form):
    """A value and words for each criterion, in one voice, on one day."""

    on = forms.DateField(label="Когда", initial=timezone.localdate)
    voice = forms.ChoiceField(label="Чьими глазами", choices=Observation.Voice.choices, widget=forms.RadioSelect)
    who = forms.CharField(label="Кто сказал", max_length=200, required=False)
    words = forms.CharField(
        label="Что ещё важно", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="О состоянии и поведении в целом, своими словами",
    )  # fmt: skip

    def __init__(self, criteria: list[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"value-{one.public_id}"] = forms.CharField(
                label=one.title, max_length=8, required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                help_text=one.get_scale_display(),
            )  # fmt: skip
            self.fields[f"words-{one.public_id}"] = forms.CharField(
                label="Словами", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    def clean(self) -> dict[str, Any]:
        """Values become numbers: «3,5» is as good as «3.5»."""
        cleaned = super().clean() or self.cleaned_data
        for one in self.criteria:
            name = f"value-{one.public_id}"
            try:
                cleaned[name] = number_read(cleaned.get(name, ""))
            except ValueError as error:
                self.add_error(name, str(error))
        return cleaned

    def given(self) -> list[following.Given]:
        data = self.cleaned_data
        return [
            following.Given(one, data[f"value-{one.public_id}"], data[f"words-{one.public_id}"])
            for one in self.criteria
        ]

    def rows(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """For the template: each criterion with its two fields."""
        return [(one, self[f"value-{one.public_id}"], self[f"words-{one.public_id}"]) for one in self.criteria]


def number_read(typed: str) -> Decimal | None:
    """«3», «3,5», nothing. Raises ValueError with a sentence for the person."""
    text = typed.strip().replace(",", ".").replace("%", "").replace("−", "-").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("Введите число, например 3 или 3,5.") from None
    if not value.is_finite() or value != round(value, 1):
        raise ValueError("Не больше одного знака после запятой.")
    return value


def usual_voice(actor: Actor) -> str:
    """Whose eyes a person usually lends."""
    return Observation.Voice.TEACHER if actor.roles == {Role.CLASS_TEACHER} else Observation.Voice.SPECIALIST


@route("programme.view", Programme, opens=events.OBSERVATIONS_OPENED)
def observations(request: ActorRequest, programme: Programme) -> HttpResponse:
    """A picture and a table for each criterion, and what was said of the whole."""
    summary = summary_of(request.actor, programme)
    drawn = [Drawn(one, mark_safe(one.svg(programme))) for one in summary.criteria]
    context = {
        "programme": programme, "drawn": drawn, "remarks": summary.remarks[::-1], "tab": "observations",
        "writable": programme.status == "running" and following.may_observe(request.actor, programme),
    }  # fmt: skip
    return render(request, "programmes/observations.html", context)


@route("observation.record", Programme, methods=BOTH)
def observe(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The form: all criteria, or the one that the address names; the voice may stand in the address too."""
    criteria = _asked(request, programme)
    voice = request.GET.get("voice", "")
    initial = {"voice": voice if voice in Observation.Voice.values else usual_voice(request.actor)}
    form = ObservationForm(criteria, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt(
            form,
            lambda: following.observations_record(
                actor=request.actor, programme=programme, on=data["on"], voice=data["voice"], given=form.given(),
                words=data["words"], who=data["who"],
            ),
        )  # fmt: skip
        if form.is_valid():
            messages.success(request, "Наблюдения записаны.")
            return redirect("programmes:observations", public_id=programme.public_id)
    context = {"form": form, "programme": programme, "criteria": criteria}
    return render(request, "programmes/observe.html", context, status=422 if form.is_bound else 200)


def _asked(request: ActorRequest, programme: Programme) -> list[Criterion]:
    """Criteria to give a value to: whoever is asked for his eyes sees what he is asked, and no values of others."""
    if not following.may_observe(request.actor, programme):
        raise PermissionDenied("Наблюдения записывают участники программы, классный руководитель и председатель ППк.")
    rows = Criterion.objects.of(request.actor.at).filter(programme=programme)
    every = list(rows.select_related("programme__child"))
    return [one for one in every if one.public_id == request.GET.get("criterion", "")] or every
