"""Forms of groups, their children and lessons."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor

from ..materials.models import Material, WorkDirection
from ..schoolyear.models import Cabinet
from ..schoolyear.reading import school_year_of, settings_of
from .leading import leaders_of
from .models import Group, GroupMember, Lesson
from .series import LONGEST, MOST, SHORTEST

NAMES_NOBODY = "Без имён детей: название видят все сотрудники Службы"
WEEKDAYS = ((1, "пн"), (2, "вт"), (3, "ср"), (4, "чт"), (5, "пт"), (6, "сб"))


def cabinet_field(actor: Actor, field: forms.Field, kept: Cabinet | None = None) -> None:
    """Give a field the cabinets of the school that are in use, and the one that stands there already."""
    known = cast("forms.ModelChoiceField[Cabinet]", field)
    known.queryset = Cabinet.objects.visible_to(actor).filter(Q(is_retired=False) | Q(pk=kept.pk if kept else None))
    known.to_field_name, known.empty_label = "public_id", "не выбран"


class GroupForm(forms.Form):
    """A group or a course: the usual answers are given, the rest may stay empty."""

    kind = forms.ChoiceField(
        label="Вид", choices=Group.Kind.choices, widget=forms.RadioSelect, initial=Group.Kind.GROUP
    )
    leader = forms.ModelChoiceField(label="Кто ведёт", queryset=Position.objects.none())
    material = forms.ModelChoiceField(
        label="Рабочая программа", queryset=Material.objects.none(), required=False, empty_label="пока без программы"
    )
    title = forms.CharField(label="Название", max_length=200, required=False, help_text=NAMES_NOBODY)
    starts_on = forms.DateField(label="С")
    ends_on = forms.DateField(label="По")
    limit = forms.IntegerField(label="Детей не больше", min_value=1, max_value=40, required=False)
    hours = forms.DecimalField(
        label="Часов по плану", min_value=1, max_value=900, max_digits=5, decimal_places=1, required=False,
        localize=True, help_text="Пусто — сколько в рабочей программе",
    )  # fmt: skip
    cabinet = forms.ModelChoiceField(label="Кабинет", queryset=Cabinet.objects.none(), required=False)
    direction = forms.ChoiceField(
        label="Направление", choices=WorkDirection.choices, initial=WorkDirection.CORRECTION, required=False
    )

    def __init__(self, actor: Actor, *args: Any, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        leader = cast("forms.ModelChoiceField[Position]", self.fields["leader"])
        leader.queryset, leader.to_field_name = leaders_of(actor, today), "public_id"
        own = leader.queryset.filter(user=actor.user).first() if actor.user else None
        material = cast("forms.ModelChoiceField[Material]", self.fields["material"])
        rows = Material.objects.of(actor.at).filter(kind=Material.Kind.PROGRAMME)  # a colleague's may be under change
        own_programme = Q(pk=group.material_id if group else None)
        material.queryset = rows.filter(Q(status=Material.Status.IN_USE) | own_programme)
        material.to_field_name = "public_id"
        cabinet_field(actor, self.fields["cabinet"], group.cabinet if group else None)
        if group is not None:
            del self.fields["kind"]
            return
        year = school_year_of(today)
        self.fields["starts_on"].initial = max(today, year.starts_on)
        self.fields["ends_on"].initial = max(date(year.year + 1, 5, 31), today)  # lessons end with May
        self.fields["limit"].help_text = f"Пусто — {settings_of(actor.at).group_limit}"
        if own is not None:
            leader.initial, leader.empty_label = own.public_id, None

    @classmethod
    def initial_of(cls, group: Group) -> dict[str, Any]:
        names = ("title", "starts_on", "ends_on", "limit", "direction")
        whole = group.hours is not None and group.hours == int(group.hours)
        return {name: getattr(group, name) for name in names} | {
            "hours": int(group.hours or 0) if whole else group.hours,
            "leader": group.leader.public_id,
            "material": group.material.public_id if group.material else "",
            "cabinet": group.cabinet.public_id if group.cabinet else "",
        }

    @property
    def given(self) -> dict[str, Any]:
        """Cleaned values under the names of `GroupFields`; the hours are those of the programme unless typed."""
        values = {**self.cleaned_data}
        values["direction"] = values["direction"] or WorkDirection.CORRECTION
        if values["hours"] is None and values["material"] is not None:
            values["hours"] = sum(one.hours for one in values["material"].topics.all()) or None
        return values


class JoinForm(forms.Form):
    """A child with its ground, and the first day; `pick` is «child/key of the offer»."""

    pick = forms.CharField(max_length=100)
    joined_on = forms.DateField(label="Занимается с")

    @property
    def child(self) -> str:
        """The public id of the child that was picked."""
        return str(self["pick"].value() or "").partition("/")[0]

    @property
    def ground(self) -> str:
        return str(self.cleaned_data["pick"]).partition("/")[2]


class LeaveForm(forms.Form):
    """The last day of a child in the group, and what the lessons gave."""

    on = forms.DateField(label="Последний день занятий", initial=timezone.localdate)
    outcome = forms.CharField(
        label="Что изменилось у ребёнка", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SumForm(forms.Form):
    """What the lessons gave a child."""

    outcome = forms.CharField(
        label="Что изменилось у ребёнка", max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CloseForm(forms.Form):
    """The outcome of a group, and that of each child who is still in it."""

    on = forms.DateField(label="Последний день работы", initial=timezone.localdate)
    outcome = forms.CharField(
        label="Итоги работы группы", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Без имён детей: о каждом — ниже",
    )  # fmt: skip

    def __init__(self, members: list[GroupMember], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for one in members:
            self.fields[f"result-{one.public_id}"] = forms.CharField(
                label=one.child.full_name, max_length=3000, required=False, initial=one.outcome,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def results_fields(self) -> list[forms.BoundField]:
        return [self[f"result-{one.public_id}"] for one in self.members]

    @property
    def results(self) -> dict[str, str]:
        return {one.public_id: self.cleaned_data[f"result-{one.public_id}"] for one in self.members}


class SeriesForm(forms.Form):
    """«По средам и пятницам с 9:40, 16 занятий»."""

    weekdays = forms.TypedMultipleChoiceField(
        label="По каким дням", choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts_at = forms.TimeField(label="Начало", widget=forms.TimeInput(format="%H:%M"))
    minutes = forms.IntegerField(label="Минут", min_value=SHORTEST, max_value=LONGEST)
    count = forms.IntegerField(label="Занятий", min_value=1, max_value=MOST)
    first = forms.DateField(label="Не раньше")
    cabinet = forms.ModelChoiceField(label="Кабинет", queryset=Cabinet.objects.none(), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cabinet_field(actor, self.fields["cabinet"])


class LessonForm(forms.Form):
    """When a lesson is held."""

    on = forms.DateField(label="День")
    starts_at = forms.TimeField(label="Начало", widget=forms.TimeInput(format="%H:%M"))
    minutes = forms.IntegerField(label="Минут", min_value=SHORTEST, max_value=LONGEST)
    cabinet = forms.ModelChoiceField(label="Кабинет", queryset=Cabinet.objects.none(), required=False)

    def __init__(self, actor: Actor, lesson: Lesson, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cabinet_field(actor, self.fields["cabinet"], lesson.cabinet)

    @classmethod
    def initial_of(cls, lesson: Lesson) -> dict[str, Any]:
        names = ("on", "starts_at", "minutes")
        return {name: getattr(lesson, name) for name in names} | {
            "cabinet": lesson.cabinet.public_id if lesson.cabinet else ""
        }


class CancelForm(forms.Form):
    """Why a lesson will not be held."""

    reason = forms.CharField(
        label="Почему", max_length=200, help_text="Без имён детей, например: «болезнь специалиста», «карантин»"
    )


def first_day(group: Group, today: date) -> date:
    """From when a series or a place begins by itself: today, inside the term."""
    return min(max(today, group.starts_on), group.ends_on)
