"""The final meeting: planned against achieved, opinions, and what is decided (K-09)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.school.consilium.models import AgendaItem

from .. import events
from ..models import Observation, Programme
from ..plan import plan_of
from ..services import ending
from ..services.opening import curators_on
from ..services.steps import may_lead
from ..summing import CriterionResult, Summary, summary_of
from ..writing import figure

STATES = {
    "reached": ("достигнуто", "done"),
    "closer": ("ближе к цели", "soon"),
    "same": ("без изменений", "late"),
    "worse": ("дальше от цели", "late"),
    "": ("нельзя сказать", "neutral"),
}


class OpinionForm(forms.Form):
    """What somebody says of the results."""

    voice = forms.ChoiceField(label="Чьё мнение", choices=Observation.Voice.choices, initial="parent")
    who = forms.CharField(label="Кто именно", max_length=200, required=False)
    words = forms.CharField(label="Мнение", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """What the consilium decides."""

    item = forms.ModelChoiceField(
        label="Заседание консилиума", queryset=AgendaItem.objects.none(), required=False, to_field_name="public_id",
        empty_label="Не указано",
    )  # fmt: skip
    on = forms.DateField(label="Дата решения", initial=timezone.localdate)
    decision = forms.CharField(
        label="Решение", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Что получилось, что нет и почему; завершить сопровождение или продолжить",
    )  # fmt: skip
    reason = forms.CharField(
        label="Почему решение принято при неполных данных", max_length=900, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    curator = forms.ModelChoiceField(
        label="Куратор новой программы", queryset=Position.objects.none(), required=False, to_field_name="public_id",
        empty_label="Тот же",
    )  # fmt: skip
    carried = forms.MultipleChoiceField(label="Что перейдёт в новую программу", required=False)

    def __init__(self, items: list[AgendaItem], curators: Any, parts: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["item"]
        chosen.queryset = AgendaItem.objects.filter(pk__in=[one.pk for one in items]).select_related("meeting")
        post: Any = self.fields["curator"]
        post.queryset = curators
        ticked: Any = self.fields["carried"]
        ticked.choices = [(part, part) for part in parts]


@dataclass(frozen=True)
class Row:
    """A criterion in the table of results."""

    result: CriterionResult
    picture: SafeString
    words: str
    kind: str

    @property
    def change(self) -> str:
        """«+2», «−6», or nothing."""
        by = self.result.change
        return "" if by is None else f"{'+' if by > 0 else ''}{figure(by)}"


@route("programme.view", Programme, opens=events.ENDING_OPENED)
def ending_page(request: ActorRequest, programme: Programme) -> HttpResponse:
    """What was planned and what has come of it; the forms for those who decide."""
    return _page(request, programme)


@route("opinion.record", Programme, methods=("POST",))
def opinion(request: ActorRequest, programme: Programme) -> HttpResponse:
    """An opinion is written down."""
    form = OpinionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        attempt(form, lambda: ending.opinion_record(actor=request.actor, programme=programme, **given))
    if form.is_valid():
        messages.success(request, "Мнение записано.")
        return redirect(_here(programme, "opinions"))
    return _page(request, programme, opinion=form)


@route("programme.finish", Programme, methods=("POST",))
def finish(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The support is over."""
    form = _decision(request, programme, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        attempt(
            form,
            lambda: ending.programme_finish(
                actor=request.actor, programme=programme, decision=given["decision"], on=given["on"],
                item=given["item"], reason=given["reason"],
            ),
        )  # fmt: skip
    if form.is_valid():
        messages.success(request, "Программа завершена.")
        return redirect(_here(programme))
    return _page(request, programme, decision=form)


@route("programme.continue", Programme, methods=("POST",))
def go_on(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The support goes on by a new programme."""
    form = _decision(request, programme, request.POST)
    draft = None
    if form.is_valid():
        given = form.cleaned_data
        draft = attempt(
            form,
            lambda: ending.programme_continue(
                actor=request.actor, programme=programme, decision=given["decision"], on=given["on"],
                item=given["item"], reason=given["reason"], carried=given["carried"], curator=given["curator"],
            ),
        )  # fmt: skip
    if draft is not None:
        messages.success(request, "Создан проект новой программы: отмеченное уже в нём.")
        return redirect("programmes:programme", public_id=draft.public_id)
    return _page(request, programme, decision=form)


def _here(programme: Programme, anchor: str = "") -> str:
    address = reverse("programmes:ending", args=[programme.public_id])
    return f"{address}#{anchor}" if anchor else address


def _decision(request: ActorRequest, programme: Programme, data: Any = None) -> DecisionForm:
    items = ending.final_items(request.actor, programme)
    plan = plan_of(request.actor, programme)
    rows = [*(one.goal for one in plan.goals), *(one.task for one in plan.tasks), *plan.activities, *plan.criteria]
    likely = next((one.public_id for one in items if one.ground == "final"), items[0].public_id if items else None)
    curators = curators_on(request.actor, timezone.localdate())
    return DecisionForm(items, curators, [one.public_id for one in rows], data, initial={"item": likely})


def _page(
    request: ActorRequest, programme: Programme, *, opinion: OpinionForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:  # fmt: skip
    runs = programme.status == "running"
    decides = runs and may(request.actor, "programme.finish")
    form = decision or (_decision(request, programme) if decides else None)
    item = programme.final_item or _chosen_item(request, programme, form)
    summary = summary_of(request.actor, programme, item=item)
    context = {
        "programme": programme, "summary": summary, "rows": _rows(summary, programme), "tab": "ending",
        "plan": plan_of(request.actor, programme) if decides else None, "decision": form if decides else None,
        "opinion": opinion or OpinionForm(), "item": item, "runs": runs,
        "carried": set(request.POST.getlist("carried")),
        # Somebody else has decided meanwhile: there is no form left to say it in.
        "refusals": [] if decides or decision is None else [e for errors in decision.errors.values() for e in errors],
        "may_write": runs and may(request.actor, "opinion.record") and may_lead(request.actor, programme),
    }  # fmt: skip
    is_refused = any(one is not None and one.is_bound for one in (opinion, decision))
    return render(request, "programmes/ending.html", context, status=422 if is_refused else 200)


def _chosen_item(request: ActorRequest, programme: Programme, form: DecisionForm | None) -> AgendaItem | None:
    """The item that the form offers, so that the page does not miss a meeting that stands in it."""
    items = ending.final_items(request.actor, programme)
    if form is None:
        return next((one for one in items if one.ground == "final"), None)
    wanted = form["item"].value()
    return next((one for one in items if one.public_id == wanted), None)


def _rows(summary: Summary, programme: Programme) -> list[Row]:
    return [Row(one, mark_safe(one.svg(programme)), *STATES[one.state]) for one in summary.criteria]
