"""The sheet of a programme as it is drawn: rows with their forms, what was typed and refused, checks beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import shown
from opora.foundation.worksheets.models import EarlierText
from opora.people.law import law_on
from opora.regulations.support.checking import audiences_of, directions_of, rows_of, sections_of
from opora.regulations.support.terms import term_of

from .bank import sets_of
from .flow import Status
from .forms import LINE_FORMS, TermForm, post_label, staff_of
from .models import Activity, Audience, Direction, Programme, ProgrammeSection, Scale
from .plan import Line, Plan, anchor, findings_of, is_untouched, plan_of, responsible_label
from .prefilling import class_of, protocol_of
from .seeing import knows_kind


@dataclass(frozen=True)
class Typed:
    """A row that was not saved: its form with errors, and what somebody else saved meanwhile."""

    form: forms.Form
    theirs: Line | None = None


@dataclass(frozen=True)
class Row:
    """A row of the outline with its form; `fresh` has just been added, its first empty field takes the cursor."""

    line: Line
    form: forms.Form
    anchor: str
    untouched: bool
    fresh: bool = False
    theirs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def by(self) -> str:
        return self.line.changed_by.short_name if self.line.changed_by else "другой сотрудник"


@dataclass(frozen=True)
class TaskRows:
    row: Row
    number: int
    activities: list[Row]


@dataclass(frozen=True)
class GoalRows:
    row: Row
    tasks: list[TaskRows]


def _initial(line: Line) -> dict[str, Any]:
    part = str(line._meta.model_name)
    values = {name: getattr(line, name, "") for name in LINE_FORMS[part].base_fields}
    if isinstance(line, Activity):
        values["responsible"] = responsible_label(line)
    return values


def _row(line: Line, typed: Mapping[str, Typed], fresh: Line | None) -> Row:
    key, part = anchor(line), str(line._meta.model_name)
    refused = typed.get(key)
    is_fresh = fresh is not None and anchor(fresh) == key
    form = refused.form if refused else LINE_FORMS[part](initial=_initial(line), auto_id=f"{key}-%s")
    form.auto_id = f"{key}-%s"
    if is_fresh:
        _take_cursor(form)
    theirs = _theirs(refused.theirs, refused.form) if refused and refused.theirs else []
    return Row(line, form, key, is_untouched(line), is_fresh, theirs)


def _take_cursor(form: forms.Form) -> None:
    """The cursor goes to the first field that is still empty."""
    for name, one in form.fields.items():
        if name != "title" and not form.initial.get(name):
            one.widget.attrs["autofocus"] = True
            return


def _theirs(line: Line, form: forms.Form) -> list[tuple[str, str]]:
    """Fields in which the saved row differs from the typed one: caption and saved value."""
    saved = _initial(line)
    differing = []
    for name, one in form.fields.items():
        value, mine = saved[name], form.cleaned_data.get(name)
        if str(value or "").replace("\u00a0", " ") != str(mine or "").replace("\u00a0", " "):
            words = f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "—")
            choices = dict(getattr(one, "choices", ()))
            differing.append((str(one.label), str(choices.get(value, words))))
    return differing


def sheet_context(
    actor: Actor, programme: Programme, on: date, *, typed: Mapping[str, Typed] | None = None,
    fresh: Line | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Everything that the sheet shows; a fixed number of queries."""
    plan, typed = plan_of(actor, programme), typed or {}
    rows: dict[str, Row] = {}

    def row(line: Line) -> Row:
        made = _row(line, typed, fresh)
        rows[made.anchor] = made
        return made

    goals = [
        GoalRows(row(goal.goal), [
            TaskRows(row(task.task), task.number, [row(one) for one in task.activities]) for task in goal.tasks
        ])
        for goal in plan.goals
    ]  # fmt: skip
    criteria = [row(one) for one in plan.criteria]
    law = law_on(on)
    return {
        "programme": programme,
        "child": programme.child,
        "amending": programme.status == Status.RUNNING,
        "rows": rows,
        "goals": goals,
        "criteria": criteria,
        "staff": [post_label(post) for post in staff_of(actor, on)],
        "audiences": audiences_of(law),
        "directions": directions_of(law),
        "scales": Scale.choices,
        "audience_choices": Audience.choices,
        "direction_choices": Direction.choices,
        "term_form": _term_form(actor, programme),
        "known": known_rows(programme),
        "previous": _previous(actor, programme) if not goals else None,
        "sets": sets_of(actor, programme) if not goals else [],
        "work": shown("programme-sheet", actor, programme),
        **texts_of(actor, programme, on),
        **state_context(actor, programme, on, plan=plan),
    }


def state_context(actor: Actor, programme: Programme, on: date, *, plan: Plan | None = None) -> dict[str, Any]:
    """What changes with each save: checks, participants, the shortest term."""
    plan = plan or plan_of(actor, programme)
    found = findings_of(actor, programme, on, plan=plan, final=False)
    shortest = term_of(law_on(on), programme.kind, programme.starts_on) if programme.starts_on else None
    return {
        "programme": programme,
        "findings": found,
        "blocks": sum(one.is_block for one in found),
        "participants": plan.participants,
        "shortest": shortest,
        "sees_kind": knows_kind(actor, programme),
    }


@dataclass(frozen=True)
class TextPart:
    """A section that people write, with what belongs into it."""

    section: ProgrammeSection
    title: str
    hint: str
    row: str
    earlier: bool


def texts_of(actor: Actor, programme: Programme, on: date) -> dict[str, Any]:
    """Written sections by the row of the form in which they stand; two queries."""
    rows = {
        one.code: one
        for one in ProgrammeSection.objects.visible_to(actor).filter(programme=programme).select_related("user")
    }
    ids = [one.public_id for one in rows.values()]
    kept = EarlierText.objects.filter(organisation_id=programme.organisation_id, section_id__in=ids)
    with_earlier = set(kept.values_list("section_id", flat=True))
    parts = [
        TextPart(rows[one.code], one.title, one.hint, one.row, rows[one.code].public_id in with_earlier)
        for one in sections_of(law_on(on))
        if one.code in rows
    ]
    captions = {row.code: row.title for row in rows_of(law_on(on))}
    first = [one for one in parts if one.row in ("grounds", "diagnostics")]
    return {"first_texts": first, "last_texts": [one for one in parts if one not in first], "captions": captions}


def known_rows(programme: Programme) -> list[tuple[str, str]]:
    """Rows of the form that nobody types: the register, the class, the meeting."""
    school_class, teacher = class_of(programme.child)
    parents = programme.child.guardianships.filter(ended_on__isnull=True).select_related("guardian")
    return [
        ("Дата рождения", f"{programme.child.birth_date:%d.%m.%Y}"),
        ("Класс", school_class or "не указан"),
        ("Классный руководитель", teacher or "не указан"),
        ("Родители", ", ".join(one.guardian.full_name for one in parents) or "не указаны"),
        ("Протокол консилиума", protocol_of(programme) or "ещё без номера"),
        ("Ответственный", programme.curator.user.full_name),
    ]


def _term_form(actor: Actor, programme: Programme) -> TermForm:
    initial = {name: getattr(programme, name) for name in ("kind", "starts_on", "ends_on", "for_all_study")}
    return TermForm(with_kind=sees(actor, "risk_marks"), initial=initial)


def _previous(actor: Actor, programme: Programme) -> Programme | None:
    """An earlier programme of the child whose plan may be taken over."""
    rows = Programme.objects.visible_to(actor).filter(child=programme.child).exclude(pk=programme.pk)
    return rows.filter(goals__isnull=False).order_by("-created_at").first()
