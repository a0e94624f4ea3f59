"""Forms of presentations, requests for them, handing over and packing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.foundation.access.models import Position, Undertaking
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.people.law import law_on

from .models import Presentation
from .packing import Candidate
from .sheet import kinds_for

A_WEEK = timedelta(days=7)
SPECIALISTS = (Role.SCHOOL_SPECIALIST, Role.CONSILIUM_CHAIR)


class DetailsForm(forms.ModelForm[Presentation]):
    """What stands above the sections; every field may stay empty until the end."""

    class Meta:
        model = Presentation
        fields = ("purpose", "examined_on", "time_from", "time_to", "third_person", "third_person_words")
        widgets = {
            "purpose": forms.RadioSelect,
            "third_person": forms.RadioSelect,
            "time_from": forms.TimeInput(format="%H:%M"),
            "time_to": forms.TimeInput(format="%H:%M"),
        }

    def __init__(self, *args: Any, timed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("purpose", Presentation.Purpose.choices), ("third_person", _THIRD)):
            cast("forms.ChoiceField", self.fields[name]).choices = choices
        if not timed:
            for name in ("examined_on", "time_from", "time_to", "third_person", "third_person_words"):
                del self.fields[name]

    def clean_examined_on(self) -> date | None:
        day: date | None = self.cleaned_data.get("examined_on")
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил.")
        return day


_THIRD = Presentation.ThirdPerson.choices


class RequestForm(forms.Form):
    """Whom to ask; the child's own teacher and the specialists are ticked already."""

    asked = forms.MultipleChoiceField(label="Кого попросить", widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(
        label="Для чего", choices=Presentation.Purpose.choices, initial=Presentation.Purpose.CONSILIUM,
        widget=forms.RadioSelect,
    )  # fmt: skip
    due_on = forms.DateField(label="Нужно к", initial=lambda: timezone.localdate() + A_WEEK)
    note = forms.CharField(label="На что обратить внимание", max_length=500, required=False)

    def __init__(self, *args: Any, actor: Actor, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = askable(actor, child, timezone.localdate())
        field = cast("forms.MultipleChoiceField", self.fields["asked"])
        field.choices = [(value, label) for value, label, _, _ in offered]
        field.initial = _first_of_each_kind(offered)
        field.error_messages["required"] = "Отметьте, кого попросить."
        self._asked = {value: (position, kind) for value, _, kind, position in offered}

    @property
    def pairs(self) -> list[tuple[Position, str]]:
        return [self._asked[value] for value in self.cleaned_data["asked"]]


def askable(actor: Actor, child: Child, on: date) -> list[tuple[str, str, str, Position]]:
    """(value, label, kind, post) of those who can be asked: specialists, the chair, the child's class teacher."""
    law = law_on(on)
    sworn = Undertaking.objects.visible_to(actor).values("user")  # others read about nobody (2.19)
    held = Position.objects.visible_to(actor).held_on(on).filter(user__in=sworn).select_related("user")
    here = child.placements.filter(ended_on__isnull=True).values_list("school_class__teacher", flat=True)
    teachers = set(here) - {None}
    found = []
    for position in held.order_by("role", "user__last_name", "pk"):
        if position.role not in SPECIALISTS and position.pk not in teachers:
            continue
        for kind in kinds_for(law, position):
            if position.role == Role.CONSILIUM_CHAIR and kind.code == "characteristic":
                continue
            who = f"{position.user.short_name}, {position.inner_caption}"
            label = f"{who} — {_small(kind.title)}"
            found.append((f"{position.public_id}:{kind.code}", label, kind.code, position))
    return found


def _first_of_each_kind(offered: list[tuple[str, str, str, Position]]) -> list[str]:
    """Whom one asks usually: one for each paper; the outcome of the consilium comes last, by its chair."""
    found: dict[str, str] = {}
    for value, _, kind, position in offered:
        if position.role != Role.CONSILIUM_CHAIR:
            found.setdefault(kind, value)
    return list(found.values())


def _small(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


class HandoverForm(forms.Form):
    """Who signed for the characteristic, and when."""

    guardian = forms.ModelChoiceField(label="Кто получил", queryset=Guardian.objects.none(), empty_label=None)
    handed_on = forms.DateField(label="Дата подписи", initial=timezone.localdate)

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        links = child.guardianships.filter(ended_on__isnull=True)
        field = cast("forms.ModelChoiceField[Guardian]", self.fields["guardian"])
        field.queryset = Guardian.objects.filter(pk__in=links.values("guardian"))
        field.to_field_name = "public_id"


class PackageForm(forms.Form):
    """What goes into the package, and to whom."""

    commission = forms.ModelChoiceField(label="Комиссия", queryset=Organisation.objects.none())
    presentations = forms.MultipleChoiceField(label="Что войдёт", widget=forms.CheckboxSelectMultiple)
    informed_on = forms.DateField(
        label="Когда родители предупреждены о передаче", required=False,
        help_text="Заключения будут представлены в ПМПК лично специалистами (прил. 2.9)",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commissions = Organisation.objects.commissions()
        place = cast("forms.ModelChoiceField[Organisation]", self.fields["commission"])
        place.queryset, place.to_field_name = commissions, "public_id"
        if len(commissions) == 1:
            place.empty_label = None
        field = cast("forms.MultipleChoiceField", self.fields["presentations"])
        field.choices = [(one.presentation.public_id, _label(one)) for one in offered]
        field.initial = [one.presentation.public_id for one in offered if one.is_newest]
        field.error_messages["required"] = "Отметьте, что войдёт в пакет."
        self._offered = {one.presentation.public_id: one.presentation for one in offered}

    @property
    def chosen(self) -> list[Presentation]:
        return [self._offered[value] for value in self.cleaned_data["presentations"]]


def _label(one: Candidate) -> str:
    day = f"{one.presentation.finished_on:%d.%m.%Y}" if one.presentation.finished_on else ""
    return f"{one.title}, {one.presentation.author.user.short_name}, {day}"
