"""The one door for writes of the bank: items without a child in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.audit.services import record
from opora.school.pupils.selectors import class_teacher_of

from .. import events
from ..bank import set_items, sets_of, starter_items
from ..deidentifying import names_in
from ..flow import LETTER
from ..models import Audience, BankItem, Direction, Goal, Programme, Task
from ..plan import Line
from .planning import line_add

CONFIDENTIAL = f"{LETTER}: информация о ребёнке и его семье является строго конфиденциальной"
TEXTS = ("title", "problem", "form", "frequency", "planned_result", "measure")
FIELDS = (*TEXTS, "kind", "direction", "audience", "age_from", "age_to", "scale")


@transaction.atomic
def bank_item_save(*, actor: Actor, item: BankItem | None = None, **fields: Any) -> BankItem:
    """Add an item or change one. Raises Refusal for a pupil's name in it and for a wording that is there already."""
    require(actor, "bank.keep")
    if item is not None:
        require_own(actor, item)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields of the bank: {sorted(unknown)}")
    row = BankItem.objects.select_for_update().get(pk=item.pk) if item else BankItem(organisation=actor.at)
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    for name in TEXTS:
        found = names_in(actor.at, getattr(row, name))
        if found:
            raise Refusal("name", _named(found), CONFIDENTIAL, name)
    if BankItem.objects.filter(organisation=actor.at, kind=row.kind, title=row.title).exclude(pk=row.pk).exists():
        raise Refusal("known", "Такая формулировка в банке уже есть.", field="title")
    row.full_clean(exclude=["organisation"])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refusal("known", "Такую формулировку только что добавили.", field="title") from None
    told = events.BANK_ITEM_CHANGED if item else events.BANK_ITEM_SAVED
    record(told, actor=actor, subject=row, kind=row.get_kind_display())
    return row


def _named(found: list[str]) -> str:
    words = ", ".join(f"«{word}»" for word in found[:3])
    return f"{words} — имя или фамилия обучающегося вашей организации. В банке имён нет: перепишите без них."


@transaction.atomic
def bank_item_retire(*, actor: Actor, item: BankItem) -> BankItem:
    """Offer the item no more; programmes that took it keep their texts. Done twice it is done once."""
    return _offer(actor, item, retired=True)


@transaction.atomic
def bank_item_restore(*, actor: Actor, item: BankItem) -> BankItem:
    """Offer a retired item again."""
    return _offer(actor, item, retired=False)


def _offer(actor: Actor, item: BankItem, *, retired: bool) -> BankItem:
    require(actor, "bank.keep")
    require_own(actor, item)
    row = BankItem.objects.select_for_update().get(pk=item.pk)
    if row.is_retired == retired:
        return row
    row.is_retired = retired
    row.save(update_fields=["is_retired"])
    record(events.BANK_ITEM_RETIRED if retired else events.BANK_ITEM_RESTORED, actor=actor, subject=row)
    return row


@transaction.atomic
def bank_fill(*, actor: Actor) -> int:
    """Add what is missing of the starter set, also of a set that was filled before; returns how many were added."""
    require(actor, "bank.keep")
    known = set(BankItem.objects.filter(organisation=actor.at).values_list("kind", "title"))
    rows = [
        BankItem(organisation=actor.at, **fields)
        for fields in starter_items()
        if (fields["kind"], fields["title"]) not in known
    ]
    for row in rows:
        row.full_clean(exclude=["organisation"], validate_unique=False, validate_constraints=False)
    BankItem.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        record(events.BANK_FILLED, actor=actor, subject=actor.at, count=len(rows))
    return len(rows)


@transaction.atomic
def bank_take(
    *, actor: Actor, programme: Programme, item: BankItem, on: date, parent: Goal | Task | None = None, reason: str = ""
) -> Line:
    """Put an item into a plan as an editable row: a task under a goal, an activity under a task, else under the last.

    The row remembers where it comes from, so that text nobody has touched is flagged before the family sees it.
    Raises PermissionDenied; Refusal for a retired item, a plan without a place for it, a programme that is over.
    """
    require(actor, "programme.write")
    require_own(actor, programme)
    if item.organisation_id != actor.at.pk or item.is_retired:
        raise Refusal("retired", "Эту заготовку больше не предлагают.")
    values = _values(item) | ({"responsible": _usually(actor, programme, item, on)} if item.audience else {})
    line = line_add(
        actor=actor, programme=programme, part=item.kind, values=values, on=on,
        parent=parent or _last_parent(programme, item), taken_from=item, reason=reason,
    )  # fmt: skip
    record(
        events.BANK_TAKEN, actor=actor, subject=programme, person_id=programme.person_id,
        kind=item.get_kind_display(), item=item.public_id,
    )  # fmt: skip
    return line


@transaction.atomic
def bank_set_take(*, actor: Actor, programme: Programme, problem: str, on: date) -> Line:
    """Begin an empty plan by the usual items of a problem: goal, task, activities for each, criterion.

    Returns the goal. Raises PermissionDenied; Refusal for a plan that has begun and a problem without a whole set.
    """
    require(actor, "programme.write")
    require_own(actor, programme)
    if programme.goals.exists():
        raise Refusal("begun", "План уже начат: добавляйте заготовки по одной.")
    if problem not in sets_of(actor, programme):
        raise Refusal("no_set", "Выберите проблему: для неё в банке есть цель, задача и мероприятия.", field="problem")
    parent: Goal | Task | None = None
    lines = []
    for item in set_items(actor, programme, problem):
        line = bank_take(actor=actor, programme=programme, item=item, on=on, parent=parent)
        lines.append(line)
        parent = line if isinstance(line, Goal | Task) else parent
    return lines[0]


def _usually(actor: Actor, programme: Programme, item: BankItem, on: date) -> Position | None:
    """Who usually answers for such an activity; the curator changes it where it is somebody else."""
    if item.audience == Audience.PARENTS:
        found = [programme.curator]
    elif item.direction == Direction.PSYCHOLOGICAL:
        held = Position.objects.visible_to(actor).held_on(on)
        found = list(held.filter(role=Role.SCHOOL_SPECIALIST, speciality=Speciality.PSYCHOLOGIST)[:2])
    else:
        teacher = class_teacher_of(programme.child)
        found = [teacher] if teacher else [programme.curator]
    only = found[0] if len(found) == 1 else None
    return only if only and (only.ended_on is None or only.ended_on >= on) else None


def _values(item: BankItem) -> dict[str, Any]:
    """What an item says, without what it leaves open: the usual values of a new row stand there."""
    wanted = {"title": item.title}
    if item.kind == BankItem.Kind.TASK:
        wanted |= {"direction": item.direction}
    elif item.kind == BankItem.Kind.CRITERION:
        wanted |= {"measure": item.measure, "scale": item.scale}
    elif item.kind == BankItem.Kind.ACTIVITY:
        wanted |= {name: getattr(item, name) for name in ("audience", "form", "frequency", "planned_result")}
    return {name: value for name, value in wanted.items() if value}


def _last_parent(programme: Programme, item: BankItem) -> Goal | Task | None:
    """The newest goal for a task, the newest task for an activity, of the same direction if there is one."""
    if item.kind == BankItem.Kind.TASK:
        return programme.goals.order_by("order", "pk").last()
    if item.kind == BankItem.Kind.ACTIVITY:
        tasks = programme.tasks.order_by("goal__order", "order", "pk")
        return tasks.filter(direction=item.direction).last() or tasks.last()
    return None
