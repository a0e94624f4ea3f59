"""Forms of sessions."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.intake.models import Place
from opora.foundation.accounts.actors import Actor

from .models import Session


class SessionForm(forms.Form):
    """A session of a day and place; the usual place is offered."""

    day = forms.DateField(label="День")
    place = forms.ModelChoiceField(Place.objects.none(), label="Место")
    kind = forms.ChoiceField(
        label="Вид", choices=Session.Kind.choices, initial=Session.Kind.ON_SITE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.visible_to(actor).filter(is_active=True)
        field = cast("forms.ModelChoiceField[Any]", self.fields["place"])
        field.queryset = places
        field.to_field_name = "public_id"
        field.empty_label = None if len(places) == 1 else "Выберите место"


class CaseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A case by the child's name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.child.full_name}, {obj.child.birth_date:%d.%m.%Y} — {obj.title}"


class VisitAddForm(forms.Form):
    """A case to add to the day list: papers accepted, or already under examination."""

    case = CaseField(Case.objects.none(), label="Ребёнок", to_field_name="public_id", empty_label="Выберите ребёнка")
    starts = forms.TimeField(
        label="Время", required=False, help_text="Пустое — сейчас", widget=forms.TimeInput(format="%H:%M")
    )

    def __init__(self, *args: Any, actor: Actor, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Any]", self.fields["case"])
        field.queryset = cases_to_add(actor, session)


def cases_to_add(actor: Actor, session: Session) -> QuerySet[Case]:
    """Cases whose papers are accepted and those under examination that are not on this day list."""
    return (
        Case.objects.visible_to(actor)
        .filter(status__in=(Status.READY, Status.EXAMINATION))
        .exclude(visits__session=session, visits__state__in=("expected", "waiting", "with", "done"))
        .select_related("child")
        .order_by("child__last_name", "child__first_name")
    )


class MissForm(forms.Form):
    """Why the child has not come."""

    reason = forms.CharField(label="Причина неявки", max_length=300, help_text="Например: болезнь, не предупредили")


class DiscussForm(forms.Form):
    """The head's reason to go on while sheets are unfinished."""

    reason = forms.CharField(
        label="Почему обсуждение начинается сейчас",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
