"""Forms of schedules and timetables."""

from __future__ import annotations

from datetime import date, time
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor

from ..groups.conflicts import minute_of
from ..groups.forms import cabinet_field
from ..groups.leading import leaders_of
from ..groups.models import Group
from ..schoolyear.models import Cabinet
from ..schoolyear.reading import settings_of
from .models import ScheduleSlot, Weekday, WorkSchedule

NAMES_NOBODY = "Без имён детей"
TIMETABLE_LIMIT = 10_000


class ScheduleChoice(forms.ModelChoiceField[WorkSchedule]):
    """Schedules with whose they are."""

    def label_from_instance(self, obj: WorkSchedule) -> str:
        return f"{obj}, {obj.position.user.short_name}"


class ScheduleForm(forms.Form):
    """Whose schedule, of which kind, for which time; the slots of the last one are taken over."""

    position = forms.ModelChoiceField(label="Чей график", queryset=Position.objects.none())
    period = forms.ChoiceField(
        label="Вид", choices=WorkSchedule.Period.choices, widget=forms.RadioSelect,
        initial=WorkSchedule.Period.HALF_YEAR,
    )  # fmt: skip
    starts_on = forms.DateField(label="С")
    ends_on = forms.DateField(label="По")
    copied = ScheduleChoice(
        label="Взять время из графика", queryset=WorkSchedule.objects.none(), required=False,
        empty_label="начать с пустого",
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        position = cast("forms.ModelChoiceField[Position]", self.fields["position"])
        position.queryset, position.to_field_name = leaders_of(actor, today), "public_id"
        own = position.queryset.filter(user=actor.user).first() if actor.user else None
        copied = cast("forms.ModelChoiceField[WorkSchedule]", self.fields["copied"])
        rows = WorkSchedule.objects.visible_to(actor).filter(position__in=position.queryset.order_by().values("pk"))
        copied.queryset, copied.to_field_name = rows.select_related("position__user"), "public_id"
        self.fields["starts_on"].initial, self.fields["ends_on"].initial = half_year(today)
        if own is not None:
            position.initial, position.empty_label = own.public_id, None
            last = rows.filter(position=own).first()
            copied.initial = last.public_id if last else ""


class TermForm(forms.Form):
    """Another time for a draft."""

    period = ScheduleForm.base_fields["period"]
    starts_on = ScheduleForm.base_fields["starts_on"]
    ends_on = ScheduleForm.base_fields["ends_on"]


class SlotForm(forms.Form):
    """A stretch of time: with a group its kind is known."""

    weekday = forms.TypedChoiceField(label="День", choices=Weekday.choices, coerce=int)
    starts_at = forms.TimeField(label="С", widget=forms.TimeInput(format="%H:%M"))
    ends_at = forms.TimeField(label="До", required=False, widget=forms.TimeInput(format="%H:%M"))
    group = forms.ModelChoiceField(
        label="Группа или курс", queryset=Group.objects.none(), required=False, empty_label="не занятие с группой"
    )
    kind = forms.ChoiceField(
        label="Вид работы", choices=ScheduleSlot.Kind.choices, required=False,
        help_text="У занятия с группой вид известен",
    )  # fmt: skip
    cabinet = forms.ModelChoiceField(label="Кабинет", queryset=Cabinet.objects.none(), required=False)
    weeks = forms.ChoiceField(
        label="Недели", choices=ScheduleSlot.Weeks.choices, required=False, initial=ScheduleSlot.Weeks.EVERY
    )
    note = forms.CharField(label="Примечание", max_length=120, required=False, help_text=NAMES_NOBODY)
    confirmed = forms.BooleanField(label="Согласовано: детей отпускают с урока", required=False)

    def __init__(
        self, actor: Actor, schedule: WorkSchedule, *args: Any, slot: ScheduleSlot | None = None, **kwargs: Any
    ) -> None:
        """`slot` is the one that is changed: its group and cabinet may be chosen even when others may not take them."""
        super().__init__(*args, **kwargs)
        self.minutes = settings_of(schedule.organisation).lesson_minutes
        group = cast("forms.ModelChoiceField[Group]", self.fields["group"])
        own = Q(closed_on__isnull=True, leader__user=schedule.position.user_id)
        kept = Q(pk=slot.group_id if slot else None)
        group.queryset = Group.objects.visible_to(actor).filter(own | kept).order_by("title")
        group.to_field_name = "public_id"
        cabinet_field(actor, self.fields["cabinet"], slot.cabinet if slot else None)

    @classmethod
    def initial_of(cls, slot: ScheduleSlot) -> dict[str, Any]:
        names = ("weekday", "starts_at", "ends_at", "kind", "weeks", "note")
        return {name: getattr(slot, name) for name in names} | {
            "group": slot.group.public_id if slot.group else "",
            "cabinet": slot.cabinet.public_id if slot.cabinet else "",
        }

    @property
    def asks_confirmation(self) -> bool:
        """The tick is shown when a lesson of a class has raised it."""
        return bool(self["confirmed"].value() or self["confirmed"].errors)

    def _usual_end(self, starts_at: time) -> time:
        end = min(minute_of(starts_at) + self.minutes, 24 * 60 - 1)
        return time(end // 60, end % 60)

    @property
    def given(self) -> dict[str, Any]:
        """Cleaned values under the names of `SlotFields`; without an end a slot is as long as a lesson."""
        values = {**self.cleaned_data}
        values["kind"] = values["kind"] or ScheduleSlot.Kind.METHODS
        values["ends_at"] = values["ends_at"] or self._usual_end(values["starts_at"])
        values["weeks"] = values["weeks"] or ScheduleSlot.Weeks.EVERY
        if values["cabinet"] is None and values["group"] is not None:
            values["cabinet"] = values["group"].cabinet
        return values


class MoveForm(forms.Form):
    """Where a slot is dragged."""

    weekday = SlotForm.base_fields["weekday"]
    starts_at = SlotForm.base_fields["starts_at"]
    ends_at = forms.TimeField()
    confirmed = forms.BooleanField(required=False)


class CopyForm(forms.Form):
    """A day and those that become like it."""

    source = forms.TypedChoiceField(label="Скопировать", choices=Weekday.choices, coerce=int)
    targets = forms.TypedMultipleChoiceField(
        label="на", choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )


class RemarksForm(forms.Form):
    """What has to be mended before a schedule comes again."""

    remarks = forms.CharField(
        label="Что исправить", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), help_text=NAMES_NOBODY
    )


class ReasonForm(forms.Form):
    """Why an approved schedule is opened."""

    reason = forms.CharField(
        label="Что меняется и почему", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=NAMES_NOBODY
    )


class TimetableForm(forms.Form):
    """A table pasted from a file or typed."""

    text = forms.CharField(
        label="Расписание", max_length=TIMETABLE_LIMIT, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )  # fmt: skip


def half_year(today: date) -> tuple[date, date]:
    """The half of the school year that goes on or, in its last days, comes."""
    if today.month >= 9:
        return max(today, date(today.year, 9, 1)), date(today.year, 12, 31)
    if today.month <= 5:
        return today, date(today.year, 5, 31)
    return date(today.year, 9, 1), date(today.year, 12, 31)
