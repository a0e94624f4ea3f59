"""The line of an entry as it is typed, with a line for each child."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal

from ..materials.models import Material, WorkDirection
from ..plans.models import PlanItem
from .kinds import BY_CODE, WORKS, work_of
from .models import EntryChild, WorkEntry
from .services import ChildWork, Why, Work

MOST_CHILDREN = 40


class EntryForm(forms.Form):
    """One piece of work. What a choice opens (`offers`) is given by the caller, so that the form asks nothing."""

    work = forms.ChoiceField(
        label="Что делали", choices=[(one.code, one.title) for one in WORKS], widget=forms.RadioSelect,
        error_messages={"required": "Выберите, что делали.", "invalid_choice": "Выберите, что делали."},
    )  # fmt: skip
    topic = forms.CharField(label="Тема, запрос", max_length=300, required=False)
    minutes = forms.IntegerField(
        label="Минут", error_messages={"required": "Сколько минут?", "invalid": "Сколько минут? Нужно число."}
    )
    starts_at = forms.TimeField(
        label="Начало", required=False, input_formats=["%H:%M", "%H.%M", "%H-%M", "%H%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "placeholder": "чч:мм"}),
        error_messages={"invalid": "Время пишут так: 9:40."},
    )  # fmt: skip
    content = forms.CharField(
        label="Что делали, как прошло", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    outcome = forms.CharField(label="Итог", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 1}))
    people = forms.IntegerField(
        label="Человек", required=False, min_value=1, max_value=2000,
        error_messages={"min_value": "Человек бывает от 1.", "max_value": "Больше 2000 человек не бывает."},
    )  # fmt: skip
    direction = forms.ChoiceField(
        label="Направление", required=False, choices=[("", "по виду работы"), *WorkDirection.choices]
    )
    audience = forms.ChoiceField(
        label="С кем", required=False, choices=[("", "по виду работы"), *WorkEntry.Audience.choices]
    )
    plan_item = forms.ChoiceField(label="По плану", required=False)
    material = forms.ChoiceField(label="Методика, материал", required=False)
    position = forms.ChoiceField(label="Должность", required=False)
    on = forms.DateField(label="День")
    day_off = forms.BooleanField(label="В этот нерабочий день работа была", required=False)
    reason = forms.ChoiceField(
        label="Почему меняется запись", required=False,
        choices=[("", "выберите"), *((one.value, one.label) for one in Why if one != Why.LATE)],
    )  # fmt: skip
    # Errors about the children stand here.
    children = forms.CharField(label="С кем, о ком", required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, positions: list[Position], plan_items: list[PlanItem], materials: list[Material],
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.positions = {one.public_id: one for one in positions}
        self.plan_items = {one.public_id: one for one in plan_items}
        self.materials = {one.public_id: one for one in materials}
        items = [(key, one.title) for key, one in self.plan_items.items()]
        kinds: dict[str, list[tuple[str, str]]] = {}
        for key, one in self.materials.items():
            kinds.setdefault(str(one.get_kind_display()), []).append((key, one.title))
        posts = [(key, one.caption) for key, one in self.positions.items()]
        self._choose("plan_item", [("", "вне плана"), *items])
        self._choose("material", [("", "не указана"), *kinds.items()])
        self._choose("position", posts)

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 600:
            raise forms.ValidationError("Минут бывает от 1 до 600.")
        return minutes

    def work_typed(self, children: list[ChildWork]) -> Work:
        """What a valid form says, as the services take it."""
        data, chosen = self.cleaned_data, BY_CODE[self.cleaned_data["work"]]
        return Work(
            kind=chosen.kind, audience=data["audience"] or chosen.audience, direction=data["direction"],
            topic=data["topic"], minutes=data["minutes"], starts_at=data["starts_at"], content=data["content"],
            outcome=data["outcome"], people=data["people"], plan_item=self.plan_items.get(data["plan_item"]),
            material=self.materials.get(data["material"]), children=children,
        )  # fmt: skip

    def work_begun(self, children: list[ChildWork]) -> Work:
        """The same of a form that is not finished: what is wrong in it is left out, texts stay as they were typed."""
        self.is_valid()
        data, texts = self.cleaned_data, {name: self.data.get(name, "") for name in ("topic", "content", "outcome")}
        chosen = BY_CODE[data.get("work") or WORKS[0].code]
        return Work(
            kind=chosen.kind, audience=data.get("audience") or chosen.audience, direction=data.get("direction") or "",
            minutes=data.get("minutes") or 0, starts_at=data.get("starts_at"), people=data.get("people"),
            plan_item=self.plan_items.get(data.get("plan_item") or ""),
            material=self.materials.get(data.get("material") or ""), children=children, **texts,
        )  # fmt: skip

    @property
    def chosen_position(self) -> Position | None:
        return self.positions.get(self.cleaned_data.get("position") or "")


def initial_of(entry: WorkEntry) -> dict[str, Any]:
    """What stands in the form of a kept entry."""
    usual = work_of(entry.kind, entry.audience)
    return {
        "work": usual.code, "topic": entry.topic, "minutes": entry.minutes, "starts_at": entry.starts_at,
        "content": entry.content, "outcome": entry.outcome, "people": entry.people, "on": entry.on,
        "direction": entry.direction if entry.direction != usual.direction else "",
        "audience": entry.audience if entry.audience != usual.audience else "",
        "plan_item": entry.plan_item.public_id if entry.plan_item else "",
        "material": entry.material.public_id if entry.material else "",
        "position": entry.position.public_id,
    }  # fmt: skip


def children_typed(posted: QueryDict, *, lenient: bool = False) -> list[ChildWork]:
    """Lines of the children by their ids, in the order in which they were chosen. Raises Refusal for a bad number.

    `lenient` is for drafts and refused forms: what cannot be read is left out.
    """
    ids = posted.getlist("child")[:MOST_CHILDREN]
    return [child_typed(posted, one, lenient=lenient) for one in ids]


def child_typed(posted: Mapping[str, Any], key: str, *, lenient: bool = False) -> ChildWork:
    """The line of one child."""
    values = {
        name: str(posted.get(f"{name}-{key}", "")).strip()
        for name in ("attendance", "dynamics", "note", "level", "activity", "mark")
    }
    codes = {
        "attendance": EntryChild.Attendance.values, "dynamics": ["", *EntryChild.Dynamics.values],
        "level": ["", *EntryChild.Level.values],
    }  # fmt: skip
    values["attendance"] = values["attendance"] or EntryChild.Attendance.PRESENT
    for name, known in codes.items():
        if values[name] not in known and lenient:
            values[name] = known[0]
        if values[name] not in known:
            raise Refusal(name, "Такой отметки нет: выберите из предложенных.", field="children")
    if len(values["note"]) > 5000 and not lenient:
        raise Refusal("long_note", "О ребёнке — не больше 5000 знаков.", field="children")
    return ChildWork(key, value=_number(str(posted.get(f"value-{key}", "")), lenient), **values)


def _number(typed: str, lenient: bool) -> Decimal | None:
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and abs(number) < 100_000:
        return number.quantize(Decimal("0.01"))
    if lenient:
        return None
    raise Refusal("value", f"«{typed[:20]}» — не балл: нужно число не больше 99 999.", field="children")


def day_asked(text: str, today: date) -> date:
    """A day of an address; today where it cannot be read or lies outside the years that are kept."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if 2000 <= day.year <= today.year + 1 else today
